"""JSON as Slack reads it: strictly, and never so that it could not be sent back."""

import json
from math import isfinite
from typing import Any


def parsed(text: str) -> Any:
    """The JSON value of a text, with U+FFFD for half a surrogate pair. Raises: ValueError for what is none, NaN,
    numbers beyond a double's, and what is nested too deeply."""
    try:
        value = json.loads(text, parse_constant=_refuse, parse_float=_finite)
    except RecursionError:
        raise ValueError("nested too deeply") from None
    # Only an escape can name half a pair.
    return json.loads(whole(json.dumps(value, ensure_ascii=False))) if r"\ud" in text.lower() else value


def whole(text: str) -> str:
    """The text with U+FFFD for half a surrogate pair."""
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")


def _refuse(name: str) -> float:
    raise ValueError(f"{name} is no JSON")


def _finite(digits: str) -> float:
    number = float(digits)
    if not isfinite(number):
        raise ValueError("a number beyond a double's")
    return number
