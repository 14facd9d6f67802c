"""Writes drafts as brief files, in the form in which the files beside them are written."""

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from textwrap import wrap

from bot.content.keys import KEYS
from bot.core.drafts.draft import Draft, DraftClaim, DraftGroup, DraftSource, Remark, by_section
from bot.core.linting.value_rules import PLACEHOLDER

WIDTH = 120

TITLE = f"{PLACEHOLDER} what the brief is called"
SUMMARY = f"{PLACEHOLDER} one sentence that says what this is about"
OWNER = f"{PLACEHOLDER} who keeps it"
REASON = f"{PLACEHOLDER} why nobody has confirmed it"
SOURCES = "sources: {}   # id: {publisher: …, title: …, date: YYYY-MM-DD, url: https://…, kind: news}"

# A text that needs no marks: neither a null nor what looks like a key or a comment.
_PLAIN = re.compile(r"(?!(?:null|Null|NULL)$)[^\W_](?:(?!:\s|:$|\s#).)*")
# What git leaves behind where it could not merge.
_CONFLICT = re.compile(r"([<|=>])\1{6}")


def scaffold(title: str, sections: Sequence[str], today: date) -> str:
    """The file of an empty brief with these sections, by key."""
    claims = {key: [_placeholder(key)] for key in sections}
    return _joined(
        [*_head(title or TITLE, today, "the day up to which all of this is true"), *_sections(claims, ()), SOURCES]
    )


def draft_file(draft: Draft, first_section: str, today: date) -> str:
    """The file of a draft; a text without a sentence gets a claim to write in the section that readers see first."""
    sections = by_section(draft.parts)
    if not draft.claims:
        sections = {first_section: [*draft.parts, _placeholder(first_section)]}
    head = _head(draft.title or TITLE, today, "the day of the import; the text gives none for all of it")
    return _joined([*head, *_sections(sections, draft.groups), *_sources(draft.sources)])


def additions(draft: Draft) -> str:
    """The claims and sources of a draft as YAML, to paste below the same keys of a brief, its remarks as comments;
    empty without any of these."""
    remarks = (line for remark in draft.remarks for line in _comment(remark.text, 0))
    lines = _sections(by_section(draft.parts), ()) if draft.claims else remarks
    return _joined([*lines, *(_sources(draft.sources) if draft.sources else ())])


def _placeholder(section: str) -> DraftClaim:
    text = f"{PLACEHOLDER} one statement of the section {section} that can be understood on its own"
    return DraftClaim(0, section, f"{section}-first", text)


def _joined(lines: Iterable[str]) -> str:
    return "".join(f"{line}\n" for line in lines)


def _head(title: str, today: date, about_day: str) -> Iterator[str]:
    yield "# yaml-language-server: $schema=brief.schema.json"
    yield from _text("title", title, 0)
    yield from _text("summary", SUMMARY, 0)
    yield "status: draft   # readers see nothing of it"
    yield f"as_of: {today.isoformat()}   # {about_day}"
    yield from _text("owner", OWNER, 0)
    yield ""


def _sections(sections: Mapping[str, Sequence[DraftClaim | Remark]], groups: Sequence[DraftGroup]) -> Iterator[str]:
    yield "sections:"
    for key, parts in sections.items():
        yield f"  {key}:"
        if titled := [group for group in groups if group.section == key]:
            yield "    groups:"
            yield from (line for group in titled for line in _group(group))
        yield "    claims:"
        for part in parts:
            yield from _claim(part) if isinstance(part, DraftClaim) else _comment(part.text, 6)
    yield ""


def _group(group: DraftGroup) -> Iterator[str]:
    yield from _entry(_text("title", group.title, 8))
    yield from _wrapped(f"claims: [{', '.join(group.claims)}]", 8)


def _claim(claim: DraftClaim) -> Iterator[str]:
    yield f"      - id: {claim.id}"
    yield from _text("text", claim.text, 8)
    yield "        standing: unverified"
    yield from _text("note", _note(claim), 8)
    if claim.links:
        named = ", ".join(f"{link.mark} {link.source}".strip() for link in claim.links)
        yield from _comment(f"the text names here: {named}", 8)


def _note(claim: DraftClaim) -> str:
    return f"Line {claim.line} of the pasted text; no source was read for it." if claim.line else REASON


def _sources(sources: Sequence[DraftSource]) -> Iterator[str]:
    yield "sources:" if sources else SOURCES
    for source in sources:
        yield from _comment(source.said, 2) if source.said else ()
        yield f"  {source.id}:"
        values = {"title": source.title, "publisher": source.publisher, "url": source.url, "note": source.note}
        lines = [line for key, value in values.items() if value for line in _text(key, value, 4)]
        yield from lines
        if lacking := [key for key in ("publisher", "url") if not values[key]]:
            yield f"    # {PLACEHOLDER} {', '.join(lacking)}, kind"
        else:
            yield f"    # {PLACEHOLDER} kind"


def _text(key: str, text: str, indent: int) -> list[str]:
    """A key with its text: on one line where it has room and needs no escapes, else folded."""
    blanks = " " * indent
    lines = wrap(text, WIDTH - indent - 2, break_long_words=False, break_on_hyphens=False)
    value = text if _PLAIN.fullmatch(text) else json.dumps(text, ensure_ascii=False)
    has_room = indent + len(key) + 2 + len(value) <= WIDTH and "\\" not in value
    if has_room or any(map(_is_misleading, lines)):
        return [f"{blanks}{key}: {value}"]
    return [f"{blanks}{key}: >-", *(f"{blanks}  {line}" for line in lines)]


def _is_misleading(line: str) -> bool:
    """Whether the check takes a line for a key, or for a mark of git's."""
    return line.partition(":")[0] in KEYS or _CONFLICT.match(line) is not None


def _entry(lines: Sequence[str]) -> Iterator[str]:
    """The first lines of an entry of a list: its dash stands two columns before them."""
    first, *others = lines
    indent = len(first) - len(first.lstrip())
    yield f"{' ' * (indent - 2)}- {first.lstrip()}"
    yield from others


def _wrapped(text: str, indent: int) -> Iterator[str]:
    lines = wrap(text, WIDTH - indent, break_long_words=False, break_on_hyphens=False, subsequent_indent="  ")
    return (f"{' ' * indent}{line}" for line in lines)


def _comment(text: str, indent: int) -> Iterator[str]:
    lines = wrap(text, WIDTH - indent - 2, break_long_words=False, break_on_hyphens=False)
    return (f"{' ' * indent}# {line}" for line in lines)
