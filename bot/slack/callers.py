"""From Slack's payloads to who called, and where."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from bot.handlers.ports import Caller
from bot.slack.payload_shapes import ID_PATTERN, PRESS

Payload = Mapping[str, Any]


class MalformedPayloadError(Exception):
    """A payload lacks what every one of Slack's has; `str(error)` says what, and holds nothing of it."""


def caller_of_command(body: Payload) -> Caller:
    """From a slash command's form. Source: docs.slack.dev, implementing slash commands."""
    return Caller(
        conversation_team(body),
        enterprise_of(body),
        user=body["user_id"],
        channel=body["channel_id"],
        response_url=body.get("response_url"),
        trigger_id=body.get("trigger_id"),
        group=_is_group(body.get("channel_name")),
    )


def caller_of_form(body: Payload) -> Caller:
    """From a `view_submission`; its metadata begins with the `place` of who opened the form, which ends with a line.
    Raises: MalformedPayloadError where they are of no conversation."""
    place, _, _ = (body["view"].get("private_metadata") or "").partition("\n")
    channel, _, kind = place.partition(" ")
    if not re.fullmatch(ID_PATTERN, channel):
        raise MalformedPayloadError("its form was opened in no conversation")
    return Caller(
        conversation_team(body),
        enterprise_of(body),
        body["user"]["id"],
        channel,
        trigger_id=body.get("trigger_id"),
        group=kind == "group",
        home=body["user"].get("team_id"),
        vouched=False,
    )


def caller_of_action(body: Payload) -> Caller:
    """From a `block_actions` or `message_action` payload. The channel is empty for a press that was not made in a
    message."""
    container, message = body.get("container") or {}, body.get("message") or {}
    channel = body.get("channel") or {}
    return Caller(
        conversation_team(body),
        enterprise_of(body),
        user=body["user"]["id"],
        channel=channel.get("id") or container.get("channel_id", ""),
        thread_ts=container.get("thread_ts") or message.get("thread_ts"),
        response_url=body.get("response_url"),
        trigger_id=body.get("trigger_id"),
        group=_is_group(channel.get("name")),
        home=body["user"].get("team_id"),
    )


def caller_of_event(body: Payload) -> Caller:
    """From the envelope of an event that has a user."""
    event = body["event"]
    return Caller(
        conversation_team(body),
        enterprise_of(body),
        event["user"],
        event["channel"],
        event.get("thread_ts"),
        group=event.get("channel_type") == "mpim",
        home=event.get("user_team") or None,
    )


def conversation_team(body: Payload) -> str:
    """The id of the workspace in which the bot is installed and the conversation is. In a conversation with another
    organisation (Slack Connect) some fields name the workspace of the person instead. Raises: MalformedPayloadError
    where a payload names none."""
    if team := named_team(body):
        return team
    raise MalformedPayloadError("it names no workspace")


def installed_for(body: Payload) -> str:
    """The id of the workspace, or of the organisation as a whole, whose installation an event is about. Raises:
    MalformedPayloadError where it names none."""
    for each in (body.get("authorizations") or [])[:1]:
        if each.get("is_enterprise_install") and each.get("enterprise_id"):
            return str(each["enterprise_id"])
    return conversation_team(body)


def named_team(body: Payload) -> str | None:
    """As `conversation_team`; None where a payload names no workspace."""
    return next(filter(None, _teams(body)), None)


def _teams(body: Payload) -> Iterator[str | None]:
    """Best first. Source: slack_bolt/request/internals.py, which knows the same fields."""
    if view := body.get("view"):
        yield view.get("app_installed_team_id")
    if team := body.get("team"):
        yield team.get("id")
    # Null where the bot is installed for a whole organisation.
    if authorizations := body.get("authorizations"):
        yield authorizations[0].get("team_id")
        # The workspace through which an event comes, which may be about what is in another's.
        yield body.get("context_team_id")
    yield body.get("team_id")
    if body.get("type") == PRESS:
        # Of an organisation's press only the bot's message says where it is; who pressed may be of another workspace.
        yield _team_of_message((body.get("message") or {}).get("team"))
    if user := body.get("user"):
        yield user.get("team_id")


def _team_of_message(team: object) -> str | None:
    return team if isinstance(team, str) and team.startswith("T") else None


def enterprise_of(body: Payload) -> str | None:
    """The id of the organisation of that workspace; None outside Enterprise Grid. Source:
    slack_bolt/request/internals.py."""
    return next(filter(None, _enterprises(body)), None)


def _enterprises(body: Payload) -> Iterator[str | None]:
    yield (body.get("enterprise") or {}).get("id")
    if authorizations := body.get("authorizations"):
        # An organisation beside it would be that of another workspace.
        yield authorizations[0].get("enterprise_id")
        return
    yield body.get("enterprise_id")


def _is_group(name: str | None) -> bool:
    """Whether a conversation is a group's, by its name: `mpdm-ann--ben--cleo-1`."""
    return (name or "").startswith("mpdm-")
