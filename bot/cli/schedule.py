"""`briefbot schedule`: when digests are due, for who wants to know what a change of the clocks does to them."""

from datetime import UTC, datetime

from bot.core.commands.schedule_arguments import ScheduleSpec, parse_schedule
from bot.core.commands.subscribe_arguments import ArgumentProblem
from bot.core.digests.schedule import Schedule, fire_times
from bot.core.digests.time_zones import zone
from bot.errors import SettingsError

EXAMPLE = "weekdays 08:30 Europe/Berlin"


def schedule(words: str, after: str | None, count: int) -> int:
    """Prints fire times strictly after an instant (ISO 8601 with its offset; None for now), one a line: UTC, local time
    and zone, tabs between. Returns 1 where the calendar ends before the first. Raises: SettingsError for words that
    name no times or no zone, an instant that is none, and a count below 1."""
    wanted = _schedule(words)
    since = datetime.now(UTC) if after is None else _instant(after)
    if count < 1:
        raise SettingsError(f"--count is {count}; it must be 1 or more")
    code = 1
    for _, at in zip(range(count), fire_times(wanted, since), strict=False):
        local = at.astimezone(zone(wanted.zone))
        print(f"{at.replace(tzinfo=None).isoformat()}Z\t{local.isoformat()}\t{wanted.zone}")
        code = 0
    return code


def _schedule(words: str) -> Schedule:
    match parse_schedule(words.split()):
        case ArgumentProblem(reason, nearest):
            meant = " or ".join(f"briefbot schedule {each}" for each in nearest)
            hint = f"did you mean {meant}?" if meant else f"one that works: briefbot schedule {EXAMPLE}"
            raise SettingsError(f"{reason}; {hint}")
        case ScheduleSpec(days, at, str() as name):
            return Schedule(days, at, name)
    raise SettingsError(f"“{words}” names no time zone; add its IANA name, e.g. briefbot schedule {EXAMPLE}")


def _instant(text: str) -> datetime:
    try:
        at = datetime.fromisoformat(text)
        if at.tzinfo:
            return at.astimezone(UTC)
    except (ValueError, OverflowError):
        pass
    raise SettingsError(
        f"--after is “{text}”, which is no instant; write it with Z or an offset, e.g. 2026-03-29T06:30:00Z"
    )
