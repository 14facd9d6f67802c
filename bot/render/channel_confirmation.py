"""What a channel is told when somebody changes what it follows."""

from collections.abc import Sequence

from bot.render.document.document import Actions, Button, Context, Line, Mention, Passage, line
from bot.render.document.message import Message, message_from


def confirmation(
    by: str, words: str, undo: str | None, small: str = "", more: tuple[Button, ...] = (), lines: Sequence[Line] = ()
) -> Message:
    """`by` is a user id; the button gives the command that takes it back."""
    back = (Button("Undo", "undo", undo),) if undo else ()
    buttons = (Actions((*more, *back)),) if more or back else ()
    said = Passage((line(Mention("user", by), f" {words}"), *lines))
    return message_from((said, *buttons, *((Context(small),) if small else ())))
