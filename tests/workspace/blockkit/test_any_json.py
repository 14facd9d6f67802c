"""No JSON value makes the check raise."""

import json

from hypothesis import given
from hypothesis import strategies as st

from bot.workspace.blockkit import validate_blocks, validate_view
from tests.workspace.blockkit.examples import MODAL, VALID, Json, places, put, walk

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
