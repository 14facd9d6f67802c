"""Time zones by their IANA names, from the `tzdata` package, so that all replicas go by the same rules whatever their
system holds."""

from functools import cache
from importlib.resources import files
from zoneinfo import ZoneInfo

import tzdata

TZDATA_VERSION: str = tzdata.IANA_VERSION
"""The edition of the rules, e.g. `2026a`. Governments change them; what was reckoned by others is reckoned anew."""

_PACKAGE = files("tzdata")


@cache
def zone_names() -> tuple[str, ...]:
    """All names, links among them, in alphabetical order."""
    return tuple(sorted((_PACKAGE / "zones").read_text(encoding="ascii").split()))


@cache
def _folded() -> dict[str, str]:
    return {name.casefold(): name for name in zone_names()}


def zone_name(typed: str) -> str | None:
    """The IANA name that was typed, in whatever case and with blanks for underscores; None for anything else."""
    return _folded().get("_".join(typed.casefold().split()))


def zones_by_city(typed: str) -> tuple[str, ...]:
    """The zones whose last part is what was typed, e.g. `berlin`."""
    city = "_".join(typed.casefold().split())
    return tuple(found for folded, found in _folded().items() if folded.rpartition("/")[2] == city)


@cache
def zone(name: str) -> ZoneInfo:
    """The zone of a name. Raises: LookupError for one that the rules do not have (any more)."""
    if name not in zone_names():
        raise LookupError(f"{name} is not a time zone of tzdata {TZDATA_VERSION}")
    with _PACKAGE.joinpath("zoneinfo", *name.split("/")).open("rb") as file:
        return ZoneInfo.from_file(file, key=name)
