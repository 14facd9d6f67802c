"""Validates the tree of a brief file against the model; and the JSON Schema for editors."""

import re
from collections.abc import Iterable
from typing import Any, TypeVar

from pydantic import TypeAdapter, ValidationError
from pydantic.json_schema import GenerateJsonSchema, JsonSchemaValue
from pydantic_core import ErrorDetails, core_schema

from bot.content.partial_model import keys_at
from bot.content.yaml_tree import Tree
from bot.core.briefs import brief
from bot.core.briefs.brief import ID_PATTERN
from bot.core.briefs.canonical import BRIEF, VOCABULARY
from bot.core.linting import schema_rules
from bot.core.linting.diagnostic import FilePosition, Key, Path, Problem
from bot.core.linting.echo import quoted
from bot.core.spelling import closest_match

T = TypeVar("T")


def validate(adapter: TypeAdapter[T], tree: Tree) -> T | list[Problem]:
    """The typed value; or every problem of the tree, by path, in pydantic's order."""
    try:
        return adapter.validate_python(tree)
    except ValidationError as error:
        details = error.errors(include_url=False)
        return [_problem(detail) for detail in details if not _is_consequence(detail, details)]


def without_misspelt(problems: Iterable[Problem]) -> list[Problem]:
    """The problems without keys that are missing because they are misspelt beside: one mistake has one problem."""
    problems = list(problems)
    meant = {(*p.at[:-1], _nearest(p.at)) for p in problems if p.code == "B120" and not isinstance(p.at, FilePosition)}
    return [p for p in problems if p.code != "B121" or p.at not in meant]


def _nearest(path: Path) -> str | None:
    """The key that is most like an unknown one."""
    return closest_match(str(path[-1]), keys_at(path[:-1]))


class _EditorSchema(GenerateJsonSchema):
    """Editors read `2024`, `true` and `null` as what YAML 1.2 calls them; the loader takes the first two for text, and
    refuses the third."""

    def str_schema(self, schema: core_schema.StringSchema) -> JsonSchemaValue:
        json = super().str_schema(schema)
        match schema.get("pattern"):
            case None:
                return {**json, "type": ["string", "number", "boolean"]}
            case brief.ID_PATTERN:
                return {**json, "type": ["string", "integer", "boolean"], "minimum": 0}
            case _:
                return json

    def dict_schema(self, schema: core_schema.DictSchema) -> JsonSchemaValue:
        json = super().dict_schema(schema)
        (value,) = json.pop("patternProperties").values()
        keys = {"pattern": brief.ID_PATTERN, "maxLength": brief.ID_MAX}
        return {**json, "propertyNames": keys, "additionalProperties": value}

    def nullable_schema(self, schema: core_schema.NullableSchema) -> JsonSchemaValue:
        return self.generate_inner(schema["schema"])

    def default_schema(self, schema: core_schema.WithDefaultSchema) -> JsonSchemaValue:
        json = super().default_schema(schema)
        return {key: value for key, value in json.items() if key != "default" or value not in (None, "")}


def json_schema() -> dict[str, Any]:
    """The JSON Schema of a brief file, for completion and descriptions in an editor."""
    return _schema(BRIEF, "A brief")


def store_schema() -> dict[str, Any]:
    """The JSON Schema of `_store.yaml`, likewise."""
    return _schema(VOCABULARY, "The settings of a store of briefs")


def _schema(adapter: TypeAdapter[Any], title: str) -> dict[str, Any]:
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        **adapter.json_schema(schema_generator=_EditorSchema),
        "title": title,
    }


# pydantic's errors as problems of our rules


def _problem(detail: ErrorDetails) -> Problem:
    path, kind, ctx = _path(detail["loc"]), detail["type"], detail.get("ctx", {})
    value = detail["input"]
    match kind:
        case "unexpected_keyword_argument" | "extra_forbidden":
            parent, key = path[:-1], str(path[-1])
            return schema_rules.unknown_key((*parent, Key(key)), key, _nearest(path), ", ".join(keys_at(parent)))
        case "missing":
            return schema_rules.missing_key(path, str(path[-1]))
        case "string_too_long":
            return schema_rules.too_long(path, _subject(path), len(value.strip()), ctx["max_length"], "characters")
        case "too_long":
            return schema_rules.too_long(path, _subject(path), len(value), ctx["max_length"], "entries")
        case "string_too_short" | "too_short":
            return schema_rules.empty(path, _subject(path))
        case "string_pattern_mismatch" if ctx["pattern"] == ID_PATTERN:
            return schema_rules.bad_id(path, str(value))
        case "string_pattern_mismatch":
            return schema_rules.bad_url(path, str(value))
        case "literal_error":
            allowed = str(ctx["expected"]).replace("'", "")
            return schema_rules.bad_word(
                path, str(value), allowed, closest_match(str(value), re.findall(r"[a-z]+", allowed))
            )
        case brief.BAD_DATE:
            return schema_rules.bad_date(path, str(value), detail["msg"], partial=path[:1] == ("sources",))
        case brief.SHORT_QUOTE:
            return schema_rules.short_quote(path, str(value), brief.QUOTE_MIN_CHARS, brief.QUOTE_MIN_WORDS)
        case _:
            # In a list, each entry is a mapping with keys of its own.
            keys = keys_at(path, required=True) if path and isinstance(path[-1], int) else []
            return schema_rules.wrong_type(path, _EXPECTED.get(kind, detail["msg"]), value, keys)


def _subject(path: Path) -> str:
    """The last key of a path, as the subject of a message."""
    return quoted(path[-1]) if isinstance(path[-1], str) else "this entry"


_EXPECTED = {
    "string_type": "text",
    "tuple_type": "a list",
    "list_type": "a list",
    "dict_type": "a mapping",
    "mapping_type": "a mapping",
    "dataclass_type": "a mapping",
}


def _is_consequence(detail: ErrorDetails, details: list[ErrorDetails]) -> bool:
    """pydantic calls a list too short when it rejects its items; then only the items are reported. Nulls have a rule of
    their own."""
    if detail["input"] is None:
        return True
    loc = detail["loc"]
    return detail["type"] == "too_short" and any(d["loc"][: len(loc)] == loc and d is not detail for d in details)


def _path(loc: Iterable[str | int]) -> Path:
    """A path of pydantic as ours. It writes a bad key as (…, key, "[key]")."""
    steps = tuple(loc)
    return (*steps[:-2], Key(steps[-2])) if steps[-1:] == ("[key]",) else steps
