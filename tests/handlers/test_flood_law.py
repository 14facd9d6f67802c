"""However many briefs change at once, and whatever happens between publications and posts, a channel is told of every
change that it asks for exactly once: in a post of its own, or in one about many."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import timedelta
from functools import partial
from itertools import count
from pathlib import Path
from typing import Any, Literal, get_args

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.core.briefs.brief import Brief, ChangeKind, ChangeNote
from bot.core.delivery.content import CONTENT, ChangeSummary
from bot.core.delivery.rate_limit import RateLimit
from bot.handlers.context import Policy, Services
from bot.handlers.delivery.channel_events import handle_channel_event
from bot.handlers.delivery.delivery_worker import run_worker
from bot.handlers.delivery.wake_workers import wake_stalled_workers
from bot.store.schema import delivery
from bot.store.store import Store
from tests.conftest import examples
from tests.databases import Databases, opened
from tests.handlers.replica import MONDAY, Replica, follow
from tests.make import brief, claim

BRIEFS, POSTS_MAX = 6, 3
WAIT = timedelta(seconds=30)
NUMBERS = count()

CHANNELS: Mapping[str, Sequence[str]] = {
    "a": ("all",),
    "b": ("tag:odd", "all/legal kind:correction"),
    "c": ("all -tag:odd deliver:thread", "tag:odd"),
    "d": ("all deliver:thread",),
}

Trouble = Literal["refuse", "drop before", "drop after", "archive", "unarchive", "deliver"]


@dataclass(frozen=True)
class Edit:
    """These briefs are edited together; of some the note says that it is a correction."""

    briefs: frozenset[int]
    corrected: frozenset[int] = frozenset()


@dataclass
class World:
    """A workspace of its own with four channels. Edit n of a brief says `edit n`."""

    replica: Replica
    number: int = field(default_factory=lambda: next(NUMBERS))
    edits: Counter[int] = field(default_factory=Counter)
    asked: dict[str, set[tuple[int, int]]] = field(default_factory=dict)
    """By channel, (brief, edit) of what it asks for."""
    published: dict[tuple[int, int], int] = field(default_factory=dict)
    """The publication of an edit of a brief."""
    notes: dict[int, tuple[ChangeNote, ...]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.replica.posts_max(POSTS_MAX)
        self.team = f"T{self.number}"
        self.replica.edit(*map(self.brief, range(BRIEFS)))
        for name, specs in CHANNELS.items():
            self.replica.slack.add_channel(self.channel(name), team=self.team)
            self.asked[name] = set()
            for spec in specs:
                follow(self.replica.store, spec.replace(":odd", f":odd-{self.number}"), self.channel(name), self.team)
        limits = {"post": RateLimit(10_000), "update": RateLimit(10_000)}
        policy = Policy("/brief", limits=limits, unconfirmed_posts="hold")  # type: ignore[arg-type]
        self.services: Services = replace(self.replica.services, policy=policy)
        for queue in limits:
            self.replica.queue.handler(queue, partial(run_worker, self.services, queue))  # type: ignore[arg-type]

    def channel(self, name: str) -> str:
        return f"C{self.number}{name}"

    def brief(self, number: int) -> Brief:
        text = f"Brief {number} of {self.number} is so since edit {self.edits[number]}."
        tags = (f"odd-{self.number}",) if number % 2 else ()
        slug, notes = f"brief-{self.number}-{number}", self.notes.get(number, ())
        return brief(slug, {"legal": [claim("a", text)]}, tags=tags, changes=notes)

    def happen(self, event: Edit | Trouble) -> None:
        slack = self.replica.slack
        match event:
            case Edit():
                self.edit(event)
            case "refuse":
                slack.refuse("post", "http_503")
            case "drop before" | "drop after":
                slack.drop("post", arrives=event == "drop after")
            case "archive":
                slack.archive(self.channel("a"))
                self.hear("channel_archive")
            case "unarchive":
                slack.unarchive(self.channel("a"))
                self.hear("channel_unarchive")
            case "deliver":
                self.deliver()

    def edit(self, edit: Edit) -> None:
        for number in edit.briefs:
            self.edits[number] += 1
            kind: ChangeKind = "correction" if number in edit.corrected else "update"
            note = ChangeNote(date=MONDAY.date(), kind=kind, note=f"Edit {self.edits[number]}.", claims=("a",))
            self.notes[number] = (note, *self.notes.get(number, ()))
            change = number, self.edits[number]
            for name in CHANNELS:
                if name != "b" or number % 2 or kind == "correction":
                    self.asked[name].add(change)
        publication = self.replica.edit(*map(self.brief, sorted(edit.briefs)))
        assert publication is not None
        self.published |= {(number, self.edits[number]): publication.number for number in edit.briefs}

    def deliver(self) -> None:
        self.replica.at += WAIT
        wake_stalled_workers(self.services, self.replica.at)
        self.replica.queue.run_all()

    def hear(self, kind: str) -> None:
        handle_channel_event({"type": kind, "channel": self.channel("a")}, self.team, "UBOT", self.services)

    def mend(self) -> None:
        """Nothing goes wrong any more, and all that is owed goes out."""
        self.replica.slack.heal()
        self.happen("unarchive")
        for _ in range(6):
            self.deliver()

    def end(self) -> None:
        """Its channels follow nothing any more: the next world is none of their business."""
        with self.replica.store.transaction() as tx:
            for each in tx.subscriptions.of_team(self.team):
                tx.subscriptions.remove(self.team, each.id)

    def told(self, name: str) -> Counter[tuple[int, int]]:
        """The edits that the messages of a channel tell, by (brief, edit)."""
        return Counter([*self._told_alone(name), *self._told_together(name)])

    def _told_alone(self, name: str) -> Iterator[tuple[int, int]]:
        for entry in self.replica.slack.entries(self.channel(name)):
            if entry.key and entry.key.startswith("change|"):
                yield from pairs(entry.text)

    def _told_together(self, name: str) -> Iterator[tuple[int, int]]:
        """What the summaries count; what they show is among it."""
        here = delivery.select().where(delivery.c.channel == self.channel(name), delivery.c.state == "sent")
        with self.replica.store.snapshot() as tx:
            contents = [CONTENT.validate_json(row.content) for row in tx.connection.execute(here)]
        texts = {entry.key: entry.text for entry in self.replica.slack.entries(self.channel(name))}
        for content in contents:
            if isinstance(content, ChangeSummary):
                text = texts[f"summary|{self.team}|{self.channel(name)}|{content.publication}"]
                window = list(self._window(content))
                assert int(re.findall(r"^(\d+) briefs? ha", text)[0]) == len({brief for brief, _ in window})
                assert {*pairs(text)} <= {*window}
                assert counted(text) == len({brief for brief, _ in window})
                yield from window

    def _window(self, content: ChangeSummary) -> Iterator[tuple[int, int]]:
        for slug, after in content.starts:
            number = int(slug.rpartition("-")[2])
            edits = (edit for edit in self.published if edit[0] == number)
            yield from (edit for edit in edits if after < self.published[edit] <= content.publication)


def pairs(text: str) -> Iterator[tuple[int, int]]:
    """(brief, edit) of each edit between what was and what is now."""
    lines = re.findall(r"^(?:Was|Now): Brief (\d+) .*edit (\d+)\.", text, re.MULTILINE)
    for (number, was), (_, now) in zip(lines[::2], lines[1::2], strict=True):
        yield from ((int(number), edit) for edit in range(int(was) + 1, int(now) + 1))


def counted(text: str) -> int:
    """The number of briefs that are shown, and of those that are only counted."""
    rest = re.findall(r"^and (.* (?:correction|update)s?)$", text, re.MULTILINE)
    scope = rest[0] if rest else "" if "\nNow: " in text else text.split("\n")[2].partition(" · ")[2]
    return text.count("\nNow: ") + sum(int(number) for number in re.findall(r"\d+", scope))


@pytest.fixture
def replica(sqlite: Databases, tmp_path: Path) -> Iterator[Replica]:
    with opened(sqlite.migrated()) as engine:
        replica = Replica(tmp_path / "briefs", Store(engine))
        replica.start()
        yield replica


SETS = st.frozensets(st.integers(0, BRIEFS - 1), min_size=1)
events: Any = st.lists(
    st.builds(Edit, SETS, st.frozensets(st.integers(0, BRIEFS - 1))) | st.sampled_from(get_args(Trouble)),
    min_size=2,
    max_size=10,
)
ALL = frozenset(range(BRIEFS))


def test_every_change_is_told_once_in_a_post_or_a_summary(replica: Replica) -> None:
    @examples(20, gate=2)
    @given(events)
    @example([Edit(ALL, ALL), Edit(ALL), Edit(frozenset({1}))])
    @example([Edit(frozenset({0, 1})), "refuse", "deliver", Edit(ALL, frozenset({1}))])
    @example([Edit(ALL), "drop after", "deliver", Edit(frozenset({1})), Edit(ALL)])
    @example(["archive", Edit(ALL), Edit(frozenset({2}), ALL), Edit(ALL), "unarchive"])
    def check(happening: Sequence[Edit | Trouble]) -> None:
        world = World(replica)
        for event in happening:
            world.happen(event)
        world.mend()
        for name in CHANNELS:
            told = world.told(name)
            assert set(told.values()) <= {1}, name
            assert world.asked[name] <= told.keys(), name
        for name in ("a", "c", "d"):
            assert world.told(name).keys() == world.asked[name]
        world.end()

    check()
