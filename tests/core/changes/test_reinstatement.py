"""What is published again after it was withdrawn is told apart from what is new."""

from dataclasses import replace
from itertools import pairwise

import pytest

from bot.core.briefs.brief import Brief, ChangeKind
from bot.core.changes.change_set import ChangeSet
from bot.core.changes.diff import diff_brief
from bot.core.changes.reinstatement import may_reinstate, reinstate, withdrawn
from bot.core.subscriptions.subscription import Filter, SubscriptionSpec, Target, matches
from tests.ferries import ALTERNATIVE, CHARTER, HALVED, edited, ferries, noted, with_claims

OLD = ferries()
DRAFT = edited(OLD, status="draft")
WITHDRAWN = noted(edited(OLD, status="withdrawn"), "withdrawal", "It rests on one source.")
BACK = noted(edited(WITHDRAWN, status="published"), "correction", "The withdrawal was a mistake.")
RENAMED = with_claims(OLD, overview=[replace(HALVED, id="ferries-cut"), ALTERNATIVE])


def without(brief: Brief, kind: ChangeKind, id: str = HALVED.id) -> Brief:
    """Without a claim of the overview, for the reason that a note gives."""
    rest = tuple(each for each in brief.sections["overview"].claims if each.id != id)
    return noted(with_claims(brief, overview=rest), kind, "It is gone.", claims=(id,))


GONE = without(OLD, "withdrawal")


def last_of(*versions: Brief | None) -> ChangeSet:
    """The last change set of a history, with what it publishes again."""
    history = [each for pair in pairwise((None, *versions)) if (each := diff_brief(*pair)) is not None]
    return reinstate(history[-1], withdrawn(history[:-1]))


def summary(change_set: ChangeSet) -> list[tuple[str, str, str, ChangeKind]]:
    return [(change.op, change.what, change.id, change.kind) for change in change_set.announced]


@pytest.mark.parametrize(
    "away",
    [[None], [DRAFT], [None, DRAFT], [WITHDRAWN, None], [WITHDRAWN, DRAFT], [GONE, None], [None, OLD, None]],
)
def test_a_brief_that_comes_back_is_reinstated(away: list[Brief | None]) -> None:
    back = last_of(OLD, *away, OLD)
    assert summary(back) == [("reinstated", "brief", OLD.slug, "withdrawal")]
    assert back.changes[0].reinstates_brief


@pytest.mark.parametrize("before", [[], [DRAFT], [DRAFT, None], [WITHDRAWN, None]])
def test_a_brief_that_readers_never_saw_published_is_new(before: list[Brief | None]) -> None:
    assert summary(last_of(*before, OLD)) == [("added", "brief", OLD.slug, "new")]


def test_a_status_that_is_published_again_needs_no_history() -> None:
    change_set = diff_brief(WITHDRAWN, BACK)
    assert change_set is not None
    assert summary(change_set) == [("edited", "field", "status", "withdrawal")]
    assert change_set.changes[0].reinstates_brief
    assert not may_reinstate(change_set)


def test_the_notes_of_a_brief_that_comes_back_are_those_that_readers_have_not_seen() -> None:
    assert [note.note for note in last_of(OLD, None, noted(OLD, "correction", "A slip.")).notes] == ["A slip."]
    assert [note.note for note in last_of(OLD, WITHDRAWN, None, BACK).notes] == ["The withdrawal was a mistake."]


def test_a_claim_that_comes_back_is_reinstated_in_the_kind_of_its_removal() -> None:
    assert summary(last_of(OLD, GONE, OLD)) == [("reinstated", "claim", HALVED.id, "withdrawal")]
    assert summary(last_of(OLD, without(OLD, "correction"), OLD)) == [("reinstated", "claim", HALVED.id, "correction")]
    noted_back = noted(OLD, "correction", "It stands.", claims=(HALVED.id,))
    assert summary(last_of(OLD, GONE, noted_back)) == [("reinstated", "claim", HALVED.id, "withdrawal")]


@pytest.mark.parametrize("kind", ["update", "clarification", "evidence"])
def test_a_claim_that_was_not_withdrawn_is_added_again(kind: ChangeKind) -> None:
    assert [op for op, *_ in summary(last_of(OLD, without(OLD, kind), OLD))] == ["added"]


def test_a_claim_comes_back_under_any_id_that_it_had() -> None:
    gone = without(RENAMED, "withdrawal", "ferries-cut")
    assert [op for op, *_ in summary(last_of(OLD, RENAMED, gone, RENAMED))] == ["reinstated"]
    assert [op for op, *_ in summary(last_of(OLD, RENAMED, gone, OLD))] == ["reinstated"]


def test_a_claim_that_came_back_once_is_not_reinstated_for_ever() -> None:
    gone_as_update = without(OLD, "update")
    assert [op for op, *_ in summary(last_of(OLD, GONE, OLD, gone_as_update, OLD))] == ["added"]
    assert [op for op, *_ in summary(last_of(OLD, GONE, None, OLD, gone_as_update, OLD))] == ["added"]


def test_another_claim_under_the_id_is_new() -> None:
    stranger = replace(CHARTER, id=HALVED.id, text="A wholly different statement about lighthouse keepers.")
    assert [op for op, *_ in summary(last_of(OLD, GONE, with_claims(GONE, overview=[ALTERNATIVE, stranger])))] == [
        "added"
    ]


def test_a_section_that_comes_back_with_a_claim_has_its_kind() -> None:
    alone = with_claims(OLD, outlook=[HALVED], overview=[ALTERNATIVE])
    gone = noted(with_claims(alone, outlook=[]), "withdrawal", "Gone.")
    kinds = {(op, what, kind) for op, what, _, kind in summary(last_of(alone, gone, alone))}
    assert kinds == {("reinstated", "claim", "withdrawal"), ("added", "section", "withdrawal")}


@pytest.mark.parametrize("history", [(OLD, None, OLD), (OLD, WITHDRAWN, BACK), (OLD, GONE, OLD)])
def test_whoever_hears_of_a_withdrawal_hears_that_it_ended(history: tuple[Brief | None, ...]) -> None:
    for target in (Target(), Target(brief=OLD.slug), Target(brief=OLD.slug, section="overview")):
        for exclude in (False, True):
            spec = SubscriptionSpec(target, (Filter("kind", "withdrawal", exclude),))
            withdrawal, back = last_of(*history[:2]), last_of(*history)
            assert matches(spec, withdrawal) == matches(spec, back) == (not exclude)
