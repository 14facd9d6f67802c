"""Normalizes values for comparison, so that quotes, dashes and white space do not count as changes."""

import re
import unicodedata
from dataclasses import fields, is_dataclass
from functools import cache
from typing import Any

VERBATIM = frozenset({"url", "archive_url"})
"""Fields that are compared character by character."""

_MARKS = str.maketrans(
    {
        **dict.fromkeys("\u2018\u2019\u201a\u201b\u2032\u00b4", "'"),
        **dict.fromkeys("\u201c\u201d\u201e\u201f\u2033\u00ab\u00bb", '"'),
        **dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2015\u2212", "-"),
        **dict.fromkeys("\u00ad\u200b\u2060", None),
        "\u2026": "...",
    }
)


def normalize_text(value: Any) -> Any:
    """A value that is equal for values that read the same: with straight quotes, hyphens for dashes of any length,
    three dots for an ellipsis, and single blanks for white space.

    A dataclass becomes a tuple of its normalized fields, a tuple is normalized item by item. The fields of `VERBATIM`
    and values of other types stay the same.
    """
    if isinstance(value, str):
        # Two or three hyphens are a typed dash.
        text = re.sub(r"-{2,3}", "-", unicodedata.normalize("NFC", value).translate(_MARKS))
        return " ".join(text.split())
    if is_dataclass(value):
        return tuple(_field(name, getattr(value, name)) for name in _names(value.__class__))
    return tuple(map(normalize_text, value)) if isinstance(value, tuple) else value


def equal_when_normalized(one: Any, other: Any) -> bool:
    """Whether two values read the same."""
    # Plain equality first: it is cheap, and nearly all values that are compared are equal.
    return bool(one == other or normalize_text(one) == normalize_text(other))


@cache
def _names(kind: type) -> tuple[str, ...]:
    return tuple(field.name for field in fields(kind))


def _field(name: str, value: Any) -> Any:
    return value if name in VERBATIM else normalize_text(value)
