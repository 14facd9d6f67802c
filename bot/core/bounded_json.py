"""JSON that came from elsewhere, which is refused before a parser goes as deep as it is nested."""

import json
import re
from typing import Any

# A string has brackets that nest nothing; one that has no end is the rest of the text.
_STRING = re.compile(rb'"(?:[^"\\]|\\.)*+"?', re.DOTALL)
_LISTS_ALONE = bytes.maketrans(b"{}", b"[]")
_OTHERS = bytes(set(range(256)) - set(b"[]{}"))


def loads(text: str, depth_max: int) -> Any:
    """The value of a JSON text. Raises: ValueError for what is none, and for what is nested deeper than `depth_max`
    lists and objects, without parsing it."""
    if is_deeper(text, depth_max):
        raise ValueError("nested too deep")
    return json.loads(text, parse_constant=_refuse)


def is_deeper(text: str, depth_max: int) -> bool:
    """Whether a JSON text nests more lists and objects within each other than this; also true of a text that is none,
    as it closes too few."""
    if text.count("[") + text.count("{") <= depth_max:
        return False
    outside_strings = _STRING.sub(b"", text.encode("utf-8", "surrogatepass"))
    brackets = outside_strings.translate(_LISTS_ALONE, _OTHERS)
    # Each time the innermost ones go.
    for _ in range(depth_max):
        brackets = brackets.replace(b"[]", b"")
    return b"[" in brackets


def _refuse(constant: str) -> None:
    raise ValueError(f"{constant} is no number of JSON")
