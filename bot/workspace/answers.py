"""Answers that a test orders in place of Slack's own: a word, or any status, headers and body at any speed."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class Answer:
    """What a call gets. `body` None is the method's own answer, which then takes effect; `repeat` is how often the body
    is sent. `head_s` are the seconds before the status, `byte_s` those before each byte: an hour of either is silence.
    A cut answer announces one byte more than come before the connection ends."""

    body: bytes | None = None
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)
    head_s: float = 0.0
    byte_s: float = 0.0
    repeat: int = 1
    is_cut: bool = False


def word(error: str, **fields: Any) -> Answer:
    """A refusal in Slack's shape: an error and further fields of the answer, e.g. `needed`."""
    return Answer(json.dumps({"ok": False, "error": error, **fields}).encode())
