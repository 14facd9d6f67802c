"""Reads the arguments of Web API calls, which arrive as JSON values or as text of a form."""

from collections.abc import Mapping
from typing import Any

from bot.workspace.api.json_text import parsed
from bot.workspace.blockkit import Finding, validate_blocks
from bot.workspace.state import Json, LimitedUseToken, SlackError, State

Arguments = dict[str, Any]


def flag(arguments: Arguments, name: str) -> bool:
    """A boolean argument; forms send it as `true` or `1`. False where it is absent."""
    return str(arguments.get(name, "")).lower() in ("true", "1")


def json_value(value: object, error: str) -> Any:
    """The value of an argument that a form carries as JSON text; other values as they are, None for empty text.
    Raises: SlackError `error` for text that is not JSON."""
    if not isinstance(value, str):
        return value
    try:
        return parsed(value) if value else None
    except ValueError:
        raise SlackError(error) from None


def refuse_findings(error: str, findings: list[Finding]) -> None:
    """Raises: SlackError `error` where there is a finding, in the shape of `blocks.validate` and `chat.postMessage`."""
    if findings:
        messages = [f"[ERROR] {finding.message} [json-pointer:{finding.pointer}]" for finding in findings]
        errors = [finding.as_json() for finding in findings]
        raise SlackError(error, errors=errors, response_metadata={"messages": messages})


def refuse_blocks(blocks: object) -> None:
    """Raises: SlackError invalid_blocks for what cannot be the blocks of a message."""
    refuse_findings("invalid_blocks", validate_blocks(blocks))


def consume(state: State, tokens: Mapping[str, LimitedUseToken], key: str, *, unknown: str, expired: str) -> Json:
    """Uses a `response_url` or `trigger_id` once. Returns a copy of its context.

    Raises: SlackError `unknown` where there is no such key, `expired` after its last use or its time."""
    token = tokens.get(key)
    if token is None:
        raise SlackError(unknown)
    if state.clock() > token.expires or token.left == 0:
        raise SlackError(expired)
    token.left -= 1
    # A copy: the other uses of the same `response_url` share the context.
    return dict(token.context)
