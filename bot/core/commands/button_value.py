"""What a button stands for: the command that shows its message again, the revision shown, and the page."""

import json
from dataclasses import dataclass

VALUE_MAX = 2000
"""Characters in a button's value. Source: docs.slack.dev, button element."""

AGAIN_MAX = 300
"""Of a long search this much is repeated; the words beyond would not have counted anyway."""


@dataclass(frozen=True, slots=True)
class Shown:
    """`again` is a command without the slash command's name; `revision` is None where no single brief was shown."""

    again: str
    revision: str | None = None
    page: int = 1


def encode(shown: Shown) -> str:
    """A button's value, of at most 2,000 characters."""
    return json.dumps([shown.again[:AGAIN_MAX], shown.revision, shown.page], ensure_ascii=False, separators=(",", ":"))


def decode(value: str) -> Shown | None:
    """None for a value that no button of this version has."""
    try:
        match json.loads(value):
            case [str(again), str() | None as revision, int(page)] if page >= 1:
                return Shown(again, revision, page)
    except ValueError:
        pass
    return None
