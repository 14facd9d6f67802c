"""JSON from elsewhere: what it says, or a refusal before it is parsed."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.bounded_json import is_deeper, loads

VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(st.sampled_from('[]{}"\\ a'), max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(st.sampled_from('[{"\\'), max_size=3), inner),
    max_leaves=8,
)


def depth(value: object) -> int:
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else None
    return 0 if inner is None else 1 + max(map(depth, inner), default=0)


@given(VALUES, st.integers(0, 6))
def test_a_value_is_refused_only_where_it_is_nested_deeper(value: object, most: int) -> None:
    text = json.dumps(value)
    assert is_deeper(text, most) == (depth(value) > most)
    if depth(value) <= most:
        assert loads(text, most) == value


NO_JSON = ["", "[", "NaN", "-Infinity", "1" * 5000, '"' * 10**6, '"\\', "[]" * 50 + '"' + '\\"' * 10**5]
TOO_DEEP = ['{"a":' * 1000, "[" * 1000 + "]" * 1000, "[" * 10**6]


@pytest.mark.parametrize("text", [*NO_JSON, *TOO_DEEP], ids=lambda text: text[:9])
def test_what_is_no_json_raises_value_errors_alone(text: str) -> None:
    with pytest.raises(ValueError, match=r".*"):
        loads(text, 10)
