"""What a message shows, as text for golden files, and its check where it mentions people and channels."""

import re
from dataclasses import replace

from bot.render.document.message import Message
from tests.render.limits import check, walk

MENTION = re.compile(r"<[@#][UWC][A-Z0-9]+>")


def seen(sent: Message) -> str:
    """Its text, and a line for each control: what it is called and what it sends."""
    controls = [part for part in walk(sent.blocks) if "action_id" in part]
    return "\n".join([sent.text, *map(_control, controls)]) + "\n"


def _control(part: dict[str, object]) -> str:
    label = part.get("text") or part["placeholder"]
    assert isinstance(label, dict)
    options = part.get("options", ())
    assert isinstance(options, list | tuple)
    sent = [str(part["value"])] if "value" in part else [f"{o['text']['text']} → {o['value']}" for o in options]
    return f"[{label['text']}] {' | '.join(sent)}"


def check_mentioning(sent: Message) -> None:
    """As `check`; mentions are beside the links all the markup that there may be."""
    check(replace(sent, text=MENTION.sub("@somebody", sent.text)))
