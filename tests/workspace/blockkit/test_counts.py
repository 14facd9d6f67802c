"""Arrays and numbers at their limits pass, those beyond are refused."""

import pytest

from bot.workspace.blockkit import validate_blocks
from bot.workspace.blockkit.blocks import Surface
from tests.workspace.blockkit.examples import COVERED, VALID, Json, at, places, put

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
