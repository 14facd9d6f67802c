"""What a message shows, as text for golden files, and its check where it mentions people and channels."""

import re
from dataclasses import replace

from bot.core.commands.button_value import decode_command
from bot.core.commands.command import Search
from bot.render.document.message import Message
from tests.render.limits import check, walk

MENTION = re.compile(r"<[@#][UWC][A-Z0-9]+>|<!date\^[0-9]+\^\{date_long_pretty\} at \{time\}\|[^<>|\n]+>")


def seen(sent: Message) -> str:
    """Its text, and a line for each control: what it is called, and what to type instead of using it."""
    controls = [part for part in walk(sent.blocks) if "action_id" in part]
    return "\n".join([sent.text, *map(_control, controls)]) + "\n"


def _control(part: dict[str, object]) -> str:
    label = part.get("text") or part["placeholder"]
    assert isinstance(label, dict)
    options = part.get("options", ())
    assert isinstance(options, list | tuple)
    value, parts = part.get("value"), [f"{o['text']['text']} → {_typed(o['value'])}" for o in options]
    return f"[{label['text']}] {' | '.join([_typed(value)] if isinstance(value, str) else parts)}"


def _typed(value: str) -> str:
    """The command in a value; that of a page as it is."""
    command = decode_command(value, Search)
    return value if isinstance(command, Search) else str(command)


def check_mentioning(sent: Message) -> None:
    """As `check`; mentions and instants are beside the links all the markup that there may be."""
    check(replace(sent, text=MENTION.sub("@somebody", sent.text)))
