"""Time zones by their IANA names, by the rules of the `tzdata` package, which are the same on all replicas.

Importing this module makes `zoneinfo` ignore the time zone files of the system, in the whole process.
"""

import zoneinfo
from datetime import datetime, timedelta
from functools import cache

import tzdata

zoneinfo.reset_tzpath(())  # without directories to search, zoneinfo reads the tzdata package

TZDATA_VERSION: str = tzdata.IANA_VERSION
"""The release of the rules, e.g. `2026a`. Fire times that were computed by another release are computed again."""


@cache
def zone_names() -> tuple[str, ...]:
    """All IANA names, links included, in alphabetical order."""
    return tuple(sorted(zoneinfo.available_timezones()))


@cache
def _names_by_folded_name() -> dict[str, str]:
    return {name.casefold(): name for name in zone_names()}


def _folded(text: str) -> str:
    return "_".join(text.casefold().split())


def zone_name(typed: str) -> str | None:
    """The IANA name that was typed, in any case and with blanks for underscores; None if it is no name."""
    return _names_by_folded_name().get(_folded(typed))


@cache
def zone(name: str) -> zoneinfo.ZoneInfo:
    """The zone of an IANA name. Raises: LookupError for a name that this release of the rules does not have."""
    if name not in zone_names():
        raise LookupError(f"{name} is not a time zone of tzdata {TZDATA_VERSION}")
    # Not ZoneInfo(name): its cache may hold zones that were read from the system before this module was imported.
    return zoneinfo.ZoneInfo.no_cache(name)


def offset_text(local: datetime) -> str:
    """The offset of an aware time, e.g. `UTC+01:00`."""
    sign = f"{local:%z}"
    return f"UTC{sign[:3]}:{sign[3:5]}"


def offset_at(name: str, at: datetime) -> timedelta:
    """How far a zone is ahead of UTC at an instant. Raises: LookupError for an unknown zone."""
    return at.astimezone(zone(name)).utcoffset() or timedelta(0)
