"""Does every zone agree with the C library on every day of seven years, at six times of day?

python -m tests.core.digests.exhaustive
"""

import platform
import sys
import time
from datetime import timedelta
from multiprocessing import Pool

from bot.core.digests import time_zones
from tests.core.digests import wallclock
from tests.core.digests.test_schedule import FIRST, LAST, TIMES, differences, observed

DAYS = [FIRST + timedelta(days=n) for n in range((LAST - FIRST).days + 1)]


def compared(zone: tuple[str, wallclock.Segments]) -> list[tuple[object, ...]]:
    return list(differences(*zone, DAYS))


def main() -> int:
    begun = time.monotonic()
    known = observed()
    with Pool() as pool:
        mismatches = [each for some in pool.imap_unordered(compared, known.items()) for each in some]
    for each in sorted(mismatches, key=str):
        print(*each, sep="\t")
    changes = sum(len(wallclock.changes(each)) for each in known.values())
    print(
        f"tzdata {time_zones.TZDATA_VERSION}, {' '.join(platform.libc_ver())}: {len(known)} zones, "
        f"{changes} changes, "
        f"{len(DAYS)} days from {FIRST} to {LAST}, {len(TIMES)} times of day: "
        f"{len(known) * len(DAYS) * len(TIMES)} comparisons, {len(mismatches)} mismatches, "
        f"{time.monotonic() - begun:.0f} s"
    )
    return 1 if mismatches else 0


if __name__ == "__main__":
    sys.exit(main())
