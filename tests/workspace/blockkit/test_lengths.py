"""Texts at the limits of their length pass, those beyond are refused."""

import pytest

from bot.workspace.blockkit import validate_blocks
from tests.workspace.blockkit.examples import COVERED, VALID, check, places, put

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
