"""What became of claims that were shown."""

from dataclasses import replace
from datetime import timedelta
from itertools import pairwise

import pytest

from bot.core.briefs.brief import Brief, ChangeKind, Claim
from bot.core.changes.correction import (
    ClaimCorrection,
    Effect,
    PublishedChange,
    corrections_of,
    ids_of_now,
    touched_claim_ids,
)
from bot.core.changes.diff import diff_brief
from tests.ferries import ALTERNATIVE, CHARTER, COURT, DAY, HALVED, edited, ferries, noted, with_claims
from tests.make import brief, claim

OLD = ferries()


def worded(brief: Brief, kind: ChangeKind, text: str, *, id: str = HALVED.id, now: str | None = None) -> Brief:
    """With another text for a claim of the overview, and a note of that kind which names it; `now` is its new id."""
    claims = brief.sections["overview"].claims
    other = tuple(replace(each, text=text, id=now or id) if each.id == id else each for each in claims)
    return noted(with_claims(brief, overview=other), kind, f"Note: {text}", claims=(now or id,))


def without(brief: Brief, kind: ChangeKind, id: str = HALVED.id) -> Brief:
    """Without a claim of the overview, for the reason that a note gives."""
    rest = tuple(each for each in brief.sections["overview"].claims if each.id != id)
    return noted(with_claims(brief, overview=rest), kind, "It is gone.", claims=(id,))


def steps(*versions: Brief | None) -> list[PublishedChange]:
    """A publication a day, from number 2; the claim was shown at publication 1."""
    published: list[PublishedChange] = []
    for number, (before, after) in enumerate(pairwise(versions), 2):
        if (change_set := diff_brief(before, after)) is not None:
            published.append(PublishedChange(number, DAY + timedelta(days=number), change_set))
    return published


def became(claim: Claim, *versions: Brief | None) -> list[tuple[int, str, str | None]]:
    """(publication, how it read, how it reads now) of a claim."""
    return [(number, before, after) for number, _, before, after in effects(claim, *versions)]


def effects(claim: Claim, *versions: Brief | None) -> list[tuple[int, Effect, str, str | None]]:
    """(publication, what happened, how it read, how it reads now) of a claim."""
    return [
        (each.publication, each.effect, each.before.text, each.after.text if each.after else None)
        for each in corrections_of(claim, steps(*versions))
    ]


SIX = HALVED.text
FOUR, FIVE = (SIX.replace("six", number) for number in ("four", "five"))
MENDED = worded(OLD, "correction", FOUR)


# One publication


def test_a_corrected_claim_reads_otherwise_now() -> None:
    (fate,) = corrections_of(HALVED, steps(OLD, MENDED))
    assert fate == ClaimCorrection(2, DAY + timedelta(days=2), HALVED, MENDED.sections["overview"].claims[0], MENDED)


def test_a_claim_that_was_withdrawn_reads_no_more() -> None:
    (fate,) = corrections_of(HALVED, steps(OLD, without(OLD, "withdrawal")))
    assert (fate.before, fate.after, fate.brief) == (HALVED, None, None)


def test_a_claim_that_was_taken_out_as_a_correction_reads_no_more() -> None:
    assert became(HALVED, OLD, without(OLD, "correction")) == [(2, SIX, None)]


@pytest.mark.parametrize("kind", ["update", "clarification", "evidence", "editorial"])
def test_other_edits_do_not_make_it_wrong(kind: ChangeKind) -> None:
    assert became(HALVED, OLD, worded(OLD, kind, FOUR)) == []
    assert became(HALVED, OLD, without(OLD, kind)) == []


def test_what_happens_to_other_claims_is_not_its_fate() -> None:
    assert became(COURT, OLD, MENDED) == []
    assert became(ALTERNATIVE, OLD, without(OLD, "withdrawal")) == []


def test_a_correction_that_names_nothing_is_one_of_all_that_changed() -> None:
    other = with_claims(OLD, overview=[replace(HALVED, text=FOUR), ALTERNATIVE])
    assert became(HALVED, OLD, noted(other, "correction", "Four.")) == [(2, SIX, FOUR)]


def test_a_move_alone_is_no_correction() -> None:
    moved = noted(with_claims(OLD, overview=[ALTERNATIVE], legal=[HALVED, COURT, CHARTER]), "correction", "Moved.")
    assert became(HALVED, OLD, moved) == []


def test_a_claim_that_moved_and_was_corrected_was_corrected() -> None:
    four = replace(HALVED, text=FOUR)
    moved = noted(with_claims(OLD, overview=[ALTERNATIVE], legal=[four, COURT, CHARTER]), "correction", "Moved.")
    assert became(HALVED, OLD, moved) == [(2, SIX, FOUR)]


def test_evidence_that_was_wrong_is_a_correction_of_its_claim() -> None:
    bare = replace(HALVED, evidence=(replace(HALVED.evidence[0], quote=None),))
    after = noted(with_claims(OLD, overview=[bare, ALTERNATIVE]), "correction", "Misquoted.", claims=(HALVED.id,))
    (fate,) = corrections_of(HALVED, steps(OLD, after))
    assert (fate.before, fate.after) == (HALVED, bare)


# Several publications


def test_several_corrections_are_told_one_by_one_from_what_the_reader_was_shown() -> None:
    again = worded(MENDED, "correction", FIVE)
    assert became(HALVED, OLD, MENDED, again) == [(2, SIX, FOUR), (3, FOUR, FIVE)]


def test_a_correction_that_is_taken_back_is_two() -> None:
    assert became(HALVED, OLD, MENDED, worded(MENDED, "correction", SIX)) == [(2, SIX, FOUR), (3, FOUR, SIX)]


def test_after_an_update_a_correction_still_says_what_the_reader_was_shown() -> None:
    """Nobody edited the post for the update, so its reader knows the words of before."""
    updated = worded(OLD, "update", FOUR)
    assert became(HALVED, OLD, updated, worded(updated, "correction", FIVE)) == [(3, SIX, FIVE)]


def test_after_a_correction_the_post_follows_its_claim_whatever_the_kind() -> None:
    updated = worded(MENDED, "update", FIVE)
    last = worded(updated, "correction", SIX)
    assert effects(HALVED, OLD, MENDED, updated, last) == [
        (2, "corrected", SIX, FOUR),
        (3, "updated", FOUR, FIVE),
        (4, "corrected", FIVE, SIX),
    ]


@pytest.mark.parametrize("kind", ["update", "clarification", "evidence", "editorial"])
def test_a_correction_that_is_taken_back_as_anything_else_is_taken_back_in_the_post(kind: ChangeKind) -> None:
    assert effects(HALVED, OLD, MENDED, worded(MENDED, kind, SIX)) == [
        (2, "corrected", SIX, FOUR),
        (3, "updated", FOUR, SIX),
    ]
    assert effects(HALVED, OLD, MENDED, without(MENDED, kind)) == [
        (2, "corrected", SIX, FOUR),
        (3, "withdrawn", FOUR, None),
    ]


def test_a_correction_to_what_the_post_says_anyway_is_nothing_to_say() -> None:
    updated = worded(OLD, "update", FOUR)
    assert effects(HALVED, OLD, updated, worded(updated, "correction", SIX)) == []


def test_other_ids_of_the_sources_are_nothing_to_say() -> None:
    paper = replace(HALVED, evidence=tuple(replace(each, source="paper") for each in HALVED.evidence))
    sources = {**MENDED.sources, "paper": MENDED.sources["gazette"]}
    four = replace(paper, text=FOUR)
    assert became(HALVED, OLD, MENDED, edited(with_claims(MENDED, overview=[four, ALTERNATIVE]), sources=sources)) == [
        (2, SIX, FOUR)
    ]


def test_a_claim_is_followed_through_its_new_ids() -> None:
    renamed = worded(OLD, "update", FOUR, now="ferries-cut")
    mended = worded(renamed, "correction", FIVE, id="ferries-cut")
    assert [change.old_id for change in steps(OLD, renamed)[0].change_set.changes if change.what == "claim"] == [
        HALVED.id
    ]
    assert became(HALVED, OLD, renamed, mended) == [(3, SIX, FIVE)]


def test_a_correction_that_also_renames_a_claim_is_followed_too() -> None:
    mended = worded(OLD, "correction", FOUR, now="ferries-cut")
    assert became(HALVED, OLD, mended, without(mended, "withdrawal", "ferries-cut")) == [
        (2, SIX, FOUR),
        (3, FOUR, None),
    ]


def test_a_move_that_renames_a_claim_is_followed_too() -> None:
    other = replace(HALVED, id="ferries-cut")
    moved = with_claims(OLD, overview=[ALTERNATIVE], legal=[other, COURT, CHARTER])
    four = noted(
        with_claims(moved, legal=[replace(other, text=FOUR), COURT, CHARTER]), "correction", "Four.", claims=(other.id,)
    )
    assert became(HALVED, OLD, moved, four) == [(3, SIX, FOUR)]


def test_an_id_that_is_given_to_another_claim_later_is_none_of_the_first() -> None:
    gone = without(OLD, "update")
    stranger = replace(CHARTER, id=HALVED.id, text="A wholly different statement about lighthouse keepers.")
    back = with_claims(gone, overview=[ALTERNATIVE, stranger])
    mended = noted(
        with_claims(
            back, overview=[ALTERNATIVE, replace(stranger, text="Another statement about lighthouse keepers.")]
        ),
        "correction",
        "Keepers.",
        claims=(HALVED.id,),
    )
    assert became(HALVED, OLD, gone, back, mended) == []


# Merged and split

JOINT = replace(HALVED, text=f"{SIX[:-1]}, and two towns have gone to court against the new timetable.")


def merged(kind: ChangeKind, text: str = JOINT.text) -> Brief:
    claims = [replace(HALVED, text=text), ALTERNATIVE]
    return noted(with_claims(OLD, overview=claims, legal=[CHARTER]), kind, "One claim.")


def test_a_merged_claim_is_not_withdrawn() -> None:
    assert became(HALVED, OLD, merged("correction")) == [(2, SIX, JOINT.text)]
    assert became(COURT, OLD, merged("correction")) == []
    assert became(COURT, OLD, merged("withdrawal")) == []


def test_a_claim_that_was_merged_and_corrected_reads_otherwise_now() -> None:
    three = JOINT.text.replace("two", "three")
    assert effects(COURT, OLD, merged("correction", three)) == [(2, "corrected", COURT.text, three)]
    assert [each.is_merged for each in corrections_of(COURT, steps(OLD, merged("correction", three)))] == [True]
    assert [each.is_merged for each in corrections_of(HALVED, steps(OLD, merged("correction", three)))] == [False]


def test_a_merged_claim_is_followed() -> None:
    three = JOINT.text.replace("two", "three")
    assert effects(COURT, OLD, merged("update"), merged("correction", three)) == [(3, "corrected", COURT.text, three)]
    gone = noted(with_claims(OLD, overview=[ALTERNATIVE], legal=[CHARTER]), "correction", "No.")
    assert effects(COURT, OLD, merged("update"), gone) == [(3, "withdrawn", COURT.text, None)]


def test_a_merged_claim_that_stands_alone_again_is_itself() -> None:
    three = JOINT.text.replace("two", "three")
    assert effects(COURT, OLD, merged("correction", three), OLD)[-1] == (3, "updated", three, COURT.text)


def test_posts_of_a_merged_claim_are_looked_up_by_the_other_one() -> None:
    (step,) = steps(OLD, merged("update"))
    assert ids_of_now(step.change_set) == {COURT.id: HALVED.id}


@pytest.mark.parametrize("kind", ["correction", "update"])
def test_a_split_claim_has_the_words_of_its_parts(kind: ChangeKind) -> None:
    split = noted(with_claims(OLD, overview=[replace(HALVED, text=FOUR), ALTERNATIVE]), kind, "Two claims.")
    whole = merged("update")
    joined = f"{FOUR} {COURT.text}"
    expected = [(2, "corrected", JOINT.text, joined)] if kind == "correction" else []
    assert effects(JOINT, whole, split) == expected
    five = noted(with_claims(split, overview=[replace(HALVED, text=FIVE), ALTERNATIVE]), "correction", "Five.")
    last = (3, "corrected", joined if kind == "correction" else JOINT.text, f"{FIVE} {COURT.text}")
    assert effects(JOINT, whole, split, five) == [*expected, last]


# The brief as a whole


@pytest.mark.parametrize(
    "after", [None, noted(ferries(status="withdrawn"), "withdrawal", "It rests on one source.")], ids=["gone", "status"]
)
def test_a_brief_that_is_withdrawn_takes_all_of_its_claims_with_it(after: Brief | None) -> None:
    assert became(HALVED, OLD, after) == [(2, SIX, None)]
    assert became(COURT, OLD, after) == [(2, COURT.text, None)]


WITHDRAWN = noted(ferries(status="withdrawn"), "withdrawal", "It rests on one source.")
DRAFT = edited(OLD, status="draft")
GONE = without(OLD, "withdrawal")
CLARIFIED = worded(OLD, "clarification", FOUR)
RENAMED = worded(OLD, "update", SIX, now="ferries-cut")


@pytest.mark.parametrize(
    "away",
    [[None], [DRAFT], [WITHDRAWN], [None, DRAFT], [DRAFT, None], [WITHDRAWN, DRAFT], [WITHDRAWN, None, DRAFT]],
    ids=lambda away: "-".join(brief.status if brief else "gone" for brief in away),
)
def test_a_brief_that_is_published_again_is_reinstated_with_all_of_its_claims(away: list[Brief | None]) -> None:
    last = 2 + len(away)
    for each in (HALVED, COURT):
        assert effects(each, OLD, *away, OLD) == [
            (2, "withdrawn", each.text, None),
            (last, "reinstated", each.text, each.text),
        ]
    assert effects(HALVED, OLD, *away, MENDED)[-1] == (last, "reinstated", SIX, FOUR)
    (*_, still) = effects(HALVED, OLD, *away, GONE)
    assert still[1:] == ("withdrawn", SIX, None)


@pytest.mark.parametrize(
    ("history", "expected"),
    [
        ([GONE, OLD], ["withdrawn", "reinstated"]),
        ([without(OLD, "correction"), OLD], ["withdrawn", "reinstated"]),
        ([without(OLD, "update"), OLD], []),
        ([without(OLD, "update"), MENDED], ["corrected"]),
        ([MENDED, without(MENDED, "update"), OLD], ["corrected", "withdrawn", "reinstated"]),
        ([RENAMED, without(RENAMED, "withdrawal", "ferries-cut"), RENAMED], ["withdrawn", "reinstated"]),
        ([RENAMED, without(RENAMED, "withdrawal", "ferries-cut"), OLD], ["withdrawn", "reinstated"]),
        ([GONE, OLD, MENDED, GONE, OLD], ["withdrawn", "reinstated", "corrected", "withdrawn", "reinstated"]),
        ([WITHDRAWN, OLD, None, MENDED], ["withdrawn", "reinstated", "withdrawn", "reinstated"]),
        ([GONE, None, OLD], ["withdrawn", "reinstated"]),
        ([GONE, None, GONE], ["withdrawn"]),
        ([without(OLD, "update"), None], ["withdrawn"]),
        ([None, GONE, OLD], ["withdrawn", "reinstated"]),
        ([None, RENAMED], ["withdrawn", "reinstated"]),
        ([CLARIFIED, None, CLARIFIED], ["withdrawn", "reinstated"]),
        ([None, OLD, worded(OLD, "update", FOUR)], ["withdrawn", "reinstated", "updated"]),
    ],
)
def test_a_history_of_a_claim(history: list[Brief | None], expected: list[Effect]) -> None:
    told = effects(HALVED, OLD, *history)
    assert [effect for _, effect, _, _ in told] == expected
    # What a post says of a claim follows from what it said before.
    words = [SIX, *(after or before for _, _, before, after in told)]
    assert [before for _, _, before, _ in told] == words[:-1]


def test_another_claim_under_the_id_of_a_withdrawn_one_is_not_that_one_again() -> None:
    stranger = replace(CHARTER, id=HALVED.id, text="A wholly different statement about lighthouse keepers.")
    assert became(HALVED, OLD, GONE, with_claims(GONE, overview=[ALTERNATIVE, stranger])) == [(2, SIX, None)]


def test_a_correction_before_the_withdrawal_is_told_as_well() -> None:
    assert became(HALVED, OLD, MENDED, None) == [(2, SIX, FOUR), (3, FOUR, None)]


# Which posts a change set may concern


def touched(before: Brief | None, after: Brief | None) -> set[str] | None:
    change_set = diff_brief(before, after)
    assert change_set is not None
    ids = touched_claim_ids(change_set)
    return None if ids is None else set(ids)


def test_a_change_set_touches_the_claims_that_it_edits_or_removes_by_the_ids_that_they_had() -> None:
    assert touched(OLD, MENDED) == {HALVED.id}
    assert touched(OLD, GONE) == {HALVED.id}
    assert touched(OLD, worded(OLD, "update", FOUR, now="ferries-cut")) == {HALVED.id}
    assert touched(OLD, edited(OLD, summary="Another one.")) == set()


def test_what_withdraws_or_brings_back_touches_the_whole_brief() -> None:
    assert touched(OLD, None) is None
    assert touched(OLD, WITHDRAWN) is None
    assert touched(WITHDRAWN, OLD) is None
    assert touched(None, OLD) is None
    assert touched(GONE, OLD) is None


def test_a_withdrawn_brief_touches_nothing() -> None:
    assert touched(WITHDRAWN, noted(WITHDRAWN, "withdrawal", "And on no other.")) == set()


@pytest.mark.parametrize("number", range(2, 5))
def test_only_claims_that_are_touched_are_corrected(number: int) -> None:
    before = brief("many", {"legal": [claim(f"c{n}", f"{'word ' * n}number {n} stands here.") for n in range(1, 9)]})
    changed = [
        replace(each, text=f"{each.text} Not quite.") if place % number == 0 else each
        for place, each in enumerate(before.sections["legal"].claims)
    ]
    ids = tuple(each.id for place, each in enumerate(changed) if place % (2 * number) == 0)
    after = noted(with_claims(before, legal=changed), "correction", "Not quite.", claims=ids)
    corrected = {each.id for each in before.sections["legal"].claims if became(each, before, after)}
    assert corrected == set(ids)
    assert corrected <= (touched(before, after) or set())
