"""When the digests of a channel are due, as a reply."""

from collections.abc import Iterable, Sequence

from bot.core.digests.listing import DigestSchedules, ScheduleEntry
from bot.core.subscriptions.subscription import Subscription
from bot.render.document.document import Button, Context, Heading, Item, Layout, Line, Passage, Text, line
from bot.render.document.phrases import format_recurrence, target_words

FOLLOW = Button("Follow all briefs in the digest", "open:feed", "subscribe all deliver:digest")
PREVIEW = Button("Preview", "open:preview", "digest preview")
SET = Button("Set a digest", "digest", "digest", primary=True)


def digests_layout(found: DigestSchedules, command: str) -> Layout:
    """When the digests of a channel are due."""
    items = [Item(Passage(tuple(_lines(each)))) for each in found.schedules]
    if not items:
        example = Text(f"{command} digest weekdays 08:30 Europe/Berlin", code=True)
        items = [Item(Passage((line("This channel has no digest. Set one here, or type e.g. ", example, "."),)))]
    items.append(Item(Passage((feeds(found.subscriptions, command),))))
    how = (Context(f"To end one: {command} digest off #n"),) if found.schedules else ()
    further = (PREVIEW,) if found.subscriptions else (FOLLOW,)
    return Layout((Heading("Digests of this channel"),), tuple(items), footer=how, controls=(SET, *further))


def _lines(due: ScheduleEntry) -> Iterable[Line]:
    yield line(Text(f"#{due.number} {due.schedule}", code=True))
    if due.next_at:
        yield line("Next: ", "; ".join(format_recurrence(at, due.schedule.zone) for at in due.next_at))


def feeds(feeding: Sequence[Subscription], command: str) -> Line:
    """What a digest is made of."""
    if not feeding:
        typed = Text(f"{command} subscribe all deliver:digest", code=True)
        return line(Text("Nothing feeds it yet.", bold=True), " Say what it should be about, e.g. ", typed, ".")
    about = ", ".join(f"{target_words(each.spec.target)} (#{each.id})" for each in feeding)
    return line(f"It tells what changed in {about}.")
