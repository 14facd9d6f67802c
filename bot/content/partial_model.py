"""The keys of each mapping of a brief file, and a brief built without validation, both from the model's dataclasses."""

from collections.abc import Callable, Mapping
from dataclasses import MISSING, fields, is_dataclass
from datetime import date
from functools import cache
from types import UnionType
from typing import Any, Union, get_args, get_origin, get_type_hints

from bot.content.keys import key_of
from bot.content.yaml_tree import Tree
from bot.core.briefs.brief import BriefContent, Caveat, day
from bot.core.briefs.vocabulary import Vocabulary
from bot.core.linting.diagnostic import Path

# `get_type_hints` evaluates every annotation again with each call.
_hints: Callable[[Any], dict[str, Any]] = cache(get_type_hints)


def keys_at(path: Path, *, required: bool = False) -> list[str]:
    """The keys of the mapping at a path of a brief file or, if there is none, of the vocabulary: all, or those without
    a default. In the order of the model; empty for a path that leads to no mapping with fixed keys."""
    for top in (BriefContent, Vocabulary):
        annotation: Any = top
        for step in path:
            annotation = _type_at(annotation, step)
        if is_dataclass(annotation):
            return [key_of(field.name) for field in fields(annotation) if field.default is MISSING or not required]
    return []


def _type_at(annotation: Any, step: str | int) -> Any:
    if is_dataclass(annotation):
        return next((hint for name, hint in _hints(annotation).items() if key_of(name) == step), None)
    args = get_args(annotation)
    if get_origin(annotation) is tuple:
        return args[0]
    return args[1] if len(args) == 2 else None


def build_partial(annotation: Any, raw: Tree) -> Any:
    """A value of the annotated type, built without validation, so that the rules can check a file that the schema
    rejects. A part that is missing or of the wrong type becomes its default, an empty value, or None."""
    if is_dataclass(annotation) and isinstance(annotation, type):
        mapping = raw if isinstance(raw, dict) else {}
        parts = (
            (f, mapping.get(key))
            for f in fields(annotation)
            if (key := key_of(f.name)) in mapping or f.default is MISSING
        )
        return annotation(**{f.name: build_partial(_hints(annotation)[f.name], value) for f, value in parts})
    if annotation is Caveat and isinstance(raw, str):
        return Caveat(text=raw)
    origin, args = get_origin(annotation), get_args(annotation)
    if origin is tuple:
        return tuple(build_partial(args[0], item) for item in raw) if isinstance(raw, list) else ()
    if origin is Mapping:
        return {key: build_partial(args[1], item) for key, item in raw.items()} if isinstance(raw, dict) else {}
    if origin in (Union, UnionType):
        return None if raw is None else build_partial(args[0], raw)
    if annotation is date:
        return _day(raw)
    if annotation is bool:
        return isinstance(raw, str) and raw.casefold() == "true"
    return raw if isinstance(raw, str) else ""


def _day(raw: Tree) -> date | None:
    try:
        return day(raw)
    except ValueError:
        return None
