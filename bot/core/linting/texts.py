"""Checks B133 to B138, B144 and B125: every text and address that a file has readers see."""

import re
from collections.abc import Iterator, Sequence
from html import unescape
from itertools import chain

from bot.core.briefs.brief import BriefContent, Claim
from bot.core.briefs.file_place import FILE, LINE
from bot.core.briefs.vocabulary import Vocabulary
from bot.core.linting import schema_rules, value_rules
from bot.core.linting.addresses import address_fault, are_plain, is_plain, odd_end
from bot.core.linting.diagnostic import Path, Problem
from bot.core.linting.value_rules import PLACEHOLDER

_DATE = (
    r"(?:\d{1,2}(?:st|nd|rd|th)?\s+[a-z]{3,9}\.?,?\s+\d{1,4}|[a-z]{3,9}\.?\s+\d{1,2},?\s+\d{4}"
    r"|\d{4}-\d\d(?:-\d\d)?|\d{1,2}[./]\d+)"
)
# What render writes above texts: correction lines and notes, heads of posts, banners of answers, *was* and *now*.
_BANNER = re.compile(
    r"[\W_]*("
    rf"(?:corrected|withdrawn|reinstated)(?:\s*[:·]|\s+(?:on\s+)?{_DATE})"
    r"|(?:correction|withdrawal|reinstatement|clarification)\s*[:·]|(?:was|now):"
    r"|this has changed since"
    r"|this (?:brief|claim|answer) (?:was|has been|is) (?:withdrawn|corrected|reinstated|no longer)"
    r"|these are the words of|what stands above"
    r")",
    re.IGNORECASE,
)
_STARTS = frozenset("corr with rein clar was: now: this thes what todo".split(" "))
"""The first four characters of `_BANNER`, where it begins with a letter, and of a placeholder."""
_OF_PUBLISHED = frozenset({"B134", "B144"})
"""What is no problem in a draft: a text as it was pasted, a placeholder."""

_ENTITY = re.compile(r"&(?:#\d{1,7}|#x[0-9a-f]{1,6}|[a-z]{2,8}[0-9]{0,2});", re.IGNORECASE)
# Two and three bytes of UTF-8 in Latin-1 or Windows-1252, of the letters and marks that Western texts have.
_GARBLED = re.compile(
    r"(?:[\xc2\xc3][\x80-\xbf\u0152\u0153\u0160\u0161\u0178\u017d\u017e\u0192\u02c6\u02dc\u2013-\u2026\u2030\u2039\u203a"
    r"\u20ac\u2122]|\xe2[\u20ac\x80][^\sA-Za-z0-9]|\xc3\u201a.|\xef\xbf\xbd|\xf0\u0178..|(?:[\xd0\xd1][^\x00-\x7f]){2})+"
)
_MARKS = {
    "“": "”“",
    "„": "“”",
    "‘": "’‘",
    "‚": "‘’",
    "«": "»",
    "»": "«",
    "‹": "›",
    "›": "‹",
    "「": "」",
    '"': '"',
    "'": "'",
}
"""Closing quotation marks by the opening one, in the use of several languages."""

_GARBLED_LEADS = "\xc2\xc3\xe2\xef\xf0\xd0\xd1"


def check_texts(brief: BriefContent) -> Iterator[Problem]:
    """The problems of the texts and addresses of a brief, of each in turn."""
    for at, text in _names(brief):
        yield from _marks(at, text)
    if _are_suspicious(list(_plain_texts(brief))):
        unchecked = _OF_PUBLISHED if brief.status == "draft" else ()
        for at, text in _texts(brief):
            yield from (problem for problem in _text(at, text) if problem.code not in unchecked)
    addresses = [source.url for source in brief.sources.values() if source.url]
    addresses += [source.archive_url for source in brief.sources.values() if source.archive_url]
    if are_plain(addresses):
        return
    for key, source in brief.sources.items():
        if source.url and not is_plain(source.url):
            yield from _address(("sources", key, "url"), source.url)
        if source.archive_url and not is_plain(source.archive_url):
            yield from _address(("sources", key, "archive_url"), source.archive_url)


def _names(brief: BriefContent) -> Iterator[tuple[Path, str]]:
    yield from _named((), brief, ("title", "summary", "owner"))
    yield from _listed(("aliases",), brief.aliases)


def _marks(at: Path, text: str) -> Iterator[Problem]:
    """Marks around the whole text, and no further ones within, which would be those of two quotations."""
    closing = _MARKS.get(text[:1], "")
    if (
        closing
        and len(text) > 1
        and text[-1] in closing
        and not any(mark in text[1:-1] for mark in (text[0], *closing))
    ):
        yield value_rules.marks_around_all(at, text[0], text[-1])


def _plain_texts(brief: BriefContent) -> Iterator[str]:
    yield from (brief.title, brief.summary, brief.owner, *brief.aliases, *brief.also, *brief.caveat_texts())
    for section in brief.sections.values():
        for claim in section.claims:
            yield claim.text
            yield from claim.also
            if claim.note:
                yield claim.note
            for item in claim.evidence:
                yield from filter(None, (item.quote, item.locator))
    for source in brief.sources.values():
        each = (source.title, source.author, source.publisher, source.via, source.date_note, source.note)
        yield from filter(None, each)
    yield from (change.note for change in brief.changes)


def _are_suspicious(texts: Sequence[str]) -> bool:
    """Whether one of several texts may have a problem: a tenth of the time of looking at each."""
    joined = "\n".join(texts)
    if joined.count("\n") >= len(texts) or ("&" in joined and _ENTITY.search(joined)):
        return True
    openings = [text for text in texts if text[:4].lower() in _STARTS or not text[:1].isalnum()]
    return any(text.startswith(PLACEHOLDER) or _BANNER.match(text) for text in openings) or (
        not joined.isascii() and any(map(joined.__contains__, _GARBLED_LEADS))
    )


def check_store_texts(vocabulary: Vocabulary) -> Iterator[Problem]:
    """The problems of the texts and of the address of `_store.yaml`."""
    for key, section in vocabulary.sections.items():
        names = _named(("sections", key), section, ("title",)), _listed(("sections", key, "aliases"), section.aliases)
        for at, text in chain(*names):
            yield from _text(at, text)
            yield from _marks(at, text)
    for index, words in enumerate(vocabulary.equivalents):
        for at, text in _listed(("equivalents", index), words):
            yield from _text(at, text)
    if vocabulary.edit_url:
        yield from _address(("edit_url",), vocabulary.edit_url)
        yield from _place_of_file(("edit_url",), vocabulary.edit_url)


def _place_of_file(at: Path, address: str) -> Iterator[Problem]:
    """What leaves no place in an address for the name of a file."""
    unknown = re.search(r"[{}].*", address.replace(FILE, "").replace(LINE, ""))
    part = unknown or (None if FILE in address else re.search(r"[?#{].*", address))
    if part:
        yield value_rules.not_a_directory(at, part[0])


def _texts(brief: BriefContent) -> Iterator[tuple[Path, str]]:
    yield from _names(brief)
    yield from _listed(("also",), brief.also)
    yield from _listed(("caveats",), brief.caveat_texts())
    for key, section in brief.sections.items():
        for index, claim in enumerate(section.claims):
            yield from _claim_texts(("sections", key, "claims", index), claim)
    for key, source in brief.sources.items():
        yield from _named(("sources", key), source, ("title", "author", "publisher", "via", "date_note", "note"))
    for index, change in enumerate(brief.changes):
        yield ("changes", index, "note"), change.note


def _claim_texts(at: Path, claim: Claim) -> Iterator[tuple[Path, str]]:
    yield from _named(at, claim, ("text", "note"))
    yield from _listed((*at, "also"), claim.also)
    for index, item in enumerate(claim.evidence):
        yield from _named((*at, "evidence", index), item, ("quote", "locator"))


def _named(at: Path, value: object, names: tuple[str, ...]) -> Iterator[tuple[Path, str]]:
    return (((*at, name), text) for name in names if (text := getattr(value, name)))


def _listed(at: Path, texts: tuple[str, ...]) -> Iterator[tuple[Path, str]]:
    return (((*at, index), text) for index, text in enumerate(texts))


def _text(at: Path, text: str) -> Iterator[Problem]:
    lines = text.strip().split("\n") if "\n" in text else [text]
    if len(lines) > 1 and at[-1] != "quote":
        yield value_rules.several_lines(at)
    if words := next(filter(None, map(_BANNER.match, lines)), None):
        yield value_rules.banner(at, words[1])
    if text.startswith(PLACEHOLDER):
        yield value_rules.placeholder(at)
    if "&" in text and (entity := _ENTITY.search(text)) and unescape(entity[0]) != entity[0]:
        yield value_rules.garbled(at, entity[0], unescape(entity[0]))
    if not text.isascii() and (garbled := _GARBLED.search(text)):
        yield value_rules.garbled(at, garbled[0], _meant(garbled[0]))


def _meant(garbled: str) -> str:
    """What garbled characters were before; empty where that cannot be said."""
    try:
        return garbled.encode("cp1252").decode()
    except UnicodeError:
        return ""


def _address(at: Path, address: str) -> Iterator[Problem]:
    if address_fault(address):
        yield schema_rules.bad_url(at, address)
    elif end := odd_end(address):
        yield value_rules.odd_end_of_address(at, end)
    elif "&" in address and (entity := _ENTITY.search(address)) and unescape(entity[0]) != entity[0]:
        yield value_rules.garbled(at, entity[0], unescape(entity[0]))
