"""What a post tells of a change set."""

from dataclasses import replace

import pytest

from bot.core.briefs.brief import Caveat, Evidence
from bot.core.changes.announcement import history_url
from tests.ferries import ALTERNATIVE, CHARTER, COURT, HALVED, edited, ferries, noted, told, with_claims


@pytest.mark.parametrize(
    ("edit_url", "expected"),
    [
        ("https://github.com/o/r/edit/main/briefs", "https://github.com/o/r/commits/main/briefs/x.yaml"),
        ("https://github.com/edit/edit/edit/edit/briefs/", "https://github.com/edit/edit/commits/edit/briefs/x.yaml"),
        ("https://git.example.org/o/r/edit/main", "https://git.example.org/o/r/commits/main/x.yaml"),
        ("https://gitlab.com/o/r/-/edit/main/briefs", "https://gitlab.com/o/r/-/commits/main/briefs/x.yaml"),
        ("https://gitlab.com/g/s/r/-/edit/main", "https://gitlab.com/g/s/r/-/commits/main/x.yaml"),
        ("https://example.org/wiki", "https://example.org/wiki/x.yaml"),
        ("https://github.com/o/r/edit/main/{file}#L{line}", "https://github.com/o/r/commits/main/x.yaml"),
        ("https://gitlab.com/g/r/-/edit/main/{file}", "https://gitlab.com/g/r/-/commits/main/x.yaml"),
        (None, None),
    ],
)
def test_the_history_stands_beside_the_editor(edit_url: str | None, expected: str | None) -> None:
    assert history_url(edit_url, "x") == expected


def test_changes_stand_in_reading_order() -> None:
    after = with_claims(
        edited(ferries(), tags=("a",), title="Another", as_of=ferries().as_of.replace(day=2)),
        legal=[COURT],
        outlook=[CHARTER],
        overview=[replace(HALVED, id="first", text="Nothing like it."), replace(HALVED, note="Yes.")],
    )
    assert [(change.op, change.id) for change in told(ferries(), after).changes] == [
        ("edited", "title"),
        ("added", "first"),
        ("edited", HALVED.id),
        ("removed", ALTERNATIVE.id),
        ("added", "outlook"),
        ("moved", CHARTER.id),
        ("edited", "tags"),
        ("edited", "as_of"),
    ]


def test_the_gravest_kind_stands_first() -> None:
    """Behind it a post may stop: what nobody may overlook is not among the rest."""
    after = with_claims(
        edited(ferries(), title="Another"),
        legal=[replace(COURT, text="Three towns have gone to court against the new timetable."), CHARTER],
        overview=[replace(ALTERNATIVE, note="Said by its chair."), replace(HALVED, text=f"{HALVED.text} So it says.")],
    )
    after = noted(after, "clarification", "Clearer.", claims=(ALTERNATIVE.id,))
    changes = told(ferries(), noted(after, "correction", "There are three.", claims=(COURT.id,))).changes
    assert [(change.kind, change.op, change.id) for change in changes] == [
        ("correction", "edited", COURT.id),
        ("update", "edited", "title"),
        ("update", "edited", HALVED.id),
        ("clarification", "edited", ALTERNATIVE.id),
        ("clarification", "moved", ALTERNATIVE.id),
    ]


def test_what_only_stands_in_another_order_is_last_of_its_kind() -> None:
    more = Evidence(source="radio", quote="six ferries")
    before = with_claims(
        edited(ferries(), caveats=(Caveat(text="One."), Caveat(text="Two."))),
        overview=[replace(HALVED, evidence=(*HALVED.evidence, more)), ALTERNATIVE],
    )
    after = with_claims(
        edited(before, tags=("a",), caveats=before.caveats[::-1]),
        legal=[CHARTER, COURT],
        overview=[replace(HALVED, evidence=(more, *HALVED.evidence)), replace(ALTERNATIVE, note="Said by its chair.")],
    )
    changes = [(change.op, change.id) for change in told(before, after).changes]
    assert changes[:2] == [("edited", ALTERNATIVE.id), ("edited", "tags")]
    assert changes[2:] == [("edited", HALVED.id), ("moved", changes[3][1]), ("edited", "caveats")]
    # A correction is not among the last, whatever it is.
    corrected = noted(after, "correction", "In the order of weight.", claims=(HALVED.id,))
    assert told(before, corrected).changes[0].id == HALVED.id


def test_sections_that_the_vocabulary_lacks_are_spelled_out() -> None:
    assert told(ferries(), with_claims(ferries(), **{"next-steps": [CHARTER], "legal": [COURT]})).titles == {
        "overview": "Overview",
        "legal": "Legal considerations",
        "reactions": "Reactions",
        "next-steps": "Next steps",
    }


def test_a_removed_source_is_told_unless_a_claim_tells_it() -> None:
    gazette = {"gazette": ferries().sources["gazette"]}
    removed = edited(with_claims(ferries(), legal=[CHARTER]), sources=gazette)
    assert [change.id for change in told(ferries(), removed).changes] == [COURT.id, "radio"]
    other = replace(COURT, evidence=CHARTER.evidence)
    cited = edited(with_claims(ferries(), legal=[other, CHARTER]), sources=gazette)
    assert [change.id for change in told(ferries(), cited).changes] == [COURT.id]
