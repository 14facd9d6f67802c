"""Buttons that open sections, or what changed."""

from collections.abc import Sequence

from bot.core.commands.button_value import encode_command
from bot.core.commands.command import Command, ShowChanges
from bot.render.document.document import Button

OPEN_MAX = 3
"""Buttons in a message that open a section."""


WHAT_CHANGED = Button("What changed", "open:changes", encode_command(ShowChanges()))


def open_buttons(sections: Sequence[tuple[str, Command]]) -> tuple[Button, ...]:
    """A button for each of the first `OPEN_MAX` (label, command)."""
    numbered = enumerate(sections[:OPEN_MAX], 1)
    return tuple(
        Button(f"Open {label}", f"open:section-{n}", encode_command(command)) for n, (label, command) in numbered
    )
