"""`briefbot schedule`: prints when digests are due, e.g. to see what a change of the clocks does to them."""

from datetime import UTC, datetime

from bot.core.commands.schedule_arguments import ScheduleProblem, ScheduleSpec, parse_schedule
from bot.core.digests.schedule import Schedule, fire_times
from bot.core.digests.time_zones import zone
from bot.errors import SettingsError

EXAMPLE = "weekdays 08:30 Europe/Berlin"


def schedule(words: str, after: str | None, count: int) -> int:
    """Prints up to `count` fire times strictly after a time (ISO 8601 with an offset; None means now), one a line: UTC,
    local time and zone, separated by tabs. Returns 1 if there is none before the last day of the calendar. Raises:
    SettingsError for words that are not a schedule or have no zone, an invalid time, and a count below 1."""
    plan = _schedule(words)
    since = datetime.now(UTC) if after is None else _utc_time(after)
    if count < 1:
        raise SettingsError(f"--count is {count}; it must be 1 or more")
    code = 1
    # `range` comes first: when it ends, `zip` computes no further fire time.
    for _, at in zip(range(count), fire_times(plan, since), strict=False):
        local = at.astimezone(zone(plan.zone))
        print(f"{at.replace(tzinfo=None).isoformat()}Z\t{local.isoformat()}\t{plan.zone}")
        code = 0
    return code


def _schedule(words: str) -> Schedule:
    match parse_schedule(words.split()):
        case ScheduleProblem(reason, _, nearest, meant):
            zoned = (each for each in (*meant, *nearest) if each.zone)
            meanings = " or ".join(f"briefbot schedule {each}" for each in zoned)
            hint = f"did you mean {meanings}?" if meanings else f"a valid one: briefbot schedule {EXAMPLE}"
            raise SettingsError(f"{reason}; {hint}")
        case ScheduleSpec(days, at, str() as name):
            return Schedule(days, at, name)
    raise SettingsError(f"“{words}” has no time zone; add its IANA name, e.g. briefbot schedule {EXAMPLE}")


def _utc_time(text: str) -> datetime:
    try:
        at = datetime.fromisoformat(text)
        if at.tzinfo:
            return at.astimezone(UTC)
    except (ValueError, OverflowError):
        pass
    raise SettingsError(
        f"--after is “{text}”, which is not an ISO 8601 time with Z or an offset, e.g. 2026-03-29T06:30:00Z"
    )
