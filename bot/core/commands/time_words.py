"""Words for time, as people type them: times of day and durations."""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import time, timedelta

_MARKS = "\"'`“”‘’„‚«»‹›*~_()[]{}<>?!.,;…·•|"
TEXT_MAX = 300
"""Characters of words in which a time is looked for: a pasted page must cost nothing."""

DURATION_MAX = timedelta(days=3660)
# Times of day

_CLOCK = re.compile(
    r"@?(?P<hour>[0-9]{1,2})(?:[:.h](?P<minute>[0-9]{1,2})(?:[:.]00)?|h|(?P<compact>[0-9]{2}))?(?P<half>[ap]m)?"
)
_NAMED_TIMES = {"noon": time(12), "midday": time(12), "midnight": time(0)}


@dataclass(frozen=True, slots=True)
class ClockTime:
    """A reading of a time of day. `next_day`: the midnight at the end of the day, 24:00."""

    at: time
    next_day: bool = False


def parse_clock(word: str) -> tuple[ClockTime, ...]:
    """The readings of a time of day such as `8`, `8am`, `8.30`, `0830`, `8h30`, `8:30pm`, by the clock of 24 hours
    unless am or pm says otherwise. Several for `7:5` and for `24:00`; empty for other words."""
    if named := _NAMED_TIMES.get(word.casefold()):
        return (ClockTime(named),)
    match = _CLOCK.fullmatch(word.casefold())
    if match is None:
        return ()
    minute = match["minute"] or match["compact"] or "00"
    if len(minute) == 1:
        # 7:5 is five past seven to some and ten to eight to others.
        return tuple(each for text in (f"0{minute}", f"{minute}0") for each in _clock_times(match, int(text)))
    return _clock_times(match, int(minute))


def _clock_times(match: re.Match[str], minute: int) -> tuple[ClockTime, ...]:
    hour = int(match["hour"])
    if match["half"] and hour <= 12:
        hour = hour % 12 + (12 if match["half"] == "pm" else 0)
    if (hour, minute) == (24, 0):
        return ClockTime(time(0), next_day=True), ClockTime(time(0))
    return (ClockTime(time(hour, minute)),) if hour < 24 and minute < 60 else ()


# Durations

UNITS: Mapping[str, timedelta] = {
    **dict.fromkeys(("min", "mins", "minute", "minutes"), timedelta(minutes=1)),
    **dict.fromkeys(("h", "hr", "hrs", "hour", "hours"), timedelta(hours=1)),
    **dict.fromkeys(("d", "day", "days"), timedelta(days=1)),
    **dict.fromkeys(("w", "wk", "wks", "week", "weeks"), timedelta(weeks=1)),
    **dict.fromkeys(("fortnight", "fortnights"), timedelta(weeks=2)),
    **dict.fromkeys(("month", "months"), timedelta(days=30)),
    **dict.fromkeys(("year", "years"), timedelta(days=365)),
}
_NUMBERS = {"a": 1.0, "an": 1.0, "half a": 0.5, "half an": 0.5} | {
    word: float(number)
    for number, word in enumerate("one two three four five six seven eight nine ten eleven twelve".split(), 1)
}
_DURATION = re.compile(r"(?P<count>[0-9]{1,6}(?:[.,]5)?|(?:half )?[a-z]+ ) ?(?P<unit>[a-z]+)")


def parse_duration(text: str) -> timedelta | None:
    """A duration such as `12h`, `7d`, `2 weeks`, `1.5 days`; a month is 30 days. None for other words, for nothing at
    all and for more than `DURATION_MAX`."""
    match = _DURATION.fullmatch(fold(text))
    unit = UNITS.get(match["unit"]) if match else None
    if match is None or unit is None:
        return None
    count = match["count"].strip().replace(",", ".")
    duration = (float(count) if count[0].isdigit() else _NUMBERS.get(count, 0)) * unit
    return duration if timedelta(0) < duration <= DURATION_MAX else None


def duration_text(duration: timedelta) -> str:
    """What to type for a duration of whole minutes: `90min`, `12h`, `7d`."""
    hours, minutes = divmod(duration // timedelta(minutes=1), 60)
    if minutes:
        return f"{hours * 60 + minutes}min"
    return f"{hours}h" if hours % 24 else f"{hours // 24}d"


def fold(text: str) -> str:
    """In lower case, with single blanks, without punctuation at the end."""
    return " ".join(text.casefold().split()).rstrip(".,;!?")


def bare_words(text: str) -> list[str]:
    """The words of a text in compatible characters (NFKC), without marks around them and invisible characters; those of
    a long text as they are."""
    if len(text) > TEXT_MAX:
        return text.split()
    visible = "".join(char for char in unicodedata.normalize("NFKC", text) if unicodedata.category(char) != "Cf")
    return [bare for word in visible.split() if (bare := word.strip(_MARKS))]
