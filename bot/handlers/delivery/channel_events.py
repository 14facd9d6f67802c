"""Trigger: something happened to a channel. What it follows is paused before a post fails, and goes on when it can."""

from collections.abc import Mapping
from typing import Any

from bot.handlers.context import Services
from bot.handlers.delivery import channel_pausing

GONE: Mapping[str, str] = {"archive": "archived", "deleted": "deleted", "left": "removed", "rename": "renamed"}
"""By the last word of an event's type, `channel_…` or `group_…`: why a channel is paused."""

BACK = frozenset({"unarchive", "member_joined_channel"})


def handle_channel_event(event: Mapping[str, Any], team: str, bot_user: str, services: Services) -> None:
    """`event` is one of those about channels; somebody else joining a channel is none of ours."""
    kind = str(event["type"])
    last = kind if kind in BACK else kind.partition("_")[2]
    if kind == "member_joined_channel" and event["user"] != bot_user:
        return
    found = event["channel"]
    channel = str(found["id"] if isinstance(found, Mapping) else found)
    with services.store.transaction() as tx:
        if last in BACK:
            channel_pausing.resume_channel(tx, services, team, channel)
        else:
            channel_pausing.pause_channel(tx, services, team, channel, GONE[last])
