"""Formats, enumerations, and rules between the fields of one object."""

import pytest

from bot.workspace.blockkit import validate_blocks
from tests.workspace.blockkit.examples import COVERED, IMAGE, OPTIONS, VALID, WEB, Json, actions, places, plain, put


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
    ("fields", "refused"),
    [
        ({}, ["/0/has_header_divider"]),
        ({"has_header_divider": False}, []),
        ({"is_collapsible": False}, ["/0/default_collapsed"]),
        ({"is_collapsible": False, "default_collapsed": False}, []),
    ],
)
def test_a_container_is_collapsible_or_has_a_divider(fields: Json, refused: list[str]) -> None:
    [container] = VALID["container"]
    blocks = [{**container, "has_header_divider": True, **fields}]
    assert places(validate_blocks(blocks)) == [(pointer, "const") for pointer in refused]


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
