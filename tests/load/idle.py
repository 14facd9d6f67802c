"""What does the bot cost while nothing happens, and how soon is it ready?

python -m tests.load.idle [--database sqlite|postgres] [--seconds 30]
"""

import argparse
import shutil
import tempfile
import time
from pathlib import Path

from tests.conftest import ROOT
from tests.load.fleet import database, fleet, follow_all
from tests.load.process import cpu_s, resident_mib


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--database", choices=("sqlite", "postgres"), default="sqlite")
    parser.add_argument("--seconds", type=int, default=30)
    given = parser.parse_args()
    with (
        tempfile.TemporaryDirectory() as name,
        database(given.database, Path(name)) as url,
        fleet(Path(name), url, teams=1, channels=5) as found,
    ):
        for file in (ROOT / "briefs").glob("*.yaml"):
            shutil.copy(file, found.briefs)
        ready = []
        for _ in range(2):  # the first start publishes and makes the engine's tables, the second finds all in place
            begun = time.monotonic()
            found.start()
            ready.append(time.monotonic() - begun)
            if len(ready) == 1:
                found.stop()
        follow_all(found)
        time.sleep(5)
        pid = found.bots[0].pid
        before, begun = cpu_s(pid), time.monotonic()
        time.sleep(given.seconds)
        share = (cpu_s(pid) - before) / (time.monotonic() - begun)
        print(
            f"{given.database}: ready in {ready[0]:.2f} s (first start), {ready[1]:.2f} s; idle {100 * share:.2f} % of "
            f"a core, {resident_mib(pid):.0f} MiB"
        )


if __name__ == "__main__":
    main()
