"""The layout of a status for the readers of a channel."""

from collections.abc import Iterator

from bot.core.commands.button_value import encode_command
from bot.core.commands.command import ShowSubscriptions
from bot.core.delivery.pause_reason import pause_reason
from bot.core.digests.listing import ChannelStatus
from bot.core.subscriptions.subscription import Subscription
from bot.render.document.document import Button, Heading, Item, Layout, Passage, Text, line
from bot.render.document.open_buttons import WHAT_CHANGED
from bot.render.document.phrases import NAMED_MAX, condition_words, count, day, joined, target_words

CONTROLS = (
    WHAT_CHANGED,
    Button("What this channel follows", "open:subscriptions", encode_command(ShowSubscriptions())),
)


def channel_status_layout(here: ChannelStatus) -> Layout:
    """How many briefs there are, what changed last, what the channel follows and what it has still to get."""
    briefs = count(here.briefs, "brief")
    lines = [
        line(f"{briefs} to ask." if briefs else "No briefs are published yet."),
        *map(line, _follows(here)),
        line(_unsent(here)),
    ]
    heading = line(Text("Latest changes", bold=True))
    changes = Item(Passage(tuple(line(f"• {day(on)} · {title}") for on, title in here.latest), heading))
    return Layout(
        (Heading("Status"),), (Item(Passage(tuple(lines))), *([changes] if here.latest else [])), controls=CONTROLS
    )


def _follows(here: ChannelStatus) -> Iterator[str]:
    followed = [_followed(each, here) for each in here.subscriptions]
    more = [f"{len(followed) - NAMED_MAX} more"] if len(followed) > NAMED_MAX else []
    yield f"This channel follows {joined([*followed[:NAMED_MAX], *more]) if followed else 'nothing'}."
    if here.schedules:
        noun = "digest comes" if len(here.schedules) == 1 else "digests come"
        yield f"Its {noun} {joined(list(map(str, here.schedules)))}."


def _followed(subscription: Subscription, here: ChannelStatus) -> str:
    conditions = condition_words(subscription.spec.filters)
    muted = "muted" if subscription.muted(here.now) else ""
    narrowed = ", ".join(filter(None, (conditions, muted)))
    return f"{target_words(subscription.spec.target)}{f' ({narrowed})' if narrowed else ''}"


def _unsent(here: ChannelStatus) -> str:
    waiting = f"{count(here.unsent, 'message')} {'is' if here.unsent == 1 else 'are'} still to be posted here"
    paused = next((each.paused for each in here.subscriptions if each.paused), None)
    if here.stopped:
        return "Nothing is posted at the moment: Slack refuses the bot. Whoever runs it has to install it again."
    if paused:
        return f"Nothing is posted here at the moment: {pause_reason(paused).words}."
    return f"{waiting}." if here.unsent else "Everything has been posted."
