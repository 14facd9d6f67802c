"""The model's dataclasses, looked at as shapes: which keys belong where, and a brief made of whatever is there."""

from collections.abc import Callable, Mapping
from dataclasses import MISSING, fields, is_dataclass
from datetime import date
from functools import cache
from types import UnionType
from typing import Any, Union, get_args, get_origin, get_type_hints

from bot.content.yaml_tree import Tree
from bot.core.brief import BriefFile, Vocabulary, day
from bot.core.diagnostic import Path

_hints: Callable[[Any], dict[str, Any]] = cache(get_type_hints)


def keys_at(path: Path) -> list[str]:
    """The keys that belong in the mapping at a path of a brief file, or else of the vocabulary."""
    for top in (BriefFile, Vocabulary):
        shape: Any = top
        for step in path:
            shape = _inside(shape, step)
        if is_dataclass(shape):
            return [field.name for field in fields(shape)]
    return []


def _inside(shape: Any, step: str | int) -> Any:
    if is_dataclass(shape):
        return _hints(shape).get(str(step))
    args = get_args(shape)
    if get_origin(shape) is tuple:
        return args[0]
    return args[1] if len(args) == 2 else None


def lenient(shape: Any, raw: Tree | None) -> Any:
    """A value of this shape made of what is there, without any check, so that the rules can also look at a file that
    the schema refuses. What is missing or misshapen becomes the default, an empty value, or None."""
    if is_dataclass(shape) and isinstance(shape, type):
        found = raw if isinstance(raw, dict) else {}
        known = ((f, found.get(f.name)) for f in fields(shape) if f.name in found or f.default is MISSING)
        return shape(**{f.name: lenient(_hints(shape)[f.name], value) for f, value in known})
    origin, args = get_origin(shape), get_args(shape)
    if origin is tuple:
        return tuple(lenient(args[0], item) for item in raw) if isinstance(raw, list) else ()
    if origin is Mapping:
        return {key: lenient(args[1], item) for key, item in raw.items()} if isinstance(raw, dict) else {}
    if origin in (Union, UnionType):
        return None if raw is None else lenient(args[0], raw)
    if shape is date:
        return _day(raw)
    return raw if isinstance(raw, str) else ""


def _day(raw: Tree | None) -> date | None:
    try:
        return day(raw)
    except ValueError:
        return None
