"""The reply that lists what a channel follows and its digests, or what all channels follow."""

from bot.core.commands.button_value import encode_command
from bot.core.commands.command import MUTE_DEFAULT, Mute, ShowSubscriptions, Subscribe, Unsubscribe
from bot.core.commands.digest_commands import EndDigests, ShowDigests
from bot.core.commands.subscription_commands import ShowSubscription, Unmute
from bot.core.delivery.pause_reason import pause_reason
from bot.core.digests.listing import ScheduleEntry, SubscriptionList
from bot.core.subscriptions.subscription import Subscription, SubscriptionSpec, Target
from bot.render.document.document import (
    Button,
    Context,
    Heading,
    Item,
    Layout,
    Line,
    Mention,
    Passage,
    Span,
    Text,
    line,
)
from bot.render.document.phrases import condition_words, day, digest_name, format_recurrence, moment

FOLLOW_ALL = Button("Follow all briefs", "open:follow-all", encode_command(Subscribe(SubscriptionSpec(Target()))))


def subscriptions_layout(reply: SubscriptionList, command: str) -> Layout:
    """What a channel gets, each with the buttons that change it; of other channels only what they follow."""
    subject = "the channels of this workspace follow" if reply.everywhere else "this channel follows"
    default = (Context(f"Default brief here: {reply.default}"),) if reply.default else ()
    head = (Heading(f"What {subject}"), *default)
    items = (
        *(_subscription(each, reply, command) for each in reply.subscriptions),
        *(_digest(each, command) for each in reply.schedules),
    )
    if not reply.subscriptions:
        advice = line("Nothing yet. Try ", Text(f"{command} subscribe all", code=True), ".")
        controls = () if reply.everywhere else (FOLLOW_ALL,)
        return Layout(head, (Item(Passage((advice,))), *items), controls=controls)
    purpose = "In the channel itself" if reply.everywhere else "To end or mute one"
    hint = Context(f"{purpose}: {command} unsubscribe #n · {command} mute #n for:7d · {command} unmute #n")
    query = ShowSubscriptions(reply.everywhere)
    return Layout(head, items, footer=(hint,), command=query, compact=reply.everywhere)


def _subscription(subscription: Subscription, reply: SubscriptionList, command: str) -> Item:
    passage = Passage((_line(subscription, reply),))
    if reply.everywhere:
        return Item(passage)
    number = subscription.id
    muted = subscription.muted(reply.now)
    mute = Unmute(number) if muted else Mute(number, MUTE_DEFAULT)
    buttons = (
        Button("Unmute" if muted else "Mute", f"open:mute-{number}", encode_command(mute)),
        Button("Change", f"open:change-{number}", encode_command(ShowSubscription(number))),
        Button("End", f"open:end-{number}", encode_command(Unsubscribe(number))),
    )
    return Item(passage, controls=buttons)


def _line(subscription: Subscription, reply: SubscriptionList) -> Line:
    channel = (" in ", Mention("channel", subscription.channel)) if reply.everywhere else ()
    since = f" · since {day(subscription.created_at.date())}"
    state: list[Span] = []
    if subscription.paused:
        state.append(Text(f" · paused: {pause_reason(subscription.paused).words}", bold=True))
    if subscription.muted_until and subscription.muted(reply.now):
        state += [Text(" · muted until ", bold=True), moment(subscription.muted_until)]
    name = Text(f"#{subscription.id} {subscription.spec}", code=True)
    return line(name, _both_tags(subscription.spec), *channel, since, *state)


def _both_tags(spec: SubscriptionSpec) -> str:
    """Typed anew, a tag beside a tag would be an alternative; stored by an earlier version it is a condition."""
    tags = [each for each in spec.filters if each.field == "tag" and not each.exclude]
    return f" · of these {condition_words(tags)}" if spec.target.tags and tags else ""


def _digest(entry: ScheduleEntry, command: str) -> Item:
    """A digest, named so that its number is not taken for that of a subscription."""
    name = Text(f"{digest_name(entry.number)} {entry.schedule}", code=True)
    due = f" · next {format_recurrence(entry.next_at[0], entry.schedule.zone)}" if entry.next_at else ""
    buttons = (
        Button("Change", f"digest:{entry.number}", encode_command(ShowDigests())),
        Button("End", f"open:off-{entry.number}", encode_command(EndDigests(entry.number))),
    )
    return Item(Passage((line(name, due),)), controls=buttons)
