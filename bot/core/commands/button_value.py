"""What a button stands for: the command that shows its message again, the revision shown, and the page."""

import json
from dataclasses import dataclass

VALUE_MAX = 2000
"""Characters in a button's value. Source: docs.slack.dev, button element."""

COMMAND_MAX = 300
"""Of a long search this much is repeated; the words beyond would not have counted anyway."""


@dataclass(frozen=True, slots=True)
class ButtonValue:
    """`again` is a command without the slash command's name; `revision` is None where no single brief was shown."""

    command: str
    revision: str | None = None
    page: int = 1


def encode(shown: ButtonValue) -> str:
    """A button's value, of at most 2,000 characters."""
    return json.dumps(
        [shown.command[:COMMAND_MAX], shown.revision, shown.page], ensure_ascii=False, separators=(",", ":")
    )


def decode(value: str) -> ButtonValue | None:
    """None for a value that no button of this version has."""
    try:
        match json.loads(value):
            case [str(again), str() | None as revision, int(page)] if page >= 1:
                return ButtonValue(again, revision, page)
    except ValueError:
        pass
    return None
