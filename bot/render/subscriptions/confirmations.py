"""Messages that no reader asked for: confirmations, live threads, and what is said of channels that went away."""

from collections.abc import Sequence
from datetime import datetime

from bot.core.briefs.brief import Brief
from bot.core.digests.listing import ScheduleEntry
from bot.core.subscriptions.subscription import Deliver, Subscription
from bot.render.channel_confirmation import confirmation
from bot.render.document.document import Button
from bot.render.document.message import Message
from bot.render.document.phrases import day, format_datetime, target_words

NAMED_MAX = 3
"""Subscriptions that are named where there are many."""


def reason_for_post(found: Sequence[Subscription], command: str) -> str:
    """Which subscriptions caused a post, and how to end it."""
    end = f"#{found[0].id} ends it" if len(found) == 1 else "#n ends one"
    return f"Posted because this channel follows {named_subscriptions(found)} · {command} unsubscribe {end}"


def named_subscriptions(found: Sequence[Subscription]) -> str:
    names = [f"{each.spec.target} (#{each.id})" for each in found[:NAMED_MAX]]
    more = [f"{len(found) - NAMED_MAX} more"] if len(found) > NAMED_MAX else []
    *first, last = [*names, *more]
    return f"{', '.join(first)} and {last}" if first else last


# Confirmations, for all in the channel

WAYS: dict[Deliver, str] = {
    "channel": "Changes are posted here.",
    "thread": "Each brief gets one thread here that is kept up to date; corrections also show in the channel.",
    "digest": "Changes come with this channel's digest",
}


def confirm_subscription(
    found: Subscription, by: str, command: str, undo: str, due: Sequence[ScheduleEntry] | None = None
) -> Message:
    """Somebody made this channel follow something; `due` says when its digests are, where it is for one."""
    wish = found.spec
    only = f" Only with {', '.join(map(str, wish.filters))}." if wish.filters else ""
    words = (
        f"made this channel follow {target_words(wish.target)} (#{found.id}). {WAYS[wish.deliver]}{_when(due)}{only}"
    )
    unset = due is not None and not due
    more = (Button("Set a digest", "digest", "digest"),) if unset else ()
    small = f"No digest is posted before one is set: {command} digest weekdays 08:30" if unset else ""
    return confirmation(by, words, undo, small or f"What was published so far: {command} changes", more)


def _when(due: Sequence[ScheduleEntry] | None) -> str:
    """The end of the sentence about digests."""
    if due is None:
        return ""
    first = min((each.next_at[0], each.schedule.zone) for each in due if each.next_at) if due else None
    return f"; the next one is due {format_datetime(*first)}." if first else ". None is set here yet."


def confirm_unsubscription(found: Subscription, by: str, undo: str) -> Message:
    """Somebody ended a subscription."""
    return confirmation(
        by, f"ended this channel's subscription of {target_words(found.spec.target)} (#{found.id}).", undo
    )


def confirm_mute(found: Subscription, by: str, until: datetime, command: str, undo: str) -> Message:
    """Somebody muted a subscription."""
    words = f"muted {target_words(found.spec.target)} (#{found.id}) until {day(until.date())}, {until:%H:%M} UTC."
    return confirmation(by, words, undo, f"What changes meanwhile is not posted; {command} changes shows it")


def confirm_default_brief(brief: Brief | None, by: str, command: str, undo: str) -> Message:
    """Somebody chose this channel's default brief."""
    if brief is None:
        return confirmation(
            by, "ended this channel's default brief.", undo, f"To choose another: {command} use <brief>"
        )
    return confirmation(by, f"made “{brief.title}” this channel's default brief. It answers where none is named.", undo)


# Live threads


# Channels that went away
