"""What a digest is collated from."""

from dataclasses import replace
from datetime import UTC, date, datetime

from bot.core.digests.digest import PLAN, Plan, Report, Review, Unverified, group_by_kind, overdue, report
from bot.core.subscriptions.subscription import Filter, SubscriptionSpec, Target, matches_note
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
    update = changed(correction=True)
    other = told(brief("a-harbour"), edited(brief("a-harbour"), summary="Another summary."))
    groups = group_by_kind([other, update])  # type: ignore[list-item]
    assert [(group.kind, group.change_set.slug) for group in groups] == [
        ("correction", "ferry-timetable"),
        ("update", "a-harbour"),
        ("update", "ferry-timetable"),
    ]
    assert [note.note for note in groups[0].notes] == ["It was four."]
    assert groups[1].notes == groups[2].notes == ()


def test_every_change_is_in_one_group() -> None:
    update = told(ferries(), with_claims(ferries(), legal=[OTHER_COURT], overview=[OTHER_HALVED]))
    groups = group_by_kind([update])
    assert sorted(map(id, update.changes)) == sorted(id(change) for group in groups for change in group.changes)


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
    found = report({"soon": soon, "later": later}, date(2025, 5, 10), [("zebra", 3)], [("msg_too_long", 1)])
    assert [each.slug for each in found.reviews] == ["soon"]
    assert found.unverified == (Unverified("soon", "Soon", "legal", "doubtful"),)
    assert found.has_content
    assert not Report(unverified=found.unverified).has_content


def test_a_plan_is_the_same_after_it_was_kept() -> None:
    wish = SubscriptionSpec(Target("ferry-timetable", "legal"), (Filter("kind", "correction", exclude=True),), "digest")
    review = Review("late", "Late", date(2025, 5, 1), "desk")
    made = Plan(
        since=datetime(2025, 5, 1, 6, 30, tzinfo=UTC),
        until=datetime(2025, 5, 2, 6, 30, tzinfo=UTC),
        base=3,
        publication=5,
        zone="Europe/Berlin",
        wishes=(wish,),
        overdue=(review,),
        report=Report((review,), (Unverified("a", "A", "legal", "b"),), (("zebra", 2),), (("x", 1),)),
        because="as it is followed",
    )
    assert PLAN.validate_json(PLAN.dump_json(made)) == made
    assert PLAN.validate_python(PLAN.dump_python(made, mode="json")) == made


def test_a_note_is_wanted_for_its_kind_and_its_section() -> None:
    after = with_note(with_claims(ferries(), legal=[OTHER_COURT]), "update", "One more town.", claims=(COURT.id,))
    found = told(ferries(), after).change_set
    (note,) = found.notes
    assert matches_note(SubscriptionSpec(Target()), note, found)
    assert matches_note(SubscriptionSpec(Target(section="legal")), note, found)
    assert not matches_note(SubscriptionSpec(Target(section="overview")), note, found)
    assert not matches_note(SubscriptionSpec(Target(), (Filter("kind", "correction"),)), note, found)
    assert not matches_note(SubscriptionSpec(Target(), (Filter("section", "legal", exclude=True),)), note, found)
