"""Buttons that open sections."""

from collections.abc import Sequence

from bot.render.document.document import Button

OPEN_MAX = 3
"""Buttons in a message that open a section."""


def open_buttons(sections: Sequence[tuple[str, str]]) -> tuple[Button, ...]:
    """A button for each of the first `OPEN_MAX` (label, command)."""
    numbered = enumerate(sections[:OPEN_MAX], 1)
    return tuple(Button(f"Open {label}", f"open:section-{n}", command) for n, (label, command) in numbered)
