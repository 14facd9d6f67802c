"""Documented payloads pass; each field has its type, and no field is missing or unknown."""

import pytest

from bot.workspace.blockkit import validate_blocks, validate_view
from tests.workspace.blockkit.examples import (
    COVERED,
    HOME,
    MODAL,
    OPEN,
    RICH_TEXT,
    VALID,
    Json,
    check,
    places,
    plain,
    put,
    walk,
    without,
)


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


@pytest.mark.parametrize("field", ["title", "child_blocks"])
def test_a_container_has_a_title_and_blocks(field: str) -> None:
    [container] = VALID["container"]
    assert check("container", [{key: value for key, value in container.items() if key != field}])
    assert check("container", [{**container, "open": True}])


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
