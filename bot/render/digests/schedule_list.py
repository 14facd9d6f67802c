"""The reply that lists a channel's digests."""

from collections.abc import Iterable, Sequence

from bot.core.commands.button_value import encode_command
from bot.core.commands.command import Subscribe
from bot.core.commands.digest_commands import PreviewDigest, ShowDigests
from bot.core.digests.listing import DigestSchedules, ScheduleEntry
from bot.core.subscriptions.subscription import Subscription, SubscriptionSpec, Target
from bot.render.document.document import Button, Context, Heading, Item, Layout, Line, Passage, Text, line
from bot.render.document.phrases import format_recurrence, target_words

FOLLOW_ALL = Subscribe(SubscriptionSpec(Target(), deliver="digest"))
FOLLOW = Button("Follow all briefs in the digest", "open:feed", encode_command(FOLLOW_ALL))
PREVIEW = Button("Preview", "open:preview", encode_command(PreviewDigest()))
SET = Button("Set a digest", "digest", encode_command(ShowDigests()), primary=True)


def digests_layout(digests: DigestSchedules, command: str) -> Layout:
    """The digests of a channel with their next fire times, and what they are about."""
    items = [Item(Passage(tuple(_lines(each)))) for each in digests.schedules]
    if not items:
        example = Text(f"{command} digest weekdays 08:30 Europe/Berlin", code=True)
        items = [Item(Passage((line("This channel has no digest. Set one here, or type e.g. ", example, "."),)))]
    items.append(Item(Passage((feeds_line(digests.subscriptions, command),))))
    footer = (Context(f"To end one: {command} digest off"),) if digests.schedules else ()
    # Without subscriptions a preview would be empty.
    button = PREVIEW if digests.subscriptions else FOLLOW
    return Layout((Heading("Digests of this channel"),), tuple(items), footer=footer, controls=(SET, button))


def _lines(entry: ScheduleEntry) -> Iterable[Line]:
    yield line(Text(f"digest {entry.number}", bold=True), " · ", Text(str(entry.schedule), code=True))
    if entry.next_at:
        yield line("Next: ", "; ".join(format_recurrence(at, entry.schedule.zone) for at in entry.next_at))


def feeds_line(subscriptions: Sequence[Subscription], command: str) -> Line:
    """What a channel's digests are about: the subscriptions that feed them, in the order given, or how to add the
    first."""
    if not subscriptions:
        example = Text(f"{command} {FOLLOW_ALL}", code=True)
        return line(
            Text("It has nothing to report yet.", bold=True), " Say what it should be about, e.g. ", example, "."
        )
    about = ", ".join(f"{target_words(each.spec.target)} (#{each.id})" for each in subscriptions)
    return line(f"It covers {about}.")
