"""YAML 1.2 as editors and schema validators read it: its core schema types plain scalars."""

import re
from typing import Any

import yaml

_TYPES = (
    ("null", r"~|null|Null|NULL|", "~nN\0"),
    ("bool", r"true|True|TRUE|false|False|FALSE", "tTfF"),
    ("int", r"[-+]?[0-9]+|0o[0-7]+|0x[0-9a-fA-F]+", "-+0123456789"),
    (
        "float",
        r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?|[-+]?\.(inf|Inf|INF)|\.(nan|NaN|NAN)",
        "-+.0123456789",
    ),
)


class CoreLoader(yaml.CSafeLoader):
    """A loader of the core schema. Keys are text, as in JSON."""

    yaml_implicit_resolvers: dict[str, Any] = {}  # noqa: RUF012  # PyYAML's

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:  # noqa: ARG002  # PyYAML's
        return {key.value: self.construct_object(value, deep=True) for key, value in node.value}


def _int(loader: CoreLoader, node: yaml.ScalarNode) -> int:
    text = node.value
    return int(text, 0) if re.match("0[ox]", text) else int(text)


for name, pattern, first in _TYPES:
    CoreLoader.add_implicit_resolver(
        f"tag:yaml.org,2002:{name}", re.compile(f"(?:{pattern})$"), ["" if c == "\0" else c for c in first]
    )
CoreLoader.add_constructor("tag:yaml.org,2002:int", _int)


def load(text: str) -> Any:
    """The value of a text. Raises: yaml.YAMLError."""
    return yaml.load(text, CoreLoader)  # noqa: S506  # a SafeLoader with other resolvers
