"""What handlers work with: the services of one process, what an operator decided, and how often things happen."""

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields, replace
from datetime import datetime, timedelta
from threading import Event
from typing import Any, Literal, Self

from bot.core.budget import ASKS, CHANGES, COMMANDS, REPORTS, Budget
from bot.core.commands.address import MENTION
from bot.core.delivery.post_limits import POSTS_PER_PUBLICATION
from bot.core.delivery.rate_limit import RateLimit
from bot.core.delivery.trouble import Trouble
from bot.core.lru_cache import LruCache
from bot.core.retention import Retention
from bot.errors import BusyError
from bot.handlers.answers.answer_cache import AnswerCache
from bot.handlers.answers.published_corpus import PublishedCorpus
from bot.handlers.arrivals import Arrivals
from bot.handlers.aside import Aside
from bot.handlers.command_counts import CommandCounts
from bot.handlers.health import Health
from bot.handlers.ports import Caller, Queue, SlackClient
from bot.handlers.user_groups import UserGroups
from bot.store.outbox import QueueName
from bot.store.seen_events import RETENTION
from bot.store.store import Store

UnconfirmedPosts = Literal["resend", "hold"]

TAKEN_WAIT_S, TAKEN_LOOK_S = 2.2, 0.1
"""How long, and how often, a delivery of a message looks whether another one of it is being handled: a little longer
than `seen_events.TAKEN_MAX`, and less than the three seconds that Slack waits."""

ANNOUNCEMENTS_CACHED = 256
PROBES_MISSED = 3
"""A database that has taken no write for the time of so many looks takes none."""


@dataclass(frozen=True, slots=True)
class Cadence:
    """All intervals of the running bot, in real time. Tests run the same code with `faster`."""

    poll: timedelta = timedelta(seconds=0.5)
    """Between two looks for queued jobs; a job starts within that."""
    refresh: timedelta = timedelta(seconds=1)
    """Between two looks for a newer publication, for a publication to retry, and for jobs of dead processes."""
    sweep: timedelta = timedelta(seconds=2)
    """Between two looks for workers to wake, and for due digests."""
    stale_after: timedelta = timedelta(seconds=5)
    """A worker with due deliveries and no heartbeat for this long is started again."""
    heartbeat: timedelta = timedelta(seconds=2)
    """Between two heartbeats of a worker."""
    stands_after: timedelta = timedelta(minutes=1)
    """A worker with due deliveries and no heartbeat for this long stands still, whatever wakes it."""
    probe: timedelta = timedelta(seconds=5)
    """Between two looks whether the database takes writes."""
    inline_wait: timedelta = timedelta(seconds=5)
    """A worker that would have to wait longer ends its run: others need its thread."""
    retry: timedelta = timedelta(seconds=1)
    """Before a first second attempt; each further one waits twice as long."""
    settle: timedelta = timedelta(seconds=6)
    """After this an attempt has arrived or never will: three times the HTTP client's time-out, since a request that it
    has given up may still be on its way."""
    post_gap: timedelta = timedelta(seconds=1.05)
    """Between two posts in one channel: Slack allows about one a second, and the network stretches and shrinks gaps."""
    look: timedelta = timedelta(seconds=5)
    """Between two looks at the brief files, besides those that file events bring about."""
    file_settle: timedelta = timedelta(seconds=0.6)
    """Files count as saved when none has changed for so long."""
    absence_grace: timedelta = timedelta(seconds=10)
    """A brief file that is away for so long is gone."""
    pause_recheck: timedelta = timedelta(minutes=15)
    """Between two looks at paused channels."""
    adoption: timedelta = timedelta(minutes=1)
    """Between two looks at channels that are stored under workspaces of others."""
    renewal: timedelta = timedelta(minutes=5)
    """Between two looks for tokens that expire soon."""
    cleanup: timedelta = timedelta(hours=1)
    """Between two deletions of what is no longer needed."""

    def faster(self, times: int) -> "Cadence":
        """The same cadence, so many times as fast."""
        # All of them at once: what matters are their ratios, e.g. of heartbeat and `stale_after`.
        return Cadence(**{each.name: getattr(self, each.name) / times for each in fields(self)})


PRODUCTION_CADENCE = Cadence()


@dataclass(frozen=True, slots=True)
class Policy:
    """What an operator decided. `command` is the slash command's name, with its slash; `limits` say how fast each queue
    may call Slack; only `admins` (ids of users, and of user groups) change what channels follow, or every member where
    the set is empty."""

    command: str
    limits: Mapping[QueueName, RateLimit]
    unconfirmed_posts: UnconfirmedPosts = "resend"
    """What happens to posts whose outcome is unknown after a dropped connection: sent again, or held for an
    operator."""
    admins: frozenset[str] = frozenset()
    digest_grace: timedelta = timedelta(hours=6)
    """A digest that is later than this is skipped; its changes come with the next."""
    empty_digests: bool = False
    """Whether a digest without changes is posted."""
    posts_per_publication: int = POSTS_PER_PUBLICATION
    """How many changes of one publication are posted one by one in a channel; more become one post."""
    maintainers: tuple[str, str] | None = None
    """Team and channel id of the maintainers' channel."""
    issues_url: str | None = None
    """The address of a page that makes an issue; None where there is none."""
    commands: Budget = COMMANDS
    """How many commands a process answers within a minute."""
    asks: Budget = ASKS
    """How often admins are asked."""
    changes: Budget = CHANGES
    """How often somebody changes what channels follow."""
    reports: Budget = REPORTS
    """How many reports of mistakes are taken."""
    retention: Retention = field(default_factory=Retention)
    """How long what is stored is kept."""


@dataclass(frozen=True, kw_only=True)
class Services:
    """Built once by `app/services.py`. `answers` returns the cache of the current corpus and day; `stopping` is set
    when the process ends."""

    store: Store
    queue: Queue
    slack: SlackClient
    corpus: PublishedCorpus
    answers: Callable[[], AnswerCache]
    policy: Policy
    now: Callable[[], datetime]
    cadence: Cadence = PRODUCTION_CADENCE
    stopping: Event = field(default_factory=Event)
    aside: Aside = field(default_factory=Aside)
    health: Health = field(default_factory=Health)
    channel_arrivals: Arrivals = field(default_factory=Arrivals)
    command_counts: CommandCounts = field(default_factory=CommandCounts)
    user_groups: UserGroups = field(default_factory=UserGroups)
    announcement_cache: LruCache[Any] = field(default_factory=lambda: LruCache(ANNOUNCEMENTS_CACHED))
    """Composed announcements, without their reason for posting: most channels get the same one."""

    def troubles(self, team: str | None = None) -> tuple[Trouble, ...]:
        """What keeps this process from posting, to one workspace or to any."""
        return self.health.troubles(PROBES_MISSED * self.cadence.probe, team)

    def speaking_in(self, thread_ts: str | None) -> Self:
        """The same services for a conversation: what people read in a thread names the mention, as slash commands do
        not work there; elsewhere (None) the slash command."""
        return replace(self, policy=replace(self.policy, command=MENTION)) if thread_ts else self

    def take_message(self, key: str, ts: str, *, edited: bool) -> datetime | None:
        """The instant at which a message is taken by the caller, who handles it and then calls `mark_done`; None where
        it is handled. An edit or a link preview of a message is another event, but no other message. `ts` is the
        message's; `edited`: the event is of a later version of it. Raises: BusyError where another process is handling
        it."""
        # An older message may have been answered before this memory begins.
        if edited and float(ts) < (self.now() - RETENTION).timestamp():
            return None
        ends = time.monotonic() + TAKEN_WAIT_S
        while True:
            now = self.now()
            with self.store.transaction() as tx:
                state = tx.seen_events.take(key, now)
            if state != "busy":
                return now if state == "taken" else None
            if time.monotonic() > ends or self.stopping.wait(TAKEN_LOOK_S):
                raise BusyError

    def mark_done(self, key: str, taken_at: datetime) -> None:
        """A message that was taken is handled, and is not when it is delivered again."""
        with self.store.transaction() as tx:
            tx.seen_events.mark_done(key, taken_at)

    def wake_after(self, now: datetime) -> datetime:
        """The instant, `now + stale_after`, from which the sweep may start another run of a worker that is alive
        `now`."""
        return now + self.cadence.stale_after

    def default_brief(self, caller: Caller) -> str | None:
        """The slug of the brief that was chosen for the caller's channel; None where none was."""
        return self.corpus.default_brief(caller.team, caller.channel)
