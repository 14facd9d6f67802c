"""How much text blocks carry, and how much a message may carry.

Slack publishes no limit. Reports (bolt-js issues 2509 and 2867) have the sum of all `text` values of accepted messages
at up to 9,597 characters, with 15,561 of JSON, and of refused ones from 11,341; one `markdown` block alone passes up to
13,297. So Slack counts neither the JSON nor, as far as is known, the addresses of links that have a label.
"""

from collections.abc import Iterator

from bot.render.document import mrkdwn

BLOCK_TEXT_MAX = 10_000
"""UTF-16 units of block text in a message; beyond them Slack may answer `msg_blocks_too_long`."""

_SHOWN = ("text", "fallback")


def block_text_length(blocks: object) -> int:
    """The UTF-16 units of all text of blocks: text objects, also those of controls, options and confirmations, spans of
    rich text, and addresses that stand as their own label."""
    return sum(mrkdwn.length(text) for text in _texts(blocks))


def _texts(blocks: object) -> Iterator[str]:
    """The texts in no order."""
    # Not recursive: the nesting of a payload has no limit.
    stack = [blocks]
    while stack:
        value = stack.pop()
        if isinstance(value, list):
            stack += value
        elif isinstance(value, dict):
            stack += value.values()
            yield from (text for key in _SHOWN if isinstance(text := value.get(key), str))
            if value.get("type") == "link" and not value.get("text"):
                yield str(value.get("url", ""))
