"""Commands in the values of buttons and menus: encoded by whoever shows them, decoded where Slack hands them back.

A value carries the command itself. What to type stands only in the values of versions before 0.2, and in those of a
choice between several meanings, which can be hundreds.
"""

import json
from collections.abc import Callable
from dataclasses import asdict, dataclass, fields
from datetime import MAXYEAR, MINYEAR, datetime, timedelta
from functools import lru_cache
from typing import Any, cast

from pydantic import TypeAdapter

from bot.core.bounded_json import loads
from bot.core.commands import (
    command,
    digest_commands,
    quote_commands,
    report_commands,
    subscription_commands,
    undo_commands,
)
from bot.core.commands.command import Command
from bot.core.commands.spec_arguments import limited
from bot.core.commands.time_words import DURATION_MAX
from bot.core.subscriptions.subscription import Filter, SubscriptionSpec, Target

VALUE_MAX = 2000
"""Characters in a button's value. Source: docs.slack.dev, button element."""

NUMBER_MAX = 2**31 - 1
"""Of a subscription, a digest, a version, or of changes that are passed over."""

DEPTH_MAX = 10
"""Lists within each other in a value; those of subscriptions take the most, four."""

TYPED_MAX = 300
"""Characters of a long search that are repeated; further words would not have counted anyway."""

NAMES: dict[type, str] = {
    command.ShowHome: "home",
    command.Show: "show",
    command.Search: "search",
    command.ListBriefs: "list",
    command.ShowSources: "sources",
    command.ShowExport: "export",
    quote_commands.ShowQuotes: "verify",
    command.ShowHelp: "help",
    command.Greet: "greet",
    command.ShareAbove: "share",
    command.ShowChanges: "changes",
    command.ShowSubscriptions: "subscriptions",
    subscription_commands.ShowSubscription: "subscription",
    subscription_commands.ShowObjects: "objects",
    command.ShowStatus: "status",
    digest_commands.ShowDigests: "digests",
    digest_commands.PreviewDigest: "preview",
    digest_commands.ShowDigest: "sent",
    command.Subscribe: "subscribe",
    command.Unsubscribe: "unsubscribe",
    subscription_commands.EndSubscriptions: "end",
    command.Mute: "mute",
    subscription_commands.Unmute: "unmute",
    command.SetDefaultBrief: "use",
    undo_commands.RestoreSubscription: "restore",
    undo_commands.Resubscribe: "resubscribe",
    undo_commands.RestoreDefaultBrief: "default",
    digest_commands.SetDigest: "digest",
    digest_commands.EndDigests: "off",
    digest_commands.SendDigest: "now",
    report_commands.ReportMistake: "report",
    report_commands.EditBrief: "edit",
}
"""What names a command in a value. `Ambiguous` and `DidYouMean` are not among them: a value carries one command."""

SHORTENED = frozenset({"spec", "specs", "target_or_id"})
"""Fields with a target in them."""

_ADAPTERS = {name: TypeAdapter[Any](kind) for kind, name in NAMES.items()}
_FIELDS = {name: [field.name for field in fields(kind)] for kind, name in NAMES.items()}

_ENCODER = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))

Parse = Callable[[str], Command]


@dataclass(frozen=True, slots=True)
class ButtonValue:
    """`command` shows the message again; `revision` is None where no single brief was shown; pages count from 1."""

    command: Command
    revision: str | None = None
    page: int = 1


def encode(value: ButtonValue) -> str:
    """The value of *Continue* and *Share*, of at most 2,000 characters."""
    ambiguous = isinstance(value.command, command.Ambiguous)
    again = str(value.command)[:TYPED_MAX] if ambiguous else _to_json(value.command)
    return _compact([again, value.revision, value.page])


def decode(text: str, parse: Parse) -> ButtonValue | None:
    """None for a value that no version wrote. `parse` reads what is to be typed."""
    try:
        match _loads(text):
            # Text to type: versions before 0.2 wrote it, and their messages keep their buttons.
            case [str(typed), str() | None as revision, int(page)] if page >= 1:
                return ButtonValue(parse(typed), revision, page)
            case [list(values), str() | None as revision, int(page)] if page >= 1:
                return ButtonValue(_from_json(values), revision, page)
    except ValueError:  # pydantic's errors as well
        pass
    return None


@lru_cache(1 << 12)
def encode_command(command_: Command) -> str:
    """The value of every other control, e.g. `["show","legal"]`. Its length is not limited here; as the value of an
    option Slack takes at most 150 characters. Raises: KeyError for a command that `NAMES` lacks."""
    return _compact(_to_json(command_))


def decode_command(text: str, parse: Parse) -> Command | None:
    """None for a value that no version wrote. `parse` reads what is to be typed."""
    if not text.startswith('["'):
        return parse(text)
    try:
        return _from_json(_loads(text))
    except ValueError:
        return None


def _loads(text: str) -> Any:
    """Raises: ValueError."""
    if len(text) > VALUE_MAX:
        raise ValueError("Slack takes no such value")
    return loads(text, DEPTH_MAX)


def _compact(values: list[Any]) -> str:
    return _ENCODER.encode(values)


def _to_json(command_: Command) -> list[Any]:
    """The name, then the fields in their order; None and False at the end are left out, which keeps values short."""
    if isinstance(command_, command.Search):
        command_ = command.Search(command_.words[:TYPED_MAX], command_.section)
    name = NAMES[type(command_)]
    dumped = _ADAPTERS[name].dump_python(command_, mode="json")
    values = [_shorten(getattr(command_, field), dumped[field]) for field in _FIELDS[name]]
    while values and (values[-1] is None or values[-1] is False):
        values.pop()
    return [name, *values]


def _shorten(value: object, dumped: Any) -> Any:
    """Targets and filters in their text form: in a menu a value has 150 characters."""
    match value:
        case Target():
            return str(value)
        case SubscriptionSpec():
            return [str(value.target), " ".join(map(str, value.filters)), value.deliver]
        case tuple():
            return [_shorten(each, dumped) for each in value]
    return dumped


def _expand(value: Any) -> Any:
    """The inverse of `_shorten`."""
    match value:
        case [str(target), str(filters), str(deliver)]:
            conditions = [asdict(each) for each in Filter.parse_all(filters)]
            return {"target": _expand(target), "filters": conditions, "deliver": deliver}
        case str():
            return asdict(Target.parse(value))
        case list():
            return [_expand(each) if isinstance(each, list) else each for each in value]
    return value


def _from_json(values: list[Any]) -> Command:
    """Raises: ValueError for anything that `_to_json` does not give."""
    match values:
        # A newer version may write more fields than this one knows; dropping some could do another thing.
        case [str(name), *rest] if name in _ADAPTERS and len(rest) <= len(_FIELDS[name]):
            padded = [*rest, *[None] * (len(_FIELDS[name]) - len(rest))]
            given = {field: value for field, value in zip(_FIELDS[name], padded, strict=True) if value is not None}
            given |= {field: _expand(given[field]) for field in SHORTENED & given.keys()}
            command_ = _ADAPTERS[name].validate_json(json.dumps(given))
            if all(_is_possible(getattr(command_, field)) for field in _FIELDS[name]):
                return cast("Command", command_)
    raise ValueError("not a command")


def _is_possible(value: object) -> bool:
    """Whether the database and the calendar hold a value, as they do whatever is typed and whatever a version wrote."""
    match value:
        case str():
            return "\0" not in value
        case int():
            return 0 <= value <= NUMBER_MAX
        case timedelta():
            return timedelta(0) < value <= DURATION_MAX
        case datetime():
            return value.tzinfo is not None and MINYEAR < value.year < MAXYEAR
        case Target():
            return _is_possible(str(value))
        case SubscriptionSpec():
            return limited(value) is value and _is_possible(str(value))
        case tuple():
            return all(map(_is_possible, value))
    return True
