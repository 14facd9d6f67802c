"""Findings: what is wrong with a payload, in the words of Slack.

Codes, constraint names and messages are those of slackhq/hack-json-schema, whose messages Slack's answers repeat
(`must be less than 3001 characters`). `required`, `type` and `unique` are our names: Slack gives no constraint there.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

FAILED = "failed_constraint"


@dataclass(frozen=True, slots=True)
class Finding:
    """One refusal. `pointer` is a JSON pointer; for a missing or unknown field, to the object around it."""

    code: str
    message: str
    pointer: str
    constraint: dict[str, Any]

    def as_json(self) -> dict[str, Any]:
        """An entry of `errors` in the JSON answer of `blocks.validate`; that of a missing field has its name in
        `field`."""
        entry = {"code": self.code, "message": self.message, "pointer": self.pointer, "constraint": self.constraint}
        return {**entry, "field": self.constraint["expected"]} if self.code == "missing_field" else entry


def missing_field(field: str, at: str) -> Finding:
    """A required field that is not there; `at` points to the object, here and below."""
    return Finding("missing_field", f"missing required field: {field}", at, _constraint("required", field))


def unknown_field(field: str, at: str) -> Finding:
    """A field that the object may not have."""
    constraint = {"type": "additional_properties", "got": field}
    return Finding(FAILED, f"invalid additional property: {field}", at, constraint)


def wrong_type(expected: str, got: object, at: str) -> Finding:
    """A value of another JSON type than `expected`."""
    article = "an" if expected[0] in "aeio" else "a"
    return Finding("invalid_type", f"must provide {article} {expected}", at, _constraint("type", expected, _kind(got)))


def unsupported(got: str, allowed: Iterable[str], at: str) -> Finding:
    """An object whose `type` is none of the allowed ones."""
    return Finding(FAILED, f"unsupported type: {got}", f"{at}/type", _constraint("enum", list(allowed), got))


def failed(constraint: str, message: str, at: str, expected: object, got: object = None) -> Finding:
    """A constraint that did not hold."""
    return Finding(FAILED, message, at, _constraint(constraint, expected, got))


def _constraint(name: str, expected: object, got: object = None) -> dict[str, Any]:
    return {"type": name, "expected": expected, **({} if got is None else {"got": got})}


def _kind(value: object) -> str:
    """The JSON type of a value. Booleans come first: to Python they are integers too."""
    kinds = {bool: "boolean", str: "string", int: "integer", float: "number", dict: "object", list: "array"}
    return next((name for kind, name in kinds.items() if isinstance(value, kind)), "null")
