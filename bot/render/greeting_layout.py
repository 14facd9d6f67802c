"""The layout of the answer to a courtesy, and of the welcome."""

from collections.abc import Mapping

from bot.core.answers.answer import Greeting
from bot.core.commands.button_value import encode_command
from bot.core.commands.command import Courtesy
from bot.render.document.document import Button, Item, Layout, Passage, line

OPENINGS: Mapping[Courtesy, str] = {
    "hello": "Hello! I answer from reviewed briefs, with their sources. For example:",
    "thanks": "You are welcome. More to ask:",
    "ok": "All right. More to ask:",
    "welcome": (
        "This is briefbot. Ask for a section of a reviewed brief, or in your own words: every claim comes with its "
        "sources. For example:"
    ),
}


def greeting_layout(reply: Greeting, command: str) -> Layout:
    """A sentence, and a button for each example. `command` is what to type where there are no buttons."""
    typed = tuple(f"{command} {each.command} — {each.text}" for each in reply.examples)
    items = (Item(Passage((line(OPENINGS[reply.courtesy]),))),)
    # Beside an answer there may be other buttons: `open:1` would not be the only one.
    buttons = tuple(
        Button(each.text, f"open:example-{n}", encode_command(each.command)) for n, each in enumerate(reply.examples, 1)
    )
    return Layout((), items, controls=buttons, typed=typed)
