"""What does a digest of thousands of changed briefs cost, and is all of it told or counted?

python -m tests.load.digest_flood [--database postgres] [--briefs 2000] [--channels 3]
"""

import argparse
import re
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from bot.core.briefs.brief import Brief
from bot.render.digests.digest import MESSAGES_MAX
from bot.store.database import migrate
from bot.store.store import Store
from tests.databases import opened
from tests.handlers.desk import Desk
from tests.load.fleet import database
from tests.make import brief, claim

CLAIMS = 7
CPU_MAX_S, PREVIEW_MAX_S = 10, 3
STEP_S = 2
"""The clock goes on so far for each message."""


@dataclass(frozen=True)
class Figures:
    """Of one run. `preview_s` is the time until somebody sees the first page, when nothing is in memory, of which
    `preview_cpu_s` is that of the process; `cpu_s` is that
    of the process for all messages of the first channel, `others_cpu_s` for those of all others; `untold` counts the
    changes that were neither shown nor counted."""

    messages: int
    cpu_s: float
    others_cpu_s: float
    preview_s: float
    preview_cpu_s: float
    untold: int

    def verdict(self) -> str:
        """`fine`, or what is not."""
        wrong = {
            f"{self.messages} messages": self.messages != MESSAGES_MAX,
            f"{self.cpu_s:.1f} s of CPU": self.cpu_s > CPU_MAX_S,
            f"{self.preview_s:.1f} s until the preview": self.preview_s > PREVIEW_MAX_S,
            f"{self.untold} changes lost": self.untold != 0,
        }
        return ", ".join(each for each, is_wrong in wrong.items() if is_wrong) or "fine"


def text(number: int, edited: int) -> Brief:
    """A brief of seven claims, about as long as advisories are, of which one changes."""
    words = [("known " if edited and n == 2 else "found ") * 40 for n in range(CLAIMS)]
    claims = [
        claim(f"c{n}", f"Release {number}.{n} of the package is affected by what was {words[n]}") for n in range(CLAIMS)
    ]
    return brief(f"brief-{number:05}", {"legal": claims}, title=f"Advisory {number}")


def run(url: str, directory: Path, briefs: int, channels: int) -> Figures:
    """Publishes a change of all briefs, previews and sends the digest of each channel."""
    with opened(url) as engine:
        migrate(engine)
        desk = Desk(directory / "briefs", Store(engine), *(text(n, 0) for n in range(briefs)))
        names = [f"C{n}" for n in range(1, channels + 1)]
        for name in names[1:]:
            desk.slack.add_channel(name)
        for name in names:
            desk.ask("subscribe all deliver:digest", channel=name)
        desk.run()
        desk.set_clock(60)
        desk.edit(*(text(n, 1) for n in range(briefs)))
        desk.set_clock(120)
        begun = time.monotonic()
        with cpu() as preview:
            desk.ask("digest preview")
        preview_s = time.monotonic() - begun
        desk.services.announcement_cache.__init__(256)  # type: ignore[misc]  # as after a start
        with cpu() as first:
            send(desk, names[:1], 120)
        with cpu() as others:
            send(desk, names[1:], 600)
        posts = [each.text for each in desk.entries() if each.text.startswith("Digest · ")]
    shown = sum(each.count("\n  Now: ") for each in posts)
    counted = re.search(r"and (\d+) more change", posts[-1])
    untold = briefs - shown - int(counted[1] if counted else 0)
    return Figures(len(posts), first[0], others[0], preview_s, preview[0], untold)


def send(desk: Desk, channels: list[str], start_s: int) -> None:
    """Sends the digests of some channels, at once."""
    for name in channels:
        desk.ask("digest now", channel=name)
    for n in range(MESSAGES_MAX + 2):
        desk.wake_at(start_s + STEP_S * (n + 1))


@contextmanager
def cpu() -> Iterator[list[float]]:
    """The seconds of CPU that the process takes, in a list of one."""
    seconds, begun = [0.0], time.process_time()
    yield seconds
    seconds[0] = time.process_time() - begun


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--database", choices=("sqlite", "postgres"), default="sqlite")
    parser.add_argument("--briefs", type=int, default=2000)
    parser.add_argument("--channels", type=int, default=3)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as name, database(given.database, Path(name)) as url:
        figures = run(url, Path(name), given.briefs, given.channels)
    print(
        f"{given.database}, {given.briefs} changed briefs, {given.channels} channels: {figures.messages} messages, "
        f"{figures.cpu_s:.1f} s of CPU for the first channel and {figures.others_cpu_s:.1f} s for the others, preview "
        f"after {figures.preview_s:.1f} s ({figures.preview_cpu_s:.1f} s of CPU): {figures.verdict()}"
    )
    sys.exit(figures.verdict() != "fine")


if __name__ == "__main__":
    main()
