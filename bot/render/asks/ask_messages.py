"""Messages about asks: to admins, to who asked, and below the announcement of what was allowed."""

from collections.abc import Sequence
from datetime import datetime

from bot.core.asks.ask import LAPSES_AFTER, Ask, AskState
from bot.core.commands.command import Command
from bot.core.commands.outcome import CommandRejected
from bot.core.commands.undo_commands import RestoreDefaultBrief, RestoreSubscription, Resubscribe
from bot.render.document.document import Actions, Button, Context, Document, Line, Mention, Passage, Span, Text, line
from bot.render.document.message import Message, message_from, with_message_below
from bot.render.document.phrases import day
from bot.render.outcome_layout import advice_line

NAMED_MAX = 5
"""Admins that who asks reads the names of."""

DECIDED: dict[AskState, str] = {"allowed": "Allowed by ", "declined": "Declined by "}


def ask_notice(ask: Ask, command: Command | None, name: str) -> Message:
    """What an admin reads of an ask, as it is now. `name` is the slash command's."""
    asks: Line = line(Mention("user", ask.asker), " asks you to do this in ", place(ask.channel), ":")
    return message_from((Passage((asks, line(words(command, name)))), *_state(ask)))


def _state(ask: Ask) -> Document:
    if ask.state != "open":
        return (Passage((decision(ask),)),)
    number, until = str(ask.id), day((ask.asked_at + LAPSES_AFTER).date())
    buttons = (Button("Allow", "allow", number, primary=True), Button("Decline", "decline", number))
    return (Actions(buttons), Context(f"The first admin who answers decides. On {until} the question lapses."))


def decision(ask: Ask) -> Line:
    """Who has decided what."""
    if ask.decided_by is None:  # also where this was not noted yet
        return line(Text(f"Nobody has answered within {LAPSES_AFTER.days} days: the question has lapsed.", bold=True))
    return line(Text(DECIDED[ask.state], bold=True), Mention("user", ask.decided_by), ".")


def ask_is_kept(command: Command, admins: Sequence[str], name: str, until: datetime) -> Message:
    """What who asked reads at once; `until` is when it lapses."""
    people: list[Span] = [span for admin in admins[:NAMED_MAX] for span in (Text(" "), Mention("user", admin))]
    more = f" and {len(admins) - NAMED_MAX} more" if len(admins) > NAMED_MAX else ""
    lines = (
        line("You asked for this: ", words(command, name)),
        line("The bot writes to", *people, f"{more}, and to you when one of them has decided."),
        line(f"Until {day(until.date())} they can do so."),
    )
    return message_from((Passage(lines),), "ephemeral")


def ask_decided(ask: Ask) -> Message:
    """What an admin reads who presses a button, once it is decided."""
    lines = [decision(ask)]
    if ask.state == "allowed":
        lines.append(line("It is done in ", place(ask.channel), "."))
    return message_from((Passage(tuple(lines)),), "ephemeral")


def ask_failed(ask: Ask, rejection: CommandRejected) -> Message:
    """What an admin reads where what they allowed was not done, or was not told."""
    said = line("In ", place(ask.channel), f": {rejection.reason}.")
    end = line("The question stays open: you can allow it again later, or decline it.")
    return message_from(
        (Passage((said, advice_line(rejection), *((end,) if ask.state == "open" else ()))),), "ephemeral"
    )


def ask_answer(ask: Ask, command: Command | None, name: str) -> Message:
    """What who asked reads once it is decided."""
    what = words(command, name)
    if ask.decided_by is None:
        said = line(f"No admin has answered within {LAPSES_AFTER.days} days what you asked for in ", place(ask.channel))
        return message_from((Passage((line(*said, ":"), line(what), line("Ask again there, or ask one of them."))),))
    done = "allowed what you asked for in " if ask.state == "allowed" else "declined what you asked for in "
    end = "It is done." if ask.state == "allowed" else "Nothing was changed."
    said = line(Mention("user", ask.decided_by), f" {done}", place(ask.channel), ":")
    return message_from((Passage((said, line(what), line(end))),))


def with_ask(message: Message, asker: str, admin: str) -> Message:
    """The announcement of a change, with who asked for it and who allowed that."""
    who = line("Asked for by ", Mention("user", asker), ", allowed by ", Mention("user", admin), ".")
    return with_message_below(message, message_from((Passage((who,)),)))


def place(channel: str) -> Span:
    """A conversation; direct ones have no name that others see."""
    return Text("their direct messages with the bot") if channel.startswith("D") else Mention("channel", channel)


def words(command: Command | None, name: str) -> Text:
    """What would be typed; in words where it cannot be typed. None is a command of another version."""
    match command:
        case None:
            return Text("something that this version of the bot does not know")
        case RestoreSubscription(number):
            return Text(f"take back the last change of subscription #{number}")
        case Resubscribe(specs):
            return Text(f"follow again: {', '.join(map(str, specs))}")
        case RestoreDefaultBrief():
            return Text("take back the choice of the default brief")
        case _:
            return Text(f"{name} {command}", code=True)
