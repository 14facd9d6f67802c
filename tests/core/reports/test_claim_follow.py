"""What counts as a change of a reported claim."""

from dataclasses import replace
from itertools import pairwise

import pytest

from bot.core.briefs.brief import Brief, ChangeNote, Claim, Evidence
from bot.core.changes.diff import diff_brief
from bot.core.reports.claim_follow import Followed, follow_claim, heir_of
from tests.make import GAZETTE, brief, claim

A = claim("a", "There were six ferries that day.")
B = claim("b", "The harbour was shut for a week.")


def ferries(*claims: Claim, section: str = "legal", **fields: object) -> Brief:
    return brief("ferries", {section: claims}, **fields)  # type: ignore[arg-type]


BEFORE = ferries(A, B)
OTHER = Evidence(source="gazette", quote="there were four of them in all")
TABLE: dict[str, tuple[Brief | None, tuple[str, str]]] = {
    "its text": (ferries(replace(A, text="There were four ferries that day."), B), ("a", "changed")),
    "its standing": (ferries(replace(A, standing="disputed", note="Reports differ."), B), ("a", "changed")),
    "its note": (ferries(replace(A, note="As counted at noon."), B), ("a", "changed")),
    "its evidence": (ferries(replace(A, evidence=(OTHER,)), B), ("a", "changed")),
    "the address of its source": (
        ferries(A, B, sources={"gazette": replace(GAZETTE, url="https://example.org/other")}),
        ("a", "changed"),
    ),
    "its text and its id": (ferries(replace(A, id="c", text="There were four ferries that day."), B), ("c", "changed")),
    "its id alone": (ferries(replace(A, id="c"), B), ("c", "open")),
    "the id of its source alone": (
        ferries(*(replace(each, evidence=(Evidence(source="g"),)) for each in (A, B)), sources={"g": GAZETTE}),
        ("a", "open"),
    ),
    "its place": (ferries(B, A), ("a", "open")),
    "its section": (ferries(A, B, section="reactions"), ("a", "open")),
    "words that find it": (ferries(replace(A, also=("boats",)), B), ("a", "open")),
    "another claim": (ferries(A, replace(B, text="The harbour was shut for a month.")), ("a", "open")),
    "the title": (ferries(A, B, title="Boats"), ("a", "open")),
    "it is removed": (ferries(B), ("a", "gone")),
    "the brief is withdrawn": (ferries(A, B, status="withdrawn"), ("a", "gone")),
    "the brief is a draft": (ferries(A, B, status="draft"), ("a", "gone")),
    "the file is gone": (None, ("a", "gone")),
}


@pytest.mark.parametrize("name", TABLE)
def test_what_readers_see_of_a_claim_decides_and_nothing_else(name: str) -> None:
    after, expected = TABLE[name]
    change_set = diff_brief(BEFORE, after)
    followed = follow_claim("a", [change_set] if change_set else [])
    assert (followed.claim, followed.state) == expected


def test_an_editorial_change_counts_as_well() -> None:
    note = ChangeNote(date=BEFORE.as_of, kind="editorial", note="A slip.", claims=("a",))
    change_set = diff_brief(BEFORE, ferries(replace(A, text="There were six ferries on that day."), B, changes=(note,)))
    assert change_set is not None
    assert follow_claim("a", [change_set]) == Followed("a", "changed")


def test_a_claim_is_followed_over_several_changes_and_one_that_touches_it_counts() -> None:
    renamed = ferries(replace(A, id="c"), B)
    edited = ferries(replace(A, id="c", text="There were four ferries that day."), B)
    versions = [BEFORE, renamed, edited, ferries(B)]
    change_sets = [diff_brief(old, new) for old, new in pairwise(versions)]
    assert all(change_sets)
    assert follow_claim("a", filter(None, change_sets)) == Followed("c", "changed", edited)
    assert follow_claim("a", filter(None, change_sets[:1])) == Followed("c", "open")


MOVES: dict[str, tuple[Claim, tuple[str, str] | None]] = {
    "as it was": (A, ("a", "open")),
    "under another id": (replace(A, id="c"), ("c", "open")),
    "reworded under its id": (replace(A, text="There were four ferries on that day."), ("a", "changed")),
    "with another source": (replace(A, evidence=(OTHER,)), ("a", "changed")),
    "another claim under its id": (replace(A, text="Nobody asked the four towns."), None),
    "one that is like it": (replace(A, id="c", text="There were six trains that day."), None),
}


@pytest.mark.parametrize("name", MOVES)
@pytest.mark.parametrize("is_new", [False, True])
def test_a_claim_that_moved_to_another_brief_is_known_by_its_words_or_its_id(name: str, *, is_new: bool) -> None:
    now, expected = MOVES[name]
    before, after = (brief("boats", {"legal": claims}) for claims in ([B], [B, now]))
    moved = diff_brief(None if is_new else before, after)
    assert moved is not None
    heir = heir_of("a", BEFORE, [(7, moved)])
    assert (heir and (heir.slug, heir.publication, heir.claim, heir.state)) == (expected and ("boats", 7, *expected))


def test_a_claim_that_another_brief_had_all_along_is_no_heir() -> None:
    change_set = diff_brief(brief("boats", {"legal": [A]}), brief("boats", {"legal": [A, B]}))
    assert change_set is not None
    assert heir_of("a", BEFORE, [(7, change_set)]) is None
