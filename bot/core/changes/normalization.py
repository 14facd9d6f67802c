"""What of a value readers take in: its words, but not their white space and typography."""

import re
import unicodedata
from dataclasses import fields, is_dataclass
from typing import Any

VERBATIM = frozenset({"url", "archive_url"})
"""Fields in which every character counts."""

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
    """A value to compare by: curly and straight quotes, dashes of any length, ellipses, blanks and line ends are alike.

    Dataclasses become tuples of their fields; addresses, dates and numbers stay what they are.
    """
    if isinstance(value, str):
        marks = re.sub(r"-{2,3}", "-", unicodedata.normalize("NFC", value).translate(_MARKS))
        return " ".join(marks.split())
    if is_dataclass(value):
        return tuple(_field(name, getattr(value, name)) for name in (field.name for field in fields(value)))
    return tuple(map(normalize_text, value)) if isinstance(value, tuple) else value


def equal_when_normalized(one: Any, other: Any) -> bool:
    """Whether two values read the same. Nearly all of what is compared is equal, which costs next to nothing to see."""
    return bool(one == other or normalize_text(one) == normalize_text(other))


def _field(name: str, value: Any) -> Any:
    return value if name in VERBATIM else normalize_text(value)
