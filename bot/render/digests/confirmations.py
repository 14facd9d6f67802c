"""The words in which digests are set and ended, for all in the channel."""

from collections.abc import Iterable, Sequence

from bot.core.digests.listing import ScheduleEntry
from bot.core.digests.schedule import Schedule
from bot.core.subscriptions.subscription import Subscription
from bot.render.channel_confirmation import confirmation
from bot.render.digests.schedule_list import FOLLOW, PREVIEW, feeds
from bot.render.document.document import line
from bot.render.document.message import Message
from bot.render.document.phrases import format_recurrence


def digest_set(
    made: ScheduleEntry, others: Sequence[ScheduleEntry], feeding: Sequence[Subscription], by: str, command: str
) -> Message:
    """Somebody set a digest: the next fire times, what it is made of, and what else there is here."""
    words = f"set a digest for this channel: {made.schedule} (#{made.number}). The next ones are due:"
    lines = [line(f"• {format_recurrence(at, made.schedule.zone)}") for at in made.next_at]
    if others:
        lines.append(line(f"It also has {', '.join(map(_named, others))}."))
    lines.append(feeds(feeding, command))
    more = (PREVIEW,) if feeding else (FOLLOW,)
    small = f"It is only posted when something has changed · {command} digest off #{made.number} ends it"
    return confirmation(by, words, f"digest off #{made.number}", small, more, lines)


def _named(due: ScheduleEntry) -> str:
    return f"{due.schedule} (#{due.number})"


def digest_ended(ended: Iterable[Schedule], left: Sequence[ScheduleEntry], by: str, command: str) -> Message:
    """Somebody ended digests of a channel."""
    gone = list(ended)
    what = "digest" if len(gone) == 1 else "digests"
    words = f"ended this channel's {what}: {', '.join(map(str, gone))}."
    lines = [line(f"There is still {', '.join(map(_named, left))}.")] if left else []
    undo = f"digest {gone[0]}" if len(gone) == 1 else None
    small = "" if left else f"What changes is kept for the next digest that is set here: {command} digest"
    return confirmation(by, words, undo, small, lines=lines)
