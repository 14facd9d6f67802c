"""Trigger: something happened to a channel. Events come late, twice and in any order, so Slack is asked what is so."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from bot.core.delivery.content import KINDS
from bot.core.delivery.waiting import CLOCKS_DIFFER
from bot.handlers.context import Services
from bot.handlers.delivery import channel_pausing
from bot.handlers.delivery.slack_errors import classify
from bot.handlers.ports import ApiFailure, ChannelInfo
from bot.store.store import Transaction

PAUSED_BY: Mapping[str, str] = {"archive": "archived", "deleted": "deleted", "left": "removed", "rename": "renamed"}
"""By the last word of an event's type, `channel_…` or `group_…`: the code of the `PauseReason`."""

JOINED = "member_joined_channel"

RESUMED_BY = frozenset({"unarchive", JOINED})

STATE_EVENTS = frozenset(f"{kind}_{what}" for kind in ("channel", "group") for what in (*PAUSED_BY, "unarchive"))

CHANNEL_EVENTS = STATE_EVENTS | {JOINED}
"""The types of all events that `handle_channel_event` takes."""

LOOKS_MAX = 3
"""How often Slack is asked because of one event, where others of the same channel arrive meanwhile."""


def handle_channel_event(
    event: Mapping[str, Any], team: str, bot_user: str, services: Services, event_id: str | None = None
) -> None:
    """Pauses or resumes a channel, as Slack says that it is now; `event` is the inner event, `bot_user` the bot's user
    id, as only its own joining counts. An `event_id` that was handled before changes nothing."""
    kind = str(event["type"])
    # Slack sends it for everybody who joins.
    if kind == JOINED and event["user"] != bot_user:
        return
    named = event["channel"]
    # Events of a rename carry the channel as an object, all others its id.
    channel = str(named["id"] if isinstance(named, Mapping) else named)
    why = PAUSED_BY.get(kind.partition("_")[2])
    look_at_channel(team, channel, why, services, at=_instant(event), event_id=event_id)


def look_at_channel(
    team: str,
    channel: str,
    why: str | None,
    services: Services,
    *,
    at: datetime | None = None,
    event_id: str | None = None,
) -> None:
    """Asks Slack for a channel that something is stored of, and pauses or resumes it. `why` is the code of the pause
    that an event asks for, None where it asks for none; `at` the instant of the event, where it is known."""
    services.channel_arrivals.note((team, channel))
    for look in range(1, LOOKS_MAX + 1):
        if not _concerns(team, channel, services):
            return
        arrivals = services.channel_arrivals.count((team, channel))
        # Asked before any lock is taken: a transaction must not wait for Slack.
        answer = services.slack.channel_info(team, channel)
        with services.store.transaction() as tx:
            # What Slack said before another event may be older than what that event's look has stored.
            if services.channel_arrivals.count((team, channel)) != arrivals and look < LOOKS_MAX:
                continue
            if event_id is not None and not tx.seen_events.mark_event_seen(event_id, services.now()):
                return
            stored = _reason(why, answer)
            _store(tx, services, team, channel, stored, at if why == "renamed" else None)
        # A new name lasts; and what is only believed is looked at later.
        if why != "renamed" and isinstance(answer, ChannelInfo):
            _look_again(team, channel, why, services, stored)
        return


def _look_again(team: str, channel: str, why: str | None, services: Services, stored: str | ChannelInfo | None) -> None:
    """Asks Slack once more: another process may have stored a newer word meanwhile. Whoever stores last looks last, and
    so all of them end with what is so."""
    for _ in range(LOOKS_MAX):
        answer = services.slack.channel_info(team, channel)
        reason = _reason(why, answer)
        if isinstance(answer, ApiFailure) or reason == stored:
            return
        stored = reason
        with services.store.transaction() as tx:
            _store(tx, services, team, channel, stored, None)


def _concerns(team: str, channel: str, services: Services) -> bool:
    with services.store.snapshot() as tx:
        follows = tx.subscriptions.of_channel(team, channel)
        return bool(follows) or tx.delivery_counts.open_in(team, channel, set(KINDS)) > 0


def _reason(why: str | None, answer: ChannelInfo | ApiFailure) -> str | ChannelInfo | None:
    """The code of the pause that is due; a channel as it is where it may be resumed; None where all stays."""
    match answer:
        case ChannelInfo() if why == "renamed" or (why == "removed" and not answer.member):
            return why
        case ChannelInfo(archived=True):
            return "archived"
        case ChannelInfo():
            return answer
        # It is not there for the bot: no event says otherwise.
        case ApiFailure() if why is None and classify(answer) == "pause":
            return None
        # Where Slack does not answer, the event is believed; later looks and posts show whether it was right.
        case ApiFailure():
            return why or ChannelInfo(archived=False, member=True)


def _store(
    tx: Transaction,
    services: Services,
    team: str,
    channel: str,
    reason: str | ChannelInfo | None,
    before: datetime | None,
) -> None:
    match reason:
        case str():
            channel_pausing.pause_channel(tx, services, team, channel, reason, before)
        case ChannelInfo():
            channel_pausing.resume_if_over(tx, services, team, channel, reason)


def _instant(event: Mapping[str, Any]) -> datetime | None:
    try:
        # Slack's clock is not the bot's.
        return datetime.fromtimestamp(float(event["event_ts"]), UTC) + CLOCKS_DIFFER
    except (LookupError, TypeError, ValueError, OverflowError, OSError):
        return None
