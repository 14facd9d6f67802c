"""Confirmations to a channel when somebody changes its subscriptions, and the reason under a post."""

from collections.abc import Iterator, Sequence
from datetime import datetime

from bot.core.briefs.brief import Brief
from bot.core.commands.button_value import encode_command
from bot.core.commands.command import Command
from bot.core.commands.digest_commands import ShowDigests
from bot.core.commands.subscription_commands import EndSubscriptions
from bot.core.digests.listing import ScheduleEntry
from bot.core.subscriptions.subscription import Deliver, Subscription, Target
from bot.render.channel_confirmation import confirmation
from bot.render.document.document import Button, line
from bot.render.document.message import Message
from bot.render.document.phrases import (
    condition_words,
    format_datetime,
    moment,
    named_subscriptions,
    spec_words,
    target_words,
)


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
    subscription: Subscription,
    by: str,
    command: str,
    undo: Command,
    due: Sequence[ScheduleEntry] | None = None,
    before: Subscription | None = None,
) -> Message:
    """The user `by` subscribed the channel. `due` are the channel's digests; None unless delivered in a digest.
    `before` is the subscription that this one replaced."""
    spec = subscription.spec
    follow = f"made this channel follow {target_words(spec.target)} (#{subscription.id})."
    sentences = (follow, f"{DELIVERY_SENTENCES[spec.deliver]}{_next_digest(due)}", *_narrowed(subscription, before))
    text = " ".join(sentences)
    # A subscription for digests is silent until the channel has one.
    if due is not None and not due:
        hint = f"No digest is posted before one is set: {command} digest weekdays 08:30"
        button = Button("Set a digest", "digest", encode_command(ShowDigests()))
        return confirmation(by, text, undo, hint, (button,))
    return confirmation(by, text, undo, f"What was published so far: {command} changes")


def _narrowed(subscription: Subscription, before: Subscription | None) -> Iterator[str]:
    """What the conditions are, and what they were."""
    now = subscription.spec
    if before is not None and before.spec != now:
        yield f"Instead of: {spec_words(before.spec)}. Now: {spec_words(now)}."
    elif words := condition_words(now.filters):
        yield f"{words[0].upper()}{words[1:]}."
    if before is not None and before.muted_until is not None and before.muted(subscription.created_at):
        yield _posted_again(subscription)


def _posted_again(subscription: Subscription) -> str:
    again = "come with the digest again" if subscription.spec.deliver == "digest" else "are posted here again"
    return f"Changes of {target_words(subscription.spec.target)} (#{subscription.id}) {again}."


def _next_digest(due: Sequence[ScheduleEntry] | None) -> str:
    """The end of the sentence about digests; empty if `due` is None."""
    if due is None:
        return ""
    first = min((each.next_at[0], each.schedule.zone) for each in due if each.next_at) if due else None
    return f"; the next one is due {format_datetime(*first)}." if first else ". None is set here yet."


END_REST = Button("End the rest", "open:rest", encode_command(EndSubscriptions()))


def confirm_unsubscription(
    subscription: Subscription, by: str, undo: Command, rest: Sequence[Subscription] = ()
) -> Message:
    """The user `by` ended a subscription; `rest` is what the channel still follows."""
    target = subscription.spec.target
    text = f"ended this channel's subscription of {target_words(target)} (#{subscription.id})."
    # Who ends `all` may have meant everything.
    button = (END_REST,) if rest and target == Target() else ()
    return confirmation(by, text, undo, buttons=button, lines=(line(_still(rest)),))


def _still(rest: Sequence[Subscription]) -> str:
    return f"This channel still follows {named_subscriptions(rest)}." if rest else "This channel follows nothing else."


def confirm_end(subscriptions: Sequence[Subscription], by: str, command: str, undo: Command | None) -> Message:
    """The user `by` ended all that the channel followed, at least one subscription; `undo` is None where these are too
    many for a button."""
    text = f"ended all that this channel followed: {named_subscriptions(subscriptions)}."
    return confirmation(by, text, undo, f"To follow something again: {command} subscribe")


def confirm_resubscription(
    subscriptions: Sequence[Subscription], by: str, due: Sequence[ScheduleEntry] | None
) -> Message:
    """The user `by` took back the end of several subscriptions. `due`: see `confirm_subscription`."""
    text = f"made this channel follow {named_subscriptions(subscriptions)} again."
    digest = f" {DELIVERY_SENTENCES['digest']}{_next_digest(due)}" if due is not None else ""
    return confirmation(by, f"{text}{digest}", None)


def confirm_mute(subscription: Subscription, by: str, until: datetime, command: str, undo: Command) -> Message:
    """The user `by` muted a subscription; `until` is in UTC."""
    target = target_words(subscription.spec.target)
    text = line(f"muted {target} (#{subscription.id}) until ", moment(until), ".")
    return confirmation(by, text, undo, f"What changes meanwhile is not posted; {command} changes shows it")


def confirm_unmute(subscription: Subscription, by: str, undo: Command | None) -> Message:
    """The user `by` ended the mute of a subscription."""
    return confirmation(by, f"ended the mute. {_posted_again(subscription)}", undo)


def confirm_default_brief(brief: Brief | None, by: str, command: str, undo: Command) -> Message:
    """The user `by` set the channel's default brief, or ended it (None)."""
    if brief is None:
        return confirmation(
            by, "ended this channel's default brief.", undo, f"To choose another: {command} use <brief>"
        )
    return confirmation(by, f"made “{brief.title}” this channel's default brief. It answers where none is named.", undo)
