"""What a digest consists of, and how its plan is stored."""

import json
import sqlite3
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from bot.core.delivery.words_to_add import WordsToAdd
from bot.core.digests.digest import (
    PLAN,
    Plan,
    Report,
    Review,
    Unverified,
    VanishedQuote,
    group_by_kind,
    overdue,
    report,
)
from bot.core.subscriptions.subscription import Filter, SubscriptionSpec, Target, matches_note
from tests import before
from tests.ferries import ALTERNATIVE, COURT, HALVED, edited, ferries, told, with_claims
from tests.ferries import noted as with_note
from tests.make import brief, claim

OTHER_COURT = replace(COURT, text="Three towns have gone to court against the new timetable.")
OTHER_HALVED = replace(HALVED, text="The harbour board cut the number of daily ferries from twelve to four.")


def changed(*, correction: bool) -> object:
    """Two claims changed; one of them is perhaps a correction."""
    after = with_claims(ferries(), legal=[OTHER_COURT], overview=[OTHER_HALVED, ALTERNATIVE])
    if correction:
        after = with_note(after, "correction", "It was four.", claims=(HALVED.id,))
    return told(ferries(), after)


def test_changes_are_grouped_by_brief_and_kind_corrections_first() -> None:
    announcement = changed(correction=True)
    other = told(brief("a-harbour"), edited(brief("a-harbour"), summary="Another summary."))
    groups = group_by_kind([other, announcement])  # type: ignore[list-item]
    assert [(group.kind, group.change_set.slug) for group in groups] == [
        ("correction", "ferry-timetable"),
        ("update", "a-harbour"),
        ("update", "ferry-timetable"),
    ]
    assert [note.note for note in groups[0].notes] == ["It was four."]
    assert groups[1].notes == groups[2].notes == ()


def test_every_change_is_in_one_group() -> None:
    announcement = told(ferries(), with_claims(ferries(), legal=[OTHER_COURT], overview=[OTHER_HALVED]))
    groups = group_by_kind([announcement])
    assert sorted(map(id, announcement.changes)) == sorted(id(change) for group in groups for change in group.changes)


def test_a_correction_comes_even_before_a_withdrawal() -> None:
    withdrawn = told(brief("gone"), None)
    correction = changed(correction=True)
    assert [group.kind for group in group_by_kind([withdrawn, correction])][:2] == ["correction", "withdrawal"]  # type: ignore[list-item]


def test_reviews_are_overdue_after_their_day_and_only_of_what_is_followed() -> None:
    on = date(2025, 5, 10)
    late, today = brief("late", review_by=date(2025, 5, 1)), brief("today", review_by=on)
    unpublished = brief("draft", review_by=date(2025, 1, 1), status="draft")
    briefs = [late, today, unpublished, brief("never")]
    assert [each.slug for each in overdue(briefs, [SubscriptionSpec(Target())], on)] == ["late"]
    assert overdue(briefs, [SubscriptionSpec(Target("today"))], on) == ()
    assert overdue(briefs, [], on) == ()


def test_maintainers_hear_of_reviews_two_weeks_before_and_of_unverified_claims() -> None:
    doubtful = claim("doubtful", standing="unverified", note="Not found.")
    soon = brief("soon", {"legal": [claim("sure"), doubtful]}, review_by=date(2025, 5, 23))
    later = brief("later", review_by=date(2025, 5, 24))
    report_of_day = report({"soon": soon, "later": later}, date(2025, 5, 10), [("zebra", 3)], [("msg_too_long", 1)])
    assert [each.slug for each in report_of_day.reviews] == ["soon"]
    assert report_of_day.unverified == (Unverified("soon", "Soon", "legal", "doubtful"),)
    assert report_of_day.has_content
    assert not Report(unverified=report_of_day.unverified).has_content


def test_a_plan_is_the_same_after_it_was_stored() -> None:
    spec = SubscriptionSpec(Target("ferry-timetable", "legal"), (Filter("kind", "correction", exclude=True),), "digest")
    review = Review("late", "Late", date(2025, 5, 1), "desk")
    plan = Plan(
        since=datetime(2025, 5, 1, 6, 30, tzinfo=UTC),
        until=datetime(2025, 5, 2, 6, 30, tzinfo=UTC),
        after_publication=3,
        publication=5,
        zone="Europe/Berlin",
        specs=(spec,),
        overdue=(review,),
        report=Report((review,), (Unverified("a", "A", "legal", "b"),), (("zebra", 2),), (("x", 1),)),
        reason="as it is followed",
    )
    assert PLAN.validate_json(PLAN.dump_json(plan)) == plan
    assert PLAN.validate_python(PLAN.dump_python(plan, mode="json")) == plan


@pytest.fixture
def old_database() -> Iterator[sqlite3.Connection]:
    """What the earlier version left."""
    connection = sqlite3.connect(":memory:")
    connection.executescript((before.DIRECTORY / "sqlite.sql").read_text(encoding="utf-8"))
    yield connection
    connection.close()


def test_stored_plans_of_an_earlier_version_are_written_as_they_were(old_database: sqlite3.Connection) -> None:
    texts = [text for (text,) in old_database.execute("SELECT plan FROM digest WHERE plan IS NOT NULL")]
    plans = [PLAN.validate_json(text) for text in texts]
    assert [PLAN.dump_json(plan).decode() for plan in plans] == texts
    assert {len(plan.specs) for plan in plans} == {0, 1}
    assert {plan.report is None for plan in plans} == {True, False}
    assert all(plan.reason is not None and plan.after_publication > 0 for plan in plans)


def test_the_words_to_add_are_stored_with_a_plan() -> None:
    additions = (WordsToAdd("zebra", ("zebra",), "tea", "duty"), WordsToAdd("lion"))
    stored = Report(questions=(("zebra", 2), ("lion", 1)), additions=additions)
    plan = Plan(datetime(2025, 5, 1, tzinfo=UTC), datetime(2025, 5, 2, tzinfo=UTC), 1, 2, "UTC", report=stored)
    assert PLAN.validate_json(PLAN.dump_json(plan)) == plan


def test_vanished_quotes_are_stored_with_a_plan_and_new_ones_are_something_to_do() -> None:
    place = ("tea", "Tea", "legal", "duty", "Gazette", "the said duty shall be paid")
    known = VanishedQuote(*place, "missing", date(2025, 5, 1))
    new = replace(known, is_new=True, posts=2, channels=("C1",))
    assert not Report(vanished=(known,)).has_content
    stored = Report(vanished=(new, known))
    assert stored.has_content
    plan = Plan(datetime(2025, 5, 1, tzinfo=UTC), datetime(2025, 5, 2, tzinfo=UTC), 1, 2, "UTC", report=stored)
    assert PLAN.validate_json(PLAN.dump_json(plan)) == plan


def test_plans_in_posts_of_an_earlier_version_are_written_as_they_were(old_database: sqlite3.Connection) -> None:
    contents = [json.loads(text) for (text,) in old_database.execute("SELECT content FROM shown")]
    stored = [content["plan"] for content in contents if "plan" in content]
    assert stored
    plans = [PLAN.dump_python(PLAN.validate_python(plan), mode="json") for plan in stored]
    assert list(map(json.dumps, plans)) == list(map(json.dumps, stored))


def test_a_note_is_wanted_for_its_kind_and_its_section() -> None:
    after = with_note(with_claims(ferries(), legal=[OTHER_COURT]), "update", "One more town.", claims=(COURT.id,))
    change_set = told(ferries(), after).change_set
    (note,) = change_set.notes
    assert matches_note(SubscriptionSpec(Target()), note, change_set)
    assert matches_note(SubscriptionSpec(Target(section="legal")), note, change_set)
    assert not matches_note(SubscriptionSpec(Target(section="overview")), note, change_set)
    assert not matches_note(SubscriptionSpec(Target(), (Filter("kind", "correction"),)), note, change_set)
    assert not matches_note(SubscriptionSpec(Target(), (Filter("section", "legal", exclude=True),)), note, change_set)
