"""Pasted text as blocks: headings, paragraphs, entries of lists, notes, and remarks that are no content."""

import re
from bisect import bisect_right
from collections.abc import Callable, Container, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby, zip_longest
from typing import Literal

from bot.core.drafts.hyphens import is_broken, spliced, words_of
from bot.core.drafts.links import MARKS
from bot.core.drafts.mail import is_head, is_remark, is_signature, may_sign
from bot.core.drafts.signs import has_words

BlockKind = Literal["heading", "paragraph", "entry", "note", "remark"]

HEADING_MAX_CHARS = 60
"""A longer line is no heading; as much has room as the title of a group."""

WRAPPED_MIN_CHARS = 60
"""Lines are broken there or later, unless some go on with a small letter: then as early as the longest ends."""
WRAPPED_MAX_CHARS = 120
"""Where the longest line is longer each is a paragraph of its own: nobody breaks lines there."""


@dataclass(frozen=True, slots=True)
class Block:
    """`text` has single blanks. `lines` are (offset in the text, line) of each line that it had; `marker` is what stood
    before it, or shows that it is a heading: `1.`, `[2]`, `##`, `:`. `leads`: a blank line stands above it; `alone`: no
    other block touches it. `spliced` are (line, word) of each word that the end of that line broke."""

    kind: BlockKind
    text: str
    lines: tuple[tuple[int, int], ...]
    marker: str = ""
    leads: bool = False
    alone: bool = False
    spliced: tuple[tuple[int, str], ...] = ()

    @property
    def line(self) -> int:
        """Its first line, which counts from 1."""
        return self.lines[0][1]

    def line_at(self, offset: int) -> int:
        """The line of the character at an offset."""
        return self.lines[bisect_right(self.lines, offset, key=lambda line: line[0]) - 1][1]

    @property
    def is_open(self) -> bool:
        """Whether it is one line that ends as no sentence does."""
        return len(self.lines) == 1 and not _TERMINATED.search(self.text)


@dataclass(frozen=True, slots=True)
class _Line:
    """A line without its marks of quotation, of which it had `depth`; `chars` are those of its text and indentation."""

    number: int
    depth: int
    text: str
    chars: int

    @property
    def is_indented(self) -> bool:
        return self.chars > len(self.text)


_QUOTED = re.compile(r"(?: {0,3}>)*")
_UNDERLINE = re.compile(r"={3,}|-{3,}")
_HEADING = re.compile(r"(#{1,6})\s+(.*)|(\*\*|__)(?P<bold>[^*_]+)(?:\*\*|__):?")
_RUN_IN = re.compile(r"((?:\*\*|__)?([^\W\d_a-z][^:：*_]{1,38})(?:[:：](?:\*\*|__)?|(?:\*\*|__)[:：]))\s*(?=[^\s/])")
_ENTRY = re.compile(
    r"(?:(?:[-*+•‣◦▪●–·]|(\(?\d{1,3}(?:\.\d{1,3}){0,3}[.)]|\(?[a-z][.)]|\(?[ivx]{1,5}[.)]|[٠-٩]{1,3}[.)]))\s+|(\d{1,3}、))(?=\S)"
)
# Not `[x]`, which ticks off an entry.
_NOTE = re.compile(r"(\[(?:\^[\w*†‡]{1,5}|\d{1,3}[a-z]?|[a-wyz*†‡]|[A-Z]{1,2}\d{1,3})\]:?\s+|[¹²³⁰⁴-⁹]+\s*)(?=\S)")
_TERMINATED = re.compile(rf"[.!?…。！？؟։।]['\"”’»›)\]】」』*_]*{MARKS}$")
_REPORT = re.compile(
    r"(?!(?i:what|who|how|why|when|where|was|wer|wie|qué|quién)\b).*\w\s"
    r"(?:wrote|writes|said|says|added|asked|schrieb|sagte|escribió|dijo)\b.*[:：]"
)
"""A sentence whose verb announces what stands below it."""
_WITHIN = re.compile(r"[.!?。！？؟]\s|https?:")
_WIDE = "\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef"
"""Scripts without blanks between words."""
_BOTH_WIDE = re.compile(f"[{_WIDE}]{{2}}")
_ADDRESS = re.compile(r"https?://|(?:[a-z0-9-]{1,60}\.){1,8}[a-z]{2,12}(?![a-z])")
_FIRST_WORD = re.compile(rf"[{_WIDE}]|\S+")


def blocks(text: str, is_section: Callable[[str], bool]) -> list[Block]:
    """The blocks in the order of the text, without lines that hold no word. `is_section` says of a line whether it is
    the name of a section."""
    lines = [_line(number, raw) for number, raw in enumerate(text.split("\n"), 1)]
    words = words_of(line.text for line in lines)
    listed = [block for run in _runs(lines, is_section) for block in _blocks_of(run, is_section, words)]
    return [_with_heading(block, below) for block, below in zip_longest(listed, listed[1:])]


def _runs(lines: Sequence[_Line], is_section: Callable[[str], bool]) -> Iterator[list[_Line]]:
    """Lines that follow each other without a blank one, and that are quoted alike."""
    parted = (part for line in lines for part in _parted(line, is_section))
    for (_, is_blank), run in groupby(parted, key=lambda line: (line.depth, not line.text)):
        if not is_blank:
            yield list(run)


def _line(number: int, raw: str) -> _Line:
    marks = _QUOTED.match(raw)
    rest = raw[marks.end() if marks else 0 :].rstrip()
    depth = marks[0].count(">") if marks else 0
    return _Line(number, depth, " ".join(rest.split()), len(rest.removeprefix(" ") if depth else rest))


def _parted(line: _Line, is_section: Callable[[str], bool]) -> Iterator[_Line]:
    """The line, or two where it begins with the name of a section: `Legal considerations: The act …`."""
    match = _RUN_IN.match(line.text)
    if match and is_section(match[2]):
        yield replace(line, text=match[1])
        line = replace(line, text=line.text[match.end() :])
    yield line


def _blocks_of(run: Sequence[_Line], is_section: Callable[[str], bool], words: Container[str]) -> Iterator[Block]:
    listed: list[Block] = []
    more: list[list[_Line]] = []
    """The further lines of each block."""
    last: _Line | None = None
    width = _width(run)
    for line, is_head_line in zip(run, _heads(run), strict=True):
        if not has_words(line.text):
            if _UNDERLINE.fullmatch(line.text) and last and not more[-1]:
                listed[-1] = _underlined(listed[-1])
            last = None
            continue
        block = Block("remark", line.text, ((0, line.number),)) if is_head_line else _started(line, is_section)
        if last and _goes_on(listed[-1], block, last, line, width):
            more[-1].append(line)
        else:
            listed.append(block)
            more.append([])
        last = line
    for index, block in enumerate(_joined(*each, words) for each in zip(listed, more, strict=True)):
        is_remarked = block.kind in ("paragraph", "heading") and is_remark(block.text)
        kind: BlockKind = "remark" if is_remarked else block.kind
        yield replace(block, kind=kind, leads=index == 0, alone=len(listed) == 1)


def _underlined(block: Block) -> Block:
    is_heading = block.kind == "paragraph" and block.is_open
    return replace(block, kind="heading", marker="#") if is_heading else block


def _width(run: Sequence[_Line]) -> int:
    """How many characters have room in a line, if its lines are broken."""
    longest = max(line.chars for line in run)
    goes_on = any(line.text[0].islower() and not _ADDRESS.match(line.text) for line in run[1:])
    return longest if goes_on else max(longest, WRAPPED_MIN_CHARS)


def _heads(run: Sequence[_Line]) -> list[bool]:
    """Which lines are of a mail's head, or of its signature."""
    texts = ["", *(line.text for line in run), ""]
    may_be = [*map(is_head, texts)]
    heads = [may_be[n] and (may_be[n - 1] or may_be[n + 1]) for n in range(1, len(texts) - 1)]
    signature = next((n for n, line in enumerate(run) if is_signature(line.text)), len(run))
    below = [line.text for line in run[signature + 1 :]]
    # Sentences and lists are content, whatever stands above them.
    if not may_sign(below) or any(_TERMINATED.search(text) or _ENTRY.match(text) for text in below):
        signature = len(run)
    return [is_one or n > signature for n, is_one in enumerate(heads)]


def _started(line: _Line, is_section: Callable[[str], bool]) -> Block:
    """The block that begins with a line, if none goes on with it."""
    text, lines = line.text, ((0, line.number),)
    if match := _HEADING.fullmatch(text):
        return Block("heading", _unclosed(match[2] or match["bold"]).strip("*_ "), lines, match[1] or match[3])
    if match := _NOTE.match(text):
        return Block("note", text[match.end() :], lines, match[0].strip())
    match = _ENTRY.match(text)
    if match and not is_section(text[match.end() :]):
        return Block("entry", text[match.end() :], lines, match[1] or match[2] or "")
    if is_section(text[match.end() :] if match else text):
        return Block("heading", text, lines)
    if text[-1] in ":：" and _may_head(text):
        return Block("heading", text, lines, ":")
    return Block("paragraph", text, lines)


def _unclosed(heading: str) -> str:
    """The text of a heading such as `## Law ##`, in which `C#` is a word."""
    text = heading.rstrip("#")
    return heading if text[-1:].strip() else text


def _may_head(text: str) -> bool:
    """Whether a line is as short as a heading, and begins as one."""
    return (
        len(text) <= HEADING_MAX_CHARS
        and any(map(str.isalnum, text))
        and not text[0].islower()
        and not _WITHIN.search(text)
        and not _REPORT.fullmatch(text)
        and text[-1] not in ",;"
    )


def _goes_on(block: Block, started: Block, last: _Line, line: _Line, width: int) -> bool:
    """Whether a line goes on with the block above instead of starting one."""
    is_ended = _TERMINATED.search(last.text) is not None
    if block.kind in ("heading", "remark") or started.kind not in ("paragraph", "heading"):
        return False
    if started.kind == "heading" and (started.marker != ":" or is_ended):
        return False
    if _ADDRESS.match(line.text) and _ADDRESS.search(last.text.rpartition(" ")[2]):
        return False
    return (
        _is_wrapped(last, line, width)
        or is_broken(last.text)
        or (not is_ended and line.text[0].islower() and not _ADDRESS.match(line.text))
        or (block.kind != "paragraph" and line.is_indented and not last.is_indented)
    )


def _is_wrapped(last: _Line, line: _Line, width: int) -> bool:
    """Whether the first word of a line had no room on the last one."""
    word = _FIRST_WORD.match(line.text)
    needed = last.chars + 1 + len(word[0] if word else "")
    return width <= WRAPPED_MAX_CHARS and needed > width


def _joined(block: Block, more: Sequence[_Line], words: Container[str]) -> Block:
    texts, lines, length = [block.text], [*block.lines], 0
    unbroken = []
    for line in more:
        if not _BOTH_WIDE.fullmatch(texts[-1][-1] + line.text[0]):
            texts[-1], word = spliced(texts[-1], line.text, words)
            unbroken += [(lines[-1][1], word)] if word else []
        length += len(texts[-1])
        texts.append(line.text)
        lines.append((length, line.number))
    return replace(block, text="".join(texts), lines=tuple(lines), spliced=tuple(unbroken))


def _with_heading(block: Block, below: Block | None) -> Block:
    """A short line under a blank one, and above a paragraph, a list or notes, is a heading."""
    is_bare = block.kind == "paragraph" and block.leads and (block.is_open or block.text.isupper())
    stands_above = below and (below.kind in ("entry", "note") or (below.kind == "paragraph" and not below.is_open))
    return replace(block, kind="heading") if is_bare and _may_head(block.text) and stands_above else block
