"""How changes of sources and of the fields of a brief read: short lines."""

from collections.abc import Iterable, Sequence
from dataclasses import fields
from datetime import date

from bot.core.briefs.brief import Source
from bot.core.changes.change_set import Change
from bot.core.changes.normalization import VERBATIM, normalize_text
from bot.render.changes.edited_claim import Lines, was_now
from bot.render.document.citations import source_words
from bot.render.document.document import Text, line
from bot.render.document.phrases import LANGUAGES, day, partial_day

SOURCE_WORDS = {
    "url": "address",
    "via": "page of the copy",
    "date_note": "note on the date",
    "archive_url": "archived copy",
}
"""What the fields of a source are called, where that is not their name."""

DAY_WORDS = {"as_of": "As of", "review_by": "Review due"}


def source_lines(change: Change) -> Lines:
    """A source that came, went, or is described otherwise."""
    match change.before, change.after:
        case Source() as was, Source() as now:
            return (source_words(now, "Source changed: "), line(_sentence(_source_edits(was, now))))
        case None, Source() as now:
            return (source_words(now, "Source added: "),)
        case was, _:
            return (source_words(was, "Source removed: "),)


def _source_edits(was: Source, now: Source) -> Iterable[str]:
    for field, old, new in zip(fields(Source), normalize_text(was), normalize_text(now), strict=True):
        word = SOURCE_WORDS.get(field.name, field.name)
        if old != new and field.name in VERBATIM:
            yield f"{word} {'added' if old is None else 'removed' if new is None else 'changed'}"
        elif old != new:
            shown = (_value(field.name, getattr(source, field.name)) for source in (was, now))
            yield f"{word} was {', now '.join(shown)}"


def _value(name: str, value: str | None) -> str:
    if value is None:
        return "not given"
    match name:
        case "date":
            return partial_day(value)
        case "language":
            return LANGUAGES.get(value, value)
        case "kind":
            return value
        case _:
            return f"“{value}”"


def _sentence(parts: Iterable[str]) -> str:
    words = "; ".join(parts)
    return f"{words[:1].upper()}{words[1:]}."


def field_lines(change: Change) -> Lines:
    """A field of the brief that is other than before."""
    was, now = change.before, change.after
    match change.id:
        case "status":
            return (line(Text("Published again", bold=True)),)
        case "title" | "summary" as name:
            return (line(Text(name.capitalize(), bold=True)), *was_now(was, now))
        case "caveats":
            came, went = _compared(was, now)
            added, gone = (line(f"Caveat added: {c}") for c in came), (line(f"Caveat removed: {c}") for c in went)
            return (*added, *gone) or (line("The caveats stand in another order."),)
        case "tags":
            came, went = _compared(was, now)
            parts = (f"{word} {', '.join(tags)}" for word, tags in (("added", came), ("removed", went)) if tags)
            return (line(f"Tags {'; '.join(parts)}"),)
        case name:
            return (line(f"{DAY_WORDS[name]}: was {_day(was)}, now {_day(now)}"),)


def _compared(was: Sequence[str] | None, now: Sequence[str] | None) -> tuple[list[str], list[str]]:
    """What came, and what went."""
    old, new = was or (), now or ()
    known, wanted = [normalize_text(each) for each in old], [normalize_text(each) for each in new]
    return [each for each in new if normalize_text(each) not in known], [
        each for each in old if normalize_text(each) not in wanted
    ]


def _day(value: date | None) -> str:
    return day(value) if value else "not set"
