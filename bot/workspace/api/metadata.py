"""Message metadata: what apps put behind a message for programs."""

import json
import re

from bot.workspace.api.arguments import Arguments, json_value
from bot.workspace.messages import Message
from bot.workspace.state import Json, SlackError

METADATA_MAX = 8_000
"""Bytes of metadata as JSON. Slack has a limit (`metadata_too_large`) and does not document it: this number is ours."""

EVENT_TYPE = re.compile(r"[A-Za-z0-9_]{1,255}")
"""Slack documents an alphanumeric name, and writes it with underscores; how long it may be is ours."""


def read_metadata(arguments: Arguments) -> Json | None:
    """A message's metadata. Raises: SlackError invalid_metadata_format, metadata_too_large.

    Slack documents `metadata_must_be_sent_from_app` for tokens that belong to no app; every token here is an app's.
    """
    metadata = json_value(arguments.get("metadata"), "invalid_metadata_format")
    if metadata is None:
        return None
    if not (isinstance(metadata, dict) and set(metadata) == {"event_type", "event_payload"}):
        raise SlackError("invalid_metadata_format")
    kind, payload = metadata["event_type"], metadata["event_payload"]
    if not (isinstance(kind, str) and EVENT_TYPE.fullmatch(kind) and _is_payload(payload)):
        raise SlackError("invalid_metadata_format")
    if len(json.dumps(metadata, ensure_ascii=False, separators=(",", ":")).encode()) > METADATA_MAX:
        raise SlackError("metadata_too_large")
    return metadata


def new_metadata(message: Message, arguments: Arguments) -> Json | None:
    """Metadata after an edit: the old ones unless new ones are sent; an empty object removes them.
    Raises: SlackError as `read_metadata`."""
    if "metadata" not in arguments:
        return message.metadata
    metadata = json_value(arguments["metadata"], "invalid_metadata_format")
    return None if metadata == {} else read_metadata(arguments)


def _is_payload(value: object) -> bool:
    """Whether the values of an object are plain, flat objects, or lists of these. Source: @slack/types,
    MessageMetadataEventPayload."""
    return isinstance(value, dict) and all(_is_plain(each) or _is_one_level(each) for each in value.values())


def _is_one_level(value: object) -> bool:
    objects = value if isinstance(value, list) else [value]
    return all(isinstance(each, dict) and all(map(_is_plain, each.values())) for each in objects)


def _is_plain(value: object) -> bool:
    return isinstance(value, str | bool | int | float)
