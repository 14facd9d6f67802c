"""A bounded memory of values."""

import pytest

from bot.core.lru_cache import LruCache


def test_a_value_is_made_once() -> None:
    memo, made = LruCache[int](2), list[str]()

    def make() -> int:
        made.append("made")
        return 7

    assert [memo.get("a", make), memo.get("a", make), made] == [7, 7, ["made"]]


def test_the_value_that_was_asked_for_longest_ago_is_forgotten() -> None:
    memo = LruCache[int](2)
    for key in ("a", "b", "a", "c"):
        memo.get(key, lambda: 1)
    assert [memo.get("a", lambda: 2), memo.get("b", lambda: 2)] == [1, 2]


def test_nothing_is_a_value_too() -> None:
    memo = LruCache[int | None](2)
    memo.get("a", lambda: None)
    assert memo.get("a", lambda: 1) is None


def test_what_could_not_be_made_is_made_the_next_time() -> None:
    memo = LruCache[int](2)
    with pytest.raises(ZeroDivisionError):
        memo.get("a", lambda: 1 // 0)
    assert memo.get("a", lambda: 1) == 1
