"""Confirmations to a channel when somebody changes its subscriptions, and the reason under a post."""

from collections.abc import Sequence
from datetime import datetime

from bot.core.briefs.brief import Brief
from bot.core.commands.button_value import encode_command
from bot.core.commands.command import Command, ShowDigests
from bot.core.digests.listing import ScheduleEntry
from bot.core.subscriptions.subscription import Deliver, Subscription
from bot.render.channel_confirmation import confirmation
from bot.render.document.document import Button, line
from bot.render.document.message import Message
from bot.render.document.phrases import format_datetime, moment, named_subscriptions, target_words


def reason_for_post(subscriptions: Sequence[Subscription], command: str) -> str:
    """The subscriptions that caused a post, at least one, and how to end them."""
    end = f"#{subscriptions[0].id} ends it" if len(subscriptions) == 1 else "#n ends one"
    return f"Posted because this channel follows {named_subscriptions(subscriptions)} · {command} unsubscribe {end}"


# Confirmations

DELIVERY_SENTENCES: dict[Deliver, str] = {
    "channel": "Changes are posted here.",
    "thread": "Each brief gets one thread here that is kept up to date; corrections also show in the channel.",
    "digest": "Changes come with this channel's digest",
}


def confirm_subscription(
    subscription: Subscription, by: str, command: str, undo: Command, due: Sequence[ScheduleEntry] | None = None
) -> Message:
    """The user `by` subscribed the channel. `due` are the channel's digests; None unless delivered in a digest."""
    spec = subscription.spec
    delivery = f"{DELIVERY_SENTENCES[spec.deliver]}{_next_digest(due)}"
    filters = f" Only with {', '.join(map(str, spec.filters))}." if spec.filters else ""
    text = f"made this channel follow {target_words(spec.target)} (#{subscription.id}). {delivery}{filters}"
    # A subscription for digests is silent until the channel has one.
    if due is not None and not due:
        hint = f"No digest is posted before one is set: {command} digest weekdays 08:30"
        button = Button("Set a digest", "digest", encode_command(ShowDigests()))
        return confirmation(by, text, undo, hint, (button,))
    return confirmation(by, text, undo, f"What was published so far: {command} changes")


def _next_digest(due: Sequence[ScheduleEntry] | None) -> str:
    """The end of the sentence about digests; empty if `due` is None."""
    if due is None:
        return ""
    first = min((each.next_at[0], each.schedule.zone) for each in due if each.next_at) if due else None
    return f"; the next one is due {format_datetime(*first)}." if first else ". None is set here yet."


def confirm_unsubscription(subscription: Subscription, by: str, undo: Command) -> Message:
    """The user `by` ended a subscription."""
    target = target_words(subscription.spec.target)
    return confirmation(by, f"ended this channel's subscription of {target} (#{subscription.id}).", undo)


def confirm_mute(subscription: Subscription, by: str, until: datetime, command: str, undo: Command) -> Message:
    """The user `by` muted a subscription; `until` is in UTC."""
    target = target_words(subscription.spec.target)
    text = line(f"muted {target} (#{subscription.id}) until ", moment(until), ".")
    return confirmation(by, text, undo, f"What changes meanwhile is not posted; {command} changes shows it")


def confirm_default_brief(brief: Brief | None, by: str, command: str, undo: Command) -> Message:
    """The user `by` set the channel's default brief, or ended it (None)."""
    if brief is None:
        return confirmation(
            by, "ended this channel's default brief.", undo, f"To choose another: {command} use <brief>"
        )
    return confirmation(by, f"made “{brief.title}” this channel's default brief. It answers where none is named.", undo)
