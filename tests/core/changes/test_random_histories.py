"""Whatever is done to a brief: every change is reported exactly once, and together they make the new version."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Any

from hypothesis import given, settings

from bot.core.briefs.brief import Brief
from bot.core.changes.change_set import Change, ChangeSet
from bot.core.changes.diff import diff_brief, squash
from tests.core.changes.apply import apply, read
from tests.core.changes.rewrites import histories

SEQUENCES = 500


def comparable(before: Brief, after: Brief) -> bool:
    """A brief that was withdrawn before anybody saw it, or that goes after it was withdrawn, is not announced."""
    return {before.status, after.status} != {"draft", "withdrawn"}


def steps(versions: Sequence[Brief]) -> list[tuple[Brief, Brief]]:
    return [pair for pair in pairwise(versions) if comparable(*pair)]


def keys(found: ChangeSet | None) -> list[tuple[str, str, str]]:
    return [(change.op, change.what, change.id) for change in found.changes] if found else []


@given(histories())
@settings(max_examples=SEQUENCES)
def test_every_change_is_reported_exactly_once(versions: list[Brief]) -> None:
    for before, after in steps(versions):
        found, wanted = diff_brief(before, after), read(after)
        assert read(apply(before, found)) == wanted
        assert (found is None) == (read(before) == wanted)
        assert all(number == 1 for number in Counter(keys(found)).values())
        for change in found.changes if found else ():
            assert found is not None
            assert is_needed(change, found, before, wanted)


def is_needed(change: Change, found: ChangeSet, before: Brief, wanted: Any) -> bool:
    """Whether the others without it do not make the new version."""
    others = tuple(each for each in found.changes if each is not change)
    try:
        return bool(read(apply(before, replace(found, changes=others))) != wanted)
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
    found = squash(versions)
    assert keys(found) == keys(diff_brief(versions[0], versions[-1]))
    if comparable(versions[0], versions[-1]):
        assert read(apply(versions[0], found)) == read(versions[-1])
