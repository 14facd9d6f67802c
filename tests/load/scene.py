"""What all troubles have in common: replicas that deliver changes, somebody who asks, edits and kills meanwhile."""

import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

from bot.core.delivery.post_limits import POSTS_PER_PUBLICATION
from bot.render.changes.announcement import COLLAPSED_MAX
from bot.workspace.faults import Kind
from tests.databases import Server, server
from tests.load.asker import Asker
from tests.load.disk import Disk, small_disk
from tests.load.fanout import METHODS, Heard, brief, limits
from tests.load.fleet import Fleet, fleet, follow_all, prepared
from tests.load.proxy import Proxy
from tests.load.replicas import Supervisor, free_port

BRIEFS, CLAIMS = POSTS_PER_PUBLICATION, COLLAPSED_MAX
"""Edited in turn. A post of more changes folds them, and one summary takes the place of more posts: neither would name
all that it tells."""

STEP_S, LOOK_S = 0.1, 0.01
IN_FLIGHT_S = 15
ANSWER_S = 0.2
"""How long Slack takes for most calls."""

SLACK: dict[Kind, float] = {
    "unavailable": 0.05,
    "ratelimited": 0.03,
    "drop_before": 0.01,
    "drop_after": 0.05,
    "slow": 0.86,
}
"""So that outcomes are unknown and waits are stored whenever trouble comes."""

START_S = 60
DISK_MIB = {"sqlite": 16, "postgres": 200}
KILL_EVERY_S = (0.5, 4.0)
"""Least and most seconds between two kills."""


@dataclass(frozen=True)
class Sizes:
    """How large a run is; `times` is how often its trouble comes."""

    teams: int
    channels: int
    times: int
    kills: int
    edit_every_s: float


@dataclass
class Scene:
    """`server` is None on SQLite; `disk` and `proxy` are only there where a trouble needs them. The proxy stands before
    the database of the first replica."""

    fleet: Fleet
    supervisor: Supervisor
    heard: Heard
    asker: Asker
    sizes: Sizes
    chance: Random
    server: Server | None = None
    disk: Disk | None = None
    proxy: Proxy | None = None
    edits: int = 0
    kills: int = 0
    """How many are allowed in all."""
    slowest_s: float = 0.0
    """Seconds from an edit until it had been told everywhere."""
    _untold: dict[str, float] = field(default_factory=dict)
    _next_edit: float = field(default_factory=time.monotonic)
    _next_kill: float = field(default_factory=time.monotonic)

    def let(self, seconds: float) -> None:
        """So much time goes by, with edits and kills."""
        ends = time.monotonic() + seconds
        while time.monotonic() < ends:
            self.look()
            now = time.monotonic()
            if now >= self._next_edit:
                self.edit()
            if self.supervisor.kills < self.kills and now >= self._next_kill:
                self.supervisor.kill_one(self.chance)
                self._next_kill = now + self.chance.uniform(*KILL_EVERY_S)
            time.sleep(STEP_S)

    def look(self) -> None:
        """Starts again what has ended, and sees what has been told everywhere."""
        self.supervisor.look()
        self.heard.look()
        for mark in [each for each in self._untold if self.heard.is_everywhere(each)]:
            self.slowest_s = max(self.slowest_s, time.monotonic() - self._untold.pop(mark))

    def edit(self) -> None:
        """One more claim changes."""
        self._next_edit = time.monotonic() + self.sizes.edit_every_s
        if self.edits < BRIEFS * CLAIMS:
            write(self.fleet, self.edits % BRIEFS, self.edits // BRIEFS + 1)
            self._untold[f"edited-{self.edits % BRIEFS}-{self.edits // BRIEFS}"] = time.monotonic()
            self.edits += 1

    def edit_in_flight(self) -> None:
        """One more claim changes; returns as soon as the first channels have heard of it, and most have not."""
        self.edit()
        untold, deadline = self.heard.missing(self.edits), time.monotonic() + IN_FLIGHT_S
        while self.heard.missing(self.edits) == untold and time.monotonic() < deadline:
            self.look()
            time.sleep(LOOK_S)

    def told_within(self, seconds: float) -> float | None:
        """Seconds until every channel has heard of every edit; None if not within so many."""
        begun = time.monotonic()
        while (took := time.monotonic() - begun) < seconds:
            self.look()
            if not self.heard.missing(self.edits):
                return took
            time.sleep(STEP_S)
        return None


def write(found: Fleet, number: int, edited: int) -> None:
    """One brief, in place at once. The first one alone has a section that `/brief legal` asks for."""
    fresh = found.briefs / f"brief-{number}.tmp"
    section = "overview" if number else "legal"
    fresh.write_text(brief(number, edited, claims=CLAIMS, section=section), encoding="utf-8")
    fresh.rename(found.briefs / f"brief-{number}.yaml")


@contextmanager
def scene(
    directory: Path,
    database: str,
    sizes: Sizes,
    seed: int,
    *,
    disk: bool = False,
    proxy: bool = False,
    clocks: bool = False,
    variables: Callable[[Fleet], Mapping[str, str]] = lambda _: {},
) -> Iterator[Scene]:
    """Replicas that are ready (one on SQLite, two on Postgres) and channels that follow; nothing is edited yet.
    `variables` are settings of the replicas that depend on the workspaces."""
    with ExitStack() as stack:
        small = stack.enter_context(small_disk(DISK_MIB[database])) if disk else None
        root, port = small.path if small else None, free_port()
        if database == "postgres":
            # Commits wait for the log, as in production: what is lost of it is done twice.
            running = stack.enter_context(server("synchronous_commit=on", port=port, data=root))
            name = running.create()
            urls = [running.url(name, port)] * 2
        else:
            running, urls = None, [f"sqlite:///{root or directory}/briefbot.db"]
        prepared(urls[0])
        found = stack.enter_context(fleet(directory, urls[-1], teams=sizes.teams, channels=sizes.channels))
        for number in range(BRIEFS):
            write(found, number, 0)
        supervisor = Supervisor(found, directory, variables(found))
        stack.callback(supervisor.stop)
        between = stack.enter_context(closing(Proxy(port))) if proxy else None
        if running and between:
            urls[0] = running.url(name, between.port)
        asker = Asker(found.workspaces[0], lambda: list(supervisor.replicas), "Claim 0")
        made = Scene(
            found, supervisor, Heard(found), asker, sizes, Random(seed), running, small, between, kills=sizes.kills
        )
        for url in urls:
            supervisor.add(url, clock=clocks)
        begin(made)
        stack.callback(asker.stop)
        yield made


def begin(made: Scene) -> None:
    """Returns when all replicas are ready and every channel follows."""
    made.asker.start()
    deadline = time.monotonic() + START_S
    while made.asker.waits_for(len(made.supervisor.replicas)):
        assert time.monotonic() < deadline, "\n".join(made.supervisor.replicas[0].log)
        made.supervisor.look()
        time.sleep(STEP_S)
    follow_all(made.fleet)
    limits(made.fleet)
    for number, workspace in enumerate(made.fleet.workspaces):
        workspace.faults.inject(number, SLACK, METHODS, slow_s=ANSWER_S)
