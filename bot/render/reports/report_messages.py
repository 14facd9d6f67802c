"""Messages about reports of mistakes: to maintainers, and to whoever reported one. Nobody is named in them."""

from collections.abc import Iterator
from dataclasses import dataclass

from bot.core.briefs.file_place import FilePlace
from bot.core.commands.button_value import encode_command
from bot.core.commands.command import Show
from bot.core.reports.report import Report, ReportState
from bot.render.document.document import (
    Actions,
    Button,
    Context,
    Document,
    Heading,
    Line,
    Link,
    Passage,
    PassagePart,
    Quotation,
    Span,
    Text,
    line,
)
from bot.render.document.message import Message, message_from
from bot.render.document.phrases import cut

WROTE_MAX = 300
"""Characters of their own words that somebody is reminded of."""

CLOSED: dict[ReportState, str] = {
    "changed": "Answered: the claim has changed since, and the sender is told.",
    "gone": "Answered: readers do not see the claim any more, and the sender is told.",
    "declined": "Closed as no change needed, and the sender is told.",
}

ANSWERS: dict[ReportState, str] = {
    "changed": "You reported a mistake in {place}, and the claim has changed.",
    "gone": "You reported a mistake in {place}. Readers do not see this claim any more.",
    "declined": "You reported a mistake in {place}. The maintainers looked at it, and see no need for a change.",
}


@dataclass(frozen=True, slots=True)
class ClaimNow:
    """A claim as readers see it now. `place`: the titles of its brief and section; `section`: that of the section
    alone, which `show` opens."""

    text: str
    place: str
    section: str
    show: Show


def report_notice(report: Report, place: FilePlace, issue_url: str | None) -> Message:
    """What maintainers read of a report. `issue_url` is the address that makes an issue of it, None where there is
    none."""
    parts: list[PassagePart] = [
        Quotation(line(report.shown)),
        line(Text("What is wrong: ", bold=True), report.wrong),
    ]
    if report.source:
        parts.append(line(Text("A source: ", bold=True), Link(report.source, report.source)))
    parts.append(line(*_links(place, issue_url)))
    head = (Heading("A mistake is reported"), Context(report.place))
    return message_from((*head, Passage(tuple(parts)), *_state(report)))


def _links(place: FilePlace, issue_url: str | None) -> Iterator[Span]:
    words = f"{place.file}, line {place.line}" if place.line else place.file
    yield Link(place.url, f"Edit {words}") if place.url else Text(words)
    if issue_url:
        yield Text(" · ")
        yield Link(issue_url, "Make an issue of it", quiet=True)


def _state(report: Report) -> Document:
    if report.state == "open":
        # Only one of a message: its action needs no number.
        return (Actions((Button("No change needed", "dismiss", str(report.id)),)),)
    lines = [line(Text(CLOSED[report.state], bold=True)), *([line(report.word)] if report.word else [])]
    return (Passage(tuple(lines)),)


def report_answer(report: Report, now: ClaimNow | None) -> Message:
    """What who reported a mistake reads once the report is answered. `now` is None where readers do not see the claim
    any more."""
    state: ReportState = "gone" if report.state == "changed" and now is None else report.state
    parts: list[PassagePart] = [line(Text(ANSWERS[state].format(place=report.place), bold=True))]
    parts += [line("Reported:"), Quotation(line(report.shown))]
    parts.append(line("You wrote: ", Text(cut(report.wrong, WROTE_MAX), italic=True)))
    parts += _outcome(report, now) if state != "gone" else ()
    return message_from((Passage(tuple(parts)), *_open(now if state == "changed" else None)))


def _outcome(report: Report, now: ClaimNow | None) -> list[PassagePart]:
    if report.state == "declined":
        return [line("They write:"), Quotation(line(report.word or "")), *_place(report, now)]
    if now and now.text == report.shown:
        same: Line = line(
            "Its words are as before: its sources, quotes or note have changed, or a change was taken back."
        )
        return [same, *_place(report, now)]
    return [line("It now reads:"), Quotation(line(now.text if now else "")), *_place(report, now)]


def _place(report: Report, now: ClaimNow | None) -> list[PassagePart]:
    return [line(f"It stands in {now.place} now.")] if now and now.place != report.place else []


def _open(now: ClaimNow | None) -> Document:
    if now is None:
        return ()
    return (Actions((Button(f"Open {now.section}", "open:1", encode_command(now.show)),)),)
