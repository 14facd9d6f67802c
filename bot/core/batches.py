"""Many items, some at a time."""

from collections.abc import Iterator, Sequence
from typing import TypeVar

T = TypeVar("T")


def batches(items: Sequence[T], size: int) -> Iterator[Sequence[T]]:
    """The items in order, at most `size` of them at a time; nothing where there are none."""
    return (items[start : start + size] for start in range(0, len(items), size))
