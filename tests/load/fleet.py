"""Many workspaces behind one address, bots in processes of their own, and a database: what the load runs share."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

from bot.app import publishing
from bot.core.subscriptions.subscription import SubscriptionSpec, Target
from bot.store.database import connect, migrate
from bot.store.store import Store
from bot.workspace.local_server import LocalServer
from bot.workspace.server import many
from bot.workspace.workspace import ALL_SCOPES, Workspace
from tests.databases import server

HISTORY = frozenset({"channels:history", "groups:history", "im:write"})


@dataclass
class Fleet:
    """Workspaces with their channels, the address of their Web API, and the bots."""

    workspaces: list[Workspace]
    channels: dict[str, list[str]]
    api_url: str
    briefs: Path
    database_url: str
    bots: list["subprocess.Popen[str]"] = field(default_factory=list)
    kills: int = 0
    clock: Path | None = None
    """A file with the seconds by which all clocks are moved."""

    def start(self, **settings: object) -> None:
        """One more bot, with these settings other than the default; returns when it follows its files."""
        tokens = {w.state.team: w.state.app.bot_token for w in self.workspaces}
        given = {
            "briefs": str(self.briefs),
            "database_url": self.database_url,
            "api_url": self.api_url,
            "tokens": tokens,
            "settings": settings,
            **({"clock": str(self.clock)} if self.clock else {}),
        }
        bot = subprocess.Popen(
            [sys.executable, "-m", "tests.load.worker", json.dumps(given)], stdout=subprocess.PIPE, text=True
        )
        assert bot.stdout is not None
        assert bot.stdout.readline() == "ready\n", "a bot did not start"
        self.bots.append(bot)

    def kill_one(self, chance: Random) -> None:
        """SIGKILL for one bot, and a new one in its place, as a supervisor would do."""
        bot = self.bots.pop(chance.randrange(len(self.bots)))
        os.kill(bot.pid, signal.SIGKILL)
        bot.wait()
        self.kills += 1
        self.start()

    def stop(self) -> None:
        """Ends all bots in order."""
        for bot in self.bots:
            bot.terminate()
        for bot in self.bots:
            bot.wait(30)
        self.bots.clear()

    def posts(self) -> int:
        """How many messages all workspaces hold."""
        return sum(len(w.state.messages) for w in self.workspaces)


@contextmanager
def fleet(
    directory: Path,
    database_url: str,
    *,
    teams: int,
    channels: int,
    history: bool = True,
    clock: Callable[[], float] = time.time,
) -> Iterator[Fleet]:
    """Workspaces with limits off and no bot yet; everything ends with it."""
    scopes = ALL_SCOPES | (HISTORY if history else frozenset())
    made = [Workspace(n, scopes=scopes, clock=clock) for n in range(1, teams + 1)]
    for each in made:
        each.limits.on = False
    places = {}
    for each in made:
        ann = each.add_user("ann")
        places[each.state.team] = [each.add_channel(f"c{n}", ann) for n in range(channels)]
    served = LocalServer(many(made))
    briefs = directory / "briefs"
    briefs.mkdir()
    found = Fleet(made, places, f"{served.url}/api/", briefs, database_url)
    try:
        yield found
    finally:
        found.stop()
        served.close()


def follow_all(found: Fleet) -> None:
    """Every channel follows all briefs."""
    store = Store(connect(found.database_url))
    with store.transaction() as tx:
        for team, channels in found.channels.items():
            for channel in channels:
                tx.subscriptions.add(SubscriptionSpec(Target()), team, None, channel, by="U1", at=publishing.utc_now())
    store.engine.dispose()


@contextmanager
def database(kind: str, directory: Path) -> Iterator[str]:
    """The address of an empty, migrated database: a SQLite file, or a Postgres of its own on a local socket."""
    if kind == "sqlite":
        url = f"sqlite:///{directory}/briefbot.db"
        prepared(url)
        yield url
        return
    with server() as found:
        url = found.url(found.create())
        prepared(url)
        yield url


def prepared(url: str) -> None:
    """Brings the tables up to date."""
    engine = connect(url)
    migrate(engine)
    engine.dispose()
