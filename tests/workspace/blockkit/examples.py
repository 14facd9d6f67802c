"""Valid payloads, one for each kind of block and element, and functions that change them."""

import json
from collections.abc import Iterator
from typing import Any

from bot.workspace.blockkit import Finding, validate_blocks

Json = Any


def plain(words: str = "words") -> Json:
    return {"type": "plain_text", "text": words, "emoji": False}


def mrkdwn(words: str = "*words*") -> Json:
    return {"type": "mrkdwn", "text": words, "verbatim": True}


WEB = "https://example.org/?a=b"
IMAGE = {"type": "image", "image_url": WEB, "alt_text": "a chart"}
OPTIONS = [{"text": plain(), "value": "1"}, {"text": plain("others"), "value": "2", "description": plain()}]
CONFIRM = {"title": plain(), "text": mrkdwn(), "confirm": plain(), "deny": plain(), "style": "danger"}
MENU = {"action_id": "menu", "placeholder": plain(), "confirm": CONFIRM, "focus_on_load": True}
FIELD = {"action_id": "field", "placeholder": plain(), "focus_on_load": True}
DISPATCH = {"dispatch_action_config": {"trigger_actions_on": ["on_enter_pressed", "on_character_entered"]}}
FILTER = {"include": ["im", "public"], "exclude_external_shared_channels": True, "exclude_bot_users": False}
STYLE = {"bold": True, "italic": False, "strike": True, "code": True, "underline": False}
SPANS = [
    {"type": "text", "text": "words", "style": STYLE},
    {"type": "link", "url": WEB, "text": "a label", "unsafe": False, "style": {"bold": True}},
    {"type": "emoji", "name": "wave", "unicode": "1f44b", "skin_tone": 2},
    {"type": "user", "user_id": "U1"},
    {"type": "channel", "channel_id": "C1"},
    {"type": "usergroup", "usergroup_id": "S1"},
    {"type": "team", "team_id": "T1"},
    {"type": "date", "timestamp": 1720710212, "format": "{date}", "url": WEB, "fallback": "a day"},
    {"type": "broadcast", "range": "here"},
    {"type": "color", "value": "#F405B3"},
]
RICH_TEXT = {"type": "rich_text", "elements": [{"type": "rich_text_section", "elements": SPANS[:1]}]}
ELEMENTS: dict[str, Json] = {
    "button": {
        "text": plain(),
        "action_id": "go",
        "value": "1",
        "url": WEB,
        "style": "primary",
        "confirm": CONFIRM,
        "accessibility_label": "go on",
        "agent_prompt": "go",
    },
    "static_select": {**MENU, "options": OPTIONS, "initial_option": OPTIONS[1]},
    "external_select": {**MENU, "min_query_length": 0, "initial_option": OPTIONS[0]},
    "users_select": {**MENU, "initial_user": "U1"},
    "conversations_select": {
        **MENU,
        "filter": FILTER,
        "initial_conversation": "C1",
        "default_to_current_conversation": True,
        "response_url_enabled": True,
    },
    "channels_select": {**MENU, "initial_channel": "C1", "response_url_enabled": True},
    "multi_static_select": {
        **MENU,
        "option_groups": [{"label": plain(), "options": OPTIONS}],
        "initial_options": OPTIONS,
        "max_selected_items": 1,
    },
    "multi_external_select": {**MENU, "min_query_length": 3, "initial_options": OPTIONS, "max_selected_items": 1},
    "multi_users_select": {**MENU, "initial_users": ["U1"], "max_selected_items": 1},
    "multi_conversations_select": {**MENU, "initial_conversations": ["C1"], "filter": {"include": ["im"]}},
    "multi_channels_select": {**MENU, "initial_channels": ["C1"]},
    "checkboxes": {
        "action_id": "boxes",
        "confirm": CONFIRM,
        "focus_on_load": True,
        "options": [{"text": mrkdwn(), "value": "1", "description": mrkdwn()}, *OPTIONS[1:]],
        "initial_options": OPTIONS[1:],
    },
    "radio_buttons": {"action_id": "radio", "options": OPTIONS, "initial_option": OPTIONS[0], "focus_on_load": True},
    "overflow": {"action_id": "more", "confirm": CONFIRM, "options": [{**OPTIONS[0], "url": WEB}]},
    "datepicker": {**MENU, "initial_date": "2025-02-28"},
    "timepicker": {**MENU, "initial_time": "23:59", "timezone": "America/Chicago"},
}
INPUTS: dict[str, Json] = {
    "plain_text_input": {
        **FIELD,
        **DISPATCH,
        "initial_value": "",
        "multiline": True,
        "min_length": 0,
        "max_length": 3000,
    },
    "number_input": {**FIELD, "is_decimal_allowed": False, "initial_value": "1", "min_value": "0", "max_value": "9"},
    "email_text_input": {**FIELD, **DISPATCH},
    "datetimepicker": {"action_id": "when", "initial_date_time": 1720710212},
    "rich_text_input": {**FIELD, "min_lines": 1, "max_lines": 8, "initial_value": RICH_TEXT},
    "file_input": {"action_id": "file", "filetypes": ["png"], "max_files": 1},
}
COVERED: dict[str, Json] = {
    "section": [
        {"type": "section", "block_id": "b", "text": mrkdwn(), "fields": [mrkdwn(), plain()], "expand": True},
        {"type": "section", "fields": [plain()], "accessory": IMAGE},
    ],
    "header": [{"type": "header", "block_id": "b", "text": plain()}],
    "context": [{"type": "context", "block_id": "b", "elements": [plain(), mrkdwn(), IMAGE]}],
    "divider": [{"type": "divider", "block_id": "b"}],
    "image": [
        {**IMAGE, "block_id": "b", "title": plain()},
        {"type": "image", "alt_text": "a chart", "slack_file": {"id": "F1"}},
    ],
    "input": [
        {
            "type": "input",
            "block_id": "b",
            "label": plain(),
            "hint": plain(),
            "optional": True,
            "dispatch_action": True,
            "element": {"type": "plain_text_input"},
        }
    ],
    "rich_text": [
        {
            "type": "rich_text",
            "block_id": "b",
            "elements": [
                {"type": "rich_text_section", "elements": SPANS},
                {
                    "type": "rich_text_list",
                    "style": "ordered",
                    "indent": 8,
                    "offset": 1,
                    "border": 0,
                    "elements": [{"type": "rich_text_section", "elements": SPANS[:1]}],
                },
                {"type": "rich_text_quote", "elements": SPANS, "border": 1},
                {"type": "rich_text_preformatted", "elements": SPANS[:2], "border": 0, "language": "sql"},
            ],
        }
    ],
    **{kind: [{"type": "actions", "elements": [{"type": kind, **rest}]}] for kind, rest in ELEMENTS.items()},
    **{kind: [{"type": "input", "label": plain(), "element": {"type": kind, **rest}}] for kind, rest in INPUTS.items()},
}
ROW = [{"type": "raw_text", "text": "1"}, {"type": "raw_number", "value": 1.5, "text": "1"}, RICH_TEXT]
TABLE = {"type": "table", "rows": [ROW], "column_settings": [{"is_wrapped": True}]}
TASK = {"task_id": "t", "title": "Look", "status": "pending", "details": RICH_TEXT}
CARD = {
    "type": "card",
    **dict.fromkeys(("title", "subtitle", "body", "subtext"), mrkdwn()),
    "hero_image": IMAGE,
    "actions": [{"type": "button", "text": plain()}],
}
FEEDBACK = {"text": plain(), "value": "1", "accessibility_label": "words"}
ICONS = [
    {"type": "feedback_buttons", "positive_button": FEEDBACK, "negative_button": FEEDBACK},
    {"type": "icon_button", "icon": "trash", "text": plain(), "value": "1", "visible_to_user_ids": ["U1"]},
]
FURTHER: dict[str, Json] = {
    "alert": [{"type": "alert", "text": plain(), "level": "info"}],
    "table": [TABLE],
    "data_table": [
        {"type": "data_table", "rows": [ROW, ROW], "caption": "words", "page_size": 1, "row_header_column_index": 0}
    ],
    "data_visualization": [{"type": "data_visualization", "title": "words", "chart": {"type": "pie", "segments": []}}],
    "card": [CARD],
    "carousel": [{"type": "carousel", "elements": [CARD]}],
    "container": [
        {
            "type": "container",
            "title": plain(),
            "subtitle": plain(),
            "width": "wide",
            "icon": IMAGE,
            "is_collapsible": True,
            "default_collapsed": True,
            "has_header_divider": False,
            "child_blocks": COVERED["divider"],
        }
    ],
    "context_actions": [{"type": "context_actions", "elements": ICONS}],
    "markdown": [{"type": "markdown", "text": "**words**"}],
    "plan": [{"type": "plan", "title": "words", "tasks": [TASK]}],
    "task_card": [{"type": "task_card", **TASK}],
    "video": [
        {
            "type": "video",
            "title": plain(),
            "description": plain(),
            "alt_text": "words",
            "author_name": "an author",
            **dict.fromkeys(("video_url", "thumbnail_url"), WEB),
        }
    ],
    "file": [{"type": "file", "external_id": "1", "source": "remote"}],
    "auth_provider": [{"type": "auth_provider", "value": "1", "name": plain(), "is_connected": False}],
    "workflow_button": [
        {"type": "actions", "elements": [{"type": "workflow_button", "text": plain(), "workflow": {"trigger": {}}}]}
    ],
}
OPEN = ("data_table", "data_visualization", "card", "plan", "task_card", "video", "auth_provider")
VALID = COVERED | FURTHER
MODAL = {
    "type": "modal",
    "title": plain(),
    "submit": plain(),
    "close": plain(),
    "blocks": COVERED["input"],
    "private_metadata": "x",
    "callback_id": "x",
    "external_id": "x",
    "clear_on_close": True,
    "notify_on_close": True,
}
HOME = {"type": "home", "blocks": COVERED["section"], "private_metadata": "x", "callback_id": "x", "external_id": "x"}


def put(value: Json, pointer: str, new: Json) -> Json:
    """A copy with something else at a pointer."""
    made = json.loads(json.dumps(value))
    parent, _, name = pointer.rpartition("/")
    inner = at(made, parent)
    inner[int(name) if isinstance(inner, list) else name] = new
    return made


def without(value: Json, pointer: str) -> Json:
    """A copy without a field."""
    made = json.loads(json.dumps(value))
    parent, _, name = pointer.rpartition("/")
    del at(made, parent)[name]
    return made


def at(value: Json, pointer: str) -> Json:
    for key in pointer.split("/")[1:]:
        value = value[int(key) if isinstance(value, list) else key]
    return value


def walk(value: Json, pointer: str = "") -> Iterator[tuple[str, Json]]:
    """Everything below a value, with its pointer."""
    inside = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, inner in inside:
        yield f"{pointer}/{key}", inner
        yield from walk(inner, f"{pointer}/{key}")


def places(findings: list[Finding]) -> list[tuple[str, str]]:
    return [(finding.pointer, finding.constraint["type"]) for finding in findings]


def actions(*elements: Json) -> Json:
    return [{"type": "actions", "elements": list(elements)}]


def button(action: str) -> Json:
    return {"type": "button", "text": plain(), "action_id": action}


def check(name: str, blocks: Json) -> list[Finding]:
    return validate_blocks(blocks, "modal" if name == "alert" else "message")
