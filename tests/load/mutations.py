"""Does anything that is signed break something, whatever its shape?

Payloads of Slack's are mutated, signed and sent to the real HTTP application in this process, over a real database.
None may end in a 500, in an exception or in a line of the log at the level of errors, and all have to be quick.

    python -m tests.load.mutations [--database sqlite|postgres] [--count 60000] [--seed 1]
"""

import argparse
import asyncio
import logging
import sys
import tempfile
import time
from collections import Counter
from contextlib import ExitStack
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from random import Random

from bot.store.database import migrate
from bot.store.store import Store
from tests.databases import opened, server
from tests.slack.fronts import Front
from tests.slack.mutants import bodies
from tests.slack.payloads import CHANGES, SAMPLES

SLOWEST_S = 0.3
ALLOWED = (200, 400, 413)

SLICE = 200
"""Requests after which what was enqueued is delivered."""

KIND_CHARS = 100
"""Failures that end alike are shown once."""


def percentile(values: list[float], share: float) -> float:
    """The value that this share of them does not exceed."""
    return sorted(values)[min(len(values) - 1, int(len(values) * share))]


@dataclass
class Outcome:
    """What became of all requests. `failures`: those that broke something, with what it was."""

    statuses: Counter[int] = field(default_factory=Counter)
    seconds: list[float] = field(default_factory=list)
    failures: list[tuple[bytes, str]] = field(default_factory=list)
    slowest: tuple[float, bytes] = (0.0, b"")
    cpu_s: list[float] = field(default_factory=list)
    """The same of this process' time, which does not depend on what else the machine does."""

    def percentile(self, share: float) -> float:
        """Seconds within which this share of the requests was answered."""
        return percentile(self.seconds, share)

    def add(self, body: bytes, status: int, seconds: float, cpu_s: float, problems: list[str]) -> None:
        """One more request."""
        self.statuses[status] += 1
        self.seconds.append(seconds)
        self.cpu_s.append(cpu_s)
        self.slowest = max(self.slowest, (seconds, body))
        if problems or status not in ALLOWED:
            self.failures.append((body, "\n".join([str(status), *problems])))

    @property
    def missed(self) -> bool:
        """Whether something broke, or was slow."""
        return bool(self.failures) or self.percentile(0.999) > SLOWEST_S


class _Errors(logging.Handler):
    """Messages at the level of errors, and tracebacks."""

    def __init__(self) -> None:
        super().__init__()
        self.messages: list[str] = []
        self.setFormatter(logging.Formatter("%(name)s: %(message)s"))

    def emit(self, record: logging.LogRecord) -> None:
        if record.levelno >= logging.ERROR or record.exc_info:
            self.messages.append(self.format(record))

    def taken(self) -> list[str]:
        """What came since the last time."""
        messages, self.messages = self.messages, []
        return messages


def send_all(front: Front, count: int, seed: int) -> Outcome:
    """Sends so many mutants, one after the other."""
    errors = _Errors()
    logging.getLogger().addHandler(errors)
    try:
        return asyncio.run(_send_all(front, count, seed, errors))
    finally:
        logging.getLogger().removeHandler(errors)


async def _send_all(front: Front, count: int, seed: int, errors: _Errors) -> Outcome:
    outcome = Outcome()
    for number, (body, kind) in enumerate(islice(bodies([*SAMPLES, *CHANGES], Random(seed)), count), 1):
        begun, used = time.perf_counter(), time.process_time()
        status = await _status(front, body, kind)
        took, cpu_s = time.perf_counter() - begun, time.process_time() - used
        outcome.add(body, status, took, cpu_s, errors.taken())
        if number % SLICE == 0:
            front.desk.run()
            # What Slack refuses, as it does a channel that is not there, is no failure.
            errors.messages = [each for each in errors.messages if "Traceback" in each]
    return outcome


async def _status(front: Front, body: bytes, kind: str) -> int:
    """That of the answer; 0 where an exception left the application, which is logged."""
    try:
        return await front.post(body, kind)
    except Exception:
        logging.exception("left the application")
        return 0


def run(database: str, count: int, seed: int) -> int:
    """Prints the line of the run; the exit code."""
    with ExitStack() as stack:
        directory = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        url = f"sqlite:///{directory}/briefbot.db"
        if database == "postgres":
            found = stack.enter_context(server())
            url = found.url(found.create())
        engine = stack.enter_context(opened(url))
        migrate(engine)
        outcome = send_all(Front(directory / "briefs", Store(engine)), count, seed)
    kinds = {problem[-KIND_CHARS:]: (body, problem) for body, problem in outcome.failures}
    for body, problem in kinds.values():
        print(f"{body[:600]!r}\n{problem}\n", file=sys.stderr)
    print(f"the slowest: {outcome.slowest[1][:200]!r}", file=sys.stderr)
    p50, p999, most = (1000 * outcome.percentile(share) for share in (0.5, 0.999, 1))
    print(
        f"mutations on {database}, seed {seed}: {count} sent, by status {dict(sorted(outcome.statuses.items()))}, "
        f"broke something {len(outcome.failures)}; p50 {p50:.1f} ms, p99.9 {p999:.0f} ms, slowest {most:.0f} ms, "
        f"p99.9 of CPU {1000 * percentile(outcome.cpu_s, 0.999):.0f} ms: "
        f"{'MISSED' if outcome.missed else 'ok'}",
        flush=True,
    )
    return int(outcome.missed)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--database", choices=("sqlite", "postgres"), default="sqlite")
    parser.add_argument("--count", type=int, default=60_000)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    logging.disable(logging.INFO)
    return run(given.database, given.count, given.seed)


if __name__ == "__main__":
    sys.exit(main())
