"""Trigger: something happened to a channel. What it follows is paused before a post fails, and goes on when it can."""

from collections.abc import Mapping
from typing import Any

from bot.handlers.context import Office
from bot.handlers.delivery import channel_pausing

GONE: Mapping[str, str] = {"archive": "archived", "deleted": "deleted", "left": "removed", "rename": "renamed"}
"""By the last word of an event's type, `channel_…` or `group_…`: why a channel is paused."""

BACK = frozenset({"unarchive", "member_joined_channel"})


def on_channel(event: Mapping[str, Any], team: str, bot_user: str, office: Office) -> None:
    """`event` is one of those about channels; somebody else joining a channel is none of ours."""
    kind = str(event["type"])
    last = kind if kind in BACK else kind.partition("_")[2]
    if kind == "member_joined_channel" and event["user"] != bot_user:
        return
    found = event["channel"]
    channel = str(found["id"] if isinstance(found, Mapping) else found)
    with office.store.writing() as connection:
        if last in BACK:
            channel_pausing.resume(connection, office, team, channel)
        else:
            channel_pausing.pause(connection, office, team, channel, GONE[last])
