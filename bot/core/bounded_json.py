"""JSON that came from elsewhere, which is refused before a parser goes as deep as it is nested."""

import json
import re
from typing import Any

# A string is passed over as a whole, as brackets in it nest nothing; one that has no end is the rest of the text.
_STRUCTURE = re.compile(r'"(?:[^"\\]|\\.)*+"?|[\[{\]}]', re.DOTALL)
_STEPS = {"[": 1, "{": 1, "]": -1, "}": -1}


def loads(text: str, depth_max: int) -> Any:
    """The value of a JSON text. Raises: ValueError for what is none, and for what is nested deeper than `depth_max`
    lists and objects, without parsing it."""
    if is_deeper(text, depth_max):
        raise ValueError("nested too deep")
    return json.loads(text, parse_constant=_refuse)


def is_deeper(text: str, depth_max: int) -> bool:
    """Whether a JSON text opens more lists and objects within each other than this."""
    if text.count("[") + text.count("{") <= depth_max:
        return False
    depth = 0
    for match in _STRUCTURE.finditer(text):
        depth += _STEPS.get(match[0], 0)
        if depth > depth_max:
            return True
    return False


def _refuse(constant: str) -> None:
    raise ValueError(f"{constant} is no number of JSON")
