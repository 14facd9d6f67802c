"""Replicas of the bot as an operator runs them: `briefbot run` over HTTP, and a supervisor that starts them again."""

import json
import os
import resource
import signal
import socket
import subprocess
import sys
import time
from collections import deque
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from threading import Thread

from bot.slack.http import ENDPOINT
from tests.conftest import ROOT
from tests.load.fleet import Fleet

LINES = 400
"""Of the newest log that is remembered of each replica."""

Run = subprocess.Popen[str]


def free_port() -> int:
    """One that nobody used a moment ago."""
    with socket.create_server(("127.0.0.1", 0)) as found:
        port: int = found.getsockname()[1]
        return port


@dataclass
class Replica:
    """One process after the other at the same port. `clock` is the file that moves its clock."""

    environment: Mapping[str, str]
    port: int
    clock: Path | None = None
    run: Run = field(init=False)
    ended: dict[int, float] = field(default_factory=dict)
    """When its processes were seen to have ended, by their pids; of a monotonic clock."""
    log: deque[str] = field(default_factory=lambda: deque(maxlen=LINES))

    @property
    def url(self) -> str:
        """Where Slack sends to."""
        return f"http://127.0.0.1:{self.port}{ENDPOINT}"

    def start(self) -> None:
        """Returns before the process is ready."""
        self.run = subprocess.Popen(
            [sys.executable, "-m", "tests.load.front"],
            cwd=ROOT,
            env=dict(self.environment),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            text=True,
        )
        # By a pipe: a process that may write no file can still say why.
        Thread(target=self._read, args=(self.run,), name="log", daemon=True).start()

    def kill(self) -> None:
        """SIGKILL, as when the machine dies."""
        self.run.kill()
        self.note_end()

    def note_end(self) -> int:
        """Waits for its end; the exit code, negative for a signal."""
        code = self.run.wait()
        self.ended.setdefault(self.run.pid, time.monotonic())
        return code

    def limit_files(self, size: int) -> None:
        """The size to which the process may write a file; 0: what it writes fails, -1: no limit."""
        _, most = resource.prlimit(self.run.pid, resource.RLIMIT_FSIZE)
        resource.prlimit(self.run.pid, resource.RLIMIT_FSIZE, (size if size >= 0 else most, most))

    def _read(self, run: Run) -> None:
        assert run.stderr is not None
        self.log.extend(iter(run.stderr.readline, ""))


class Supervisor:
    """Starts replicas again that end, whatever they end with; whoever ends by itself is remembered."""

    def __init__(self, fleet: Fleet, clocks: Path, variables: Mapping[str, str]) -> None:
        self._fleet, self._clocks, self._variables = fleet, clocks, variables
        self.replicas: list[Replica] = []
        self.gone: list[Replica] = []
        self.kills = 0
        self.codes: list[int] = []
        """What those ended with that nobody killed."""

    def add(self, database_url: str, *, clock: bool = False) -> Replica:
        """One more replica; `clock`: with a clock that can be moved."""
        place = self._clocks / f"clock-{len(self.replicas)}" if clock else None
        if place is not None:
            place.write_text("0", encoding="ascii")
        port = free_port()
        made = Replica(self._environment(database_url, port, place), port, place)
        made.start()
        self.replicas.append(made)
        return made

    def look(self) -> None:
        """Starts again what has ended."""
        for each in self.replicas:
            if each.run.poll() is not None:
                self.codes.append(each.note_end())
                each.start()

    def kill_one(self, chance: Random) -> None:
        """SIGKILL for one, and another process in its place."""
        one = chance.choice(self.replicas)
        one.kill()
        self.kills += 1
        one.start()

    def lose(self, one: Replica) -> None:
        """SIGKILL for one whose machine does not come back."""
        self.replicas.remove(one)
        self.gone.append(one)
        one.kill()
        self.kills += 1

    def stop(self) -> None:
        """Ends all in order, and by SIGKILL what does not end."""
        for each in self.replicas:
            each.run.send_signal(signal.SIGTERM)
        for each in self.replicas:
            try:
                each.run.wait(20)
            except subprocess.TimeoutExpired:
                each.run.kill()
                each.run.wait()

    def _environment(self, database_url: str, port: int, clock: Path | None) -> dict[str, str]:
        tokens = {w.state.team: w.state.app.bot_token for w in self._fleet.workspaces}
        first = self._fleet.workspaces[0].state
        own = {name: value for name, value in os.environ.items() if not name.startswith(("BRIEFBOT_", "SLACK_"))}
        return {
            **own,
            "BRIEFBOT_BRIEFS": str(self._fleet.briefs),
            "BRIEFBOT_DATABASE_URL": database_url,
            "BRIEFBOT_PORT": str(port),
            "BRIEFBOT_COMMANDS_A_MINUTE": "99999/99999",
            "SLACK_API_URL": self._fleet.api_url,
            "SLACK_BOT_TOKEN": first.app.bot_token,
            "SLACK_SIGNING_SECRET": first.app.signing_secret,
            "LOAD_TOKENS": json.dumps(tokens),
            **({"LOAD_CLOCK": str(clock)} if clock else {}),
            **self._variables,
        }
