"""Which changes a channel asks to hear of."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.briefs.brief import Brief, ChangeNote, Claim, Evidence
from bot.core.changes.change_set import ChangeSet
from bot.core.changes.diff import diff_brief
from bot.core.commands.spec_arguments import KINDS
from bot.core.subscriptions.subscription import (
    Filter,
    Subscription,
    SubscriptionSpec,
    Target,
    matches,
    matching_changes,
)
from tests.ferries import ALTERNATIVE, CHARTER, COURT, DAY, GAZETTE, HALVED, RADIO, edited, ferries, noted, with_claims
from tests.make import VOCABULARY

OLD = ferries(tags=("transport", "courts"))
SLUG = OLD.slug
FOUR = replace(HALVED, text=HALVED.text.replace("six", "four"))
HARDLY = replace(ALTERNATIVE, text=ALTERNATIVE.text.replace("no", "hardly an"))
THREE = replace(COURT, text=COURT.text.replace("Two", "Three"))


def changed(before: Brief | None, after: Brief | None) -> ChangeSet:
    change_set = diff_brief(before, after)
    assert change_set is not None
    return change_set


EDITS = changed(
    OLD,
    edited(
        with_claims(OLD, overview=[FOUR, HARDLY], legal=[THREE, CHARTER]),
        changes=(
            ChangeNote(date=DAY, kind="correction", note="Four.", claims=(HALVED.id,)),
            ChangeNote(date=DAY, kind="editorial", note="Commas.", claims=(ALTERNATIVE.id,)),
            *OLD.changes,
        ),
    ),
)
"""A correction in the overview, an editorial change there, an update in the legal section."""


def heard(text: str, change_set: ChangeSet = EDITS) -> list[str]:
    """The ids of the changes that match a specification as it is typed."""
    aim, *conditions = text.split()
    return [change.id for change in matching_changes(spec(aim, *conditions), change_set)]


def spec(aim: str, *conditions: str) -> SubscriptionSpec:
    if aim.startswith("tag:"):
        return SubscriptionSpec(Target(tag=aim.removeprefix("tag:")), Filter.parse_all(" ".join(conditions)))
    slug, _, section = aim.partition("/")
    return SubscriptionSpec(
        Target(None if slug == "all" else slug, section or None), Filter.parse_all(" ".join(conditions))
    )


# Targets


@pytest.mark.parametrize(
    ("text", "ids"),
    [
        ("all", [HALVED.id, COURT.id]),
        (SLUG, [HALVED.id, COURT.id]),
        ("night-boats", []),
        (f"{SLUG}/overview", [HALVED.id]),
        (f"{SLUG}/legal", [COURT.id]),
        (f"{SLUG}/reactions", []),
        ("night-boats/legal", []),
        ("all/legal", [COURT.id]),
        ("tag:transport", [HALVED.id, COURT.id]),
        ("tag:sports", []),
    ],
)
def test_a_target_lets_in_what_belongs_to_it(text: str, ids: list[str]) -> None:
    assert sorted(heard(text)) == sorted(ids)
    assert matches(spec(text), EDITS) == bool(ids)


def test_an_editorial_change_is_never_wanted() -> None:
    editorial = [change for change in EDITS.changes if change.kind == "editorial"]
    assert editorial
    assert not [change for change in matching_changes(spec("all"), EDITS) if change in editorial]


# Filters


@pytest.mark.parametrize(
    ("conditions", "ids"),
    [
        ("kind:correction", [HALVED.id]),
        ("kind:correction kind:update", [HALVED.id, COURT.id]),
        ("-kind:correction", [COURT.id]),
        ("-kind:correction -kind:update", []),
        ("kind:evidence", []),
        ("section:legal", [COURT.id]),
        ("section:legal section:overview", [HALVED.id, COURT.id]),
        ("-section:legal", [HALVED.id]),
        ("section:legal kind:correction", []),
        ("section:overview kind:correction", [HALVED.id]),
        ("section:legal -section:legal", []),
        ("tag:courts", [HALVED.id, COURT.id]),
        ("tag:sports", []),
        ("tag:sports tag:courts", [HALVED.id, COURT.id]),
        ("-tag:courts", []),
        ("tag:transport -tag:courts", []),
        ("-tag:sports -section:overview", [COURT.id]),
    ],
)
def test_one_field_is_either_or_and_several_fields_are_all(conditions: str, ids: list[str]) -> None:
    assert sorted(heard(f"all {conditions}")) == sorted(ids)


def test_filters_narrow_a_target() -> None:
    assert heard(f"{SLUG}/legal kind:correction") == []
    assert heard(f"{SLUG}/overview kind:correction") == [HALVED.id]


# Where changes belong


MOVED = changed(OLD, with_claims(OLD, overview=[HALVED], legal=[ALTERNATIVE, COURT, CHARTER]))


@pytest.mark.parametrize(("text", "is_heard"), [("legal", True), ("overview", True), ("reactions", False)])
def test_a_move_belongs_to_the_section_that_it_left_and_to_the_one_that_it_reached(text: str, is_heard: bool) -> None:
    assert (ALTERNATIVE.id in heard(f"all/{text}", MOVED)) == is_heard
    assert (ALTERNATIVE.id in heard(f"all section:{text}", MOVED)) == is_heard


def test_a_move_is_left_out_only_where_both_of_its_sections_are() -> None:
    assert ALTERNATIVE.id in heard("all -section:legal", MOVED)
    assert ALTERNATIVE.id in heard("all -section:overview", MOVED)
    assert heard("all -section:legal -section:overview", MOVED) == []


RETITLED = changed(OLD, edited(OLD, sources={**OLD.sources, "radio": replace(RADIO, title="Towns go to court")}))


@pytest.mark.parametrize(
    ("text", "ids"),
    [
        ("all/legal", ["radio"]),
        ("all/overview", []),
        ("all section:legal", ["radio"]),
        ("all -section:legal", []),
        ("all -section:overview", ["radio"]),
    ],
)
def test_a_source_belongs_to_the_sections_that_cite_it(text: str, ids: list[str]) -> None:
    assert heard(text, RETITLED) == ids


def test_a_source_of_two_sections_is_left_out_only_where_both_are() -> None:
    change_set = changed(
        OLD, edited(OLD, sources={**OLD.sources, "gazette": replace(GAZETTE, title="Half the ferries")})
    )
    assert heard("all -section:legal", change_set) == ["gazette"]
    assert heard("all -section:overview", change_set) == ["gazette"]
    assert heard("all -section:legal -section:overview", change_set) == []


def test_a_source_belongs_to_a_section_that_cited_it_before() -> None:
    other = replace(COURT, evidence=(Evidence(source="gazette", quote="the towns have filed suit"),))
    change_set = changed(OLD, edited(with_claims(OLD, legal=[other, CHARTER]), sources={"gazette": GAZETTE}))
    assert "radio" in [change.id for change in change_set.changes]
    assert "radio" in heard("all/legal", change_set)
    assert "radio" not in heard("all/overview", change_set)


def test_what_concerns_the_whole_brief_belongs_to_each_of_its_sections() -> None:
    change_set = changed(OLD, edited(OLD, summary="Another summary."))
    for section in ("legal", "overview"):
        assert heard(f"{SLUG}/{section}", change_set) == ["summary"]
    assert heard(f"{SLUG}/reactions", change_set) == []
    assert heard("all -section:legal", change_set) == ["summary"]


def test_a_new_section_belongs_to_itself() -> None:
    ruling = Claim(id="ruling", text="A court has ruled.", evidence=COURT.evidence)
    change_set = changed(OLD, with_claims(OLD, reactions=[ruling]))
    assert heard("all/reactions", change_set) == ["ruling", "reactions"]
    assert heard("all/legal", change_set) == []


@pytest.mark.parametrize(("before", "after", "kind"), [(None, OLD, "new"), (OLD, None, "withdrawal")])
def test_a_brief_that_comes_or_goes_is_heard_of_wherever_it_belongs(
    before: Brief | None, after: Brief | None, kind: str
) -> None:
    change_set = changed(before, after)
    for text in ("all", SLUG, f"{SLUG}/legal", "all/overview", "tag:courts", f"all kind:{kind}"):
        assert heard(text, change_set) == [SLUG], text
    for text in ("night-boats", "all/reactions", "tag:sports", f"all -kind:{kind}", "all -tag:courts"):
        assert heard(text, change_set) == [], text


def test_a_brief_that_loses_or_gains_a_tag_is_heard_of_by_both_that_follow_it_for_its_tags() -> None:
    change_set = changed(OLD, edited(OLD, tags=("transport", "sports")))
    for tag in ("courts", "sports", "transport"):
        assert heard(f"tag:{tag}", change_set) == ["tags"]


# Notes without a change


NOTE = changed(OLD, noted(OLD, "clarification", "The timetable of March is meant throughout."))


@pytest.mark.parametrize(
    ("text", "is_news"),
    [
        ("all", True),
        (SLUG, True),
        (f"{SLUG}/legal", True),
        ("all kind:clarification", True),
        ("all kind:correction", False),
        ("all -kind:clarification", False),
        ("all -tag:courts", False),
        ("night-boats", False),
    ],
)
def test_a_note_alone_is_news_to_whoever_hears_of_its_kind(text: str, is_news: bool) -> None:
    aim, *conditions = text.split()
    assert matching_changes(spec(aim, *conditions), NOTE) == ()
    assert matches(spec(aim, *conditions), NOTE) == is_news


def test_an_editorial_note_alone_is_no_news() -> None:
    assert not matches(spec("all"), changed(OLD, noted(OLD, "editorial", "Commas.")))


# Laws

CONDITIONS = st.lists(
    st.one_of(
        st.builds(Filter, st.just("kind"), st.sampled_from(KINDS), st.booleans()),
        st.builds(Filter, st.just("section"), st.sampled_from(sorted(VOCABULARY.sections)), st.booleans()),
        st.builds(Filter, st.just("tag"), st.sampled_from(["courts", "transport", "sports"]), st.booleans()),
    ),
    max_size=5,
).map(tuple)
SETS = st.sampled_from([EDITS, MOVED, RETITLED, NOTE, changed(None, OLD), changed(OLD, None)])


@given(CONDITIONS, SETS)
def test_a_filtered_subscription_never_hears_more_than_an_unfiltered_one(
    conditions: tuple[Filter, ...], change_set: ChangeSet
) -> None:
    some, all_ = (
        matching_changes(SubscriptionSpec(Target(), conditions), change_set),
        matching_changes(SubscriptionSpec(Target()), change_set),
    )
    assert set(map(id, some)) <= set(map(id, all_))
    assert all_ == change_set.announced


@given(CONDITIONS, SETS, st.randoms(use_true_random=False))
def test_the_order_of_filters_says_nothing(
    conditions: tuple[Filter, ...], change_set: ChangeSet, chance: object
) -> None:
    shuffled = list(conditions)
    chance.shuffle(shuffled)  # type: ignore[attr-defined]
    assert matching_changes(SubscriptionSpec(Target(), tuple(shuffled)), change_set) == matching_changes(
        SubscriptionSpec(Target(), conditions), change_set
    )


@given(CONDITIONS, SETS)
def test_who_follows_hears_of_something_that_was_announced(
    conditions: tuple[Filter, ...], change_set: ChangeSet
) -> None:
    spec = SubscriptionSpec(Target(), conditions)
    assert matches(spec, change_set) == bool(matching_changes(spec, change_set)) or not change_set.announced


@given(st.sampled_from(KINDS), SETS)
def test_a_kind_and_everything_but_it_make_the_whole(kind: str, change_set: ChangeSet) -> None:
    with_it, without = (
        matching_changes(SubscriptionSpec(Target(), (Filter("kind", kind, out),)), change_set) for out in (False, True)
    )
    assert sorted([*map(id, with_it), *map(id, without)]) == sorted(map(id, change_set.announced))


# Muted


def test_it_is_muted_until_the_instant_and_not_at_it() -> None:
    until = datetime(2025, 5, 12, 7, 0, tzinfo=UTC)
    subscription = Subscription(1, "T1", "C1", SubscriptionSpec(Target()), "U1", until, muted_until=until)
    assert subscription.muted(until - timedelta(microseconds=1))
    assert not subscription.muted(until)
    assert not replace(subscription, muted_until=None).muted(until)
