"""Somebody who asks `/brief legal …` all the time, of each replica in turn, and remembers how long the answers took."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException
from statistics import quantiles
from threading import Event, Thread

from bot.workspace import payloads
from bot.workspace.deliver import Ack, HttpDelivery
from bot.workspace.workspace import Workspace
from tests.load.replicas import Replica

EVERY_S = 0.05
TYPED = "/brief legal brief-0"
STEP_S = 4
ENDS_WITHIN_S = 20
"""A process that refuses and ends so soon after was ending."""


@dataclass(frozen=True)
class Refusal:
    """An answer that did not come: from which process, when by a monotonic clock, and what came instead."""

    replica: Replica
    pid: int
    at: float
    what: str

    @property
    def counts(self) -> bool:
        """Whether the process lived on."""
        ended = self.replica.ended.get(self.pid)
        return ended is None or ended - self.at > ENDS_WITHIN_S


class Asker:
    """Asks from `start` until `stop`. `expected` is what each answer must hold."""

    def __init__(self, workspace: Workspace, replicas: Callable[[], list[Replica]], expected: str) -> None:
        ann = next(user.id for user in workspace.state.users.values() if not user.is_bot)
        channel = next(iter(workspace.state.channels))
        url = workspace.response_url({"channel": channel, "user": ann, "typed": TYPED})
        self._payload = payloads.slash_command(workspace.state, ann, channel, TYPED, url)
        self._secret, self._replicas, self._expected = workspace.state.app.signing_secret, replicas, expected
        self._ready: set[int] = set()
        self._stop = Event()
        self._thread = Thread(target=self._ask, name="asker", daemon=True)
        self.taken: list[float] = []
        self._refusals: list[Refusal] = []

    def start(self) -> None:
        """Begins to ask those that are ready."""
        self._thread.start()

    def stop(self) -> None:
        """Returns when nothing is asked any more."""
        self._stop.set()
        self._thread.join()

    def percentile(self, which: int) -> float:
        """Milliseconds within which so many of a hundred answers came; 0 without any."""
        return 1000 * quantiles(self.taken, n=100)[which - 1] if len(self.taken) > 1 else 0

    def refusals(self) -> list[Refusal]:
        """Of processes that lived on."""
        return [each for each in self._refusals if each.counts]

    def _ask(self) -> None:
        turn = 0
        while not self._stop.wait(EVERY_S):
            turn += 1
            if replicas := self._replicas():
                self._ask_one(replicas[turn % len(replicas)])

    def _ask_one(self, replica: Replica) -> None:
        pid = replica.run.pid
        if pid not in self._ready:
            self._look(replica, pid)
            return
        moved, begun = moved_by(replica), time.monotonic()
        ack = self._answer(replica, moved)
        if is_stepping(replica):
            return  # signed before the step, or read after it
        if what := self._wrong(ack):
            self._refusals.append(Refusal(replica, pid, time.monotonic(), what))
        else:
            self.taken.append(time.monotonic() - begun)

    def _answer(self, replica: Replica, moved: float) -> Ack:
        # Signed by the clock of the process, whose clock alone is wrong here.
        way = HttpDelivery(replica.url, self._secret, lambda: time.time() + moved)
        try:
            return way.send("slash_commands", self._payload)
        except HTTPException:  # killed in the middle of its answer
            return Ack(error="operation_timeout")

    def _wrong(self, ack: Ack) -> str | None:
        if ack.error is not None:
            return ack.error
        return None if self._expected in str(ack.body) else f"not the answer: {str(ack.body)[:200]}"

    def _look(self, replica: Replica, pid: int) -> None:
        connection = HTTPConnection("127.0.0.1", replica.port, timeout=1)
        try:
            connection.request("GET", "/readyz")
            if connection.getresponse().status == 200 and replica.run.pid == pid:
                self._ready.add(pid)
        except (OSError, HTTPException):
            pass  # not yet
        finally:
            connection.close()

    def waits_for(self, count: int) -> bool:
        """Whether fewer processes than this have ever been ready."""
        return len(self._ready) < count


def is_stepping(replica: Replica) -> bool:
    """Whether its clock was moved so lately that a request under way may be signed by another time."""
    return replica.clock is not None and time.time() - replica.clock.stat().st_mtime < STEP_S


def moved_by(replica: Replica) -> float:
    """Seconds by which the clock of a replica is wrong."""
    return float(replica.clock.read_text(encoding="ascii")) if replica.clock else 0.0
