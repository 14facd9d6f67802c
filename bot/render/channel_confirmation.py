"""Posts to a channel when somebody changes what it follows."""

from collections.abc import Sequence

from bot.core.commands.button_value import encode_command
from bot.core.commands.command import Command
from bot.render.document.document import Actions, Button, Context, Line, Mention, Passage, line
from bot.render.document.message import Message, message_from


def confirmation(
    by: str,
    text: str | Line,
    undo: Command | None,
    hint: str = "",
    buttons: tuple[Button, ...] = (),
    lines: Sequence[Line] = (),
) -> Message:
    """`@by text`, where `by` is a user id, then the lines, the buttons and a hint in small type. `undo` is the command
    behind *Undo*; None if the change cannot be undone."""
    undo_button = (Button("Undo", "undo", encode_command(undo)),) if undo else ()
    actions = (Actions((*buttons, *undo_button)),) if buttons or undo_button else ()
    spans = (text,) if isinstance(text, str) else text
    passage = Passage((line(Mention("user", by), " ", *spans), *lines))
    return message_from((passage, *actions, *((Context(hint),) if hint else ())))
