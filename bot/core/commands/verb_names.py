"""Which verb a command counts as: a short list, whatever people type."""

from collections.abc import Mapping

from bot.core.commands.button_value import NAMES
from bot.core.commands.command import Command
from bot.core.commands.verbs import VERBS_BY_NAME

OF_BUTTONS: Mapping[str, str] = {
    "home": "ask",
    "show": "ask",
    "subscription": "subscriptions",
    "objects": "subscribe",
    "end": "unsubscribe",
    "digests": "digest",
    "preview": "digest",
    "sent": "digest",
    "off": "digest",
    "now": "digest",
    "restore": "undo",
    "resubscribe": "undo",
    "default": "undo",
    "edit": "report",
}
"""The verbs of commands that buttons call by another name; *ask* is what is typed without a verb."""

UNCLEAR = "unclear"
"""What has several meanings, or is misspelt."""

COUNTED = frozenset({"ask", "undo", "greet", "share", "export", UNCLEAR, "none", *VERBS_BY_NAME})
"""All that a request may count as; *none* is no command."""


def verb_of(command: Command) -> str:
    """One of `COUNTED`."""
    name = NAMES.get(type(command), UNCLEAR)
    return OF_BUTTONS.get(name, name)
