"""The shapes of Slack's payloads: the fields that are read of each kind, and what they must be. Whatever else a
payload has is not looked at."""

from collections.abc import Mapping
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, InstanceOf, ValidationError

from bot.handlers.delivery.channel_events import JOINED, STATE_EVENTS
from bot.handlers.delivery.moved_channels import ID_CHANGED
from bot.handlers.uninstall import GONE_EVENTS

ID_PATTERN = "^[A-Za-z0-9_-]{1,32}$"
Id = Annotated[str, Field(pattern=ID_PATTERN)]
"""An id of Slack's, or a name that is used as one; no longer than the columns that hold it."""

MaybeId = Annotated[str, Field(pattern="^[A-Za-z0-9_-]{0,32}$")]
"""An id that may be empty: what people do is then answered, though nothing is known under it."""

Ts = Annotated[str, Field(pattern=r"^[0-9]{1,16}(\.[0-9]{1,15})?$")]
"""The time of a message, as a decimal number of seconds."""

MaybeTs = Annotated[str, Field(pattern=r"^([0-9]{1,16}(\.[0-9]{1,15})?)?$")]

EventId = Annotated[str, Field(pattern="^[A-Za-z0-9_-]{1,64}$")]

Word = Annotated[str, Field(pattern=r"^[^\x00]*$")]
"""What Slack or the bot made, with neither half a surrogate pair nor a NUL, which no database stores."""

Text = InstanceOf[str]
"""What people write, in whatever letters; what no database stores is taken out later."""


class _Shape(BaseModel):
    model_config = ConfigDict(strict=True, extra="ignore")


class _Team(_Shape):
    id: MaybeId | None = None


class _Somebody(_Shape):
    team_id: MaybeId | None = None


class _Person(_Somebody):
    id: MaybeId


class _Window(_Shape):
    app_installed_team_id: MaybeId | None = None


class _Authorization(_Shape):
    team_id: MaybeId | None = None
    enterprise_id: MaybeId | None = None


class _Payload(_Shape):
    """What says whose workspace it is."""

    team_id: MaybeId | None = None
    team: _Team | None = None
    enterprise_id: MaybeId | None = None
    enterprise: _Team | None = None
    authorizations: list[_Authorization] | None = None
    user: _Somebody | None = None
    view: _Window | None = None
    response_url: Word | None = None
    trigger_id: Word | None = None


class _Command(_Payload):
    command: Word
    user_id: MaybeId
    channel_id: MaybeId
    channel_name: Word | None = None
    text: Text | None = None


class _Interaction(_Payload):
    user: _Person


class _Option(_Shape):
    value: Word | None = None


class _Action(_Shape):
    action_id: Word
    value: Word | None = None
    selected_option: _Option | None = None


class _Channel(_Shape):
    id: MaybeId | None = None
    name: Word | None = None


class _Place(_Shape):
    """Where a control stands: its container, or its message."""

    channel_id: MaybeId | None = None
    thread_ts: MaybeTs | None = None


class _PressedMessage(_Place):
    team: MaybeId | None = None


class _Press(_Interaction):
    actions: Annotated[list[_Action], Field(min_length=1)]
    channel: _Channel | None = None
    container: _Place | None = None
    message: _PressedMessage | None = None


class _OpenForm(_Window):
    private_metadata: Word | None = None


class _Suggestion(_Interaction):
    action_id: Word
    value: Text | None = None
    view: _OpenForm | None = None


class _PointedMessage(_Shape):
    ts: MaybeTs
    thread_ts: MaybeTs | None = None
    user: MaybeId | None = None
    bot_id: MaybeId | None = None


class _Shortcut(_Interaction):
    callback_id: Word
    channel: _Channel
    message: _PointedMessage


class _Input(_Shape):
    selected_option: _Option | None = None
    selected_time: Word | None = None
    value: Text | None = None


class _State(_Shape):
    values: dict[Word, dict[Word, _Input]] | None = None


class _Form(_Window):
    type: Word
    id: Annotated[str, Field(pattern="^[A-Za-z0-9_-]{0,64}$")] | None = None
    callback_id: Word
    private_metadata: Word | None = None
    state: _State | None = None


class _Submission(_Interaction):
    view: _Form


class _Event(_Shape):
    type: Word


class _Envelope(_Payload):
    event: _Event


class _Message(_Shape):
    channel: Id
    ts: Ts
    user: MaybeId | None = None
    user_team: MaybeId | None = None
    text: Text | None = None
    thread_ts: MaybeTs | None = None
    subtype: Word | None = None
    channel_type: Word | None = None


class _MessageEnvelope(_Payload):
    event: _Message


class _NamedChannel(_Shape):
    id: Id


class _ChannelEvent(_Shape):
    channel: Id | _NamedChannel


class _ChannelEnvelope(_Payload):
    event_id: EventId
    event: _ChannelEvent


class _Joining(_Shape):
    channel: Id
    user: Id


class _JoiningEnvelope(_Payload):
    event_id: EventId
    event: _Joining


class _Moved(_Shape):
    old_channel_id: Id
    new_channel_id: Id


class _MovedEnvelope(_Payload):
    event: _Moved


class _RevokedTokens(_Shape):
    bot: list[MaybeId] | None = None


class _Gone(_Shape):
    tokens: _RevokedTokens | None = None


class _GoneEnvelope(_Payload):
    event_time: Annotated[int, Field(ge=0, le=2**32)]
    event: _Gone


class _Handshake(_Shape):
    challenge: Word | None = None


COMMAND, PRESS, HANDSHAKE = "command", "block_actions", "url_verification"
EVENT: Literal["event_callback"] = "event_callback"

_SHAPES: Mapping[str, type[_Shape]] = {
    COMMAND: _Command,
    PRESS: _Press,
    "message_action": _Shortcut,
    "block_suggestion": _Suggestion,
    "view_submission": _Submission,
    EVENT: _Envelope,
    HANDSHAKE: _Handshake,
}

_EVENT_SHAPES: Mapping[str, type[_Shape]] = {
    "app_mention": _MessageEnvelope,
    "message": _MessageEnvelope,
    JOINED: _JoiningEnvelope,
    ID_CHANGED: _MovedEnvelope,
    **dict.fromkeys(STATE_EVENTS, _ChannelEnvelope),
    **dict.fromkeys(GONE_EVENTS, _GoneEnvelope),
}


def says_kind(payload: Mapping[str, Any]) -> bool:
    """Whether a payload says at all what it is, as each of Slack's does."""
    return "command" in payload or isinstance(payload.get("type"), str)


def kind_of(payload: Mapping[str, Any]) -> str | None:
    """The kind of a payload, one that something is done with; None for all others."""
    kind = COMMAND if "command" in payload else payload.get("type")
    return kind if isinstance(kind, str) and kind in _SHAPES else None


def misshape(payload: Mapping[str, Any], kind: str) -> str | None:
    """What is wrong with the shape of a payload of this kind, in words that hold nothing of it; None where it is
    right."""
    try:
        _SHAPES[kind].model_validate(payload)
        if kind == EVENT and (shape := _EVENT_SHAPES.get(payload["event"]["type"])):
            shape.model_validate(payload)
        return None
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False, include_context=False)[0]
        # Deeper down, keys are the payload's own.
        return f"{'.'.join(map(str, first['loc'][:3]))} ({first['type']})"
