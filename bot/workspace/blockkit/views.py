"""Views: modals and Home tabs.

Source: docs.slack.dev, modal views and Home tab views; the size: `view_too_large` of views.open and views.publish.
"""

import json
from collections.abc import Iterator

from bot.workspace.blockkit.blocks import BLOCKS_MAX, SURFACES, Surface
from bot.workspace.blockkit.finding import Finding, failed, missing_field
from bot.workspace.blockkit.objects import TYPE, plain
from bot.workspace.blockkit.shape import BOOLEAN, Items, Json, Object, Shape, String, Tagged

VIEW_MAX = 250_000
"""Bytes of a view as slack_sdk sends it."""


def _blocks(surface: Surface) -> dict[str, Shape]:
    return {"blocks": Items(SURFACES[surface], 1, BLOCKS_MAX[surface])}


COMMON = {**TYPE, "private_metadata": String(3000), "callback_id": String(255), "external_id": String(255)}


def _submit_if_input(value: Json, at: str) -> Iterator[Finding]:
    if "submit" not in value and any(block["type"] == "input" for block in value["blocks"]):
        yield missing_field("submit", at)


VIEWS = Tagged(
    {
        "modal": Object(
            {"title": plain(24), **_blocks("modal")},
            {**COMMON, "submit": plain(24), "close": plain(24), "clear_on_close": BOOLEAN, "notify_on_close": BOOLEAN},
            (_submit_if_input,),
        ),
        "home": Object(_blocks("home"), COMMON),
    }
)


def too_large(view: object) -> Iterator[Finding]:
    """A finding where a view has more than `VIEW_MAX` bytes as JSON, else none."""
    if (size := _size(view)) > VIEW_MAX:
        yield failed("max_length", f"must be less than {VIEW_MAX + 1} bytes", "", VIEW_MAX, size)


def _size(view: object) -> int:
    try:
        return len(json.dumps(view))
    except RecursionError:  # deeper than anything Slack takes
        return VIEW_MAX + 1
