"""Rules for all the blocks of a message or view together."""

from collections import Counter
from collections.abc import Iterator
from typing import Any

from bot.workspace.blockkit.finding import Finding, failed
from bot.workspace.blockkit.shape import Json, length

MARKDOWN_MAX = 12_000
"""Characters in all markdown blocks together. Source: docs.slack.dev, markdown block."""

AT_MOST = {"table": 1, "data_visualization": 2}
"""Blocks of a type in a message. Source: docs.slack.dev, table block and data visualization block."""

HOLDERS = ("accessory", "element", "elements", "actions", "child_blocks")
"""Fields of blocks that hold elements and other blocks."""

TEXTUAL = ("rich_text", "context")
"""Blocks in which nothing has an id."""


def across(blocks: list[Any], at: str) -> Iterator[Finding]:
    """The findings about all blocks together, on any surface.

    Slack documents, and reports of refusals show, that an `action_id` is unique within its block. Here it is unique in
    the payload, as a `block_id` is: stricter, and a press then names its button without the block.
    """
    holders = list(_holders(blocks, at))
    yield from _unique(holders, "block_id")
    yield from _unique(holders, "action_id")
    yield from _one_focus(holders)


def in_message(blocks: list[Any]) -> Iterator[Finding]:
    """The findings about all blocks together that only messages have; their pointer is empty, as no block is the wrong
    one."""
    holders = [value for _, value in _holders(blocks, "")]
    yield from _counts(holders)
    yield from _markdown(holders)


def _holders(blocks: list[Any], at: str) -> Iterator[tuple[str, Json]]:
    """Blocks and elements with their pointers, in the order of the payload."""
    # Not recursive: a payload that is nested too deeply has to give findings, not a RecursionError.
    stack: list[tuple[str, Any]] = [(at, blocks)]
    while stack:
        pointer, value = stack.pop()
        if isinstance(value, list):
            stack.extend((f"{pointer}/{index}", value[index]) for index in reversed(range(len(value))))
        elif isinstance(value, dict):
            yield pointer, value
            if value.get("type") not in TEXTUAL:
                stack.extend((f"{pointer}/{name}", value[name]) for name in HOLDERS if name in value)


def _unique(holders: list[tuple[str, Json]], name: str) -> Iterator[Finding]:
    ids: set[str] = set()
    for pointer, value in holders:
        if not isinstance(id_ := value.get(name), str):
            continue
        if id_ in ids:
            yield failed("unique", f'`{name}` "{id_}" already exists', f"{pointer}/{name}", "a unique value", id_)
        ids.add(id_)


def _one_focus(holders: list[tuple[str, Json]]) -> Iterator[Finding]:
    """Source: docs.slack.dev, block elements."""
    pointers = [pointer for pointer, value in holders if value.get("focus_on_load") is True]
    for pointer in pointers[1:]:
        message = "only one element can be focused on load"
        yield failed("unique", message, f"{pointer}/focus_on_load", "one element with true", True)


def _counts(holders: list[Json]) -> Iterator[Finding]:
    counts = Counter(kind for value in holders if isinstance(kind := value.get("type"), str))
    for kind, most in AT_MOST.items():
        if counts[kind] > most:
            yield failed("max_items", f"no more than {most} {kind} blocks allowed", "", most, counts[kind])


def _markdown(holders: list[Json]) -> Iterator[Finding]:
    texts = [value.get("text") for value in holders if value.get("type") == "markdown"]
    chars = sum(length(text) for text in texts if isinstance(text, str))
    if len(texts) > 1 and chars > MARKDOWN_MAX:
        message = f"must be less than {MARKDOWN_MAX + 1} characters in all markdown blocks together"
        yield failed("max_length", message, "", MARKDOWN_MAX, chars)
