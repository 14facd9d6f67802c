"""The schema of brief files: from a tree to a brief or to problems at paths; and the JSON Schema for editors."""

import re
from collections.abc import Iterable
from typing import Any, TypeVar

from pydantic import TypeAdapter, ValidationError
from pydantic_core import ErrorDetails

from bot.content.partial_model import keys_at
from bot.content.yaml_tree import Tree
from bot.core import brief, rules
from bot.core.brief import ID_PATTERN
from bot.core.canonical import BRIEF, VOCABULARY, revision
from bot.core.diagnostic import Key, Path, Problem
from bot.core.names import nearest

T = TypeVar("T")

__all__ = ["BRIEF", "VOCABULARY", "json_schema", "revision", "validate"]


def validate(adapter: TypeAdapter[T], tree: Tree) -> T | list[Problem]:
    """The typed value, or every way in which the tree is not one."""
    try:
        return adapter.validate_python(tree)
    except ValidationError as error:
        details = error.errors(include_url=False)
        return [_problem(detail) for detail in details if not _only_follows(detail, details)]


def json_schema() -> dict[str, Any]:
    """The JSON Schema of a brief file, for completion and descriptions in an editor."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        **BRIEF.json_schema(),
        "title": "A brief",
    }


# From pydantic's errors to our rules


def _problem(detail: ErrorDetails) -> Problem:
    path, kind, ctx = _path(detail["loc"]), detail["type"], detail.get("ctx", {})
    value = detail["input"]
    match kind:
        case "unexpected_keyword_argument" | "extra_forbidden":
            key = str(path[-1])
            known = keys_at(path[:-1])
            return rules.unknown_key((*path[:-1], Key(key)), key, nearest(key, known), ", ".join(known))
        case "missing":
            return rules.missing_key(path, str(path[-1]))
        case "string_too_long":
            return rules.too_long(path, len(value.strip()), ctx["max_length"], "characters")
        case "too_long":
            return rules.too_long(path, len(value), ctx["max_length"], "entries")
        case "string_too_short" | "too_short":
            return rules.empty(path)
        case "string_pattern_mismatch" if ctx["pattern"] == ID_PATTERN:
            return rules.bad_id(path, str(value))
        case "string_pattern_mismatch":
            return rules.bad_url(path, str(value))
        case "literal_error":
            allowed = str(ctx["expected"]).replace("'", "")
            return rules.bad_word(
                path, _short(str(value)), allowed, nearest(str(value), re.findall(r"[a-z]+", allowed))
            )
        case brief.BAD_DATE:
            return rules.bad_date(path, _short(str(value)), detail["msg"])
        case brief.SHORT_QUOTE:
            return rules.short_quote(path, str(value), brief.QUOTE_MIN_CHARS, brief.QUOTE_MIN_WORDS)
        case _:
            return rules.wrong_type(path, _EXPECTED.get(kind, detail["msg"]))


_EXPECTED = {
    "string_type": "text",
    "tuple_type": "a list",
    "list_type": "a list",
    "dict_type": "a mapping",
    "mapping_type": "a mapping",
    "dataclass_type": "a mapping",
}


def _only_follows(detail: ErrorDetails, details: list[ErrorDetails]) -> bool:
    """A list counts as too short when its items were refused; then only these are worth a line."""
    loc = detail["loc"]
    return detail["type"] == "too_short" and any(d["loc"][: len(loc)] == loc and d is not detail for d in details)


def _short(text: str) -> str:
    return text if len(text) <= 40 else text[:39] + "…"


def _path(loc: Iterable[str | int]) -> Path:
    """pydantic writes a bad key as (…, key, "[key]")."""
    steps = tuple(loc)
    return (*steps[:-2], Key(steps[-2])) if steps[-1:] == ("[key]",) else steps
