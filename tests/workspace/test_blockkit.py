"""What Slack would refuse is refused, at the right place; what it would take passes."""

import json
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from slack_sdk.errors import SlackObjectFormationError
from slack_sdk.models import blocks as sdk

from bot.workspace.blockkit import Finding, validate_blocks, validate_view
from bot.workspace.blockkit.blocks import Surface

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
OPEN = ("data_table", "data_visualization", "card", "container", "plan", "task_card", "video", "auth_provider")
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


@pytest.mark.parametrize("name", VALID)
def test_a_payload_as_documented_passes(name: str) -> None:
    assert check(name, VALID[name]) == []


@pytest.mark.parametrize("name", OPEN)
def test_further_fields_pass_in_blocks_that_are_partly_covered(name: str) -> None:
    assert check(name, put(VALID[name], "/0/surprise", True)) == []


def test_rich_text_elements_that_are_not_covered_pass() -> None:
    assert validate_blocks(put([RICH_TEXT], "/0/elements/0/elements/0", {"type": "citation", "id": 1})) == []


@pytest.mark.parametrize("view", [MODAL, HOME], ids=["modal", "home"])
def test_a_view_as_documented_passes(view: Json) -> None:
    assert validate_view(view) == []


@pytest.mark.parametrize("name", COVERED)
def test_every_value_has_to_be_of_its_type(name: str) -> None:
    for pointer, value in walk(COVERED[name]):
        wrong = 7 if isinstance(value, str) else "words"
        assert (pointer, "type") in places(validate_blocks(put(COVERED[name], pointer, wrong)))


@pytest.mark.parametrize("name", COVERED)
def test_null_is_no_value(name: str) -> None:
    for pointer, _ in walk(COVERED[name]):
        assert (pointer, "type") in places(validate_blocks(put(COVERED[name], pointer, None)))


@pytest.mark.parametrize("name", COVERED)
def test_a_field_that_slack_does_not_know_is_refused_in_every_object(name: str) -> None:
    for pointer, value in walk(COVERED[name]):
        if isinstance(value, dict):
            refused = places(validate_blocks(put(COVERED[name], f"{pointer}/surprise", True)))
            assert refused == [(pointer, "additional_properties")]


@pytest.mark.parametrize(
    ("name", "pointer"),
    [
        ("section", "/0/text/text"),
        ("section", "/0/type"),
        ("section", "/0/fields/0/type"),
        ("section", "/1/accessory/alt_text"),
        ("header", "/0/text"),
        ("context", "/0/elements"),
        ("button", "/0/elements"),
        ("image", "/0/alt_text"),
        ("input", "/0/label"),
        ("input", "/0/element"),
        ("rich_text", "/0/elements"),
        ("rich_text", "/0/elements/0/elements"),
        ("rich_text", "/0/elements/0/elements/0/text"),
        ("rich_text", "/0/elements/0/elements/1/url"),
        ("rich_text", "/0/elements/0/elements/2/name"),
        ("rich_text", "/0/elements/0/elements/7/timestamp"),
        ("rich_text", "/0/elements/0/elements/7/format"),
        ("rich_text", "/0/elements/1/style"),
        ("button", "/0/elements/0/text"),
        ("button", "/0/elements/0/confirm/title"),
        ("button", "/0/elements/0/confirm/text"),
        ("button", "/0/elements/0/confirm/confirm"),
        ("button", "/0/elements/0/confirm/deny"),
        ("static_select", "/0/elements/0/options/0/text"),
        ("static_select", "/0/elements/0/options/0/value"),
        ("multi_static_select", "/0/elements/0/option_groups/0/label"),
        ("multi_static_select", "/0/elements/0/option_groups/0/options"),
        ("checkboxes", "/0/elements/0/options"),
        ("radio_buttons", "/0/elements/0/options"),
        ("overflow", "/0/elements/0/options"),
        ("number_input", "/0/element/is_decimal_allowed"),
        ("data_table", "/0/caption"),
        ("table", "/0/rows"),
        ("task_card", "/0/status"),
        ("video", "/0/alt_text"),
    ],
)
def test_a_missing_field_is_refused_at_its_object(name: str, pointer: str) -> None:
    assert (pointer.rpartition("/")[0], "required") in places(validate_blocks(without(VALID[name], pointer)))


LENGTHS = [
    ("section", "/0/block_id", 0, 255),
    ("section", "/0/text/text", 1, 3000),
    ("section", "/0/fields/1/text", 1, 2000),
    ("section", "/1/accessory/alt_text", 1, 2000),
    ("header", "/0/text/text", 1, 150),
    ("context", "/0/elements/0/text", 1, 3000),
    ("image", "/0/alt_text", 1, 2000),
    ("image", "/0/title/text", 1, 2000),
    ("input", "/0/label/text", 1, 2000),
    ("input", "/0/hint/text", 1, 2000),
    ("button", "/0/elements/0/action_id", 0, 255),
    ("button", "/0/elements/0/text/text", 1, 75),
    ("button", "/0/elements/0/value", 0, 2000),
    ("button", "/0/elements/0/accessibility_label", 0, 75),
    ("button", "/0/elements/0/agent_prompt", 0, 4000),
    ("button", "/0/elements/0/confirm/title/text", 1, 100),
    ("button", "/0/elements/0/confirm/text/text", 1, 300),
    ("button", "/0/elements/0/confirm/confirm/text", 1, 30),
    ("button", "/0/elements/0/confirm/deny/text", 1, 30),
    ("static_select", "/0/elements/0/placeholder/text", 1, 150),
    ("static_select", "/0/elements/0/options/0/text/text", 1, 75),
    ("static_select", "/0/elements/0/options/0/value", 1, 150),
    ("checkboxes", "/0/elements/0/options/0/description/text", 1, 75),
    ("multi_static_select", "/0/elements/0/option_groups/0/label/text", 1, 75),
    ("plain_text_input", "/0/element/placeholder/text", 1, 150),
    ("plain_text_input", "/0/element/initial_value", 0, 3000),
    ("workflow_button", "/0/elements/0/text/text", 1, 75),
    ("alert", "/0/text/text", 1, 200),
    ("data_visualization", "/0/title", 1, 50),
    ("card", "/0/title/text", 1, 150),
    ("card", "/0/subtitle/text", 1, 150),
    ("card", "/0/body/text", 1, 200),
    ("card", "/0/subtext/text", 1, 200),
    ("container", "/0/title/text", 1, 150),
    ("container", "/0/subtitle/text", 1, 150),
    ("context_actions", "/0/elements/0/positive_button/text/text", 1, 75),
    ("context_actions", "/0/elements/0/positive_button/value", 1, 2000),
    ("context_actions", "/0/elements/1/text/text", 1, 75),
    ("context_actions", "/0/elements/1/value", 0, 2000),
    ("markdown", "/0/text", 1, 12_000),
    ("video", "/0/title/text", 1, 199),
    ("video", "/0/author_name", 0, 49),
    ("video", "/0/description/text", 1, 200),
    ("auth_provider", "/0/value", 1, 150),
    ("auth_provider", "/0/name/text", 1, 75),
]


@pytest.mark.parametrize(("name", "pointer", "fewest", "most"), LENGTHS)
def test_a_text_at_its_limits_passes(name: str, pointer: str, fewest: int, most: int) -> None:
    for chars in (fewest, most):
        assert check(name, put(VALID[name], pointer, "x" * chars)) == []


@pytest.mark.parametrize(("name", "pointer", "fewest", "most"), LENGTHS)
def test_a_text_one_character_over_its_limit_is_refused(name: str, pointer: str, fewest: int, most: int) -> None:
    [finding] = check(name, put(VALID[name], pointer, "x" * (most + 1)))
    assert (finding.pointer, finding.message) == (pointer, f"must be less than {most + 1} characters")
    assert finding.constraint == {"type": "max_length", "expected": most, "got": most + 1}


@pytest.mark.parametrize(("name", "pointer"), [(name, pointer) for name, pointer, fewest, _ in LENGTHS if fewest])
def test_an_empty_text_is_refused(name: str, pointer: str) -> None:
    [finding] = check(name, put(VALID[name], pointer, ""))
    assert (finding.pointer, finding.message) == (pointer, "must be more than 0 characters")
    assert finding.constraint == {"type": "min_length", "expected": 1, "got": 0}


@pytest.mark.parametrize("pointer", ["/0/elements/0/elements/0/text", "/0/elements/0/elements/1/text"])
def test_an_empty_span_is_refused(pointer: str) -> None:
    assert places(validate_blocks(put(COVERED["rich_text"], pointer, ""))) == [(pointer, "min_length")]


def test_characters_beyond_the_basic_plane_count_twice() -> None:
    assert validate_blocks(put(COVERED["header"], "/0/text/text", "😀" * 75)) == []
    assert places(validate_blocks(put(COVERED["header"], "/0/text/text", "😀" * 76))) == [
        ("/0/text/text", "max_length")
    ]


ITEMS = [
    ("section", "/0/fields", 1, 10),
    ("context", "/0/elements", 1, 10),
    ("button", "/0/elements", 1, 25),
    ("overflow", "/0/elements/0/options", 1, 5),
    ("multi_static_select", "/0/elements/0/option_groups", 1, 100),
    ("multi_static_select", "/0/elements/0/option_groups/0/options", 1, 100),
    ("multi_static_select", "/0/elements/0/initial_options", 1, 100),
    ("multi_external_select", "/0/elements/0/initial_options", 1, 100),
    ("plain_text_input", "/0/element/dispatch_action_config/trigger_actions_on", 1, 2),
    ("checkboxes", "/0/elements/0/options", 1, 10),
    ("checkboxes", "/0/elements/0/initial_options", 1, 10),
    ("radio_buttons", "/0/elements/0/options", 1, 10),
    ("static_select", "/0/elements/0/options", 1, 100),
    ("table", "/0/rows", 1, 100),
    ("table", "/0/rows/0", 1, 20),
    ("table", "/0/column_settings", 0, 20),
    ("data_table", "/0/rows", 2, 201),
    ("data_table", "/0/rows/0", 1, 20),
    ("carousel", "/0/elements", 1, 10),
    ("container", "/0/child_blocks", 1, 10),
    ("card", "/0/actions", 1, 3),
    ("context_actions", "/0/elements", 1, 5),
    ("context_actions", "/0/elements/1/visible_to_user_ids", 0, 10),
    ("plan", "/0/tasks", 0, 50),
]


def resized(name: str, pointer: str, count: int) -> list[tuple[str, str]]:
    """What is said of an array with so many items."""
    items = (at(VALID[name], pointer) * count)[:count]
    found = places(validate_blocks(put(VALID[name], pointer, items)))
    return [place for place in found if place[0] == pointer]


@pytest.mark.parametrize(("name", "pointer", "fewest", "most"), ITEMS)
def test_an_array_at_its_limits_passes(name: str, pointer: str, fewest: int, most: int) -> None:
    assert resized(name, pointer, fewest) == resized(name, pointer, most) == []


@pytest.mark.parametrize(("name", "pointer", "fewest", "most"), ITEMS)
def test_an_array_with_one_item_too_many_is_refused(name: str, pointer: str, fewest: int, most: int) -> None:
    assert resized(name, pointer, most + 1) == [(pointer, "max_items")]


@pytest.mark.parametrize(("name", "pointer", "fewest"), [(*row[:2], row[2]) for row in ITEMS if row[2]])
def test_an_array_with_too_few_items_is_refused(name: str, pointer: str, fewest: int) -> None:
    assert resized(name, pointer, fewest - 1) == [(pointer, "min_items")]


def test_rich_text_without_parts_is_refused() -> None:
    assert places(validate_blocks([{"type": "rich_text", "elements": []}])) == [("/0/elements", "min_items")]


@pytest.mark.parametrize("part", range(4))
def test_a_part_of_rich_text_may_be_empty(part: int) -> None:
    assert validate_blocks(put(COVERED["rich_text"], f"/0/elements/{part}/elements", [])) == []


@pytest.mark.parametrize(("surface", "most"), [("message", 50), ("modal", 100), ("home", 100)])
def test_blocks_are_counted_by_surface(surface: Surface, most: int) -> None:
    assert validate_blocks([{"type": "divider"}] * most, surface) == []
    assert places(validate_blocks([{"type": "divider"}] * (most + 1), surface)) == [("", "max_items")]


NUMBERS = [
    ("rich_text", "/0/elements/0/elements/2/skin_tone", 1, 6),
    ("rich_text", "/0/elements/1/indent", 0, 8),
    ("rich_text", "/0/elements/1/offset", 0, None),
    ("rich_text", "/0/elements/2/border", 0, 1),
    ("external_select", "/0/elements/0/min_query_length", 0, None),
    ("multi_users_select", "/0/elements/0/max_selected_items", 1, None),
    ("plain_text_input", "/0/element/min_length", 0, 3000),
    ("plain_text_input", "/0/element/max_length", 1, 3000),
    ("datetimepicker", "/0/element/initial_date_time", 0, 9_999_999_999),
    ("file_input", "/0/element/max_files", 1, 10),
    ("rich_text_input", "/0/element/min_lines", 1, 100),
    ("data_table", "/0/page_size", 1, 100),
    ("data_table", "/0/row_header_column_index", 0, None),
]


@pytest.mark.parametrize(("name", "pointer", "least", "most"), NUMBERS)
def test_a_number_at_its_limits_passes(name: str, pointer: str, least: int, most: int | None) -> None:
    for number in (least, most or 10**9):
        assert validate_blocks(put(VALID[name], pointer, number)) == []


@pytest.mark.parametrize(("name", "pointer", "least", "most"), NUMBERS)
def test_a_number_beyond_its_limits_is_refused(name: str, pointer: str, least: int, most: int | None) -> None:
    assert places(validate_blocks(put(VALID[name], pointer, least - 1))) == [(pointer, "minimum")]
    if most is not None:
        assert places(validate_blocks(put(VALID[name], pointer, most + 1))) == [(pointer, "maximum")]


@pytest.mark.parametrize("number", [1.5, True, "1"])
def test_a_count_is_a_whole_number(number: Json) -> None:
    refused = put(COVERED["external_select"], "/0/elements/0/min_query_length", number)
    assert places(validate_blocks(refused)) == [("/0/elements/0/min_query_length", "type")]


@pytest.mark.parametrize(
    ("name", "pointer", "value", "constraint"),
    [
        ("button", "/0/elements/0/style", "default", "enum"),
        ("button", "/0/elements/0/confirm/style", "warning", "enum"),
        ("button", "/0/elements/0/url", "ftp://example.org", "format"),
        ("button", "/0/elements/0/url", "https:// example.org", "format"),
        ("button", "/0/elements/0/url", "https://", "format"),
        ("button", "/0/elements/0/url", "", "min_length"),
        ("button", "/0/elements/0/url", "https://example.org/" + "x" * 2981, "max_length"),
        ("overflow", "/0/elements/0/options/0/url", "javascript:alert(1)", "format"),
        ("image", "/0/image_url", "example.org/a.png", "format"),
        ("rich_text", "/0/elements/0/elements/1/url", "mailto:a@example.org", "format"),
        ("rich_text", "/0/elements/0/elements/1/url", "https://example.org/" + "x" * 2981, "max_length"),
        ("rich_text", "/0/elements/0/elements/8/range", "all", "enum"),
        ("rich_text", "/0/elements/1/style", "dashed", "enum"),
        ("conversations_select", "/0/elements/0/filter/include", [], "min_items"),
        ("conversations_select", "/0/elements/0/filter/include/0", "dm", "enum"),
        ("conversations_select", "/0/elements/0/filter", {}, "any_of"),
        ("datepicker", "/0/elements/0/initial_date", "2025-13-01", "format"),
        ("datepicker", "/0/elements/0/initial_date", "2025-01-01T00", "format"),
        ("timepicker", "/0/elements/0/initial_time", "24:00", "format"),
        ("timepicker", "/0/elements/0/initial_time", "9:00", "format"),
        ("plain_text_input", "/0/element/dispatch_action_config/trigger_actions_on/0", "on_leave", "enum"),
        ("task_card", "/0/status", "done", "enum"),
        ("container", "/0/width", "narrowest", "enum"),
        ("file", "/0/source", "local", "enum"),
    ],
)
def test_a_value_outside_its_range_is_refused(name: str, pointer: str, value: Json, constraint: str) -> None:
    assert places(validate_blocks(put(VALID[name], pointer, value))) == [(pointer, constraint)]


@pytest.mark.parametrize(
    ("name", "pointer"),
    [
        ("header", "/0/text"),
        ("image", "/0/title"),
        ("input", "/0/label"),
        ("input", "/0/hint"),
        ("button", "/0/elements/0/text"),
        ("button", "/0/elements/0/confirm/title"),
        ("button", "/0/elements/0/confirm/confirm"),
        ("button", "/0/elements/0/confirm/deny"),
        ("video", "/0/title"),
        ("video", "/0/description"),
        ("container", "/0/title"),
        ("auth_provider", "/0/name"),
        ("static_select", "/0/elements/0/placeholder"),
        ("external_select", "/0/elements/0/initial_option/text"),
        ("overflow", "/0/elements/0/options/0/text"),
        ("multi_static_select", "/0/elements/0/option_groups/0/label"),
    ],
)
def test_mrkdwn_is_refused_where_text_is_plain(name: str, pointer: str) -> None:
    [finding] = validate_blocks(put(VALID[name], pointer, mrkdwn()))
    assert finding.pointer == f"{pointer}/type"
    assert finding.constraint == {"type": "enum", "expected": ["plain_text"], "got": "mrkdwn"}


def test_emoji_is_no_field_of_mrkdwn() -> None:
    refused = put(COVERED["section"], "/0/text", {"type": "mrkdwn", "text": "words", "emoji": True})
    assert places(validate_blocks(refused)) == [("/0/text", "additional_properties")]


@pytest.mark.parametrize(
    ("name", "pointer"),
    [
        ("header", "/0"),
        ("section", "/1/accessory"),
        ("context", "/0/elements/0"),
        ("button", "/0/elements/0"),
        ("input", "/0/element"),
        ("rich_text", "/0/elements/0"),
        ("rich_text", "/0/elements/0/elements/0"),
        ("table", "/0/rows/0/0"),
    ],
)
def test_an_unknown_type_is_refused(name: str, pointer: str) -> None:
    [finding] = validate_blocks(put(VALID[name], pointer, {"type": "sections"}))
    assert (finding.pointer, finding.message) == (f"{pointer}/type", "unsupported type: sections")


@pytest.mark.parametrize(
    ("name", "pointer", "known"),
    [
        ("context", "/0/elements/0", "button"),
        ("button", "/0/elements/0", "plain_text_input"),
        ("button", "/0/elements/0", "image"),
        ("section", "/1/accessory", "plain_text_input"),
        ("input", "/0/element", "button"),
        ("rich_text", "/0/elements/1/elements/0", "rich_text_list"),
        ("rich_text", "/0/elements/3/elements/0", "emoji"),
        ("container", "/0/child_blocks/0", "container"),
        ("carousel", "/0/elements/0", "section"),
    ],
)
def test_a_known_type_is_refused_where_it_does_not_belong(name: str, pointer: str, known: str) -> None:
    assert places(validate_blocks(put(VALID[name], pointer, {"type": known}))) == [(f"{pointer}/type", "enum")]


SURFACES: dict[Surface, set[str]] = {
    "message": {*VALID} - {"alert"},
    "modal": {*COVERED, "workflow_button", "alert", "card", "video"},
    "home": {
        *COVERED,
        "workflow_button",
        "table",
        "data_table",
        "data_visualization",
        "card",
        "carousel",
        "container",
        "video",
    },
}


@pytest.mark.parametrize("surface", SURFACES)
@pytest.mark.parametrize("name", VALID)
def test_a_block_passes_on_its_surfaces_only(surface: Surface, name: str) -> None:
    refused = [] if name in SURFACES[surface] else [("/0/type", "enum")]
    assert places(validate_blocks(VALID[name], surface)) == refused


def test_a_section_has_text_or_fields() -> None:
    [finding] = validate_blocks([{"type": "section"}])
    assert finding.message == "must define either `text` or `fields`"
    assert finding.constraint == {"type": "any_of", "expected": ["text", "fields"]}


@pytest.mark.parametrize(
    "image", [{"type": "image", "alt_text": "x"}, {**IMAGE, "slack_file": {"id": "F1"}}], ids=["neither", "both"]
)
def test_an_image_has_one_source(image: Json) -> None:
    assert places(validate_blocks([image])) == [("/0", "one_of")]


def test_a_slack_file_is_named_once() -> None:
    image = {"type": "image", "alt_text": "x", "slack_file": {"id": "F1", "url": WEB}}
    assert places(validate_blocks([image])) == [("/0/slack_file", "one_of")]


def test_a_menu_has_options_or_groups() -> None:
    assert places(validate_blocks(actions({"type": "static_select"}))) == [("/0/elements/0", "one_of")]


def test_a_menu_has_no_options_besides_groups() -> None:
    menu = {"type": "static_select", "options": OPTIONS, "option_groups": [{"label": plain(), "options": OPTIONS}]}
    assert places(validate_blocks(actions(menu))) == [("/0/elements/0", "one_of")]


@pytest.mark.parametrize(
    ("name", "pointer"),
    [
        ("static_select", "/0/elements/0/initial_option"),
        ("radio_buttons", "/0/elements/0/initial_option"),
        ("multi_static_select", "/0/elements/0/initial_options/1"),
        ("checkboxes", "/0/elements/0/initial_options/0"),
    ],
)
def test_what_is_chosen_at_first_is_one_of_the_options(name: str, pointer: str) -> None:
    refused = put(COVERED[name], pointer, {"text": plain(), "value": "another"})
    assert places(validate_blocks(refused)) == [(pointer, "enum")]


def test_an_option_is_a_link_only_in_an_overflow_menu() -> None:
    refused = put(COVERED["static_select"], "/0/elements/0/options/0/url", WEB)
    assert ("/0/elements/0/options/0", "additional_properties") in places(validate_blocks(refused))


def test_an_input_is_not_longer_at_least_than_at_most() -> None:
    fields = [{"type": "plain_text_input", "min_length": 10, "max_length": most} for most in (9, 10)]
    blocks = [{"type": "input", "label": plain(), "element": field} for field in fields]
    assert places(validate_blocks(blocks)) == [("/0/element/max_length", "minimum")]


def test_an_external_select_needs_no_action_id() -> None:
    assert validate_blocks(actions({"type": "external_select"})) == []


def test_an_action_id_is_used_once_in_a_block() -> None:
    [finding] = validate_blocks(actions(button("go"), button("go")))
    assert finding.message == '`action_id` "go" already exists'
    assert places([finding]) == [("/0/elements/1/action_id", "unique")]


def test_an_action_id_is_used_once_in_all_blocks() -> None:
    section = {"type": "section", "text": plain(), "accessory": button("go")}
    field = {"type": "input", "label": plain(), "element": {"type": "plain_text_input", "action_id": "go"}}
    refused = validate_blocks([*actions(button("go")), section, field])
    assert places(refused) == [("/1/accessory/action_id", "unique"), ("/2/element/action_id", "unique")]


def test_an_action_id_is_used_once_in_nested_blocks() -> None:
    container = {"type": "container", "title": plain(), "child_blocks": actions(button("go"))}
    refused = validate_blocks([container, {**CARD, "actions": [button("go")]}])
    assert places(refused) == [("/1/actions/0/action_id", "unique")]


def test_a_block_id_is_used_once() -> None:
    [finding] = validate_blocks([{"type": "divider", "block_id": "b"}, {**COVERED["rich_text"][0], "block_id": "b"}])
    assert places([finding]) == [("/1/block_id", "unique")]


def test_one_element_at_most_has_the_focus() -> None:
    fields = [{"type": "plain_text_input", "focus_on_load": on} for on in (True, False, True)]
    refused = validate_blocks([{"type": "input", "label": plain(), "element": field} for field in fields], "modal")
    assert places(refused) == [("/2/element/focus_on_load", "unique")]


def test_a_message_has_one_table() -> None:
    assert places(validate_blocks([TABLE, TABLE])) == [("", "max_items")]


def test_a_home_tab_may_have_two_tables() -> None:
    assert validate_blocks([TABLE, TABLE], "home") == []


def test_a_message_has_two_charts_at_most() -> None:
    assert places(validate_blocks(VALID["data_visualization"] * 3)) == [("", "max_items")]


def test_markdown_blocks_share_one_limit() -> None:
    half = {"type": "markdown", "text": "x" * 6000}
    assert validate_blocks([half, half]) == []
    [finding] = validate_blocks([half, {"type": "markdown", "text": "x" * 6001}])
    assert (finding.pointer, finding.constraint) == ("", {"type": "max_length", "expected": 12_000, "got": 12_001})


@pytest.mark.parametrize("blocks", [None, {}, "[]", 7, True], ids=str)
def test_blocks_have_to_be_an_array(blocks: Json) -> None:
    assert places(validate_blocks(blocks)) == [("", "type")]


def test_a_message_may_have_no_blocks() -> None:
    assert validate_blocks([]) == []


@pytest.mark.parametrize("pointer", ["/title/text", "/submit/text", "/close/text"])
def test_a_view_has_short_titles(pointer: str) -> None:
    assert validate_view(put(MODAL, pointer, "x" * 24)) == []
    assert places(validate_view(put(MODAL, pointer, "x" * 25))) == [(pointer, "max_length")]
    assert places(validate_view(put(MODAL, pointer, ""))) == [(pointer, "min_length")]


@pytest.mark.parametrize(("name", "most"), [("private_metadata", 3000), ("callback_id", 255), ("external_id", 255)])
@pytest.mark.parametrize("view", [MODAL, HOME], ids=["modal", "home"])
def test_what_a_view_carries_is_limited(view: Json, name: str, most: int) -> None:
    assert validate_view({**view, name: "x" * most}) == []
    assert places(validate_view({**view, name: "x" * (most + 1)})) == [(f"/{name}", "max_length")]


@pytest.mark.parametrize("pointer", ["/title", "/submit", "/close"])
def test_a_view_has_plain_titles(pointer: str) -> None:
    assert places(validate_view(put(MODAL, pointer, mrkdwn()))) == [(f"{pointer}/type", "enum")]


def test_a_modal_has_a_title() -> None:
    assert [finding.message for finding in validate_view(without(MODAL, "/title"))] == ["missing required field: title"]


def test_a_modal_with_an_input_has_a_submit_button() -> None:
    assert places(validate_view(without(MODAL, "/submit"))) == [("", "required")]


def test_a_modal_without_inputs_needs_no_submit_button() -> None:
    assert validate_view({**without(MODAL, "/submit"), "blocks": COVERED["header"]}) == []


@pytest.mark.parametrize("name", ["title", "submit", "close"])
def test_a_home_tab_has_no_titles(name: str) -> None:
    assert places(validate_view({**HOME, name: plain()})) == [("", "additional_properties")]


@pytest.mark.parametrize(("count", "constraint"), [(0, "min_items"), (101, "max_items")])
@pytest.mark.parametrize("view", [MODAL, HOME], ids=["modal", "home"])
def test_a_view_has_1_to_100_blocks(view: Json, count: int, constraint: str) -> None:
    assert places(validate_view({**view, "blocks": [{"type": "divider"}] * count})) == [("/blocks", constraint)]


def test_a_view_is_refused_over_250_kb() -> None:
    def view(rest: int) -> Json:
        return {**HOME, "blocks": [{"type": "section", "text": plain("x" * chars)} for chars in [2900] * 83 + [rest]]}

    rest = 250_000 - len(json.dumps(view(0)))
    assert validate_view(view(rest)) == []
    [finding] = validate_view(view(rest + 1))
    assert (finding.pointer, finding.constraint["got"]) == ("", 250_001)


def test_pointers_into_a_view_begin_at_the_view() -> None:
    blocks = [*actions(button("go"), button("go")), {"type": "header", "text": mrkdwn()}]
    refused = places(validate_view({**HOME, "blocks": blocks}))
    assert refused == [("/blocks/1/text/type", "enum"), ("/blocks/0/elements/1/action_id", "unique")]


@pytest.mark.parametrize("view", [None, [], "", {}, {"type": "workflow_step", "blocks": []}], ids=str)
def test_a_view_is_a_modal_or_a_home_tab(view: Json) -> None:
    assert len(validate_view(view)) == 1


def test_a_refusal_has_the_shape_of_blocks_validate() -> None:
    [finding] = validate_blocks(put(COVERED["section"], "/0/text/type", "invalid"))
    assert finding.as_json() == {
        "code": "failed_constraint",
        "message": "unsupported type: invalid",
        "pointer": "/0/text/type",
        "constraint": {"type": "enum", "expected": ["plain_text", "mrkdwn"], "got": "invalid"},
    }


def test_a_missing_field_is_named_in_the_refusal() -> None:
    [finding] = validate_blocks([{"text": plain()}])
    assert finding.as_json() == {
        "code": "missing_field",
        "message": "missing required field: type",
        "pointer": "/0",
        "constraint": {"type": "required", "expected": "type"},
        "field": "type",
    }


PARTS_OF_ALL = list(walk([*VALID.values(), MODAL]))
NAMES = st.sampled_from(sorted({pointer.rpartition("/")[2] for pointer, _ in PARTS_OF_ALL}))
KINDS = st.sampled_from(sorted({kind for pointer, kind in PARTS_OF_ALL if pointer.endswith("/type")}))
LEAVES = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5) | KINDS
JSON = st.recursive(LEAVES, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(NAMES, inner, max_size=6))
PLACES = [(name, pointer) for name, blocks in VALID.items() for pointer, _ in walk(blocks)]


@given(JSON)
def test_no_value_makes_the_check_fail(value: Json) -> None:
    for finding in [*validate_blocks(value), *validate_blocks([value], "home"), *validate_view(value)]:
        json.dumps(finding.as_json())


@given(st.sampled_from(PLACES), JSON)
def test_no_value_within_a_payload_makes_the_check_fail(place: tuple[str, str], value: Json) -> None:
    blocks = put(VALID[place[0]], place[1], value)
    for finding in [*validate_blocks(blocks), *validate_view({**MODAL, "blocks": blocks})]:
        json.dumps(finding.as_json())


def test_a_value_of_any_depth_is_checked() -> None:
    deep: Json = []
    for _ in range(5_000):
        deep = [deep]
    section = {"type": "section", "text": deep, "elements": deep}
    assert validate_blocks([section, deep])
    assert ("", "max_length") in places(validate_view({**MODAL, "blocks": [section]}))


def words(most: int) -> st.SearchStrategy[str]:
    return st.text(st.characters(max_codepoint=0xFFFF, exclude_categories=["Cs"]), min_size=1, max_size=most)


def plains(most: int) -> st.SearchStrategy[sdk.PlainTextObject]:
    return st.builds(sdk.PlainTextObject, text=words(most), emoji=st.none() | st.booleans())


def texts(most: int) -> st.SearchStrategy[sdk.TextObject]:
    return plains(most) | st.builds(sdk.MarkdownTextObject, text=words(most), verbatim=st.none() | st.booleans())


MAYBE = st.none() | st.booleans()
URLS = st.builds("https://example.org/{}".format, st.integers())
CONFIRMS = st.none() | st.builds(
    sdk.ConfirmObject, title=plains(100), text=texts(300), confirm=plains(30), deny=plains(30), style=st.just("danger")
)
MENUS = {"placeholder": plains(150), "confirm": CONFIRMS, "focus_on_load": st.none()}
CHOICES = st.lists(st.builds(sdk.Option, text=plains(75), value=words(150), description=plains(75)), min_size=1)
GROUPS = st.lists(st.builds(sdk.OptionGroup, label=plains(75), options=CHOICES), min_size=1, max_size=3)
SDK_ELEMENTS = [
    st.builds(
        sdk.ButtonElement,
        text=plains(75),
        value=st.none() | words(2000),
        url=st.none() | URLS,
        style=st.sampled_from([None, "primary", "danger"]),
        confirm=CONFIRMS,
        accessibility_label=st.none() | words(75),
    ),
    st.builds(sdk.StaticSelectElement, options=CHOICES, **MENUS),
    st.builds(sdk.StaticMultiSelectElement, option_groups=GROUPS, max_selected_items=st.integers(1), **MENUS),
    st.builds(sdk.ExternalDataSelectElement, min_query_length=st.integers(0), **MENUS),
    st.builds(sdk.UserSelectElement, initial_user=words(9), **MENUS),
    st.builds(sdk.ConversationSelectElement, default_to_current_conversation=MAYBE, **MENUS),
    st.builds(sdk.ChannelMultiSelectElement, max_selected_items=st.integers(1), **MENUS),
    st.builds(sdk.DatePickerElement, initial_date=st.dates().map(str), **MENUS),
    st.builds(sdk.TimePickerElement, initial_time=st.times().map("{:%H:%M}".format), **MENUS),
    st.builds(sdk.RadioButtonsElement, options=st.lists(CHOICES.map(lambda some: some[0]), min_size=1, max_size=10)),
    st.builds(sdk.OverflowMenuElement, options=CHOICES.map(lambda some: some[:5]), confirm=CONFIRMS),
]
IMAGES = {"image_url": URLS, "alt_text": words(2000)}
STYLES = st.none() | st.fixed_dictionaries({}, optional=dict.fromkeys(STYLE, st.booleans()))
PARTS = sdk.RichTextElementParts
SDK_SPANS = st.lists(
    st.builds(PARTS.Text, text=words(300), style=STYLES)
    | st.builds(PARTS.Link, url=URLS, text=st.none() | words(300), style=STYLES)
    | st.builds(PARTS.User, user_id=words(9))
    | st.builds(PARTS.Date, timestamp=st.integers(), format=words(20), fallback=st.none() | words(9))
    | st.builds(PARTS.Emoji, name=words(20))
)
SECTIONS = st.builds(sdk.RichTextSectionElement, elements=SDK_SPANS)
SDK_PARTS = (
    SECTIONS
    | st.builds(sdk.RichTextQuoteElement, elements=SDK_SPANS)
    | st.builds(sdk.RichTextListElement, elements=st.lists(SECTIONS), style=st.just("bullet"), indent=st.integers(0, 8))
)
SDK_BLOCKS = [
    st.builds(sdk.SectionBlock, text=texts(3000), fields=st.lists(texts(2000), max_size=10), expand=MAYBE),
    st.builds(sdk.SectionBlock, text=texts(3000), accessory=st.one_of(SDK_ELEMENTS)),
    st.builds(sdk.SectionBlock, text=texts(3000), accessory=st.builds(sdk.ImageElement, **IMAGES)),
    st.builds(sdk.HeaderBlock, text=plains(150)),
    st.builds(sdk.DividerBlock),
    st.builds(sdk.ContextBlock, elements=st.lists(texts(3000), min_size=1, max_size=10)),
    st.builds(sdk.ActionsBlock, elements=st.lists(st.one_of(SDK_ELEMENTS), min_size=1, max_size=25)),
    st.builds(sdk.ImageBlock, title=plains(2000), **IMAGES),
    st.builds(sdk.RichTextBlock, elements=st.lists(SDK_PARTS, min_size=1)),
    st.builds(
        sdk.InputBlock,
        label=plains(2000),
        hint=plains(2000),
        optional=MAYBE,
        element=st.builds(sdk.PlainTextInputElement, multiline=MAYBE, max_length=st.integers(1, 3000)),
    ),
]


@given(st.one_of(SDK_BLOCKS))
def test_what_slack_sdk_builds_passes(block: sdk.Block) -> None:
    assert validate_blocks([block.to_dict()]) == []


def sdk_refuses(blocks: Json) -> bool:
    try:
        for block in blocks:
            known = sdk.Block.parse(block)
            assert known is not None
            known.to_dict()
    except SlackObjectFormationError:
        return True
    return False


SDK_KNOWS = [row for row in LENGTHS if row[0] not in ("data_visualization", "alert")]


@given(st.sampled_from(SDK_KNOWS), st.integers(-2, 300))
def test_what_slack_sdk_refuses_is_refused(row: tuple[str, str, int, int], beyond: int) -> None:
    name, pointer, _, most = row
    blocks = put(VALID[name], pointer, "x" * (most + beyond))
    if sdk_refuses(blocks):
        assert validate_blocks(blocks)
