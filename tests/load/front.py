"""`briefbot run` in a process of its own, in several workspaces, and by a clock that can be moved.

The settings are the product's variables. `LOAD_TOKENS`: the bot tokens by workspace, as JSON. `LOAD_CLOCK`: a file with
the seconds by which the clock of this process is moved; it may change at any time. `LOAD_GAP_S`: seconds between two
posts in one channel, where no workspace limits them.
"""

import json
import os
import sys
import time
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from unittest.mock import patch

from bot.__main__ import main as briefbot
from bot.app.run import start_bot
from bot.handlers.context import PRODUCTION_CADENCE

LOOK_S = 0.02
"""How long a reading of the file is good for: clocks are read often."""


def clock_of(path: Path, real: Callable[[], float] = time.time) -> Callable[[], float]:
    """Seconds since the epoch, as the moved clock shows them."""
    moved, read_at = 0.0, -LOOK_S

    def now() -> float:
        nonlocal moved, read_at
        if time.monotonic() - read_at >= LOOK_S:
            moved, read_at = float(path.read_text(encoding="ascii")), time.monotonic()
        return real() + moved

    return now


def main() -> int:
    """Runs as `briefbot run` does, with its exit code."""
    with ExitStack() as changed:
        if path := os.environ.get("LOAD_CLOCK"):
            # Also what libraries read: the engine of jobs has times of its own.
            changed.enter_context(patch("time.time", clock_of(Path(path))))
        gap = os.environ.get("LOAD_GAP_S")
        cadence = replace(PRODUCTION_CADENCE, post_gap=timedelta(seconds=float(gap))) if gap else PRODUCTION_CADENCE
        start = partial(start_bot, tokens=json.loads(os.environ["LOAD_TOKENS"]), now=_utc_now, cadence=cadence)
        changed.enter_context(patch("bot.cli.run.start_bot", start))
        return briefbot(["run"])


def _utc_now() -> datetime:
    return datetime.fromtimestamp(time.time(), UTC)


if __name__ == "__main__":
    sys.exit(main())
