"""What was announced, newest first."""

from datetime import UTC, date, datetime, time, timedelta

from sqlalchemy import Connection

from bot.core.changes.announcement import Update, update
from bot.core.changes.history import ChangeList, Entry
from bot.core.commands import command
from bot.core.commands.outcome import Refusal
from bot.handlers.context import Office
from bot.store import publications
from bot.store.publications import Step

LISTED_MAX = 20


def changes(asked: command.ShowChanges, typed: str, office: Office) -> ChangeList | Update | Refusal:
    """What was announced, newest first; or all of one change set."""
    with office.store.reading() as connection:
        if asked.between is not None:
            return _between(connection, asked, typed, office)
        since = _instant(asked.since, office.now())
        steps = publications.announced(connection, slug=asked.brief, since=since, limit=LISTED_MAX + 1)
        entries = [_entry(connection, step, office) for step in steps[:LISTED_MAX]]
    shown = tuple(entry for entry in entries if entry is not None)
    return ChangeList(shown, asked.brief, asked.since, len(steps) > LISTED_MAX, typed)


def _instant(since: timedelta | date | None, now: datetime) -> datetime | None:
    match since:
        case timedelta():
            return now - since
        case date():
            return datetime.combine(since, time(), UTC)
        case _:
            return None


def _entry(connection: Connection, step: Step, office: Office) -> Entry | None:
    found = office.store.change_set(connection, step.slug, step.before, step.after)
    if found is None:
        return None
    told = update(found, office.readers.corpus.vocabulary, on=step.published_at.date(), folded=False)
    note = told.notes[0].note if told.notes else None
    return Entry(told.on, found.brief.title, told.kind, note, len(told.changes), told.again)


def _between(connection: Connection, asked: command.ShowChanges, typed: str, office: Office) -> Update | Refusal:
    slug, between = asked.brief or "", asked.between or command.Range(None, None)
    try:
        found = office.store.change_set(connection, slug, between.before, between.after)
    except LookupError as error:
        return Refusal(typed, str(error), f"See `{office.command} changes {slug}`.")
    if found is None or found.is_silent:
        return Refusal(typed, "nothing changed that readers see", f"See `{office.command} changes {slug}`.")
    steps = publications.with_revision(connection, between.after or between.before or "", slug)
    last = next((s for s in reversed(steps) if s.after == between.after), steps[-1])
    earlier = [s for s in steps if s.after == between.after and s.publication < last.publication]
    restored = earlier[0].published_at.date() if earlier and between.before and between.after else None
    vocabulary = office.readers.corpus.vocabulary
    return update(found, vocabulary, on=last.published_at.date(), restored=restored, folded=False)
