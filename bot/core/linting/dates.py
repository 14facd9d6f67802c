"""What to write instead of a date that is refused."""

import re
from calendar import monthrange
from collections.abc import Iterator
from datetime import date

_ISO = re.compile(r"(\d{4})-(\d\d)(?:-(\d\d))?")
_LOOSE = re.compile(r"(\d{4})[-./]?(\d{1,2})[-./]?(\d{1,2})")
_NUMBERS = re.compile(r"(\d{1,2})[./-](\d{1,2})[./-](\d{4})")
_BEFORE_CHRIST = re.compile(r"^-|\bB\.?C")
_YEAR = re.compile(r"(?<![\d-])([12]\d{3})(?!\d)")


def date_hint(value: str, *, partial: bool) -> str:
    """The advice for a date in another form, or for one that does not exist. `partial`: the date of a source, for which
    a year or a month is enough."""
    if iso := _ISO.fullmatch(value):
        return _what_exists(int(iso[1]), int(iso[2]))
    if days := " or ".join(_readings(value)):
        return f"write {days}: year, month, day"
    if not partial:
        return "write year, month and day, as in 2025-02-10"
    if _BEFORE_CHRIST.search(value):
        return "a year before 1 cannot stand here; leave the key out, and put it into `date_note`"
    year = _YEAR.search(value)
    example = f"write {year[1]}" if year else "write a year such as 2025"
    return f"a year alone is allowed: {example}, and put what else is known (circa, a season, a range) into `date_note`"


def _what_exists(year: int, month: int) -> str:
    if not 1 <= month <= 12:
        return "months go from 01 to 12: year, month, day, as in 2025-02-10"
    if year < 1:
        return "years go from 0001 to 9999"
    return f"{year:04}-{month:02} has {monthrange(year, month)[1]} days"


def _readings(value: str) -> Iterator[str]:
    """The days that a date such as 02/10/2025 or 2025-2-10 can mean, each once."""
    parts: list[tuple[str, str, str]] = []
    if loose := _LOOSE.fullmatch(value):
        parts.append((loose[1], loose[2], loose[3]))
    if numbers := _NUMBERS.fullmatch(value):
        one, other, year = numbers.groups()
        parts += [(year, one, other), (year, other, one)]
    for year, month, day in dict.fromkeys(parts):
        try:
            yield date(int(year), int(month), int(day)).isoformat()
        except ValueError:
            continue
