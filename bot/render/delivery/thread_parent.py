"""The parent message of a brief's live thread."""

from collections.abc import Sequence
from datetime import date

from bot.core.briefs.brief import Brief
from bot.core.commands.command import Command
from bot.render.document.document import Actions, Context, Heading, Passage, Text, line
from bot.render.document.message import Message, message_from
from bot.render.document.open_buttons import open_buttons
from bot.render.document.phrases import day, kind_word, sentence


def live_parent(brief: Brief, sections: Sequence[tuple[str, Command]], *, gone: bool, on: date) -> Message:
    """The message whose thread gets the brief's changes. `sections` are the (label, command) of sections to open,
    `gone`: whether the brief is no longer published, `on`: the day of the last publication."""
    version = f"As of {day(brief.as_of)} · {brief.slug}@{brief.revision}"
    state = Context(f"{version} · last changed {day(on)} · changes in the thread")
    if gone:
        notice = line(Text("This brief is no longer published.", bold=True))
        return message_from((Heading(brief.title), Passage((notice,)), state))
    withdrawn = brief.status == "withdrawn"
    lines = [line(Text("This brief was withdrawn.", bold=True)) if withdrawn else line(brief.summary)]
    latest = next((note for note in brief.changes if note.kind != "editorial"), None)
    if latest is not None:
        lines.append(line(f"{day(latest.date)} · {kind_word(latest.kind)}: {sentence(latest.note)}"))
    buttons = () if withdrawn else open_buttons(sections)
    actions = (Actions(buttons),) if buttons else ()
    return message_from((Heading(brief.title), Passage(tuple(lines)), state, *actions))
