"""What does a flood of changes cost, and whom does it hold up?

Run `fairness`: a channel is owed 130 posts, as its operator wants each change by itself; another channel of the same
workspace follows one brief, which then changes. Run `checkout`: 2,000 briefs change at once under 20 channels that
follow all, as when a directory is checked out anew.

    python -m tests.load.floods [fairness|checkout …] [--database sqlite|postgres] [--briefs N]
"""

import argparse
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from bot.app import publishing
from bot.core.subscriptions.subscription import SubscriptionSpec, Target
from bot.store.database import connect
from bot.store.store import Store
from tests.load.fanout import limits
from tests.load.fleet import Fleet, database, fleet
from tests.load.process import cpu_s, peak_mb

FLOOD, CHANGED, CHANNELS = 130, 2000, 20
HELD_UP_MAX_S, TOLD_MAX_S, CPU_MAX_S, MEMORY_MAX_MB = 5, 60, 30, 250
PATIENCE_S = 300

BRIEF = """title: Brief {number}
summary: What brief {number} is about.
status: published
as_of: 2025-02-10
owner: desk
sections:
  overview:
    claims:
      - id: first
        text: Claim {number} was made {edition} so.
        evidence: [{{source: gazette, quote: so it was written down}}]
sources:
  gazette: {{publisher: Gazette, url: "https://example.org/gazette", kind: news}}
"""


def write(found: Fleet, numbers: range, edition: str) -> None:
    """Briefs as they read in an edition, each in place at once."""
    fresh = found.briefs / "fresh.tmp"
    for number in numbers:
        fresh.write_text(BRIEF.format(number=number, edition=edition), encoding="utf-8")
        fresh.rename(found.briefs / f"brief-{number}.yaml")


def follow(found: Fleet, target: Target, channels: list[str]) -> None:
    """Channels of the only workspace follow something."""
    (team,) = found.channels
    store = Store(connect(found.database_url))
    with store.transaction() as tx:
        for channel in channels:
            tx.subscriptions.add(SubscriptionSpec(target), team, None, channel, by="U1", at=publishing.utc_now())
    store.engine.dispose()


def posts(found: Fleet, channel: str) -> int:
    """How many messages a channel has."""
    return sum(message.channel == channel for message in found.workspaces[0].state.messages)


def waited_s(true: Callable[[], bool]) -> float:
    """The seconds until something is so; for ever where it is not so within `PATIENCE_S`."""
    begun = time.monotonic()
    while not true():
        if time.monotonic() - begun > PATIENCE_S:
            return float("inf")
        time.sleep(0.05)
    return time.monotonic() - begun


def fairness(found: Fleet, number: int) -> bool:
    """How long another channel waits behind one that is owed so many posts."""
    (busy, quiet), last = next(iter(found.channels.values()))[:2], number
    write(found, range(number + 1), "first")
    found.start(posts_per_publication=10 * number)
    follow(found, Target(), [busy])
    follow(found, Target(f"brief-{last}"), [quiet])
    write(found, range(number), "second")
    waited_s(lambda: posts(found, busy) > 1)
    write(found, range(last, last + 1), "second")
    held_up, owed = waited_s(lambda: posts(found, quiet) == 1), number - posts(found, busy)
    held = held_up < HELD_UP_MAX_S
    print(
        f"fairness: {owed} posts owed to one channel, another one was told {held_up:.1f} s after its edit", flush=True
    )
    return held


def checkout(found: Fleet, number: int) -> bool:
    """How long until each channel has heard of so many briefs that changed at once, and what it costs."""
    channels = next(iter(found.channels.values()))
    write(found, range(number), "first")
    found.start()
    follow(found, Target(), channels)
    pid = found.bots[0].pid
    before = cpu_s(pid)
    write(found, range(number), "second")
    told = waited_s(lambda: all(posts(found, each) for each in channels))
    time.sleep(5)
    most = max(posts(found, each) for each in channels)
    used, peak = cpu_s(pid) - before, peak_mb(pid)
    print(
        f"checkout: {number} briefs changed at once, {len(channels)} channels were told in {told:.1f} s, in {most} "
        f"post(s) each; {used:.1f} s of CPU, {peak:.0f} MB at most",
        flush=True,
    )
    return told < TOLD_MAX_S and most == 1 and used < CPU_MAX_S and peak < MEMORY_MAX_MB


RUNS: dict[str, tuple[Callable[[Fleet, int], bool], int]] = {
    "fairness": (fairness, FLOOD),
    "checkout": (checkout, CHANGED),
}


def attempt(name: str, kind: str, briefs: int | None) -> bool:
    """Whether a run, with so many briefs or else its own number, keeps its goals."""
    run, number = RUNS[name]
    with (
        tempfile.TemporaryDirectory() as directory,
        database(kind, Path(directory)) as url,
        fleet(Path(directory), url, teams=1, channels=CHANNELS) as found,
    ):
        limits(found)
        return run(found, briefs or number)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("runs", nargs="*", metavar="RUN", help=f"{', '.join(RUNS)}; none: all")
    parser.add_argument("--database", choices=("sqlite", "postgres"), default="sqlite")
    parser.add_argument("--briefs", type=int, help="how many change")
    given = parser.parse_args()
    if unknown := set(given.runs) - set(RUNS):
        parser.error(f"no such run: {', '.join(sorted(unknown))}; there are {', '.join(RUNS)}")
    missed = [name for name in given.runs or RUNS if not attempt(name, given.database, given.briefs)]
    print(f"on {given.database}: {'MISSED ' + ', '.join(missed) if missed else 'ok'}")
    return int(bool(missed))


if __name__ == "__main__":
    raise SystemExit(main())
