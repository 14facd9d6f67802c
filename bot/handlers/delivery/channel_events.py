"""Trigger: something happened to a channel. It is paused before a post fails, and resumed when it can be posted to."""

from collections.abc import Mapping
from typing import Any

from bot.handlers.context import Services
from bot.handlers.delivery import channel_pausing

PAUSED_BY: Mapping[str, str] = {"archive": "archived", "deleted": "deleted", "left": "removed", "rename": "renamed"}
"""By the last word of an event's type, `channel_…` or `group_…`: the code of the `PauseReason`."""

JOINED = "member_joined_channel"

RESUMED_BY = frozenset({"unarchive", JOINED})

STATE_EVENTS = frozenset(f"{kind}_{what}" for kind in ("channel", "group") for what in (*PAUSED_BY, "unarchive"))

CHANNEL_EVENTS = STATE_EVENTS | {JOINED}
"""The types of all events that `handle_channel_event` takes."""


def handle_channel_event(
    event: Mapping[str, Any], team: str, bot_user: str, services: Services, event_id: str | None = None
) -> None:
    """Pauses or resumes a channel; `event` is the inner event, `bot_user` the bot's user id, as only its own joining
    counts. An `event_id` that was handled before changes nothing."""
    kind = str(event["type"])
    last = kind if kind in RESUMED_BY else kind.partition("_")[2]
    # Slack sends it for everybody who joins.
    if kind == JOINED and event["user"] != bot_user:
        return
    named = event["channel"]
    # Events of a rename carry the channel as an object, all others its id.
    channel = str(named["id"] if isinstance(named, Mapping) else named)
    with services.store.transaction() as tx:
        if event_id is not None and not tx.seen_events.mark_event_seen(event_id, services.now()):
            return
        if last in RESUMED_BY:
            channel_pausing.resume_channel(tx, services, team, channel)
        else:
            channel_pausing.pause_channel(tx, services, team, channel, PAUSED_BY[last])
