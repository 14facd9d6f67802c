"""Trigger: somebody asks for what was, for what a channel follows, or how the bot is doing. Only reads."""

from collections import Counter
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

from sqlalchemy import Connection

from bot.core.answers.answer import Nothing, Reply, Suggestion, Superseded
from bot.core.answers.lookup import answer_of
from bot.core.changes.announcement import Update, update
from bot.core.changes.history import ChangeList, Entry
from bot.core.commands import command
from bot.core.commands.outcome import Refusal
from bot.core.delivery.status import Skipped, Status
from bot.core.subscriptions.listing import Subscriptions
from bot.handlers.desk import Desk
from bot.handlers.office import Office
from bot.handlers.ports import Caller
from bot.store import digests, ledger, outbox, publications
from bot.store import subscriptions as kept
from bot.store.publications import Step

LISTED_MAX = 20
SKIPPED_SHOWN, SKIPPED_MAX = timedelta(days=14), 3
_COUNTED: tuple[set[outbox.Kind], ...] = ({"change", "digest"}, {"note"}, {"edit"})


# Earlier words


def earlier(asked: command.Show, office: Office, desk: Desk, default: str | None) -> Reply:
    """A section as it read at a revision, with what superseded it; the current one like any other answer."""
    revision = asked.revision or ""
    with office.store.reading() as connection:
        steps = publications.with_revision(connection, revision, asked.brief)
        shown = next((step for step in steps if step.after == revision), None)
        brief = office.store.brief(connection, shown.slug, revision) if shown else None
    typed = " ".join(filter(None, (asked.section, asked.brief, f"@{revision}")))
    if shown is None or brief is None:
        return _unknown(typed, asked, default)
    current = desk.corpus.briefs.get(brief.slug)
    if current is not None and current.revision == revision:
        return desk.reply(" ".join(filter(None, (asked.section, brief.slug, "share" if asked.share else ""))))
    key = asked.section or desk.corpus.section_keys(brief)[0]
    if key not in brief.sections:
        here = [Suggestion(desk.corpus.section_title(k), f"{k} {brief.slug} @{revision}") for k in brief.sections]
        return Nothing(typed, f"at that revision the brief had no section “{key}”", tuple(here))
    answer = answer_of(key, brief, desk.corpus, share=asked.share, today=desk.today)
    return replace(answer, superseded=_superseded(steps, revision), review_overdue=None)


def _superseded(steps: list[Step], revision: str) -> Superseded | None:
    """From the last time that it was what readers saw."""
    came = [step for step in steps if step.after == revision]
    left = next((step for step in reversed(steps) if step.before == revision), None)
    return Superseded(came[-1].published_at.date(), left.published_at.date(), left.after) if left else None


def _unknown(typed: str, asked: command.Show, default: str | None) -> Nothing:
    now = " ".join(filter(None, (asked.section, asked.brief or default)))
    current = (Suggestion("the current revision", now),) if now else ()
    return Nothing(typed, f"no revision {asked.revision} was ever published", current)


# What changed


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


# How things stand


def subscriptions(asked: command.ShowSubscriptions, caller: Caller, office: Office) -> Subscriptions:
    """What this channel follows, or all of the workspace."""
    with office.store.reading() as connection:
        if asked.everywhere:
            found = kept.of_team(connection, caller.team)
        else:
            found = kept.of_channel(connection, caller.team, caller.channel)
    brief = office.readers.corpus.briefs.get(office.default(caller) or "")
    return Subscriptions(tuple(found), asked.everywhere, brief.title if brief else None, office.now())


def status(caller: Caller, office: Office) -> Status:
    """What is published, and what this workspace is still owed."""
    with office.store.reading() as connection:
        latest = publications.latest(connection)
        following = kept.of_team(connection, caller.team)
        posts, notes, edits = (outbox.counts(connection, caller.team, kinds) for kinds in _COUNTED)
        all_ = posts + notes
        since = office.now() - SKIPPED_SHOWN
        skipped, newest = digests.skipped(connection, caller.team, since, SKIPPED_MAX)
        return Status(
            number=latest.number if latest else 0,
            published_at=latest.published_at if latest else None,
            briefs=len(office.readers.corpus.published),
            broken=office.broken(),
            following=len(following),
            paused_channels=len({each.channel for each in following if each.paused}),
            waiting=all_["pending"] + all_["waiting"],
            unknown=all_["unknown"],
            held=all_["held"],
            paused=all_["paused"],
            dead=posts["dead"],
            resent=outbox.resent(connection, caller.team),
            edits_done=edits["sent"] + edits["dead"],
            edits_open=_open(edits),
            uneditable=ledger.uneditable(connection, caller.team),
            notes_failed=notes["dead"],
            stopped=kept.stopped(connection, caller.team),
            digests=len(digests.of_team(connection, caller.team)),
            skipped=skipped,
            newest_skipped=tuple(Skipped(each.channel, each.fire_at) for each in newest),
        )


def _open(counts: Counter[outbox.State]) -> int:
    return sum(counts[state] for state in outbox.OPEN)
