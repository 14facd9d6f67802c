"""A workspace on a desk: the handlers over a store, with Slack and the queue in memory, and a clock that a test moves.

desk.subscribe("all")
desk.edit(ferries(1))
desk.run()
assert desk.rows() == [Row("change", "C1", "sent", attempts=1, attempt_s=0)]
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import ColumnElement

from bot.core.briefs.brief import Brief, ChangeKind, ChangeNote, Claim
from bot.core.commands.command import Subscribe
from bot.core.delivery.rate_limit import RateLimit
from bot.core.delivery.status import Status
from bot.core.evidence.lock import EvidenceLock
from bot.core.subscriptions.subscription import Subscription
from bot.handlers.commands.slash_command import answer_slash_command
from bot.handlers.context import Policy, Services
from bot.handlers.delivery.channel_events import handle_channel_event
from bot.handlers.delivery.delivery_worker import run_worker
from bot.handlers.delivery.status import status
from bot.handlers.delivery.wake_workers import wake_stalled_workers
from bot.render.document.message import Message
from bot.store.outbox import QueueName
from bot.store.schema import delivery, posted_message
from bot.store.store import Store
from tests.fake_channel import Entry
from tests.fake_slack import FakeSlack
from tests.handlers.replica import MONDAY, Replica
from tests.make import brief, claim

TEAM, BOT = "T1", "UBOT"
HAPPENINGS: Mapping[str, Callable[[FakeSlack, str], None]] = {
    "archive": FakeSlack.archive,
    "unarchive": FakeSlack.unarchive,
    "left": FakeSlack.kick,
    "deleted": FakeSlack.remove_channel,
}
"""By the last word of an event's type: what has happened to the channel."""

UNLIMITED: dict[QueueName, RateLimit] = {"post": RateLimit(10_000), "update": RateLimit(10_000)}


def ferries(number: int, kind: ChangeKind | None = None, **fields: Any) -> Brief:
    """A brief of one claim `a` with a number in it; with a note of this kind for it and for each number before."""
    numbers = range(number, 0, -1) if kind else ()
    notes = (ChangeNote(date=MONDAY.date(), kind=kind or "new", note=f"It was {n}.", claims=("a",)) for n in numbers)
    return brief("ferries", {"legal": [counted("a", number, "ferries")]}, changes=tuple(notes), **fields)


def harbour(number: int) -> Brief:
    """Another brief of one claim, in another section."""
    return brief("harbour", {"reactions": [counted("b", number, "boats")]})


def counted(id: str, number: int, things: str) -> Claim:
    """A claim with a number in it."""
    return claim(id, f"There were {number} {things} that day.")


@dataclass(frozen=True)
class Row:
    """A row of the outbox. Instants are in seconds after the start of the clock; `attempt_s` is None where no attempt
    counts. `blindly`: it was sent again without knowing whether the first attempt had arrived."""

    kind: str
    channel: str
    state: str
    due_s: float = 0
    attempts: int = 0
    attempt_s: float | None = None
    error: str | None = None
    blindly: bool = False


class Desk:
    """Workspace T1 with the public channel C1 and two members, U1 and U2. Nothing is sent but in `run` and `wake`."""

    def __init__(self, directory: Path, store: Store, *briefs: Brief) -> None:
        self.replica = Replica(directory, store)
        self.replica.start(*briefs)
        self.slack.add_channel("C1")
        self.slack.add_person("U1")
        self.slack.add_person("U2")
        self.services: Services = replace(self.replica.services, policy=Policy("/brief", limits=UNLIMITED))
        self.replica.queue.handler("post", lambda team: run_worker(self.services, "post", team))
        self.replica.queue.handler("update", lambda team: run_worker(self.services, "update", team))

    @property
    def slack(self) -> FakeSlack:
        return self.replica.slack

    @property
    def store(self) -> Store:
        return self.replica.store

    # What a test arranges

    def decide(self, **policy: Any) -> None:
        """The operator decides otherwise."""
        self.services = replace(self.services, policy=replace(self.services.policy, **policy))
        self.replica.posts_max(self.services.policy.posts_per_publication)

    def set_clock(self, seconds: float) -> None:
        """It is so many seconds after the start."""
        self.replica.at = MONDAY + timedelta(seconds=seconds)

    def subscribe(self, spec: str, channel: str = "C1", by: str = "U1") -> Subscription:
        """A channel follows something, in the words of a command, and is not told."""
        command = self.services.answers().parse(f"subscribe {spec}")
        assert isinstance(command, Subscribe), command
        with self.store.transaction() as tx:
            return tx.subscriptions.add(command.spec, TEAM, None, channel, by=by, at=self.replica.at)

    def edit(self, *briefs: Brief) -> None:
        """Briefs are published."""
        self.replica.edit(*briefs)

    def verify(self, lock: EvidenceLock) -> None:
        """What is known of quotes is taken in."""
        self.replica.verify(lock)

    def ask(self, typed: str, channel: str = "C1", user: str = "U1") -> Message | None:
        """What who types a command is answered; None where the channel is told."""
        return answer_slash_command(typed, self.slack.caller(user, channel), self.services)

    def hear(self, kind: str, channel: str | Mapping[str, str] = "C1", team: str = TEAM, **fields: str) -> None:
        """Something happens to a channel, and Slack tells of it."""
        happens = HAPPENINGS.get(kind.partition("_")[2])
        if happens is not None and team == TEAM and isinstance(channel, str):
            happens(self.slack, channel)
        self.tell(kind, channel, team, **fields)

    def tell(self, kind: str, channel: str | Mapping[str, str] = "C1", team: str = TEAM, **fields: str) -> None:
        """Slack tells of an event of a channel, whatever is so by now."""
        handle_channel_event({"type": kind, "channel": channel, **fields}, team, BOT, self.services)

    def run(self) -> int:
        """Runs all jobs; how many."""
        return self.replica.queue.run_all()

    def wake(self) -> None:
        """The sweep comes by, and all jobs run."""
        wake_stalled_workers(self.services, self.replica.at)
        self.run()

    def wake_at(self, seconds: float) -> None:
        """The sweep comes by at a time."""
        self.set_clock(seconds)
        self.wake()

    # What a test looks at

    def rows(self) -> list[Row]:
        """The outbox without replies, in the order in which its rows were added."""
        return self._rows(delivery.c.kind != "reply")

    def replies(self) -> list[Row]:
        """The replies in the outbox, in the order in which they were added."""
        return self._rows(delivery.c.kind == "reply")

    def _rows(self, condition: ColumnElement[bool]) -> list[Row]:
        with self.store.snapshot() as tx:
            rows = tx.connection.execute(delivery.select().where(condition).order_by(delivery.c.id)).all()
        return [
            Row(
                row.kind,
                row.channel,
                row.state,
                seconds(row.due_at),
                row.attempts,
                seconds(row.attempt_at) if row.attempt_at else None,
                row.error,
                row.resent_blindly,
            )
            for row in rows
        ]

    def entries(self, channel: str = "C1") -> list[Entry]:
        """The messages of a channel."""
        return self.slack.entries(channel)

    def changes(self, channel: str = "C1") -> list[tuple[int, int]]:
        """The posts of changes of a channel, as (number before, number now)."""
        pairs = (
            re.search(r"^Was: .* (\d+) .*\nNow: .* (\d+) \w+ that", each.text, re.MULTILINE)
            for each in self.entries(channel)
        )
        return [(int(pair[1]), int(pair[2])) for pair in pairs if pair]

    def subscriptions(self) -> list[Subscription]:
        """What all channels follow, oldest first."""
        with self.store.snapshot() as tx:
            return list(tx.subscriptions.of_team(TEAM))

    def status(self) -> Status:
        """What `/brief status` counts."""
        return status(self.slack.caller("U1", "C1"), self.services)

    def uneditable(self) -> Sequence[str | None]:
        """Of each recorded post, why it cannot be edited; None where it can be."""
        with self.store.snapshot() as tx:
            return tx.connection.execute(posted_message.select().order_by(posted_message.c.id)).scalars("error").all()


def seconds(at: datetime) -> float:
    """After the start of the clock."""
    return (at - MONDAY).total_seconds()
