"""Where the words of a claim stand that was merged or split."""

from dataclasses import replace

import pytest

from bot.core.briefs.brief import Claim
from bot.core.changes.change_set import Change
from bot.core.changes.claim_parts import joined_claim, origin_of, remains_of, split_off
from bot.core.changes.diff import diff_brief
from tests.make import brief, claim

SIGNED = "The UK and Rwanda signed a memorandum in Kigali on 13 April 2022 on asylum seekers."
GAVE = "The UK gave Rwanda an initial £120 million and undertook to fund accommodation and integration."
JOINED = f"{SIGNED[:-1]}; {GAVE[0].lower()}{GAVE[1:]}"
EXTENDS = "The minister said in September 2017 that Norway wished to rent Norgerhaven for one more year."
ENDS = "In early 2018 the government decided not to extend the contract, which ran out on 31 August 2018."
OTHER = "Lighthouse keepers are paid by the harbour board of each town along the northern coast."


def changes(old: dict[str, str], new: dict[str, str]) -> tuple[Change, ...]:
    before, after = (
        brief("b", {"legal": [claim(id_, text=text) for id_, text in each.items()]}) for each in (old, new)
    )
    change_set = diff_brief(before, after)
    assert change_set is not None
    return change_set.changes


@pytest.mark.parametrize(
    ("new", "ids", "whole"),
    [
        ({"a": JOINED}, ["a"], True),
        ({"a": JOINED.replace("£120", "£140")}, ["a"], False),
        ({"a": JOINED.replace("gave", "never gave")}, ["a"], False),
        ({"a": JOINED.replace(" and integration", "")}, ["a"], False),
        ({"a": SIGNED}, [], False),
        ({"a": SIGNED.replace("13", "14")}, [], False),
        ({"a": SIGNED, "c": OTHER}, [], False),
        ({"a": OTHER}, [], False),
        ({"c": f"{JOINED} {OTHER}", "d": SIGNED}, ["c"], True),
        (
            {"a": SIGNED, "c": "The UK gave Rwanda £120 million.", "d": "It undertook to fund integration."},
            ["c", "d"],
            False,
        ),
    ],
)
def test_what_remains_of_a_claim_that_is_gone(new: dict[str, str], ids: list[str], whole: bool) -> None:
    every = changes({"a": SIGNED, "b": GAVE}, new)
    (removed,) = (each for each in every if each.op == "removed" and each.id == "b")
    remains = remains_of(removed.before, every)
    assert ([each.id for each in remains.claims], remains.whole) == (ids, whole)


@pytest.mark.parametrize(
    ("new", "parts"),
    [
        ({"a": EXTENDS, "b": ENDS}, ["b"]),
        ({"b": ENDS, "a": EXTENDS.replace("2017", "2016")}, ["b"]),
        ({"first": EXTENDS, "second": ENDS}, ["first"]),
        ({"a": EXTENDS, "b": OTHER}, []),
        ({"a": f"{EXTENDS} {ENDS}".replace("2017", "2016"), "b": ENDS}, []),
    ],
)
def test_what_was_split_off(new: dict[str, str], parts: list[str]) -> None:
    every = changes({"a": f"{EXTENDS} {ENDS}"}, new)
    (edit,) = (each for each in every if each.op == "edited")
    added = [each.after for each in every if each.op == "added"]
    assert [each.id for each in split_off(edit.before, edit.after, every)] == parts
    assert [each.id for each in added if origin_of(each, every) == edit] == parts
    if parts:
        others = split_off(edit.before, edit.after, every)
        assert joined_claim(edit.after, others, edit.before.text).text.replace("2016", "2017") == f"{EXTENDS} {ENDS}"


def test_a_brief_that_was_written_anew_is_not_searched() -> None:
    def claims(text: str, first: int) -> dict[str, str]:
        return {f"c{n}": f"{text} {n}." for n in range(first, first + 201)}

    every = changes({"a": SIGNED, "b": GAVE, **claims(OTHER, 0)}, {"a": JOINED, **claims("Nobody keeps it", 300)})
    removed: Claim = next(each.before for each in every if each.id == "b")
    assert remains_of(replace(removed), every).claims == ()
