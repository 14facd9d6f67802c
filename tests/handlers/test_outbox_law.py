"""Whatever happens between publications and posts, every change is in one post that arrived, or is still owed."""

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from functools import partial
from itertools import count
from pathlib import Path
from typing import Literal, get_args

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.core.briefs.brief import Brief
from bot.core.delivery.rate_limit import RateLimit
from bot.handlers.context import Policy, Services
from bot.handlers.delivery.channel_events import handle_channel_event
from bot.handlers.delivery.delivery_worker import run_worker
from bot.handlers.delivery.wake_workers import wake_stalled_workers
from bot.store.outbox import OPEN
from bot.store.schema import delivery
from bot.store.store import Store
from tests.conftest import examples
from tests.handlers.replica import Replica, after_publication, follow
from tests.make import brief, claim

BOT = "UBOT"
WAIT = timedelta(seconds=30)
"""Longer than a lane waits for anything, so that it ends and is queued again: nothing here takes real time."""

Event = Literal[
    "edit",
    "edit elsewhere",
    "deliver",
    "refuse",
    "limit",
    "drop before",
    "drop after",
    "archive",
    "archive unheard",
    "unarchive",
    "blind",
    "release",
    "lose jobs",
]
"""A brief is edited, or a section of it that only the first channel follows; the lane runs; the next post is refused,
told to wait, or dropped before or after it arrived; the first channel is archived (and the bot hears of it only by a
refusal), or opened; the bot may not read channels any more; what is held is released; the queue loses its jobs."""

USUAL: list[Event] = ["edit", "edit", "edit", "edit elsewhere", "deliver", "deliver"]
events = st.lists(st.sampled_from([*USUAL, *get_args(Event)]), min_size=3, max_size=15)
NUMBERS = count()


class World:
    """A workspace of its own, in which one channel follows a brief and another a section of it. Edit n of that section
    says `edit n`; edits of another section are there to be told with it."""

    def __init__(self, replica: Replica) -> None:
        self.replica, self.number = replica, next(NUMBERS)
        self.team, self.slug = f"T{self.number}", f"ferries-{self.number}"
        self.channels = (f"C{self.number}a", f"C{self.number}b")
        self.edits: list[int] = []
        """The publication of each edit."""
        self.elsewhere = 0
        replica.edit(self.brief())
        for channel, target in zip(self.channels, (self.slug, f"{self.slug}/legal"), strict=True):
            replica.slack.add_channel(channel, team=self.team)
            follow(replica.store, target, channel, self.team)
        policy = Policy(command="/brief", limits={"post": RateLimit(10_000)}, unconfirmed_posts="hold")
        self.services: Services = replace(replica.services, policy=policy)
        replica.queue.handler("post", partial(run_worker, self.services, "post"))

    def brief(self) -> Brief:
        claims = (
            claim("a", f"It was so at edit {len(self.edits)}."),
            claim("b", f"There were {self.elsewhere} ferries."),
        )
        return brief(self.slug, {"legal": [claims[0]], "reactions": [claims[1]]})

    def happen(self, event: Event) -> None:
        slack = self.replica.slack
        match event:
            case "edit":
                self.edit()
            case "edit elsewhere":
                self.elsewhere += 1
                self.replica.edit(self.brief())
            case "deliver":
                self.deliver()
            case "refuse":
                slack.refuse("post", "http_503")
            case "limit":
                slack.refuse("post", "ratelimited", retry_after=WAIT / 2)
            case "drop before" | "drop after":
                slack.drop("post", arrives=event == "drop after")
            case "archive":
                slack.archive(self.channels[0])
                self.hear("channel_archive")
            case "archive unheard":
                slack.archive(self.channels[0])
            case "unarchive":
                slack.unarchive(self.channels[0])
                self.hear("channel_unarchive")
            case "blind":
                slack.history = False
            case "release":
                self.release()
            case "lose jobs":
                self.replica.queue.lose()

    def edit(self) -> None:
        self.edits.append(0)
        publication = self.replica.edit(self.brief())
        assert publication is not None
        self.edits[-1] = publication.number

    def deliver(self) -> None:
        self.replica.at += WAIT
        wake_stalled_workers(self.services, self.replica.at)
        self.replica.queue.run_all()

    def hear(self, kind: str) -> None:
        handle_channel_event({"type": kind, "channel": self.channels[0]}, self.team, BOT, self.services)

    def release(self) -> None:
        self.replica.slack.history = True
        with self.replica.store.transaction() as tx:
            tx.outbox.retry_held(self.replica.at)

    def mend(self) -> None:
        """Nothing goes wrong any more, and all that is owed goes out."""
        self.replica.slack.heal()
        self.deliver()
        self.happen("unarchive")
        self.release()
        for _ in range(4):
            self.deliver()

    def posted(self, channel: str) -> list[int]:
        """The edits that the posts of a channel tell: those after what they say was, up to what they say is."""
        texts = self.replica.slack.texts(channel)
        pairs = [re.findall(r"^(?:Was|Now): .*edit (\d+)\.", text, re.MULTILINE) for text in texts]
        return [edit for was, now in filter(None, pairs) for edit in range(int(was) + 1, int(now) + 1)]

    def owed(self, channel: str) -> set[int]:
        """The edits that are still to be told there."""
        query = delivery.select().where(delivery.c.channel == channel, delivery.c.state.in_(OPEN))
        with self.replica.store.snapshot() as tx:
            rows = [(after_publication(row), row.publication) for row in tx.connection.execute(query)]
        return {n for n, number in enumerate(self.edits, 1) if any(base < number <= last for base, last in rows)}


@pytest.fixture
def replica(tmp_path: Path, store: Store) -> Replica:
    replica = Replica(tmp_path / "briefs", store)
    replica.start()
    return replica


def test_no_change_is_lost_or_told_twice(replica: Replica) -> None:
    @examples(20, gate=5)
    @given(events)
    @example(["edit", "edit elsewhere"])
    @example(["edit", "drop after", "deliver", "edit"])
    @example(["archive", "edit", "edit elsewhere", "unarchive"])
    @example(["blind", "edit", "drop before", "deliver", "edit"])
    def check(happening: Sequence[Event]) -> None:
        world = World(replica)
        for event in happening:
            world.happen(event)
            edits = set(range(1, len(world.edits) + 1))
            for channel in world.channels:
                assert set(world.posted(channel)) | world.owed(channel) == edits
        world.mend()
        for channel in world.channels:
            assert sorted(world.posted(channel)) == list(range(1, len(world.edits) + 1))
            assert world.owed(channel) == set()

    check()
