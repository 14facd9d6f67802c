"""What was announced, newest first."""

from datetime import UTC, date, datetime, time, timedelta

from bot.core.changes.announcement import Announcement, announce
from bot.core.changes.history import ChangeEntry, ChangeList
from bot.core.commands import command
from bot.core.commands.outcome import CommandRejected
from bot.handlers.context import Services
from bot.store.publications import RevisionChange
from bot.store.store import Transaction

LISTED_MAX = 20


def list_changes(
    asked: command.ShowChanges, typed: str, services: Services
) -> ChangeList | Announcement | CommandRejected:
    """What was announced, newest first; or all of one change set."""
    with services.store.snapshot() as tx:
        if asked.between is not None:
            return _between(tx, asked, typed, services)
        since = _instant(asked.since, services.now())
        steps = tx.publications.announced(slug=asked.brief, since=since, limit=LISTED_MAX + 1)
        entries = [_entry(tx, step, services) for step in steps[:LISTED_MAX]]
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


def _entry(tx: Transaction, step: RevisionChange, services: Services) -> ChangeEntry | None:
    found = tx.change_set(step.slug, step.before, step.after)
    if found is None:
        return None
    told = announce(found, services.corpus.corpus.vocabulary, on=step.published_at.date(), collapsed=False)
    note = told.notes[0].note if told.notes else None
    return ChangeEntry(told.on, found.brief.title, told.kind, note, len(told.changes), told.command)


def _between(
    tx: Transaction, asked: command.ShowChanges, typed: str, services: Services
) -> Announcement | CommandRejected:
    slug, between = asked.brief or "", asked.between or command.Range(None, None)
    try:
        found = tx.change_set(slug, between.before, between.after)
    except LookupError as error:
        return CommandRejected(typed, str(error), f"See `{services.policy.command} changes {slug}`.")
    if found is None or found.is_silent:
        return CommandRejected(
            typed, "nothing changed that readers see", f"See `{services.policy.command} changes {slug}`."
        )
    steps = tx.publications.with_revision(between.after or between.before or "", slug)
    last = next((s for s in reversed(steps) if s.after == between.after), steps[-1])
    earlier = [s for s in steps if s.after == between.after and s.publication < last.publication]
    restored = earlier[0].published_at.date() if earlier and between.before and between.after else None
    vocabulary = services.corpus.corpus.vocabulary
    return announce(found, vocabulary, on=last.published_at.date(), reverted_to=restored, collapsed=False)
