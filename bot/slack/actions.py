"""Pressed buttons and picked options: by the first word of the action id, how the value is decoded and what handles
it."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from bot.core.commands.button_value import NUMBER_MAX, ButtonValue, decode, decode_command
from bot.core.commands.command import Command
from bot.core.commands.renamed_brief import with_current_slug
from bot.core.commands.verb_names import verb_of
from bot.handlers.asks.decide_ask import allow_ask, decline_ask
from bot.handlers.asks.keep_ask import ask_admins
from bot.handlers.budgets import too_many_commands
from bot.handlers.commands import interactions
from bot.handlers.commands.slash_command import message_of
from bot.handlers.context import Services
from bot.handlers.ports import Caller
from bot.handlers.request import note
from bot.slack.callers import Payload

Parse = Callable[[str], Command]
Decode = Callable[[str, Parse], Any]


def _sources(value: str, parse: Parse) -> Command | None:
    """Values of earlier versions are the slug alone."""
    return decode_command(value, lambda slug: parse(f"sources {slug}"))


def _follow(value: str, parse: Parse) -> Command | None:
    """Values of earlier versions are the slug alone."""
    return decode_command(value, lambda slug: parse(f"subscribe {slug}"))


def _number(value: str, _: Parse) -> int | None:
    """The number of a report or of an ask in the store."""
    return int(value) if value.isascii() and value.isdigit() and int(value) <= NUMBER_MAX else None


@dataclass(frozen=True, slots=True)
class Action:
    """What a control's value is decoded by (None for a value that no version wrote), and what handles the result."""

    decode: Decode
    handle: Callable[[Any, Caller, Services], None]


ACTIONS = {
    "open": Action(decode_command, interactions.open_command),
    "undo": Action(decode_command, interactions.undo),
    "follow": Action(_follow, interactions.open_command),
    "continue": Action(decode, interactions.continue_answer),
    "share": Action(decode, interactions.share_answer),
    "sources": Action(_sources, interactions.open_sources),
    "digest": Action(decode_command, interactions.open_digest_form),
    "dismiss": Action(_number, interactions.close_report),
    "ask": Action(decode_command, ask_admins),
    "allow": Action(_number, allow_ask),
    "decline": Action(_number, decline_ask),
}
"""By the first word of an action id; what follows a colon only makes it unique in its message."""


def act(control: Payload, caller: Caller, services: Services) -> None:
    """Decodes the value of a pressed control and handles it; `control` is one of the payload's `actions`."""
    services = services.speaking_in(caller.thread_ts)
    value = control.get("value") or (control.get("selected_option") or {}).get("value")
    # Neither in a modal or a Home tab nor by a control without a value is anything asked.
    if not value or not caller.channel:
        return
    if too_many := too_many_commands(caller, services):
        interactions.respond(caller, message_of(too_many, None, services), services)
        return
    action = ACTIONS[control["action_id"].partition(":")[0]]
    decoded = action.decode(value, services.answers().parse)
    if decoded is None:
        interactions.respond(caller, interactions.outdated(services), services)
    else:
        if not isinstance(decoded, int):
            note(verb=verb_of(decoded.command if isinstance(decoded, ButtonValue) else decoded))
        action.handle(_with_current_slug(decoded, services), caller, services)


def _with_current_slug(decoded: Command | ButtonValue | int, services: Services) -> Command | ButtonValue | int:
    """Messages keep their buttons when a brief is renamed."""
    if isinstance(decoded, int):
        return decoded
    current_slug = services.corpus.corpus.current_slug
    if isinstance(decoded, ButtonValue):
        return replace(decoded, command=with_current_slug(decoded.command, current_slug))
    return with_current_slug(decoded, current_slug)
