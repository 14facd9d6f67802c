"""Whatever is done to a brief: every change is reported exactly once, and together they make the new version."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Any

from hypothesis import given

from bot.core.briefs.brief import Brief
from bot.core.changes.change_set import Change, ChangeSet
from bot.core.changes.diff import diff_brief, squash
from tests.conftest import examples
from tests.core.changes.apply import apply, read
from tests.core.changes.rewrites import histories


def comparable(before: Brief, after: Brief) -> bool:
    """A brief that was withdrawn before anybody saw it, or that goes after it was withdrawn, is not announced."""
    return {before.status, after.status} != {"draft", "withdrawn"}


def steps(versions: Sequence[Brief]) -> list[tuple[Brief, Brief]]:
    return [pair for pair in pairwise(versions) if comparable(*pair)]


def keys(change_set: ChangeSet | None) -> list[tuple[str, str, str]]:
    return [(change.op, change.what, change.id) for change in change_set.changes] if change_set else []


@given(histories())
@examples(500)
def test_every_change_is_reported_exactly_once(versions: list[Brief]) -> None:
    for before, after in steps(versions):
        change_set, wanted = diff_brief(before, after), read(after)
        assert read(apply(before, change_set)) == wanted
        assert (change_set is None) == (read(before) == wanted)
        assert all(number == 1 for number in Counter(keys(change_set)).values())
        for change in change_set.changes if change_set else ():
            assert change_set is not None
            assert is_needed(change, change_set, before, wanted)


def is_needed(change: Change, change_set: ChangeSet, before: Brief, wanted: Any) -> bool:
    """Whether the others without it do not make the new version."""
    others = tuple(each for each in change_set.changes if each is not change)
    try:
        return bool(read(apply(before, replace(change_set, changes=others))) != wanted)
    except (AssertionError, KeyError, ValueError):
        return True


@given(histories())
def test_backwards_what_was_added_is_removed(versions: list[Brief]) -> None:
    mirrored = {"added": "removed", "removed": "added", "edited": "edited", "moved": "moved"}
    for before, after in steps(versions):
        there, back = diff_brief(before, after), diff_brief(after, before)
        assert Counter((op, what) for op, what, _ in keys(there) if what != "field") == Counter(
            (mirrored[op], what) for op, what, _ in keys(back) if what != "field"
        )
        added = {id_ for op, what, id_ in keys(there) if (op, what) == ("added", "claim")}
        assert added == {id_ for op, what, id_ in keys(back) if (op, what) == ("removed", "claim")}


@given(histories())
def test_several_steps_combine_into_their_whole_difference(versions: list[Brief]) -> None:
    change_set = squash(versions)
    assert keys(change_set) == keys(diff_brief(versions[0], versions[-1]))
    if comparable(versions[0], versions[-1]):
        assert read(apply(versions[0], change_set)) == read(versions[-1])
