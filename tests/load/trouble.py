"""Does every change reach every channel once, and is every question answered, whatever the database, the network and
the clocks do meanwhile?

    python -m tests.load.trouble [RUN …] [--database sqlite|postgres] [--full] [--times N] [--kills N] …

Each run prints one line; the exit code is 1 where a goal is missed: nothing lost, nothing told twice, all told within
60 s of the trouble's end, `/brief legal` at p99 of at most 300 ms and never refused by a process that lives, and no
process ends that nobody has killed.
"""

import argparse
import signal
import sys
import tempfile
import time
from collections import Counter
from dataclasses import replace
from pathlib import Path
from subprocess import CalledProcessError

from sqlalchemy import func, select

from bot.store.database import connect
from bot.store.schema import delivery
from tests.load.scene import Scene, Sizes, scene
from tests.load.troubles import TROUBLES, Trouble

TOLD_S = 60
P99_MS = 300
PATIENCE_S = (75, 300)
"""For a look, and in full: what is told later than that counts as lost."""
DOUBLES_S = 8
"""Whatever would be told twice is told within this."""

QUICK = Sizes(teams=4, channels=10, times=0, kills=0, edit_every_s=6)
FULL = Sizes(teams=10, channels=10, times=0, kills=0, edit_every_s=15)
"""After a trouble each channel may be owed a post of each of ten briefs. Slack lets a workspace post 240 a minute, and
answers one call after the other: a hundred posts leave time for what is refused and looked for."""


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("runs", nargs="*", metavar="RUN", help=f"{', '.join(TROUBLES)}; none: all")
    parser.add_argument("--database", choices=("sqlite", "postgres"), default="postgres")
    parser.add_argument("--full", action="store_true", help="the size that counts, instead of a look of a minute")
    parser.add_argument("--times", type=int, help="how often the trouble comes")
    parser.add_argument("--kills", type=int, help="how many SIGKILLs meanwhile")
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    if unknown := set(given.runs) - set(TROUBLES):
        parser.error(f"no such run: {', '.join(sorted(unknown))}; there are {', '.join(TROUBLES)}")
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))  # and what was started is ended
    wanted = [name for name in given.runs or TROUBLES if given.database in TROUBLES[name].databases]
    return max([attempt(name, given) for name in wanted], default=0)


def attempt(name: str, given: argparse.Namespace) -> int:
    """One run; the exit code."""
    with tempfile.TemporaryDirectory() as directory:
        try:
            return run(name, given, Path(directory))
        except (CalledProcessError, FileNotFoundError) as error:
            if not TROUBLES[name].disk:
                raise
            print(f"{name} on {given.database}: not run, as it needs the right to mount a small disk ({error})")
            return 0


def sizes(trouble: Trouble, given: argparse.Namespace) -> Sizes:
    """Those that were asked for."""
    times, kills = trouble.times[given.full], trouble.kills[given.full]
    return replace(
        FULL if given.full else QUICK,
        times=times if given.times is None else given.times,
        kills=kills if given.kills is None else given.kills,
    )


def run(name: str, given: argparse.Namespace, directory: Path) -> int:
    """Lets a trouble come and go; the exit code."""
    trouble = TROUBLES[name]
    with scene(
        directory,
        given.database,
        sizes(trouble, given),
        given.seed,
        disk=trouble.disk,
        proxy=trouble.proxy,
        clocks=trouble.clocks,
    ) as made:
        made.let(2)
        trouble.run(made)
        made.edit()
        told = made.told_within(PATIENCE_S[given.full])
        time.sleep(DOUBLES_S)
        return report(f"{name} on {given.database}", made, told)


def report(name: str, made: Scene, told: float | None) -> int:
    """Prints the line of a run, and what may explain a missed goal; the exit code."""
    lost, doubled = made.heard.missing(made.edits), made.heard.doubled()
    refused, p99 = made.asker.refusals(), made.asker.percentile(99)
    codes = Counter(made.supervisor.codes)
    misses = [
        what
        for what, missed in (
            ("lost", lost),
            ("doubled", doubled),
            ("late", told is None or told > TOLD_S),
            ("slow", p99 > P99_MS or not made.asker.taken),
            ("refused", refused),
            ("ended", codes),
        )
        if missed
    ]
    channels = sum(map(len, made.fleet.channels.values()))
    when = "never" if told is None else f"{told:.1f} s after the trouble"
    verdict = f"MISSED {', '.join(misses)}" if misses else "ok"
    slowest = f"slowest {made.slowest_s:.1f} s after its edit"
    asked = f"{len(made.asker.taken)} times, p50 {made.asker.percentile(50):.0f} ms, p99 {p99:.0f} ms"
    print(
        f"{name}: {made.edits} edits × {channels} channels, {made.supervisor.kills} kills; lost {lost}, doubled "
        f"{doubled}, all told {when} ({slowest}); /brief legal {asked}, refused {len(refused)}; ended by themselves "
        f"{dict(codes)}; {len(errors(made))} kinds of errors logged: {verdict}",
        flush=True,
    )
    if misses:
        explain(made)
    return int(bool(misses))


def explain(made: Scene) -> None:
    """What is still owed, what came instead of answers, and what the replicas' logs say."""
    engine = connect(made.fleet.database_url)
    with engine.connect() as connection:
        counts = connection.execute(select(delivery.c.state, func.count()).group_by(delivery.c.state)).all()
    engine.dispose()
    print("  outbox:", dict(map(tuple, counts)))
    print("  refusals:", dict(Counter(each.what for each in made.asker.refusals()).most_common(5)))
    for line, count in errors(made).most_common(8):
        print(f"  {count} × {line}")
    for twice in made.heard.twice()[:3]:
        print(f"  {twice}")


def errors(made: Scene) -> Counter[str]:
    """What the replicas logged lately."""
    lines = [line for each in (*made.supervisor.replicas, *made.supervisor.gone) for line in each.log]
    logged = [line.strip()[24:200] for line in lines if " ERROR " in line or " CRITICAL " in line]
    return Counter(logged + [line.strip() for line in lines if line.startswith("briefbot: ")])


if __name__ == "__main__":
    sys.exit(main())
