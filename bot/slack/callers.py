"""From Slack's payloads to who called, and where."""

from collections.abc import Mapping
from typing import Any

from bot.handlers.ports import Caller

Payload = Mapping[str, Any]


def caller_of_command(body: Payload) -> Caller:
    """From a slash command's form. Source: docs.slack.dev, implementing slash commands."""
    team, enterprise = _workspace(body)
    return Caller(
        team,
        enterprise,
        user=body["user_id"],
        channel=body["channel_id"],
        response_url=body.get("response_url"),
        trigger_id=body.get("trigger_id"),
    )


def caller_of_form(body: Payload) -> Caller:
    """From a `view_submission`; the channel is the one that the form was opened in."""
    team, enterprise = _workspace(body)
    channel = body["view"]["private_metadata"]
    return Caller(team, enterprise, body["user"]["id"], channel, trigger_id=body.get("trigger_id"))


def caller_of_action(body: Payload) -> Caller:
    """From a `block_actions` payload."""
    container, message = body.get("container") or {}, body.get("message") or {}
    team, enterprise = _workspace(body)
    return Caller(
        team,
        enterprise,
        user=body["user"]["id"],
        channel=body.get("channel", {}).get("id") or container["channel_id"],
        thread_ts=container.get("thread_ts") or message.get("thread_ts"),
        response_url=body.get("response_url"),
        trigger_id=body.get("trigger_id"),
    )


def caller_of_event(body: Payload) -> Caller:
    """From an event's envelope."""
    event = body["event"]
    team, enterprise = _workspace(body)
    return Caller(team, enterprise, event["user"], event["channel"], event.get("thread_ts"))


def _workspace(body: Payload) -> tuple[str, str | None]:
    """The ids of the workspace and of its enterprise, in either of Slack's two shapes. The workspace is the one of the
    conversation; a user may come from another one (Slack Connect), whose id is the last resort."""
    team, enterprise = body.get("team") or {}, body.get("enterprise") or {}
    team_id = body.get("team_id") or team.get("id") or body["user"]["team_id"]
    return team_id, body.get("enterprise_id") or enterprise.get("id")
