"""Lines for changes of sources and of a brief's fields."""

from collections.abc import Iterable, Sequence
from dataclasses import fields
from datetime import date

from bot.core.briefs.brief import Source
from bot.core.changes.change_set import Change
from bot.core.changes.normalization import VERBATIM, normalize_text
from bot.render.changes.edited_caveats import caveat_lines
from bot.render.changes.edited_claim import old_and_new_lines
from bot.render.changes.evidence_changes import Lines
from bot.render.changes.views import View
from bot.render.document.citations import source_words
from bot.render.document.document import Text, line
from bot.render.document.phrases import LANGUAGES, day, partial_day

SOURCE_LABELS = {
    "url": "address",
    "via": "page of the copy",
    "date_note": "note on the date",
    "archive_url": "archived copy",
}
"""Labels of a source's fields that differ from the field's name."""

DATE_LABELS = {"as_of": "As of", "review_by": "Review due"}


def source_lines(change: Change) -> Lines:
    """A source that was added, removed or edited."""
    match change.before, change.after:
        case Source() as old, Source() as new:
            return (source_words(new, "Source changed: "), line(_sentence(_source_edits(old, new))))
        case None, Source() as new:
            return (source_words(new, "Source added: "),)
        case old, _:
            return (source_words(old, "Source removed: "),)


def _source_edits(old: Source, new: Source) -> Iterable[str]:
    """A phrase for each field that changed. Addresses are too long to be repeated."""
    for field, before, after in zip(fields(Source), normalize_text(old), normalize_text(new), strict=True):
        label = SOURCE_LABELS.get(field.name, field.name)
        if before != after and field.name in VERBATIM:
            yield f"{label} {'added' if before is None else 'removed' if after is None else 'changed'}"
        elif before != after:
            values = (_value(field.name, getattr(source, field.name)) for source in (old, new))
            yield f"{label} was {', now '.join(values)}"


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


def _sentence(phrases: Iterable[str]) -> str:
    text = "; ".join(phrases)
    return f"{text[:1].upper()}{text[1:]}."


def field_lines(change: Change, view: View) -> Lines:
    """A field of the brief whose value changed."""
    old, new = change.before, change.after
    match change.id:
        case "title" | "summary" as name:
            return (line(Text(name.capitalize(), bold=True)), *old_and_new_lines(old, new, view))
        case "caveats":
            return caveat_lines(*_additions_and_removals(old, new), view)
        case "tags":
            additions, removals = _additions_and_removals(old, new)
            tags_by_operation = {"added": additions, "removed": removals}
            phrases = (f"{operation} {', '.join(tags)}" for operation, tags in tags_by_operation.items() if tags)
            return (line(f"Tags {'; '.join(phrases)}"),)
        case "continued_in":
            # Not by its slug: it may be a draft. Answers link to it as soon as it is published.
            return (line("Continued in another brief" if new else "No longer continued in another brief"),)
        case name:
            return (line(f"{DATE_LABELS[name]}: was {_day(old)}, now {_day(new)}"),)


def _additions_and_removals(old: Sequence[str] | None, new: Sequence[str] | None) -> tuple[list[str], list[str]]:
    return _without(new or (), old or ()), _without(old or (), new or ())


def _without(some: Sequence[str], others: Sequence[str]) -> list[str]:
    known = [normalize_text(each) for each in others]
    return [each for each in some if normalize_text(each) not in known]


def _day(value: date | None) -> str:
    return day(value) if value else "not set"
