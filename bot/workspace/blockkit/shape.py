"""Shapes of JSON values, and the check of a value against one: which findings it has at a pointer.

A check takes any JSON value and goes only as deep as the shape.
"""

import re
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from bot.workspace.blockkit.finding import Finding, failed, missing_field, unknown_field, unsupported, wrong_type

Json = dict[str, Any]
Rule = Callable[[Json, str], Iterator[Finding]]
"""A condition between the fields of an object, checked only where each field by itself is right."""


class Shape(ABC):
    """A condition on a value."""

    __slots__ = ()

    @abstractmethod
    def check(self, value: object, at: str) -> Iterator[Finding]:
        """The findings of a value, in its own order; `at` is its JSON pointer."""


@dataclass(frozen=True, slots=True)
class Anything(Shape):
    """Any value: a part that is not checked, or a `type` that `Tagged` has checked."""

    def check(self, value: object, at: str) -> Iterator[Finding]:  # noqa: ARG002  # any value passes
        return iter(())


@dataclass(frozen=True, slots=True)
class Boolean(Shape):
    """True or false."""

    def check(self, value: object, at: str) -> Iterator[Finding]:
        if not isinstance(value, bool):
            yield wrong_type("boolean", value, at)


@dataclass(frozen=True, slots=True)
class Format:
    """A format of strings: its name in findings, and a regular expression for the whole string."""

    name: str
    pattern: re.Pattern[str]


@dataclass(frozen=True, slots=True)
class String(Shape):
    """A string of `min_chars` to `max_chars` characters, both included."""

    max_chars: int | None = None
    min_chars: int = 0
    format: Format | None = None

    def check(self, value: object, at: str) -> Iterator[Finding]:
        if not isinstance(value, str):
            yield wrong_type("string", value, at)
            return
        chars = length(value)
        if chars < self.min_chars:
            message = f"must be more than {self.min_chars - 1} characters"
            yield failed("min_length", message, at, self.min_chars, chars)
        elif self.format and not self.format.pattern.fullmatch(value):
            yield failed("format", f"must match format: {self.format.name}", at, self.format.name, value)
        if self.max_chars is not None and chars > self.max_chars:
            message = f"must be less than {self.max_chars + 1} characters"
            yield failed("max_length", message, at, self.max_chars, chars)


def length(words: str) -> int:
    """UTF-16 units, which are never fewer than code points. Slack does not document which of them it counts; the
    published hack-json-schema calls `mb_strlen`."""
    return len(words) if words.isascii() else len(words.encode("utf-16-le", "surrogatepass")) // 2


@dataclass(frozen=True, slots=True)
class Number(Shape):
    """A number from `minimum` to `maximum`, both included."""

    minimum: int | None = None
    maximum: int | None = None
    whole: bool = True

    def check(self, value: object, at: str) -> Iterator[Finding]:
        # To Python booleans are integers; to JSON they are not.
        if isinstance(value, bool) or not isinstance(value, int if self.whole else int | float):
            yield wrong_type("integer" if self.whole else "number", value, at)
        elif self.minimum is not None and value < self.minimum:
            yield failed("minimum", f"must be at least {self.minimum}", at, self.minimum, value)
        elif self.maximum is not None and value > self.maximum:
            yield failed("maximum", f"must be at most {self.maximum}", at, self.maximum, value)


@dataclass(frozen=True, slots=True)
class Choice(Shape):
    """One of a few strings; a finding lists them in this order."""

    values: tuple[str, ...]

    def check(self, value: object, at: str) -> Iterator[Finding]:
        if not isinstance(value, str):
            yield wrong_type("string", value, at)
        elif value not in self.values:
            yield failed("enum", "must be a valid enum value", at, list(self.values), value)


@dataclass(frozen=True, slots=True)
class Items(Shape):
    """An array of `minimum` to `maximum` items, both included."""

    item: Shape
    minimum: int = 0
    maximum: int | None = None

    def check(self, value: object, at: str) -> Iterator[Finding]:
        if not isinstance(value, list):
            yield wrong_type("array", value, at)
            return
        if len(value) < self.minimum:
            yield failed("min_items", f"must provide at least {self.minimum} items", at, self.minimum, len(value))
        if self.maximum is not None and len(value) > self.maximum:
            yield failed("max_items", f"no more than {self.maximum} items allowed", at, self.maximum, len(value))
        for index, inner in enumerate(value):
            yield from self.item.check(inner, f"{at}/{index}")


@dataclass(frozen=True, slots=True)
class Object(Shape):
    """An object with these fields, by name. Other fields are not checked if it is `open`, else refused."""

    required: Mapping[str, Shape] = field(default_factory=dict)
    optional: Mapping[str, Shape] = field(default_factory=dict)
    rules: tuple[Rule, ...] = ()
    open: bool = False

    def check(self, value: object, at: str) -> Iterator[Finding]:
        if not isinstance(value, dict):
            yield wrong_type("object", value, at)
        elif findings := list(self._fields(value, at)):
            yield from findings
        else:
            for rule in self.rules:
                yield from rule(value, at)

    def _fields(self, value: Json, at: str) -> Iterator[Finding]:
        for name in self.required:
            if name not in value:
                yield missing_field(name, at)
        for name, inner in value.items():
            if shape := self.required.get(name) or self.optional.get(name):
                yield from shape.check(inner, f"{at}/{name}")
            elif not self.open:
                yield unknown_field(name, at)


@dataclass(frozen=True, slots=True)
class Tagged(Shape):
    """An object whose `type` names one of the shapes, which are by the name of their type."""

    shapes: Mapping[str, Object]

    def check(self, value: object, at: str) -> Iterator[Finding]:
        if not isinstance(value, dict):
            yield wrong_type("object", value, at)
        elif "type" not in value:
            yield missing_field("type", at)
        elif not isinstance(kind := value["type"], str):
            yield wrong_type("string", kind, f"{at}/type")
        elif shape := self.shapes.get(kind):
            yield from shape.check(value, at)
        else:
            yield unsupported(kind, self.shapes, at)


ANYTHING = Anything()
BOOLEAN = Boolean()
NON_EMPTY = String(min_chars=1)
