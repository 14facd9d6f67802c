"""Rules about all blocks of a payload together."""

import pytest

from bot.workspace.blockkit import validate_blocks
from tests.workspace.blockkit.examples import CARD, COVERED, TABLE, VALID, Json, actions, button, places, plain


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
