"""Confirmations to a channel when somebody sets or ends a digest."""

from collections.abc import Sequence

from bot.core.commands.digest_commands import EndDigests, SetDigest
from bot.core.commands.schedule_arguments import ScheduleSpec
from bot.core.digests.listing import ScheduleEntry
from bot.core.digests.schedule import Schedule
from bot.core.subscriptions.subscription import Subscription
from bot.render.channel_confirmation import confirmation
from bot.render.digests.schedule_list import FOLLOW, PREVIEW, feeds_line
from bot.render.document.document import line
from bot.render.document.message import Message
from bot.render.document.phrases import format_recurrence


def confirm_digest(
    entry: ScheduleEntry,
    others: Sequence[ScheduleEntry],
    feeds: Sequence[Subscription],
    by: str,
    command: str,
    before: Schedule | None = None,
) -> Message:
    """The user `by` set a digest, or changed it from the times `before`: its next fire times, the channel's other
    digests, and the subscriptions that feed them."""
    what = f"set a digest for this channel: {entry.schedule} (digest {entry.number})."
    if before:
        what = f"changed this channel's digest {entry.number}: {entry.schedule}, no longer {before}."
    text = f"{what} The next ones are due:"
    lines = [line(f"• {format_recurrence(at, entry.schedule.zone)}") for at in entry.next_at]
    if others:
        lines.append(line(f"It also has {_entry_list(others)}."))
    lines.append(feeds_line(feeds, command))
    button = PREVIEW if feeds else FOLLOW
    hint = f"It is only posted when something has changed · {command} digest off {entry.number} ends it"
    undo = SetDigest(_spec(before), entry.number) if before else EndDigests(entry.number)
    return confirmation(by, text, undo, hint, (button,), lines)


def confirm_digest_end(
    schedules: Sequence[Schedule], others: Sequence[ScheduleEntry], by: str, command: str
) -> Message:
    """The user `by` ended digests; `others` are those that the channel still has. Only one digest can be undone."""
    noun = "digest" if len(schedules) == 1 else "digests"
    text = f"ended this channel's {noun}: {', '.join(map(str, schedules))}."
    lines = [line(f"There is still {_entry_list(others)}.")] if others else []
    # A command sets one digest, so several cannot be set again by one button.
    undo = SetDigest(_spec(schedules[0]), "add") if len(schedules) == 1 else None
    hint = "" if others else f"No digest comes until one is set again: {command} digest"
    return confirmation(by, text, undo, hint, lines=lines)


def _spec(schedule: Schedule) -> ScheduleSpec:
    return ScheduleSpec(schedule.days, schedule.at, schedule.zone)


def _entry_list(entries: Sequence[ScheduleEntry]) -> str:
    return ", ".join(f"{each.schedule} (digest {each.number})" for each in entries)
