"""Layouts of replies from the database: the status for maintainers, and rejected commands."""

from collections.abc import Iterator
from typing import assert_never

from bot.core.commands.button_value import encode_command
from bot.core.commands.outcome import Announced, CommandRejected, EditLink
from bot.core.delivery.status import Status
from bot.render.document.document import (
    Button,
    Heading,
    Item,
    Layout,
    Line,
    Link,
    Mention,
    Passage,
    Span,
    Text,
    line,
)
from bot.render.document.open_questions import question_lines
from bot.render.document.phrases import count, day, moment, shortened
from bot.render.document.picks import are_buttons, picks
from bot.render.trouble import sentence_of

BROKEN_MAX = 5
"""Names of broken files in a status."""


def outcome_layout(reply: Status | Announced | CommandRejected | EditLink, command: str) -> Layout:
    """The layout of a reply. `command` is the slash command's name."""
    match reply:
        case Status():
            return _status(reply)
        case CommandRejected():
            return _rejected(reply, command)
        case Announced():
            return Layout((), (Item(Passage((line("Done."),))),))
        case EditLink():
            return Layout((), (Item(Passage((_edit_link(reply),))),))
        case _:
            assert_never(reply)


def _edit_link(reply: EditLink) -> Line:
    place = reply.place
    where = f"{place.file}, line {place.line}" if place.line else place.file
    return line("Edit ", Text(reply.title, bold=True), ": ", Link(place.url or "", where))


def _rejected(reply: CommandRejected, command: str) -> Layout:
    why = line(f"{reply.reason[:1].upper()}{reply.reason[1:]}.")
    if reply.typed:
        quoted = Text(f"{command} {shortened(reply.typed)}", code=True)
        why = line("You typed ", quoted, f": {reply.reason}.")
    offered, typed = [(str(each), each) for each in reply.options], [f"{command} {each}" for each in reply.options]
    head = Item(Passage((why, advice_line(reply))))
    if reply.ask is not None:
        return Layout((), (head,), controls=(Button("Ask an admin", "ask", encode_command(reply.ask)),))
    if are_buttons(offered):
        return Layout((), (head,), controls=picks(offered), typed=tuple(typed))
    lines = tuple(Item(Passage((line(Text(each, code=True)),))) for each in typed)
    return Layout((), (head, *lines), controls=picks(offered), compact=True)


def advice_line(reply: CommandRejected) -> Line:
    """What to do next. Text between backticks becomes code; `people` are mentioned at the end."""
    # Split at backticks, every second part stood between two of them.
    spans = [Text(part, code=bool(n % 2)) for n, part in enumerate(reply.advice.split("`"))]
    people: list[Span] = [span for user in reply.people for span in (Text(" "), Mention("user", user))]
    return line(*spans, *people)


def _status(reply: Status) -> Layout:
    sentences = (_publication(reply), _subscription_counts(reply), *_deliveries(reply))
    lines = [*map(line, sentences), *_skipped_digests(reply), *map(line, _kept(reply))]
    lines[:0] = [line(Text(sentence_of(trouble), bold=True)) for trouble in reply.troubles]
    if reply.stopped:
        reason = Text(f"Nothing is posted: Slack refuses everything of this workspace ({reply.stopped}).", bold=True)
        lines.insert(0, line(reason, " Install the app again, then start the bot anew."))
    return Layout((Heading("Status"),), (Item(Passage(tuple(lines))), *_questions(reply)))


def _kept(reply: Status) -> Iterator[str]:
    """What belongs to others, and does nothing."""
    if reply.kept:
        what = ", ".join(count(number, name) for number, name in reply.kept)
        yield f"Kept from earlier, and doing nothing, as this bot has no token for their workspaces: {what}."


def _questions(reply: Status) -> Iterator[Item]:
    if reply.questions:
        heading = line(Text("Questions that found nothing, or little, in the last 30 days", bold=True))
        yield Item(Passage((heading, *question_lines(reply.questions, reply.additions))))


def _skipped_digests(reply: Status) -> Iterator[Line]:
    """The number of digests that were not sent in time, and the newest of them."""
    if not reply.skipped:
        return
    skipped = f"{_were(reply.skipped, 'digest')} skipped, as the bot was away for too long"
    yield line(f"{skipped}; what changed comes with the next one.")
    for each in reply.newest_skipped:
        yield line("• ", Mention("channel", each.channel), ", due ", moment(each.fire_at))


def _publication(reply: Status) -> str:
    if reply.published_at is None:
        publication = "Nothing is published yet"
    else:
        briefs = count(reply.briefs, "brief") or "no briefs"
        publication = f"Publication {reply.number} of {day(reply.published_at.date())}: {briefs}"
    if reply.held_back:
        reason = "most or all briefs are gone from the files. Put them back; if it is meant: briefbot publish --force"
        return f"{publication}. Nothing newer is published, as {reason}"
    if not reply.broken:
        return f"{publication}."
    names = ", ".join(reply.broken[:BROKEN_MAX]) + ("…" if len(reply.broken) > BROKEN_MAX else "")
    what = "it says" if len(reply.broken) == 1 else "they say"
    return f"{publication}. {_are(len(reply.broken), 'file')} broken ({names}): readers do not see what {what} now."


def _subscription_counts(reply: Status) -> str:
    if not reply.following:
        return "No channel of this workspace follows anything."
    paused = f"; {_are(reply.paused_channels, 'channel')} paused" if reply.paused_channels else ""
    digests = f" and {count(reply.digests, 'digest')}" if reply.digests else ""
    return f"{count(reply.following, 'subscription')}{digests} in this workspace{paused}."


def _deliveries(reply: Status) -> Iterator[str]:
    """Corrections, messages to post, and failures; of each only what there is."""
    if corrections := [text for number, text in _corrections(reply) if number]:
        yield f"Corrections of earlier posts: {'; '.join(corrections)}."
    pending, failures = _pending(reply), _failures(reply)
    yield from (text for number, text in pending if number)
    if not (reply.edits_open or any(number for number, _ in pending)):
        yield "Nothing is waiting to be posted."
    yield from (text for number, text in failures if number)
    if reply.reports_open:
        one = reply.reports_open == 1
        yield f"{count(reply.reports_open, 'report')} of {'a mistake is' if one else 'mistakes are'} not answered yet."


def _corrections(reply: Status) -> list[tuple[int, str]]:
    """(count, words); words of a count of 0 are not shown."""
    return [
        (reply.edits_open, f"{reply.edits_open} to be made"),
        (reply.edits_done, f"{reply.edits_done} made in the last 24 hours"),
        (reply.edits_failed, f"{reply.edits_failed} refused by Slack, told in the thread alone"),
    ]


def _pending(reply: Status) -> list[tuple[int, str]]:
    """(count, sentence) of messages to post; sentences of a count of 0 are not shown."""
    unknown, held = count(reply.unknown, "message"), count(reply.held, "message")
    return [
        (reply.waiting, f"{_are(reply.waiting, 'message')} waiting to be posted."),
        (reply.unknown, f"{unknown} may have arrived; the bot looks before it posts again."),
        (reply.held, f"{held} may have arrived and will not be posted again (BRIEFBOT_UNCONFIRMED_POSTS=hold)."),
        (reply.paused, f"{_are(reply.paused, 'message')} waiting for a paused channel."),
    ]


def _failures(reply: Status) -> list[tuple[int, str]]:
    """(count, sentence) of failures; sentences of a count of 0 are not shown."""
    resent, uneditable = _were(reply.resent, "message"), count(reply.uneditable, "earlier post")
    return [
        (reply.dead, f"{_were(reply.dead, 'message')} given up; the log says why."),
        (reply.resent, f"{resent} posted again without knowing whether the first had arrived."),
        (reply.uneditable, f"{uneditable} cannot be edited any more; corrections go into the thread."),
        (reply.notes_failed, f"{count(reply.notes_failed, 'correction')} could not be told in the thread."),
    ]


def _are(number: int, noun: str) -> str:
    return f"{count(number, noun)} {'is' if number == 1 else 'are'}"


def _were(number: int, noun: str) -> str:
    return f"{count(number, noun)} {'was' if number == 1 else 'were'}"
