"""What was announced, newest first."""

from datetime import UTC, date, datetime, time, timedelta

from bot.core.changes.announcement import Announcement, announce
from bot.core.changes.history import ChangeEntry, ChangeList, tallies
from bot.core.commands import command
from bot.core.commands.day_words import Since, past_day
from bot.core.commands.outcome import CommandRejected
from bot.handlers.context import Services
from bot.store.publications import RevisionChange
from bot.store.store import Transaction

LISTED_MAX = 20


def list_changes(query: command.ShowChanges, services: Services) -> ChangeList | Announcement | CommandRejected:
    """At most `LISTED_MAX` announced change sets, newest first without those to skip; or, between two revisions, the
    one change set in full."""
    with services.store.snapshot() as tx:
        if query.between is not None:
            return _between(tx, query.brief or "", query.between, services)
        since, skip = _first_day(query.since, services.now().date()), query.skip or 0
        # One more than is listed shows whether there are older ones.
        steps = tx.publications.announced(
            slug=query.brief, since=_instant(since, services.now()), limit=LISTED_MAX + 1, skip=skip
        )
        entries = [_entry(tx, step, services) for step in steps[:LISTED_MAX]]
    listed = tuple(entry for entry in entries if entry is not None)
    return ChangeList(listed, query.brief, since, len(steps) > LISTED_MAX, skip)


def _first_day(since: Since | None, today: date) -> timedelta | date | None:
    """The same, with the day that a name stands for."""
    return past_day(since, today) if isinstance(since, str) else since


def _instant(since: timedelta | date | None, now: datetime) -> datetime | None:
    match since:
        case timedelta():
            return now - since
        case date():
            # A day begins in UTC here: days of publications are shown in UTC as well.
            return datetime.combine(since, time(), UTC)
        case _:
            return None


def _entry(tx: Transaction, change: RevisionChange, services: Services) -> ChangeEntry | None:
    on, vocabulary = change.published_at.date(), services.corpus.corpus.vocabulary
    change_set = tx.change_set(change.slug, change.before, change.after, vocabulary)
    if change_set is None:
        return None
    change_set = tx.reinstated(change_set, change.publication)
    announcement = announce(change_set, vocabulary, on=on, collapsed=False)
    note = announcement.notes[0].note if announcement.notes else None
    title, changes = change_set.brief.title, len(announcement.changes)
    kind, reinstated = announcement.kind, announcement.reinstates(announcement.kind)
    counted = tallies(announcement)
    return ChangeEntry(on, change.slug, title, change.before, change.after, kind, note, changes, reinstated, counted)


def _with_revision(tx: Transaction, between: command.Range, slug: str) -> list[RevisionChange]:
    """The changes that led to the newer revision or away from it, oldest first: of the brief of this slug, or else of
    the one that has them, as far as readers heard of them: others may be a draft's."""
    revision = between.after or between.before or ""
    own = tx.publications.with_revision(revision, slug)
    return own or [each for each in tx.publications.with_revision(revision, None) if each.kind is not None]


def _between(tx: Transaction, slug: str, between: command.Range, services: Services) -> Announcement | CommandRejected:
    advice = f"See `{services.policy.command} changes {slug}`."
    vocabulary = services.corpus.corpus.vocabulary
    changes = _with_revision(tx, between, slug)
    # What a button names may be called otherwise by now, and its name may be that of another brief.
    slug = changes[-1].slug if changes else slug
    try:
        change_set = tx.change_set(slug, between.before, between.after, vocabulary)
    # Buttons carry published revisions; typed ones may be of no publication.
    except LookupError as error:
        return CommandRejected(str(error), advice, typed="")
    if change_set is None or change_set.is_silent or not changes:
        return CommandRejected("nothing changed that readers see", advice)
    last = next((each for each in reversed(changes) if each.after == between.after), changes[-1])
    change_set = tx.reinstated(change_set, last.publication)
    earlier = [each for each in changes if each.after == between.after and each.publication < last.publication]
    reverted_to = earlier[0].published_at.date() if earlier and between.before and between.after else None
    return announce(change_set, vocabulary, on=last.published_at.date(), reverted_to=reverted_to, collapsed=False)
