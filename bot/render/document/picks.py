"""Controls that offer commands: buttons for a few, a menu beside the lines of many."""

from collections.abc import Sequence

from bot.core.commands.button_value import encode_command
from bot.core.commands.command import Command
from bot.render.document import mrkdwn
from bot.render.document.document import Button, Menu, Option

BUTTONS_MAX = 5
OPTION_VALUE_MAX = 150
"""Characters in an option's value. Source: docs.slack.dev, option object."""


def picks(options: Sequence[tuple[str, Command]]) -> tuple[Button | Menu, ...]:
    """Controls for (label, command); commands that are too long for an option stand in the text alone."""
    short = [(label, command) for label, command in options if len(str(command)) <= OPTION_VALUE_MAX]
    values = [(label, encode_command(command)) for label, command in short]
    if len(values) > BUTTONS_MAX:
        # Slack refuses the whole message for one value that is too long; the command stands in the text as well.
        fitting = (Option(label, value) for label, value in values if mrkdwn.length(value) <= OPTION_VALUE_MAX)
        return (Menu("Pick one", "open:pick", tuple(fitting)),)
    return tuple(Button(label, f"open:{number}", value) for number, (label, value) in enumerate(values, 1))


def are_buttons(options: Sequence[tuple[str, Command]]) -> bool:
    """Whether the `picks` say all that there is to say: a button for each, so that no line repeats it."""
    return len(options) <= BUTTONS_MAX and all(len(str(command)) <= OPTION_VALUE_MAX for _, command in options)
