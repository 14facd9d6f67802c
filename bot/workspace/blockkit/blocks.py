"""Blocks, and which of them a message, a modal and a Home tab may hold.

Source: docs.slack.dev, the page of each block; numbers also from slack_sdk's models, @slack/types and slackblocks.
Objects that are `open` belong to blocks that this bot does not use: their listed limits are checked, other fields pass.
"""

from typing import Literal

from bot.workspace.blockkit.elements import BUTTONS, ICONS, IN_ACTIONS, IN_INPUT, IN_SECTION
from bot.workspace.blockkit.objects import BLOCK, CELL, IMAGE, TEXT_MAX, URL, plain, text
from bot.workspace.blockkit.rich_text import RICH_TEXT
from bot.workspace.blockkit.rules import any_of, true_only_with
from bot.workspace.blockkit.shape import ANYTHING, BOOLEAN, NON_EMPTY, Choice, Items, Number, Object, String, Tagged

Surface = Literal["message", "modal", "home"]

BLOCKS_MAX: dict[Surface, int] = {"message": 50, "modal": 100, "home": 100}
"""Source: docs.slack.dev, blocks."""

IN_CONTEXT = Tagged({**text(TEXT_MAX).shapes, "image": IMAGE})

COVERED = {
    "section": Object(
        optional={
            **BLOCK,
            "text": text(TEXT_MAX),
            "fields": Items(text(2000), 1, 10),
            "accessory": IN_SECTION,
            "expand": BOOLEAN,
        },
        rules=(any_of("text", "fields"),),
    ),
    "header": Object({"text": plain(150)}, BLOCK),
    "context": Object({"elements": Items(IN_CONTEXT, 1, 10)}, BLOCK),
    "actions": Object({"elements": Items(IN_ACTIONS, 1, 25)}, BLOCK),
    "divider": Object(optional=BLOCK),
    "image": Object(IMAGE.required, {**IMAGE.optional, **BLOCK, "title": plain(2000)}, IMAGE.rules),
    "input": Object(
        {"label": plain(2000), "element": IN_INPUT},
        {**BLOCK, "hint": plain(2000), "optional": BOOLEAN, "dispatch_action": BOOLEAN},
    ),
    **RICH_TEXT,
}

CELLS = Tagged({**CELL, **RICH_TEXT})
RICH = Tagged(RICH_TEXT)

TASK = Object(
    {"task_id": NON_EMPTY, "title": NON_EMPTY, "status": Choice(("pending", "in_progress", "complete", "error"))},
    {**BLOCK, "details": RICH, "output": RICH},
    open=True,
)

IN_CARD = {
    "hero_image": Tagged({"image": IMAGE}),
    "title": text(150),
    "subtitle": text(150),
    "body": text(200),
    "subtext": text(200),
    "actions": Items(Tagged({"button": BUTTONS["button"]}), 1, 3),
}
CARD = {"card": Object({}, {**BLOCK, **IN_CARD}, (any_of("hero_image", "title", "actions", "body"),), open=True)}

TABLES = {
    "table": Object({"rows": Items(Items(CELLS, 1, 20), 1, 100)}, {**BLOCK, "column_settings": Items(ANYTHING, 0, 20)}),
    "data_table": Object(
        {"rows": Items(Items(CELLS, 1, 20), 2, 201), "caption": NON_EMPTY},
        {**BLOCK, "page_size": Number(1, 100), "row_header_column_index": Number(0)},
        open=True,
    ),
}

VIDEO = {
    # The docs say "less than" 200 and 50 characters, and slack_sdk reads them so.
    "video": Object(
        {"alt_text": NON_EMPTY, "video_url": URL, "thumbnail_url": URL, "title": plain(199)},
        {
            **BLOCK,
            "title_url": URL,
            "author_name": String(49),
            "provider_icon_url": URL,
            "description": plain(200),
        },
        open=True,
    )
}
FILE = {"file": Object({"external_id": NON_EMPTY, "source": Choice(("remote",))}, BLOCK)}
ALERT = {
    "alert": Object({"text": text(200)}, {**BLOCK, "level": Choice(("default", "info", "warning", "error", "success"))})
}

IN_CONTAINER = Tagged({**COVERED, **FILE, **VIDEO, "table": TABLES["table"]})

PAGES = {
    **TABLES,
    **CARD,
    "carousel": Object({"elements": Items(Tagged(CARD), 1, 10)}, BLOCK),
    "container": Object(
        {"child_blocks": Items(IN_CONTAINER, 1, 10)},
        {
            **BLOCK,
            "title": plain(150),
            "rich_text_title": RICH,
            "subtitle": text(150),
            "width": Choice(("narrow", "standard", "wide", "full")),
            "icon": Tagged({"image": IMAGE}),
            "is_collapsible": BOOLEAN,
            "default_collapsed": BOOLEAN,
            "has_header_divider": BOOLEAN,
        },
        (
            any_of("title", "rich_text_title"),
            true_only_with("default_collapsed", "is_collapsible", True),
            true_only_with("has_header_divider", "is_collapsible", False),
        ),
    ),
    "data_visualization": Object({"title": String(50, 1)}, BLOCK, open=True),
}

MESSAGES = {
    "context_actions": Object({"elements": Items(Tagged(ICONS), 1, 5)}, BLOCK),
    "markdown": Object({"text": String(12_000, 1)}, BLOCK),
    "plan": Object({"title": NON_EMPTY}, {**BLOCK, "tasks": Items(TASK, 0, 50)}, open=True),
    "task_card": TASK,
    "auth_provider": Object({"value": String(150, 1), "name": plain(75), "is_connected": BOOLEAN}, BLOCK, open=True),
    **FILE,
}

SURFACES: dict[Surface, Tagged] = {
    "message": Tagged({**COVERED, **PAGES, **MESSAGES, **VIDEO}),
    "modal": Tagged({**COVERED, **ALERT, **CARD, **VIDEO}),
    "home": Tagged({**COVERED, **PAGES, **VIDEO}),
}
"""Source: slackblocks 3.0.0; `auth_provider`, which it lacks, is taken to be for messages."""
