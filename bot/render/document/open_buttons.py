"""Buttons that open sections."""

from collections.abc import Sequence

from bot.render.document.document import Actions, Button, Document


def open_buttons(sections: Sequence[tuple[str, str]]) -> Document:
    """A button for each (label, command)."""
    numbered = enumerate(sections, 1)
    buttons = tuple(Button(f"Open {label}", f"open:section-{n}", command) for n, (label, command) in numbered)
    return (Actions(buttons),) if buttons else ()
