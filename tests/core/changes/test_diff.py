"""What is reported of two versions of a brief, and of what kind it is."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from bot.core.briefs.brief import Brief, Caveat, ChangeKind, ChangeNote, Claim, Evidence
from bot.core.changes.change_notes import new_notes
from bot.core.changes.change_set import SEVERITY, Change, ChangeSet, ClaimPosition, most_severe
from bot.core.changes.diff import diff_brief, diff_corpora, squash
from bot.core.changes.normalization import normalize_text
from tests.ferries import ALTERNATIVE, CHARTER, COURT, DAY, GAZETTE, HALVED, edited, ferries, noted, with_claims
from tests.make import brief, claim

OLD = ferries()
WRONG = replace(HALVED, text="On 2 March 2025 the board cut everything.")


def changes(before: Brief | None, after: Brief | None) -> tuple[Change, ...]:
    change_set = diff_brief(before, after)
    return change_set.changes if change_set else ()


def summaries(before: Brief | None, after: Brief | None) -> list[tuple[str, str, str, str]]:
    return [(change.op, change.what, change.id, change.kind) for change in changes(before, after)]


def kinds(before: Brief | None, after: Brief | None) -> dict[str, ChangeKind]:
    return {change.id: change.kind for change in changes(before, after)}


def overview(*claims: Claim) -> Brief:
    return with_claims(OLD, overview=claims)


# What is a change


def test_the_same_is_no_change() -> None:
    assert diff_brief(OLD, OLD) is None
    assert diff_brief(OLD, ferries()) is None
    assert diff_corpora({OLD.slug: OLD}, {OLD.slug: OLD}) == ()


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("It's a “deal” – so they say…", 'It’s a "deal" — so  they\nsay...'),
        ("the board -- of the harbour", "the board – of the harbour"),
        ("caf\u00e9", "cafe\u0301"),
        ("ten\u00a0ferries", "ten ferries"),
        ("co\u00adoperate", "cooperate"),
    ],
)
def test_typography_alone_is_no_change(old: str, new: str) -> None:
    assert diff_brief(overview(replace(HALVED, text=old)), overview(replace(HALVED, text=new))) is None


def test_typography_is_no_change_in_sources_and_fields_either() -> None:
    titled = edited(OLD, title="The board's timetable - in full", sources={**OLD.sources, "gazette": GAZETTE})
    gazette = replace(GAZETTE, title="Board  halves\nferries")
    assert diff_brief(titled, edited(titled, title="The board’s timetable – in full")) is None
    assert diff_brief(titled, edited(titled, sources={**OLD.sources, "gazette": gazette})) is None


@pytest.mark.parametrize(("old", "new"), [("10² m", "102 m"), ("Board", "board"), ("1,000", "1000")])
def test_other_characters_are_a_change(old: str, new: str) -> None:
    assert changes(overview(replace(HALVED, text=old)), overview(replace(HALVED, text=new)))


def test_of_an_address_every_character_counts() -> None:
    assert normalize_text(replace(GAZETTE, url="https://example.org/a-b")) != normalize_text(
        replace(GAZETTE, url="https://example.org/a–b")
    )


def test_an_added_claim_says_where_it_stands() -> None:
    new = claim("new", "Something else entirely.")
    (change,) = changes(OLD, overview(HALVED, new, ALTERNATIVE))
    assert change == Change(
        "added", "claim", "update", "new", "overview", after=new, position=ClaimPosition("overview", 1)
    )


def test_a_removed_claim_keeps_its_words() -> None:
    (change,) = changes(OLD, overview(HALVED))
    assert change == Change("removed", "claim", "update", "no-alternative", "overview", before=ALTERNATIVE)


def test_a_reworded_claim_is_an_edit() -> None:
    (change,) = changes(OLD, overview(WRONG, ALTERNATIVE))
    assert change == Change("edited", "claim", "update", HALVED.id, "overview", HALVED, WRONG)


def test_a_reworded_claim_under_another_id_is_an_edit() -> None:
    other = replace(COURT, id="two-towns-sue", text="Two towns are suing the board over the new timetable.")
    (change,) = changes(OLD, with_claims(OLD, legal=[other, CHARTER]))
    assert change == Change("edited", "claim", "update", other.id, "legal", COURT, other, old_id=COURT.id)


def test_a_claim_in_another_section_is_moved() -> None:
    (change,) = changes(OLD, with_claims(OLD, legal=[COURT], overview=[HALVED, CHARTER, ALTERNATIVE]))
    to = ClaimPosition("overview", 1)
    assert change == Change("moved", "claim", "update", CHARTER.id, "overview", ClaimPosition("legal", 1), to, to)
    assert change.sections == {"legal", "overview"}


def test_a_claim_may_be_moved_and_edited() -> None:
    right = replace(CHARTER, text=CHARTER.text + " It did not.")
    after = with_claims(OLD, legal=[COURT], overview=[HALVED, ALTERNATIVE, right])
    assert summaries(OLD, after) == [
        ("edited", "claim", CHARTER.id, "update"),
        ("moved", "claim", CHARTER.id, "update"),
    ]


def test_evidence_is_part_of_the_claim() -> None:
    bare = replace(HALVED, evidence=(Evidence(source="gazette"),))
    assert summaries(OLD, overview(bare, ALTERNATIVE)) == [("edited", "claim", HALVED.id, "update")]


def test_a_section_comes_and_goes_with_its_claims() -> None:
    after = with_claims(OLD, legal=[], outlook=[COURT, CHARTER])
    assert summaries(OLD, after) == [
        ("moved", "claim", COURT.id, "update"),
        ("moved", "claim", CHARTER.id, "update"),
        ("removed", "section", "legal", "update"),
        ("added", "section", "outlook", "update"),
    ]


def test_sources_come_go_and_change() -> None:
    sources = {"gazette": replace(GAZETTE, date="2025-03-05"), "minutes": GAZETTE}
    assert summaries(OLD, edited(OLD, sources=sources)) == [
        ("edited", "source", "gazette", "update"),
        ("added", "source", "minutes", "update"),
        ("removed", "source", "radio", "update"),
    ]


@pytest.mark.parametrize(
    ("name", "value", "op"),
    [
        ("title", "Another title", "edited"),
        ("summary", "Another summary.", "edited"),
        ("as_of", DAY, "edited"),
        ("review_by", DAY, "added"),
        ("owner", "another-desk", "edited"),
        ("aliases", ("ferry cuts",), "added"),
        ("tags", (), "removed"),
    ],
)
def test_every_field_counts(name: str, value: Any, op: str) -> None:
    (change,) = changes(OLD, edited(OLD, **{name: value}))
    assert (change.op, change.what, change.id) == (op, "field", name)
    assert (change.before, change.after) == (getattr(OLD, name) or None, value or None)


def test_caveats_differ_by_their_words() -> None:
    (change,) = changes(OLD, edited(OLD, caveats=(Caveat(text="Not verified.", sections=("legal",)),)))
    assert (change.op, change.what, change.id) == ("added", "field", "caveats")
    assert (change.before, change.after) == (None, ("Not verified.",))


def test_the_order_of_tags_and_aliases_says_nothing() -> None:
    lists = {"tags": ("a", "b"), "aliases": ("x", "y")}
    backwards = {name: value[::-1] for name, value in lists.items()}
    assert diff_brief(edited(OLD, **lists), edited(OLD, **backwards)) is None


# Whole briefs


def test_a_brief_that_first_appears_is_new() -> None:
    assert summaries(None, OLD) == [("added", "brief", "ferry-timetable", "new")]
    assert summaries(edited(OLD, status="draft"), OLD) == [("added", "brief", "ferry-timetable", "new")]


def test_a_brief_that_disappears_is_a_withdrawal() -> None:
    assert summaries(OLD, None) == [("removed", "brief", "ferry-timetable", "withdrawal")]
    assert summaries(OLD, edited(OLD, status="draft")) == [("removed", "brief", "ferry-timetable", "withdrawal")]


def test_a_brief_that_turns_withdrawn_is_a_withdrawal_whatever_its_note_says() -> None:
    after = noted(edited(OLD, status="withdrawn"), "editorial", "Tidied.")
    assert summaries(OLD, after) == [("edited", "field", "status", "withdrawal")]


def test_a_brief_that_is_published_again_is_a_withdrawal_that_ended_whatever_its_note_says() -> None:
    gone = edited(OLD, status="withdrawn")
    assert summaries(gone, noted(OLD, "clarification", "It was right.")) == [
        ("edited", "field", "status", "withdrawal")
    ]


@pytest.mark.parametrize("status", ["draft", "withdrawn"])
def test_what_nobody_sees_is_not_announced(status: Any) -> None:
    hidden = edited(OLD, status=status)
    assert diff_brief(None, hidden) is None
    assert diff_brief(hidden, None) is None
    assert diff_brief(edited(OLD, status="draft"), hidden) is None


def test_sets_come_by_slug() -> None:
    old, new = {"b": brief("b"), "c": brief("c")}, {"a": brief("a"), "b": brief("b"), "c": brief("c", title="New")}
    assert [(each.slug, each.kind) for each in diff_corpora(old, new)] == [("a", "new"), ("c", "update")]
    assert [(each.slug, each.kind) for each in diff_corpora(new, old)] == [("a", "withdrawal"), ("c", "update")]


# Kinds


def test_a_change_without_a_note_is_an_update() -> None:
    assert kinds(OLD, overview(WRONG, ALTERNATIVE)) == {HALVED.id: "update"}


def test_a_note_that_names_nothing_covers_everything() -> None:
    after = noted(edited(overview(WRONG), title="Another"), "correction", "All wrong.")
    assert kinds(OLD, after) == {HALVED.id: "correction", ALTERNATIVE.id: "correction", "title": "correction"}


def test_a_note_covers_what_it_names_and_a_general_one_the_rest() -> None:
    after = noted(overview(WRONG), "correction", "Wrong.", claims=(HALVED.id,))
    assert kinds(OLD, after) == {HALVED.id: "correction", ALTERNATIVE.id: "update"}
    assert kinds(OLD, noted(after, "editorial", "Tidied.")) == {HALVED.id: "correction", ALTERNATIVE.id: "editorial"}


def test_a_note_may_name_the_id_that_a_claim_had_or_that_is_gone() -> None:
    other = replace(COURT, id="two-towns-sue", text="Two towns are suing the board over the new timetable.")
    after = noted(with_claims(OLD, legal=[other]), "correction", "No suit.", claims=(COURT.id, CHARTER.id))
    assert kinds(OLD, after) == {other.id: "correction", CHARTER.id: "correction"}


def test_a_note_covers_the_sources_that_it_names() -> None:
    sources = {"gazette": replace(GAZETTE, date="2025"), "radio": GAZETTE}
    after = noted(edited(OLD, sources=sources), "evidence", "Another day.", sources=("gazette",))
    assert kinds(OLD, after) == {"gazette": "evidence", "radio": "update"}


def test_a_section_is_of_the_kind_of_its_claims() -> None:
    after = noted(with_claims(OLD, legal=[COURT], outlook=[CHARTER]), "editorial", "Moved.", claims=(CHARTER.id,))
    assert kinds(OLD, after) == {CHARTER.id: "editorial", "outlook": "editorial"}


def test_of_two_notes_on_one_claim_the_gravest_counts() -> None:
    after = noted(overview(WRONG, ALTERNATIVE), "correction", "Wrong.", claims=(HALVED.id,))
    after = noted(after, "evidence", "Better.", claims=(HALVED.id,))
    assert kinds(OLD, after) == {HALVED.id: "correction"}


def test_old_notes_cover_nothing() -> None:
    before = noted(OLD, "correction", "Wrong.", claims=(HALVED.id,))
    assert kinds(before, edited(before, sections=overview(WRONG, ALTERNATIVE).sections)) == {HALVED.id: "update"}


def test_the_set_is_of_the_gravest_kind() -> None:
    change_set = diff_brief(OLD, noted(overview(WRONG), "correction", "Wrong.", claims=(HALVED.id,)))
    assert change_set is not None
    assert change_set.kind == "correction"
    assert most_severe(reversed(SEVERITY)) == "withdrawal"
    assert most_severe([]) == "update"


# Notes


def test_a_note_without_a_change_is_a_set_of_its_own() -> None:
    after = noted(OLD, "correction", "It was wrong before, too.", claims=(HALVED.id,))
    change_set = diff_brief(OLD, after)
    assert change_set == ChangeSet(OLD.slug, OLD, after, (), after.changes[:1])
    assert (change_set.kind, change_set.is_silent) == ("correction", False)


def test_new_notes_are_those_that_the_predecessor_did_not_have() -> None:
    after = noted(noted(OLD, "update", "First."), "update", "Second.")
    assert [note.note for note in new_notes(OLD, after)] == ["Second.", "First."]
    assert new_notes(after, after) == ()


def test_a_mended_slip_in_an_old_note_announces_nothing() -> None:
    before = noted(OLD, "correction", "The bord met on 3 March, not on 2 March.")
    after = noted(OLD, "correction", "The board met on 3 March, not on 2 March.")
    change_set = diff_brief(before, after)
    assert change_set is not None
    assert (change_set.notes, change_set.is_silent) == ((), True)
    assert summaries(before, after) == [("edited", "field", "changes", "editorial")]


def test_a_second_note_like_the_first_is_new() -> None:
    before = noted(OLD, "correction", "The board met on 3 March, not on 2 March.")
    after = noted(before, "correction", "The board met on 5 March, not on 3 March.")
    assert [note.note for note in new_notes(before, after)] == ["The board met on 5 March, not on 3 March."]


def test_of_two_notes_in_place_of_one_only_one_is_the_old_one() -> None:
    after = noted(noted(OLD, "update", "The case is in the county court."), "update", "The case is in the high court.")
    before = noted(OLD, "update", "The case is in the county court!")
    assert [note.note for note in new_notes(before, after)] == ["The case is in the high court."]
    twice = noted(
        noted(OLD, "update", "The case is in the county court?"), "update", "The case is in the county court."
    )
    assert [note.note for note in new_notes(before, twice)] == ["The case is in the county court?"]


@pytest.mark.parametrize("then", [replace(HALVED, id="cut"), None, HALVED], ids=["has another id", "is gone", "stays"])
@pytest.mark.parametrize("others", [(), (ALTERNATIVE.id,)])
def test_an_old_note_is_not_new_where_a_claim_that_it_names_comes_or_goes(
    then: Claim | None, others: tuple[str, ...]
) -> None:
    before = noted(OLD, "correction", "The board met on 3 March.", claims=(HALVED.id, *others))
    claims = (ALTERNATIVE, *([then] if then else []))
    after = with_claims(before, overview=claims)
    note = replace(before.changes[0], claims=(*([then.id] if then else []), *others))
    after = edited(after, changes=(note, *OLD.changes))
    assert new_notes(before, after) == new_notes(after, before) == ()


def test_an_old_note_is_new_where_it_names_another_claim() -> None:
    before = noted(OLD, "correction", "The board met on 3 March.", claims=(HALVED.id,))
    after = noted(OLD, "correction", "The board met on 3 March.", claims=(HALVED.id, ALTERNATIVE.id))
    assert new_notes(before, after) == after.changes[:1]
    assert new_notes(after, before) == before.changes[:1]


def test_a_note_that_is_taken_back_is_no_news() -> None:
    change_set = diff_brief(noted(OLD, "correction", "Wrong."), OLD)
    assert change_set is not None
    assert change_set.is_silent


# What readers are told


def announced(before: Brief, after: Brief) -> list[str]:
    change_set = diff_brief(before, after)
    return [change.id for change in change_set.announced] if change_set else []


def test_editorial_changes_are_not_announced() -> None:
    after = noted(overview(WRONG), "editorial", "Shorter.", claims=(HALVED.id,))
    assert announced(OLD, after) == [ALTERNATIVE.id]
    change_set = diff_brief(OLD, noted(overview(WRONG), "editorial", "Shorter."))
    assert change_set is not None
    assert change_set.is_silent


def test_owner_and_aliases_are_nobodys_business() -> None:
    assert announced(OLD, edited(OLD, owner="another", aliases=("cuts",), title="Another")) == ["title"]


def test_another_id_is_nothing_that_readers_see() -> None:
    sources = {"journal": OLD.sources["gazette"], "radio": OLD.sources["radio"]}
    cited = (replace(HALVED.evidence[0], source="journal"),)
    both = replace(HALVED, id="halved", evidence=cited), replace(ALTERNATIVE, evidence=cited)
    charter = replace(CHARTER, evidence=(replace(CHARTER.evidence[0], source="journal"),))
    after = with_claims(edited(OLD, sources=sources), overview=both, legal=[COURT, charter])
    assert announced(OLD, after) == [ALTERNATIVE.id]  # another quotation


def test_of_a_withdrawn_brief_only_the_withdrawal_is_announced() -> None:
    assert announced(OLD, edited(overview(WRONG), status="withdrawn")) == ["status"]
    assert announced(edited(OLD, status="withdrawn"), edited(overview(WRONG), status="withdrawn")) == []


# Several publications at once


def test_a_change_keeps_the_gravest_kind_that_it_had_on_the_way() -> None:
    first = noted(overview(WRONG, ALTERNATIVE), "correction", "Wrong.", claims=(HALVED.id,))
    last = noted(edited(first, title="Another"), "editorial", "Tidied.")
    change_set = squash([OLD, first, last])
    assert change_set is not None
    assert {change.id: change.kind for change in change_set.changes} == {HALVED.id: "correction", "title": "editorial"}


def test_what_was_only_editorial_on_the_way_stays_so() -> None:
    first = noted(overview(replace(HALVED, text=HALVED.text + " Truly."), ALTERNATIVE), "editorial", "Style.")
    last = noted(edited(first, title="Another"), "correction", "The title was wrong.")
    change_set = squash([OLD, first, last])
    assert change_set is not None
    assert {change.id: change.kind for change in change_set.changes} == {HALVED.id: "editorial", "title": "correction"}


@pytest.mark.parametrize("names", [(HALVED.id,), ()])
def test_a_note_that_comes_later_counts_for_the_change_before(names: tuple[str, ...]) -> None:
    first = overview(WRONG, ALTERNATIVE)
    change_set = squash([OLD, first, noted(first, "correction", "It was wrong.", claims=names)])
    assert change_set is not None
    assert {change.id: change.kind for change in change_set.changes} == {HALVED.id: "correction"}


def test_a_claim_is_followed_through_its_ids() -> None:
    steps = [OLD]
    for id_, kind in (("b", "update"), ("c", "correction"), ("d", "evidence")):
        renamed = replace(HALVED, id=id_, text=f"{HALVED.text} ({id_})")
        after = edited(steps[-1], sections=overview(renamed, ALTERNATIVE).sections)
        steps.append(noted(after, kind, f"As {id_}.", claims=(id_,)))  # type: ignore[arg-type]
    change_set = squash(steps)
    assert change_set is not None
    assert [(c.id, c.old_id, c.kind) for c in change_set.changes] == [("d", HALVED.id, "correction")]


def test_a_claim_that_came_on_the_way_is_followed_through_its_ids() -> None:
    came = noted(overview(HALVED, ALTERNATIVE, claim("b", "Six boats were sold.")), "correction", "Six.", claims=("b",))
    last = edited(came, sections=overview(HALVED, ALTERNATIVE, claim("c", "Six boats were sold.")).sections)
    change_set = squash([OLD, came, last])
    assert change_set is not None
    assert [(change.op, change.id, change.kind) for change in change_set.changes] == [("added", "c", "correction")]


def test_what_came_and_went_on_the_way_is_not_told() -> None:
    assert squash([OLD, overview(WRONG), OLD]) is None
    assert squash([OLD]) is None
    assert squash([None, OLD, None]) is None


def test_a_brief_that_appeared_on_the_way_is_new() -> None:
    change_set = squash([None, OLD, noted(overview(WRONG), "correction", "Wrong.")])
    assert change_set is not None
    assert [(change.op, change.what, change.kind) for change in change_set.changes] == [("added", "brief", "new")]


def test_a_note_of_an_earlier_day_on_the_way_is_among_the_notes() -> None:
    first = noted(OLD, "update", "First.", on=date(2025, 5, 1))
    change_set = squash([OLD, first, noted(edited(first, title="Another"), "update", "Second.")])
    assert change_set is not None
    assert [note.note for note in change_set.notes] == ["Second.", "First."]
    assert all(isinstance(note, ChangeNote) for note in change_set.notes)
