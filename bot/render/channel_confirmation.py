"""What a channel is told when somebody changes what it follows."""

from collections.abc import Sequence

from bot.core.commands.button_value import encode_command
from bot.core.commands.command import Command
from bot.render.document.document import Actions, Button, Context, Line, Mention, Passage, line
from bot.render.document.message import Message, message_from


def confirmation(
    by: str,
    words: str,
    undo: Command | None,
    small: str = "",
    more: tuple[Button, ...] = (),
    lines: Sequence[Line] = (),
) -> Message:
    """`by` is a user id; *Undo* gives the command `undo`."""
    back = (Button("Undo", "undo", encode_command(undo)),) if undo else ()
    buttons = (Actions((*more, *back)),) if more or back else ()
    said = Passage((line(Mention("user", by), f" {words}"), *lines))
    return message_from((said, *buttons, *((Context(small),) if small else ())))
