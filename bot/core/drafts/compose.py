"""Makes a draft of pasted text. Every word of the text is in one of its parts; nothing is added but ids."""

import re
from collections import Counter
from dataclasses import dataclass, field, replace

from bot.core.briefs.vocabulary import Vocabulary
from bot.core.commands.name_index import normalize
from bot.core.drafts.blocks import HEADING_MAX_CHARS, Block, blocks
from bot.core.drafts.draft import (
    Draft,
    DraftClaim,
    DraftGroup,
    DraftSource,
    Link,
    Notice,
    Remark,
    RemarkKind,
    at_lines,
    settled,
)
from bot.core.drafts.headings import SectionNames, first_section, is_source_heading, section_names
from bot.core.drafts.identifiers import Ids, claim_id
from bot.core.drafts.legible import legible
from bot.core.drafts.links import Address, label_of, marks_in, without_links
from bot.core.drafts.page import entities, is_page, shown
from bot.core.drafts.prose import is_long, is_prose
from bot.core.drafts.sentences import cut_to_fit, sentences
from bot.core.drafts.signs import has_words
from bot.core.drafts.source_lines import address_source, card_sources, line_sources
from bot.core.drafts.titles import has_capitals, title_of, title_text

SECTION_MAX_WORDS = 5
# Neither holds its own mark, so that a mark that nothing closes is left after one look.
_EMPHASIS = re.compile(r"\*\*(?=\S)((?:[^*]|\*(?!\*))++)(?<=\S)\*\*|__(?=\S)((?:[^_]|_(?!_))++)(?<=\S)__")

QUOTED_MAX_CHARS = 200
"""Of a remark a notice has so much."""

_REMARKS: dict[RemarkKind, str] = {
    "title": "gives the title",
    "heading": "stands above sources",
    "mark": "is the mark of an entry or a note, and a comment in the draft",
    "mail": "is of a mail's head, greeting or signature, and a comment in the draft",
    "signs": "has no word, and is a comment in the draft",
}


def compose(text: str, vocabulary: Vocabulary, language: str = "en") -> Draft:
    """The draft of a text, or of what a browser shows of HTML; `language` as for `sentences`."""
    plain, notices = legible(text)
    if not is_page(plain):
        return _draft(plain, [*notices, *entities(plain)], vocabulary, language)
    page, lines, unseen = shown(plain)
    # Its entities may stand for characters that no brief may hold.
    draft = at_lines(_draft(*legible(page), vocabulary, language), lines)
    first = Notice(1, "the text is HTML; it is read as a browser shows it")
    return replace(draft, notices=(first, *sorted((*notices, *unseen, *draft.notices), key=lambda each: each.line)))


def _draft(plain: str, notices: list[Notice], vocabulary: Vocabulary, language: str) -> Draft:
    names = section_names(vocabulary)
    listed = blocks(plain, lambda line: _is_section(line, names))
    title = title_of(listed, names)
    composer = _Composer(vocabulary, names, language, title_text(title), notices=list(notices))
    composer.read_sources(listed)
    for block in listed:
        composer.read(block, is_title=block is title)
    return composer.draft()


def _is_section(line: str, names: SectionNames) -> bool:
    """Whether a line by itself names a section or the sources, or is a short title that holds a section's name."""
    if len(line) > HEADING_MAX_CHARS or line[-1] in ".,;!?…" or (line[0].islower() and line[-1] not in ":："):
        return False
    if names.named(line) or is_source_heading(line):
        return True
    is_short = len(line.split()) <= SECTION_MAX_WORDS and has_capitals(line)
    return is_short and names.meant(line) is not None


@dataclass
class _Composer:
    """Collects the parts of a draft, block by block."""

    vocabulary: Vocabulary
    names: SectionNames
    language: str
    title: str
    parts: list[DraftClaim | Remark] = field(default_factory=list)
    sources: list[DraftSource] = field(default_factory=list)
    notices: list[Notice] = field(default_factory=list)
    section: str = ""
    group: tuple[str, int] | None = None
    """The heading that the next claims stand under, and the number of parts before it."""
    groups: list[DraftGroup] = field(default_factory=list)
    labels: dict[str, str] = field(default_factory=dict)
    """The ids of the sources that notes are, by their labels."""
    source_lines: set[int] = field(default_factory=set)
    """The lines of the blocks that are sources."""
    addresses: dict[str, str] = field(default_factory=dict)
    """The ids of sources by their addresses."""
    claim_ids: Ids = field(default_factory=Ids)
    source_ids: Ids = field(default_factory=Ids)

    def __post_init__(self) -> None:
        self.section = first_section(self.vocabulary)

    # Sources

    def read_sources(self, listed: list[Block]) -> None:
        """Takes the blocks that are sources, so that claims above them can name them."""
        marks = Counter(
            label for block in listed for _, labels in marks_in(f"{block.marker} {block.text}") for label in labels
        )
        is_tail = False
        for block in listed:
            if block.kind == "heading":
                is_tail = is_source_heading(block.text)
            elif block.kind != "remark":
                is_tail = is_tail and not (block.kind == "paragraph" and is_long(block.text))
                self._read_source(block, is_tail and not self._is_prose(block), marks)

    def _is_prose(self, block: Block) -> bool:
        return block.kind == "paragraph" and block.leads and is_prose(block.text, self.language)

    def _read_source(self, block: Block, is_tail: bool, marks: Counter[str]) -> None:
        label = label_of(block.marker)
        is_note = block.kind == "note" and (is_tail or marks[label] > 1 or "://" in block.text)
        sources = card_sources(block.text, block.line, self.source_ids)
        if not sources and (is_tail or is_note or _is_address(block.text)):
            sources = line_sources(block.text, block.line, self.source_ids, block.marker)
        if sources:
            if is_tail and block.kind == "paragraph" and not block.is_open and not sources[0].url:
                self._tell(block.line, block.text, "stands below the sources, and is taken for one")
            self._add(sources)
            self.source_lines.add(block.line)
            if label:
                self.labels.setdefault(label, sources[0].id)

    # Parts

    def read(self, block: Block, *, is_title: bool) -> None:
        """Takes one block after the other, in the order of the text."""
        # A heading may stand in the same line.
        self.notices += [Notice(line, f"“{word}” is broken at the end of the line") for line, word in block.spliced]
        if block.kind != "heading" and block.line in self.source_lines:
            return
        marked = block.text if block.kind == "heading" else f"{block.marker} {block.text}"
        if is_title:
            self._remark(block.line, marked, "title")
        elif block.kind == "heading":
            self._read_heading(block)
        elif block.kind == "remark":
            self._remark(block.line, marked, "mail")
        elif not any(map(str.isalnum, block.text)):
            self._remark(block.line, marked, "signs")
        else:
            self._read_text(block)

    def _remark(self, line: int, text: str, kind: RemarkKind, words: str = "") -> None:
        """Keeps what is no claim, and tells of it; `words` say what it is where the kind alone does not."""
        text = text.strip()
        if has_words(text):
            self.parts.append(Remark(line, self.section, text, kind))
            said = text.rstrip(" :：") if kind == "heading" else text
            self._tell(line, said, words or _REMARKS[kind])

    def _tell(self, line: int, said: str, words: str) -> None:
        quoted = said if len(said) <= QUOTED_MAX_CHARS else f"{said[:QUOTED_MAX_CHARS]}…"
        self.notices.append(Notice(line, f"“{quoted}” {words}"))

    def _read_heading(self, block: Block) -> None:
        if (words := normalize(block.text)) and f"{normalize(self.title)} ".startswith(f"{words} "):
            self._remark(block.line, block.text, "heading", "is the title once more")
            return
        self._end_group()
        is_tail = is_source_heading(block.text)
        meant = None if is_tail else self.names.meant(block.text)
        self.section = meant or self.section
        title = block.text.rstrip(" :：")
        is_group = not (is_tail or meant) and len(title) <= HEADING_MAX_CHARS
        name = self.vocabulary.section_title(self.section)
        words = f"is the section {name}" if meant else _other_heading(name, is_group)
        self._remark(block.line, block.text, "heading", "" if is_tail else words)
        if is_group:
            self.group = (title, len(self.parts))

    def _end_group(self) -> None:
        if self.group:
            title, start = self.group
            ids = tuple(part.id for part in self.parts[start:] if isinstance(part, DraftClaim))
            if ids:
                self.groups.append(DraftGroup(self.section, title, ids))
        self.group = None

    def _read_text(self, block: Block) -> None:
        if block.marker:
            self._remark(block.line, block.marker, "mark")
        text, addresses, refused = without_links(block.text)
        self.notices += [
            Notice(block.line, f"{url} is no address that others can open; it stays text") for url in refused
        ]
        offset = 0
        for sentence in sentences(text, self.language):
            within = [each for each in addresses if offset <= each.offset < offset + len(sentence)]
            removed = sum(each.removed for each in addresses if each.offset < offset)
            self._read_sentence(sentence, block.line_at(offset + removed), within)
            offset += len(sentence)

    def _read_sentence(self, sentence: str, line: int, addresses: list[Address]) -> None:
        sentence = _EMPHASIS.sub(r"\1\2", sentence)
        links = [Link("", self._source_of(address, line)) for address in addresses]
        for mark, labels in marks_in(sentence):
            names = [self.labels[label] for label in labels if label in self.labels]
            links += [Link("" if index else mark.strip(), name) for index, name in enumerate(names)]
            if len(names) == len(labels):
                sentence = sentence.replace(mark, "", 1)
        texts = [" ".join(part.split()) for part in cut_to_fit(sentence.strip())]
        if len(texts) > 1:
            self.notices.append(Notice(line, f"a sentence is longer than a claim may be; it is {len(texts)} claims"))
        for index, text in enumerate(texts):
            self._claim(line, text, tuple(links) if index == 0 else ())

    def _claim(self, line: int, text: str, links: tuple[Link, ...]) -> None:
        if has_words(text):
            self.parts.append(DraftClaim(line, self.section, self.claim_ids.free(claim_id(text)), text, links))

    def _source_of(self, address: Address, line: int) -> str:
        """The id of the source with an address, a new one where there is none."""
        if address.url not in self.addresses:
            self._add([address_source(address, line, self.source_ids)])
        return self.addresses[address.url]

    def _add(self, sources: list[DraftSource]) -> None:
        self.sources += sources
        for source in sources:
            self.addresses.setdefault(source.url, source.id)

    # The whole

    def draft(self) -> Draft:
        """The draft of all that was read."""
        self._end_group()
        sources = sorted(self.sources, key=lambda each: each.line)
        notices = sorted(self.notices, key=lambda each: each.line)
        return Draft(self.title, tuple(settled(self.parts)), tuple(self.groups), tuple(sources), tuple(notices))


def _other_heading(section: str, is_group: bool) -> str:
    return f"names no section; what stands below it is {'a group of' if is_group else 'in'} {section}"


def _is_address(text: str) -> bool:
    """Whether a text is nothing but addresses."""
    left, addresses, _ = without_links(text)
    for address in addresses:
        left = left.replace(address.label or address.url, " ", 1)
    return bool(addresses) and not any(map(str.isalnum, left))
