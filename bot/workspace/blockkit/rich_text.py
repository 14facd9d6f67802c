"""Rich text: the block, its four parts, and the spans in them.

Source: docs.slack.dev, rich text block and the page of each element.
"""

from bot.workspace.blockkit.objects import BLOCK, TYPE, URL
from bot.workspace.blockkit.shape import BOOLEAN, NON_EMPTY, Choice, Items, Number, Object, String, Tagged

STYLES = ("bold", "italic", "strike", "code", "underline", "highlight", "client_highlight", "unlink")
"""@slack/types has the first five; docs.slack.dev has all but `code`, which its own clients send."""

SPAN = {**TYPE, "style": Object(optional=dict.fromkeys(STYLES, BOOLEAN))}

TEXT = Object({"text": NON_EMPTY}, SPAN)
LINK = Object(
    {"url": URL},
    {**SPAN, "text": NON_EMPTY, "unsafe": BOOLEAN, "from_llm": BOOLEAN, "is_slack_url": BOOLEAN, "truncated": BOOLEAN},
)

FURTHER = (
    *("attachment_mention", "canvas", "canvas_message_unfurl", "canvas_user_mention", "citation", "file"),
    *("list_record", "message_mention", "salesforce_data_field", "tag", "work_object_mention", "workflow_mention"),
)
"""Spans that docs.slack.dev names and this bot does not use: any fields pass."""

SPANS = Tagged(
    {
        "text": TEXT,
        "link": LINK,
        "emoji": Object({"name": NON_EMPTY}, {**SPAN, "unicode": String(), "skin_tone": Number(1, 6), "url": URL}),
        "user": Object({"user_id": NON_EMPTY}, SPAN),
        "channel": Object({"channel_id": NON_EMPTY}, {**SPAN, "tab_id": String(), "from_llm": BOOLEAN}),
        "usergroup": Object({"usergroup_id": NON_EMPTY}, SPAN),
        "team": Object({"team_id": NON_EMPTY}, SPAN),
        "date": Object(
            {"timestamp": Number(), "format": NON_EMPTY},
            {**SPAN, "url": URL, "fallback": String(), "timezone": String()},
        ),
        "broadcast": Object({"range": Choice(("here", "channel", "everyone"))}, SPAN),
        "color": Object({"value": NON_EMPTY}, SPAN),
        **{name: Object(open=True) for name in FURTHER},
    }
)

BORDER = {"border": Number(0, 1)}

SECTION = Object({"elements": Items(SPANS)}, TYPE)
"""Parts may be empty, as in slack_sdk's models; the block may not."""

PARTS = Tagged(
    {
        "rich_text_section": SECTION,
        "rich_text_list": Object(
            {"style": Choice(("bullet", "ordered")), "elements": Items(Tagged({"rich_text_section": SECTION}))},
            {**TYPE, **BORDER, "indent": Number(0, 8), "offset": Number(0)},
        ),
        "rich_text_quote": Object({"elements": Items(SPANS)}, {**TYPE, **BORDER}),
        "rich_text_preformatted": Object(
            {"elements": Items(Tagged({"text": TEXT, "link": LINK}))}, {**TYPE, **BORDER, "language": String()}
        ),
    }
)

RICH_TEXT = {"rich_text": Object({"elements": Items(PARTS, 1)}, BLOCK)}
