"""Messages that no reader asked for: confirmations, live threads, and what is said of channels that went away."""

from collections.abc import Sequence
from datetime import date, datetime

from bot.core.briefs.brief import Brief
from bot.core.digests.listing import Due
from bot.core.subscriptions.subscription import Deliver, Subscription
from bot.render.corrections import opening
from bot.render.document import Actions, Button, Context, Heading, Line, Mention, Passage, Text, line
from bot.render.message import Message, of
from bot.render.words import PAUSED_WORDS, day, kind_word, moment, sentence, target_words

OPEN_MAX = 3

NAMED_MAX = 3
"""Subscriptions that are named where there are many."""


def because(found: Sequence[Subscription], command: str) -> str:
    """Which subscriptions caused a post, and how to end it."""
    end = f"#{found[0].id} ends it" if len(found) == 1 else "#n ends one"
    return f"Posted because this channel follows {_named(found)} · {command} unsubscribe {end}"


def _named(found: Sequence[Subscription]) -> str:
    names = [f"{each.wish.target} (#{each.id})" for each in found[:NAMED_MAX]]
    more = [f"{len(found) - NAMED_MAX} more"] if len(found) > NAMED_MAX else []
    *first, last = [*names, *more]
    return f"{', '.join(first)} and {last}" if first else last


def digest_because(found: Sequence[Subscription], due: Sequence[Due], command: str) -> str:
    """Why a channel gets a digest, and how to end it."""
    about = f"this channel follows {_named(found)}" if found else "this is the maintainers' channel"
    times = ", ".join(f"{each.schedule} (digest #{each.number})" for each in due)
    return f"Posted because {about}" + (f" · {times} · {command} digest off ends it" if times else "")


# Confirmations, for all in the channel

WAYS: dict[Deliver, str] = {
    "channel": "Changes are posted here.",
    "thread": "Each brief gets one thread here that is kept up to date; corrections also show in the channel.",
    "digest": "Changes come with this channel's digest",
}


def followed(found: Subscription, by: str, command: str, undo: str, due: Sequence[Due] | None = None) -> Message:
    """Somebody made this channel follow something; `due` says when its digests are, where it is for one."""
    wish = found.wish
    only = f" Only with {', '.join(map(str, wish.filters))}." if wish.filters else ""
    words = (
        f"made this channel follow {target_words(wish.target)} (#{found.id}). {WAYS[wish.deliver]}{_when(due)}{only}"
    )
    unset = due is not None and not due
    more = (Button("Set a digest", "digest", "digest"),) if unset else ()
    small = f"No digest is posted before one is set: {command} digest weekdays 08:30" if unset else ""
    return told(by, words, undo, small or f"What was published so far: {command} changes", more)


def _when(due: Sequence[Due] | None) -> str:
    """The end of the sentence about digests."""
    if due is None:
        return ""
    first = min((each.next_at[0], each.schedule.zone) for each in due if each.next_at) if due else None
    return f"; the next one is due {moment(*first)}." if first else ". None is set here yet."


def unfollowed(found: Subscription, by: str, undo: str) -> Message:
    """Somebody ended a subscription."""
    return told(by, f"ended this channel's subscription of {target_words(found.wish.target)} (#{found.id}).", undo)


def muted(found: Subscription, by: str, until: datetime, command: str, undo: str) -> Message:
    """Somebody muted a subscription."""
    words = f"muted {target_words(found.wish.target)} (#{found.id}) until {day(until.date())}, {until:%H:%M} UTC."
    return told(by, words, undo, f"What changes meanwhile is not posted; {command} changes shows it")


def used(brief: Brief | None, by: str, command: str, undo: str) -> Message:
    """Somebody chose this channel's default brief."""
    if brief is None:
        return told(by, "ended this channel's default brief.", undo, f"To choose another: {command} use <brief>")
    return told(by, f"made “{brief.title}” this channel's default brief. It answers where none is named.", undo)


def told(
    by: str, words: str, undo: str | None, small: str = "", more: tuple[Button, ...] = (), lines: Sequence[Line] = ()
) -> Message:
    """`by` is a user id; the button gives the command that takes it back."""
    back = (Button("Undo", "undo", undo),) if undo else ()
    buttons = (Actions((*more, *back)),) if more or back else ()
    said = Passage((line(Mention("user", by), f" {words}"), *lines))
    return of((said, *buttons, *((Context(small),) if small else ())))


# Live threads


def live_parent(brief: Brief, sections: Sequence[tuple[str, str]], *, gone: bool, on: date) -> Message:
    """The one message under which a channel gets a brief's changes. `sections` are (label, command) of what can be
    opened, `on` is the day of the publication."""
    latest = next((note for note in brief.changes if note.kind != "editorial"), None)
    version = f"As of {day(brief.as_of)} · {brief.slug}@{brief.revision}"
    state = Context(f"{version} · last changed {day(on)} · changes in the thread")
    if gone:
        return of(
            (Heading(brief.title), Passage((line(Text("This brief is no longer published.", bold=True)),)), state)
        )
    withdrawn = brief.status == "withdrawn"
    lines = [line(Text("This brief was withdrawn.", bold=True)) if withdrawn else line(brief.summary)]
    if latest is not None:
        lines.append(line(f"{day(latest.date)} · {kind_word(latest.kind)}: {sentence(latest.note)}"))
    shown = () if withdrawn else opening(sections[:OPEN_MAX])
    return of((Heading(brief.title), Passage(tuple(lines)), state, *shown))


# Channels that went away


def paused(channel: str, why: str, found: Sequence[Subscription], command: str) -> Message:
    """Tells who made subscriptions that they are paused, and how they go on."""
    reason = PAUSED_WORDS.get(why, f"Slack says {why}")
    place = Mention("channel", channel)
    lines: list[Line] = [line("Posts to ", place, f" are paused: {reason}.")]
    if found:
        lines += [line(f"It follows {_named(found)}."), line(*_on(why, found[0], command))]
    return of((Passage(tuple(lines)),))


def _on(why: str, found: Subscription, command: str) -> Line:
    """How it goes on, and with what."""
    again = Text(f"{command} subscribe {found.wish}", code=True)
    match why:
        case "archived" | "is_archived" | "is_inactive":
            return line("Unarchive it, and what changed meanwhile is posted. Nothing is lost.")
        case "removed" | "not_in_channel" | "channel_not_found":
            invite = Text("/invite @briefbot", code=True)
            return line("Type ", invite, " there, and what changed meanwhile is posted. Nothing is lost.")
        case "renamed":
            return line(
                "If it still suits the channel, type ",
                again,
                " there, and what changed meanwhile is posted. Nothing is lost.",
            )
        case "deleted":
            return line("To follow the same in another channel, type ", again, " there.")
        case _:
            return line("When the bot may post there again, type ", again, " there. Nothing is lost.")
