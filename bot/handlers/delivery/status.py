"""Trigger: somebody asks how the bot is doing. Only reads."""

from collections import Counter
from dataclasses import replace
from datetime import date, timedelta

from bot.core.answers.unanswered import words_to_add
from bot.core.delivery.content import Kind
from bot.core.delivery.status import Skipped, Status
from bot.core.digests.listing import ChannelStatus
from bot.handlers.context import Services
from bot.handlers.ports import Caller
from bot.store.file_reports import DIRECTORY
from bot.store.outbox import OPEN, State
from bot.store.store import Transaction

SKIPPED_SHOWN, SKIPPED_MAX = timedelta(days=14), 3
LATEST_MAX, CHANGES_READ = 3, 20
QUESTIONS_SHOWN, QUESTIONS_MAX = timedelta(days=30), 10
DONE_SHOWN = timedelta(days=1)
# Parents of threads, their edits and pause notices are left out: they report no change of a brief.
_COUNTED: tuple[set[Kind], ...] = ({"change", "summary", "digest", "reply"}, {"note"}, {"edit"})


def status(caller: Caller, services: Services) -> Status:
    """What is published, and the pending and failed deliveries of the caller's workspace; in the maintainers' channel
    also the questions of that workspace that found nothing or little."""
    counts = _counts(caller, services)
    corpus = services.corpus.corpus
    return replace(counts, additions=tuple(words_to_add(question, corpus) for question, _ in counts.questions))


def _counts(caller: Caller, services: Services) -> Status:
    with services.store.snapshot() as tx:
        latest = tx.publications.latest()
        posts, notes, edits = (tx.delivery_counts.by_state(caller.team, kinds) for kinds in _COUNTED)
        all_ = posts + notes
        reports = tx.file_reports.names()
        now = services.now()
        skipped, newest = tx.digests.skipped(caller.team, now - SKIPPED_SHOWN, SKIPPED_MAX)
        return Status(
            number=latest.number if latest else 0,
            published_at=latest.published_at if latest else None,
            briefs=len(services.corpus.corpus.published),
            broken=tuple(sorted(reports - {DIRECTORY})),
            held_back=DIRECTORY in reports,
            troubles=services.troubles(caller.team),
            following=tx.subscriptions.count(caller.team),
            paused_channels=tx.subscriptions.count_paused_channels(caller.team),
            waiting=all_["pending"] + all_["waiting"],
            unknown=all_["unknown"],
            held=all_["held"],
            paused=all_["paused"],
            dead=posts["dead"],
            resent=tx.delivery_counts.resent(caller.team),
            edits_done=tx.delivery_counts.edited(caller.team, now - DONE_SHOWN),
            edits_open=_open(edits),
            edits_failed=edits["dead"],
            uneditable=tx.posted_messages.count_uneditable(caller.team),
            notes_failed=notes["dead"],
            stopped=tx.subscriptions.stop_reason(caller.team),
            digests=tx.digests.count(caller.team),
            skipped=skipped,
            newest_skipped=tuple(Skipped(each.channel, each.fire_at) for each in newest),
            questions=_questions(tx, caller, services),
            kept=tx.foreign_teams.kept(),
            reports_open=tx.reports.count_open(None if _is_for_maintainers(caller, services) else caller.team),
        )


def channel_status(caller: Caller, services: Services) -> ChannelStatus:
    """What is published, and what the caller's channel gets and has still to get."""
    posts, notes, _ = _COUNTED
    with services.store.snapshot() as tx:
        return ChannelStatus(
            briefs=len(services.corpus.corpus.published),
            latest=_latest(tx, services),
            subscriptions=tuple(tx.subscriptions.of_channel(caller.team, caller.channel)),
            schedules=tuple(each.schedule for each in tx.digests.of_channel(caller.team, caller.channel)),
            unsent=tx.delivery_counts.open_in(caller.team, caller.channel, posts | notes),
            stopped=tx.subscriptions.stop_reason(caller.team) is not None,
            now=services.now(),
        )


def _latest(tx: Transaction, services: Services) -> tuple[tuple[date, str], ...]:
    """Each brief once, with its newest change."""
    newest: dict[str, date] = {}
    for change in tx.publications.announced(slug=None, since=None, limit=CHANGES_READ):
        newest.setdefault(change.slug, change.published_at.date())
    briefs = services.corpus.corpus.briefs
    # A draft again: readers see neither it nor how it is called now.
    titles = {slug: brief.title for slug, brief in briefs.items() if brief.status != "draft"}
    return tuple((on, titles[slug]) for slug, on in newest.items() if slug in titles)[:LATEST_MAX]


def _questions(tx: Transaction, caller: Caller, services: Services) -> tuple[tuple[str, int], ...]:
    # What people asked is for maintainers alone.
    if not _is_for_maintainers(caller, services):
        return ()
    now = services.now()
    # Up to the second that has begun, which the window excludes.
    counts = tx.unanswered_queries.counts(caller.team, now - QUESTIONS_SHOWN, now + timedelta(seconds=1))
    return tuple(counts.most_common(QUESTIONS_MAX))


def _is_for_maintainers(caller: Caller, services: Services) -> bool:
    return (caller.team, caller.channel) == services.policy.maintainers


def _open(counts: Counter[State]) -> int:
    return sum(counts[state] for state in OPEN)
