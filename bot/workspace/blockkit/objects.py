"""Composition objects, and the fields that all blocks or all elements have.

Numbers: docs.slack.dev, slack_sdk's models, @slack/types and slackblocks.
"""

import re

from bot.workspace.blockkit.rules import any_of, one_of
from bot.workspace.blockkit.shape import ANYTHING, BOOLEAN, Choice, Format, Items, Number, Object, String, Tagged

TEXT_MAX = 3000
"""Characters of a text object, after escaping. Source: docs.slack.dev, text object."""

WEB = Format("uri", re.compile(r"https?://[^\s/?#]\S*"))
URL = String(3000, 1, WEB)
"""Source: docs.slack.dev, button element, image block, option object. Of rich text links no limit is documented."""

TYPE = {"type": ANYTHING}
BLOCK = {**TYPE, "block_id": String(255)}
"""Source: docs.slack.dev, blocks."""

ELEMENT = {**TYPE, "action_id": String(255)}
"""Source: docs.slack.dev, block elements."""


def plain(max_chars: int) -> Tagged:
    """A text object that may only be `plain_text`. Source: docs.slack.dev, text object."""
    return Tagged({"plain_text": _text(max_chars, "emoji")})


def text(max_chars: int) -> Tagged:
    """A text object of either type. Source: docs.slack.dev, text object."""
    return Tagged({"plain_text": _text(max_chars, "emoji"), "mrkdwn": _text(max_chars, "verbatim")})


def _text(max_chars: int, flag: str) -> Object:
    return Object({"text": String(max_chars, 1)}, {**TYPE, flag: BOOLEAN})


def _option(words: Tagged) -> Object:
    """Source: docs.slack.dev, option object; @slack/types still has a value of 75, and leaves it optional."""
    return Object({"text": words, "value": String(150, 1)}, {"description": words})


OPTION = _option(plain(75))
TEXT_OPTION = _option(text(75))
"""An option of checkboxes and radio buttons, which may be mrkdwn."""

LINK_OPTION = Object(OPTION.required, {**OPTION.optional, "url": URL})
"""An option of an overflow menu, which may be a link."""

OPTION_GROUP = Object({"label": plain(75), "options": Items(OPTION, 1, 100)})
"""Source: docs.slack.dev, option group object."""

STYLE = Choice(("primary", "danger"))
"""Source: docs.slack.dev, button element."""

CONFIRM = {
    "confirm": Object(
        {"title": plain(100), "text": text(300), "confirm": plain(30), "deny": plain(30)},
        {"style": STYLE},
    )
}
"""Source: docs.slack.dev, confirmation dialog object; @slack/types requires only its text."""

PLACEHOLDER = {"placeholder": plain(150)}
"""Source: docs.slack.dev, select menu element."""

FOCUS = {"focus_on_load": BOOLEAN}
"""Source: docs.slack.dev, block elements; `payload` checks that only one element has it."""

DISPATCH = {
    "dispatch_action_config": Object(
        optional={"trigger_actions_on": Items(Choice(("on_enter_pressed", "on_character_entered")), 1, 2)}
    )
}
"""Source: docs.slack.dev, dispatch action configuration object."""

FILTER = Object(
    optional={
        "include": Items(Choice(("im", "mpim", "private", "public")), 1),
        "exclude_external_shared_channels": BOOLEAN,
        "exclude_bot_users": BOOLEAN,
    },
    rules=(any_of("include", "exclude_external_shared_channels", "exclude_bot_users"),),
)
"""Source: docs.slack.dev, conversation filter object."""

SLACK_FILE = Object(optional={"id": String(min_chars=1), "url": URL}, rules=(one_of("id", "url"),))
"""Source: docs.slack.dev, slack file object."""

IMAGE = Object(
    {"alt_text": String(2000, 1)},
    {**TYPE, "image_url": URL, "slack_file": SLACK_FILE},
    (one_of("image_url", "slack_file"),),
)
"""Source: docs.slack.dev, image element."""

CELL = {
    "raw_text": Object({"text": String(min_chars=1)}, TYPE),
    "raw_number": Object({"text": String(min_chars=1), "value": Number(whole=False)}, TYPE),
}
"""What a table holds besides rich text. Source: docs.slack.dev, table block."""
