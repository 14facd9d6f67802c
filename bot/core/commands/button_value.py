"""Commands in the values of buttons, menus and forms: encoded by whoever shows them, decoded where Slack hands them
back.

Nothing is parsed again: a value carries the command itself. Values that versions before 0.2 wrote carry what to type.
"""

import json
from collections.abc import Callable
from dataclasses import dataclass, fields
from typing import Any, cast

from pydantic import TypeAdapter

from bot.core.commands import command
from bot.core.commands.command import Command

VALUE_MAX = 2000
"""Characters in a button's value. Source: docs.slack.dev, button element."""

SEARCH_WORDS_MAX = 300
"""Of a long search this much is repeated; further words would not have counted anyway."""

NAMES: dict[type, str] = {
    command.ShowHome: "home",
    command.Show: "show",
    command.Search: "search",
    command.ListBriefs: "list",
    command.ShowSources: "sources",
    command.ShowHelp: "help",
    command.ShowChanges: "changes",
    command.ShowSubscriptions: "subscriptions",
    command.ShowStatus: "status",
    command.ShowDigests: "digests",
    command.PreviewDigest: "preview",
    command.Subscribe: "subscribe",
    command.Unsubscribe: "unsubscribe",
    command.Mute: "mute",
    command.SetDefaultBrief: "use",
    command.SetDigest: "digest",
    command.EndDigests: "off",
    command.SendDigest: "now",
}
"""What names a command in a value. Several meanings and suggestions are not among them: a value carries one command."""

_ADAPTERS = {name: TypeAdapter[Any](kind) for kind, name in NAMES.items()}
_FIELDS = {name: [field.name for field in fields(kind)] for kind, name in NAMES.items()}

Parse = Callable[[str], Command]


@dataclass(frozen=True, slots=True)
class ButtonValue:
    """`command` shows the message again; `revision` is None where no single brief was shown; pages count from 1."""

    command: Command
    revision: str | None = None
    page: int = 1


def encode(value: ButtonValue) -> str:
    """The value of *Continue* and *Share*, of at most 2,000 characters."""
    return _compact([_to_json(value.command), value.revision, value.page])


def decode(text: str, parse: Parse) -> ButtonValue | None:
    """None for a value that no version wrote. `parse` reads what earlier versions wrote."""
    try:
        match json.loads(text):
            case [str(typed), str() | None as revision, int(page)] if page >= 1:
                return ButtonValue(parse(typed), revision, page)
            case [list(values), str() | None as revision, int(page)] if page >= 1:
                return ButtonValue(_from_json(values), revision, page)
    except ValueError:
        pass
    return None


def encode_command(command_: Command) -> str:
    """The value of every other control."""
    return _compact(_to_json(command_))


def decode_command(text: str, parse: Parse) -> Command | None:
    """None for a value that no version wrote. `parse` reads what earlier versions wrote."""
    if not text.startswith('["'):
        return parse(text)
    try:
        return _from_json(json.loads(text))
    except ValueError:
        return None


def _compact(values: list[Any]) -> str:
    return json.dumps(values, ensure_ascii=False, separators=(",", ":"))


def _to_json(command_: Command) -> list[Any]:
    """The name, then the fields in their order; None and False at the end are left out, which keeps values short."""
    if isinstance(command_, command.Search):
        command_ = command.Search(command_.words[:SEARCH_WORDS_MAX], command_.section)
    name = NAMES[type(command_)]
    dumped = _ADAPTERS[name].dump_python(command_, mode="json")
    values = [dumped[field] for field in _FIELDS[name]]
    while values and values[-1] in (None, False):
        values.pop()
    return [name, *values]


def _from_json(values: list[Any]) -> Command:
    """Raises: ValueError for anything that `_to_json` does not give."""
    match values:
        case [str(name), *rest] if name in _ADAPTERS and len(rest) <= len(_FIELDS[name]):
            padded = [*rest, *[None] * (len(_FIELDS[name]) - len(rest))]
            given = {field: value for field, value in zip(_FIELDS[name], padded, strict=True) if value is not None}
            return cast("Command", _ADAPTERS[name].validate_json(json.dumps(given)))
    raise ValueError("not a command")
