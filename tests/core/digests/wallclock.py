"""What wall clocks read and when, by the C library: an oracle for fire times that shares no code with `zoneinfo`.

python -m tests.core.digests.wallclock FIRST LAST  # prints the offsets of every zone on the days between, as JSON
"""

import json
import os
import subprocess
import sys
import time as clock
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from importlib.resources import files
from itertools import pairwise
from pathlib import Path

DAY_S = 24 * 60 * 60
STEP_S = DAY_S // 2
"""Nowhere does an offset change and change back within this time; Morocco's around Ramadan stays for a month."""

MARGIN = timedelta(days=7)
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
ROOT = Path(__file__).parents[3]
PACKAGE = Path(str(files("tzdata")))


@dataclass(frozen=True, slots=True)
class Segment:
    """A time of constant offset, in seconds of UTC since 1970, the end not included."""

    start: int
    end: int
    offset: int


Segments = Sequence[Segment]


def fire_time(segments: Segments, day: date, at: time) -> datetime | None:
    """The first instant at which the clock reads this time of this day, or later; None where no instant is of the
    day."""
    midnight = (day.toordinal() - EPOCH.toordinal()) * DAY_S
    if not any(s.start + s.offset < midnight + DAY_S and s.end + s.offset > midnight for s in segments):
        return None
    wall = midnight + at.hour * 3600 + at.minute * 60
    first = next(s for s in segments if s.end + s.offset > wall)
    return EPOCH + timedelta(seconds=max(first.start, wall - first.offset))


def changes(segments: Segments) -> list[datetime]:
    """The instants at which the offset is another than before."""
    return [EPOCH + timedelta(seconds=segment.start) for segment in segments[1:]]


@cache
def observed(first: date, last: date) -> dict[str, Segments]:
    """The segments of every zone of tzdata, from a week before the first day to a week after the last. In a process of
    its own, because the C library knows one zone at a time for all of a process."""
    command = [sys.executable, "-m", "tests.core.digests.wallclock", first.isoformat(), last.isoformat()]
    done = subprocess.run(command, capture_output=True, text=True, cwd=ROOT, timeout=300, check=True)
    return {name: [Segment(*each) for each in segments] for name, segments in json.loads(done.stdout).items()}


# In that process


def _offset(at: int) -> int:
    return clock.localtime(at).tm_gmtoff


def _change(early: int, late: int) -> int:
    """The first second of another offset than at `early`."""
    before = _offset(early)
    while late - early > 1:
        middle = (early + late) // 2
        early, late = (middle, late) if _offset(middle) == before else (early, middle)
    return late


def _changes(first: int, last: int) -> Iterator[int]:
    for (early, before), (late, after) in pairwise((at, _offset(at)) for at in range(first, last + STEP_S, STEP_S)):
        if before != after:
            yield _change(early, late)


def _segments(file: Path, first: int, last: int) -> list[tuple[int, int, int]]:
    os.environ["TZ"] = f":{file}"
    clock.tzset()
    bounds = [first, *_changes(first, last), last]
    return [(start, end, _offset(start)) for start, end in pairwise(bounds)]


def _observe(first: int, last: int) -> dict[str, list[tuple[int, int, int]]]:
    """Zones whose files are equal are looked at once."""
    seen: dict[bytes, list[tuple[int, int, int]]] = {}
    segments = {}
    for name in (PACKAGE / "zones").read_text(encoding="ascii").split():
        file = PACKAGE / "zoneinfo" / name
        rules = file.read_bytes()
        if rules not in seen:
            seen[rules] = _segments(file, first, last)
        segments[name] = seen[rules]
    return segments


def main() -> None:
    first, last = (datetime.combine(date.fromisoformat(each), time(), UTC) for each in sys.argv[1:])
    start, end = (round(at.timestamp()) for at in (first - MARGIN, last + MARGIN))
    json.dump(_observe(start, end), sys.stdout)


if __name__ == "__main__":
    main()
