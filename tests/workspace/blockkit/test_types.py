"""Which type of object may stand where: texts, elements, and blocks on a surface."""

import pytest

from bot.workspace.blockkit import validate_blocks
from bot.workspace.blockkit.blocks import Surface
from tests.workspace.blockkit.examples import COVERED, VALID, mrkdwn, places, put


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
