"""What do a backup and a restore take after a year's use, while somebody writes?

Fills a database with what 5,000 publications leave (100,000 posts, 565,000 rows in all), backs it up in a process of
its own while another adds two rows that belong together, again and again, and restores that into a database of the
other kind.

    python -m tests.load.backup [--database sqlite|postgres] [--scale 1]
"""

import argparse
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from threading import Event, Thread

from sqlalchemy import Engine, func, select, table, text

from bot.store.database import migrate
from bot.store.schema import METADATA
from bot.store.store import Store
from tests.databases import opened
from tests.load.fleet import database
from tests.load.year_rows import Year, fill

MEMORY_MAX_MB = 140
"""A command that does nothing has 120."""

OTHER = {"sqlite": "postgres", "postgres": "sqlite"}


@dataclass(frozen=True)
class Run:
    """What a command took."""

    seconds: float
    cpu_s: float
    memory_mb: float


def run(url: str, *words: str) -> Run:
    """Runs a command as an operator does. Raises: AssertionError where it fails."""
    begun = time.monotonic()
    command = [sys.executable, "-m", "bot", *words]
    process = subprocess.Popen(command, env={**os.environ, "BRIEFBOT_DATABASE_URL": url})
    _, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    assert process.returncode == 0, words
    return Run(time.monotonic() - begun, used.ru_utime + used.ru_stime, used.ru_maxrss / 1000)


class Writer:
    """Adds a row to the first table of a backup, and one to a late one, in one transaction after the other."""

    def __init__(self, engine: Engine) -> None:
        self._engine, self._ends = engine, Event()
        self.pairs = 0
        self._thread = Thread(target=self._write)
        self._thread.start()

    def _write(self) -> None:
        while not self._ends.wait(0.02):
            with self._engine.begin() as connection:
                self.pairs += 1
                connection.execute(text(f"INSERT INTO brief_version VALUES ('pair{self.pairs}', 'r', '{{}}')"))  # noqa: S608
                connection.execute(text(f"INSERT INTO workspace VALUES ('T{self.pairs}', NULL, NULL)"))  # noqa: S608

    def stop(self) -> None:
        """Ends it."""
        self._ends.set()
        self._thread.join()


def counts(engine: Engine) -> Mapping[str, int]:
    """The rows of each table."""
    with engine.connect() as connection:
        return {
            name: connection.execute(select(func.count()).select_from(table(name))).scalar_one()
            for name in METADATA.tables
        }


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--database", choices=tuple(OTHER), default="sqlite")
    parser.add_argument("--scale", type=float, default=1)
    arguments = parser.parse_args()
    with ExitStack() as stack:
        directory = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="briefbot-backup-")))
        source, target = (
            stack.enter_context(database(kind, directory / kind))
            for kind in (arguments.database, OTHER[arguments.database])
        )
        engine = stack.enter_context(opened(source))
        migrate(engine)
        fill(Store(engine), Year("T0", datetime.now(UTC)).scaled(arguments.scale))
        before, file = counts(engine), directory / "file"
        writer = Writer(engine)
        try:
            written = run(source, "backup", str(file))
        finally:
            writer.stop()
        restored = run(target, "restore", str(file))
        after = counts(stack.enter_context(opened(target)))
        pairs = {after[name] - before[name] for name in ("brief_version", "workspace")}
        print(f"{sum(after.values()):,} rows in {file.stat().st_size / 1e6:.1f} MB; {pairs} of {writer.pairs} pairs")
        for name, each in (("backup", written), ("restore", restored)):
            print(f"{name}: {each.seconds:.1f} s, {each.cpu_s:.1f} s of CPU, {each.memory_mb:.0f} MB of memory")
        flat = max(written.memory_mb, restored.memory_mb) <= MEMORY_MAX_MB
        return 0 if flat and len(pairs) == 1 else 1


if __name__ == "__main__":
    sys.exit(main())
