"""Time zones for what people type instead of an IANA name: a city, an abbreviation, a slip of the pen.

All of this is only suggested. An abbreviation can stand for several zones, and spelling alone may be hours off.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from datetime import timedelta
from functools import cache

from bot.core.digests.time_zones import zone_names
from bot.core.spelling import closest_match

SPELLED_MIN_CHARS = 5
"""Letters of a word that is compared by its spelling: of shorter ones too many are nearly alike."""

SPELLED_MIN_RATIO = 83
"""Percent. Two letters of six may be swapped; `Fargo` is not near to `Faroe`, which is six hours off."""

REGIONS = frozenset("Africa America Antarctica Arctic Asia Atlantic Australia Europe Indian Pacific".split())
"""Of names that end in a city. Those of `Etc` have their signs the wrong way round."""

CITY_WORDS_MAX = 4
SUGGESTIONS_MAX = 5

OFFSET_MAX = timedelta(hours=14)
_OFFSET = re.compile(r"(?:utc|gmt|etc/gmt)? ?(?P<sign>[+\-−–])(?P<hours>[0-9]{1,2})(?::?(?P<minutes>[0-9]{2}))?")

_FIXED = re.compile(r"EST|MST|HST|GMT|Etc/GMT[+-]\d+")

_BERLIN, _LONDON, _PARIS, _MADRID = ("Europe/Berlin",), ("Europe/London",), ("Europe/Paris",), ("Europe/Madrid",)
_ROME, _NEW_YORK, _CHICAGO = ("Europe/Rome",), ("America/New_York",), ("America/Chicago",)
_DENVER, _LOS_ANGELES, _TORONTO = ("America/Denver",), ("America/Los_Angeles",), ("America/Toronto",)
_SYDNEY, _SHANGHAI, _KOLKATA, _TOKYO = ("Australia/Sydney",), ("Asia/Shanghai",), ("Asia/Kolkata",), ("Asia/Tokyo",)
_AUCKLAND, _SAO_PAULO, _DUBAI = ("Pacific/Auckland",), ("America/Sao_Paulo",), ("Asia/Dubai",)

ABBREVIATIONS: dict[str, tuple[str, ...]] = {
    **dict.fromkeys(("ET", "EST", "EDT", "EASTERN"), _NEW_YORK),
    **dict.fromkeys(("CT", "CDT", "CENTRAL"), _CHICAGO),
    "CST": (*_CHICAGO, *_SHANGHAI),
    **dict.fromkeys(("MT", "MDT", "MOUNTAIN"), _DENVER),
    "MST": (*_DENVER, "America/Phoenix"),
    **dict.fromkeys(("PT", "PST", "PDT", "PACIFIC"), _LOS_ANGELES),
    **dict.fromkeys(("AKST", "AKDT", "ALASKA"), ("America/Anchorage",)),
    **dict.fromkeys(("HST", "HAWAII"), ("Pacific/Honolulu",)),
    "AST": ("America/Halifax", "Asia/Riyadh"),
    "ADT": ("America/Halifax",),
    "GMT": (*_LONDON, "Africa/Accra"),
    "BST": (*_LONDON, "Asia/Dhaka"),
    **dict.fromkeys(("WET", "WEST"), ("Europe/Lisbon",)),
    **dict.fromkeys(("CET", "CEST", "MEZ", "MESZ", "MET"), _BERLIN),
    **dict.fromkeys(("EET", "EEST"), ("Europe/Athens", "Europe/Helsinki")),
    "MSK": ("Europe/Moscow",),
    "TRT": ("Europe/Istanbul",),
    "IST": (*_KOLKATA, "Europe/Dublin", "Asia/Jerusalem"),
    "IDT": ("Asia/Jerusalem",),
    "GST": _DUBAI,
    "PKT": ("Asia/Karachi",),
    "SGT": ("Asia/Singapore",),
    "HKT": ("Asia/Hong_Kong",),
    "PHT": ("Asia/Manila",),
    "WIB": ("Asia/Jakarta",),
    "JST": _TOKYO,
    "KST": ("Asia/Seoul",),
    **dict.fromkeys(("AET", "AEDT"), _SYDNEY),
    "AEST": (*_SYDNEY, "Australia/Brisbane"),
    **dict.fromkeys(("ACST", "ACDT"), ("Australia/Adelaide",)),
    "AWST": ("Australia/Perth",),
    **dict.fromkeys(("NZT", "NZST", "NZDT"), _AUCKLAND),
    "BRT": _SAO_PAULO,
    "ART": ("America/Argentina/Buenos_Aires",),
    "CLT": ("America/Santiago",),
    "WAT": ("Africa/Lagos",),
    "CAT": ("Africa/Maputo",),
    "EAT": ("Africa/Nairobi",),
    "SAST": ("Africa/Johannesburg",),
}
"""Known abbreviations, each by a city; the most likely reading first."""

PLACES: dict[tuple[str, ...], str] = {
    _BERLIN: "munich münchen hamburg cologne köln frankfurt stuttgart düsseldorf leipzig dresden hannover germany",
    _LONDON: "manchester birmingham edinburgh glasgow cardiff bristol leeds liverpool oxford cambridge england uk",
    _PARIS: "lyon marseille toulouse nice bordeaux strasbourg france",
    _MADRID: "barcelona valencia seville granada cordoba bilbao malaga spain",
    _ROME: "milan turin naples florence venice bologna italy",
    ("Europe/Zurich",): "geneva basel bern berne lausanne switzerland",
    ("Europe/Vienna",): "salzburg graz linz innsbruck austria",
    ("Europe/Amsterdam",): "rotterdam the_hague den_haag utrecht eindhoven netherlands holland",
    ("Europe/Brussels",): "antwerp ghent bruges belgium",
    ("Europe/Copenhagen",): "aarhus odense aalborg denmark",
    ("Europe/Stockholm",): "gothenburg göteborg malmö uppsala sweden",
    ("Europe/Oslo",): "bergen trondheim norway",
    ("Europe/Helsinki",): "tampere turku espoo finland",
    ("Europe/Warsaw",): "krakow kraków gdansk wroclaw poznan lodz poland",
    ("Europe/Prague",): "brno ostrava",
    ("Europe/Lisbon",): "porto portugal",
    ("Europe/Athens",): "thessaloniki greece",
    ("Europe/Kyiv",): "kiev lviv kharkiv odesa odessa ukraine",
    ("Europe/Istanbul",): "ankara izmir turkey",
    ("Europe/Moscow",): "st_petersburg saint_petersburg",
    ("Europe/Dublin",): "cork galway ireland",
    _NEW_YORK: "nyc boston washington washington_dc dc philadelphia atlanta miami orlando pittsburgh cleveland "
    "baltimore charlotte buffalo columbus cincinnati tampa jacksonville raleigh brooklyn manhattan",
    _CHICAGO: "dallas houston austin san_antonio minneapolis milwaukee st_louis saint_louis kansas_city nashville "
    "memphis new_orleans oklahoma_city omaha madison",
    _DENVER: "salt_lake_city albuquerque santa_fe boulder",
    ("America/Phoenix",): "tucson scottsdale",
    _LOS_ANGELES: "la san_francisco sf seattle portland san_diego san_jose sacramento oakland las_vegas palo_alto",
    _TORONTO: "ottawa quebec quebec_city hamilton_ontario",
    ("America/Vancouver",): "victoria_bc",
    ("America/Edmonton",): "calgary",
    ("America/Mexico_City",): "guadalajara puebla",
    _SAO_PAULO: "rio rio_de_janeiro brasilia belo_horizonte curitiba porto_alegre",
    ("America/Bogota",): "medellin cali",
    ("America/Santiago",): "valparaiso",
    (
        "Asia/Kolkata",
    ): "mumbai bombay delhi new_delhi bangalore bengaluru chennai madras hyderabad pune ahmedabad india",
    _SHANGHAI: "beijing peking shenzhen guangzhou hangzhou chengdu wuhan nanjing china",
    _TOKYO: "osaka kyoto yokohama nagoya sapporo fukuoka",
    ("Asia/Seoul",): "busan incheon",
    ("Asia/Ho_Chi_Minh",): "hanoi da_nang vietnam",
    ("Asia/Karachi",): "lahore islamabad rawalpindi pakistan",
    _DUBAI: "abu_dhabi sharjah",
    ("Asia/Riyadh",): "jeddah mecca doha",
    ("Asia/Jerusalem",): "haifa tel_aviv_yafo",
    ("Asia/Jakarta",): "bandung surabaya",
    ("Asia/Manila",): "quezon_city cebu",
    _SYDNEY: "canberra newcastle_australia",
    ("Australia/Brisbane",): "gold_coast cairns",
    _AUCKLAND: "wellington christchurch new_zealand",
    ("Africa/Johannesburg",): "cape_town durban pretoria south_africa",
    ("Africa/Casablanca",): "rabat marrakesh marrakech morocco",
    ("Africa/Cairo",): "alexandria",
    ("Africa/Lagos",): "abuja nigeria",
    ("Africa/Nairobi",): "mombasa kenya",
}
"""Well-known places whose names are no part of an IANA name, with `_` for blanks."""


def _key(text: str) -> str:
    """Only letters and digits, without accents and case: `São Paulo` and `sao_paulo` have one key."""
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    return "".join(char for char in decomposed if char.isalnum())


@cache
def _zones_by_place() -> dict[str, tuple[str, ...]]:
    places = {_key(name): zones for zones, names in PLACES.items() for name in names.split()}
    return _zones_by_city() | places


@cache
def _zones_by_city() -> dict[str, tuple[str, ...]]:
    """IANA names by the key of their last part, of all `REGIONS`."""
    cities: dict[str, tuple[str, ...]] = {}
    for name in zone_names():
        city = name.rpartition("/")[2]
        if name.partition("/")[0] in REGIONS:
            cities[_key(city)] = (*cities.get(_key(city), ()), name)
    return cities


def utc_offset(typed: str) -> timedelta | None:
    """The offset that `UTC+1`, `GMT-5`, `Etc/GMT+1` or `+05:30` means to most people: ahead of UTC with a plus; None
    for other words."""
    match = _OFFSET.fullmatch(" ".join(typed.casefold().split()))
    if match is None:
        return None
    offset = timedelta(hours=int(match["hours"]), minutes=int(match["minutes"] or 0))
    return None if offset > OFFSET_MAX else offset if match["sign"] == "+" else -offset


def is_fixed(name: str) -> bool:
    """Whether an IANA name is one that people take for the time of a place, and that has no summer time."""
    return _FIXED.fullmatch(name) is not None


def abbreviated_zones(typed: str) -> tuple[str, ...]:
    """The zones that an abbreviation stands for, the most likely first; empty for other words."""
    return ABBREVIATIONS.get(typed.strip().upper().removesuffix(" TIME"), ())


def suggest_zones(typed: str) -> tuple[str, ...]:
    """At most `SUGGESTIONS_MAX` IANA names that may have been meant, best first: by an abbreviation, by a city, and by
    spelling only where a word is long enough. Never an `Etc/…`."""
    candidates = abbreviated_zones(typed) or next(filter(None, _by_city(typed)), ()) or _by_spelling(typed)
    return candidates[:SUGGESTIONS_MAX]


def _by_city(typed: str) -> Iterator[tuple[str, ...]]:
    """By the last part of a name with a region; else by the first words, of which the most count: `Munich Germany`."""
    words = typed.rpartition("/")[2].replace("_", " ").split()[:CITY_WORDS_MAX]
    for size in range(len(words), 0, -1):
        yield _zones_by_place().get(_key("".join(words[:size])), ())


def _by_spelling(typed: str) -> tuple[str, ...]:
    region, _, city = typed.rpartition("/")
    key = _key(city)
    if len(key) < SPELLED_MIN_CHARS:
        return ()
    # Hardly anybody mistypes the first letter, and most wrong guesses differ in it.
    places = (place for place in _zones_by_place() if _may_be_meant(place, key))
    near = closest_match(key, places, SPELLED_MIN_RATIO)
    zones = _zones_by_place()[near] if near else ()
    return zones if _is_in(region, zones) else ()


def _may_be_meant(place: str, key: str) -> bool:
    return place[:1] == key[:1] and len(place) >= SPELLED_MIN_CHARS


def _is_in(region: str, zones: Iterable[str]) -> bool:
    """Whether zones lie in a region; any do in one that is itself mistyped."""
    regions = {_key(name.partition("/")[0]) for name in zone_names()}
    return _key(region) not in regions or any(_key(name).startswith(_key(region)) for name in zones)
