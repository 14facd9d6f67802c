"""Many items, some at a time."""

import pytest

from bot.core.batches import batches


@pytest.mark.parametrize(
    ("items", "expected"),
    [("", []), ("a", ["a"]), ("abc", ["abc"]), ("abcd", ["abc", "d"]), ("abcdefg", ["abc", "def", "g"])],
)
def test_all_come_in_order_and_at_most_so_many_at_a_time(items: str, expected: list[str]) -> None:
    assert list(batches(items, 3)) == expected
