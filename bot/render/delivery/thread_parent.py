"""The parent message of a brief's live thread."""

from collections.abc import Sequence
from datetime import date

from bot.core.briefs.brief import Brief
from bot.render.document.document import Context, Heading, Passage, Text, line
from bot.render.document.message import Message, message_from
from bot.render.document.open_buttons import open_buttons
from bot.render.document.phrases import day, kind_word, sentence

OPEN_MAX = 3


def live_parent(brief: Brief, sections: Sequence[tuple[str, str]], *, gone: bool, on: date) -> Message:
    """The one message under which a channel gets a brief's changes. `sections` are (label, command) of what can be
    opened, `on` is the day of the publication."""
    latest = next((note for note in brief.changes if note.kind != "editorial"), None)
    version = f"As of {day(brief.as_of)} · {brief.slug}@{brief.revision}"
    state = Context(f"{version} · last changed {day(on)} · changes in the thread")
    if gone:
        return message_from(
            (Heading(brief.title), Passage((line(Text("This brief is no longer published.", bold=True)),)), state)
        )
    withdrawn = brief.status == "withdrawn"
    lines = [line(Text("This brief was withdrawn.", bold=True)) if withdrawn else line(brief.summary)]
    if latest is not None:
        lines.append(line(f"{day(latest.date)} · {kind_word(latest.kind)}: {sentence(latest.note)}"))
    shown = () if withdrawn else open_buttons(sections[:OPEN_MAX])
    return message_from((Heading(brief.title), Passage(tuple(lines)), state, *shown))
