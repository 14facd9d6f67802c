"""What is doubtful in a brief that is well formed."""

from dataclasses import replace
from datetime import date

import pytest

from bot.core.briefs.brief import BriefContent, ChangeNote, Evidence, day
from bot.core.linting.checks import check
from bot.core.linting.diagnostic import Path
from tests.make import GAZETTE, brief, claim

TODAY = date(2026, 11, 25)
QUOTED = (Evidence(source="gazette", quote="342 chests of tea were lost"),)
UNQUOTED = (Evidence(source="gazette"),)
NOTE = ChangeNote(date=day("2025-02-10"), kind="new", note="First version.")
PLAIN = brief("tea", {"legal": [claim("one", evidence=QUOTED, undated=True)]}, changes=(NOTE,))


def found(content: BriefContent, today: date | None = TODAY) -> list[tuple[str, object]]:
    return [(each.code, each.at) for each in check(content, today)]


def test_a_plain_brief_has_nothing_doubtful() -> None:
    assert found(PLAIN) == []


def text_at(index: int) -> Path:
    return ("sections", "legal", "claims", index, "text")


def test_two_claims_with_one_text_are_doubtful() -> None:
    claims = [
        claim(name, text, evidence=QUOTED, undated=True) for name, text in (("one", "It is so."), ("two", "it is so."))
    ]
    assert found(brief("tea", {"legal": claims}, changes=(NOTE,))) == [("B209", text_at(1))]


@pytest.mark.parametrize("address", ["https://example.org/gazette", "http://www.example.org/gazette/"])
def test_two_sources_with_one_address_are_doubtful(address: str) -> None:
    cited = (*QUOTED, Evidence(source="other"))
    sources = {"gazette": GAZETTE, "other": replace(GAZETTE, url=address)}
    content = brief("tea", {"legal": [claim("one", evidence=cited, undated=True)]}, sources=sources, changes=(NOTE,))
    assert found(content) == [("B210", ("sources", "other", "url"))]
    elsewhere = {"gazette": GAZETTE, "other": replace(GAZETTE, url="https://example.org/gazette#note")}
    assert found(replace(content, sources=elsewhere)) == []


def test_a_tag_twice_and_no_change_note_are_doubtful() -> None:
    assert found(replace(PLAIN, tags=("tea", "law", "tea"))) == [("B211", ("tags", 2))]
    assert found(replace(PLAIN, changes=())) == [("B212", ())]
    assert found(replace(PLAIN, changes=(), status="draft")) == []


@pytest.mark.parametrize(
    ("fields", "codes"),
    [
        ({"text": "432 chests were lost."}, ["B307"]),
        ({"text": "Seventeen chests were lost, in eight ships."}, ["B307"]),
        ({"text": "The chests were “sunk”."}, ["B307"]),
        ({"text": "“Tea” and 432 chests, 433 in all."}, ["B307", "B307"]),
        ({"text": "342 chests were lost."}, []),
        ({"text": "432 chests were lost.", "standing": "partly", "note": "By another count."}, ["B307"]),
        ({"text": "432 chests were lost.", "standing": "partly", "note": "Another report has 432."}, []),
        ({"text": "432 chests were lost.", "standing": "opinion"}, ["B307"]),
        ({"text": "432 chests were lost.", "standing": "disputed", "note": "By another count."}, ["B307"]),
        ({"text": "432 chests were lost.", "standing": "reading", "note": "Counted from two lists."}, []),
        ({"text": "Whether 432 were lost.", "standing": "unverified", "note": "Looked for."}, []),
        ({"text": "432 chests were lost.", "note": "It says 432 elsewhere."}, []),
        ({"text": "432 chests were lost.", "note": "The Gazette counts them."}, ["B307"]),
        ({"text": "432 chests were lost.", "evidence": UNQUOTED}, ["B303"]),
        ({"text": "432 chests were lost.", "evidence": UNQUOTED, "note": "By a table of 432 rows."}, []),
        ({"text": "432 chests were lost.", "evidence": UNQUOTED, "note": "By a table."}, ["B307"]),
        ({"text": "Chests were lost.", "evidence": UNQUOTED, "note": "By a table without words."}, []),
        ({"text": "Chests were lost in the “Gazette hall”.", "evidence": UNQUOTED, "note": "By a table."}, ["B307"]),
        ({"text": "The chests were “lost”."}, []),
        *(
            ({"text": "The chests were “sunk”.", "standing": standing, "note": "By another report."}, ["B307"])
            for standing in ("partly", "disputed", "opinion", "reading")
        ),
        ({"text": "Whether they were “sunk”.", "standing": "unverified", "note": "Looked for."}, ["B307"]),
        ({"text": "Whether they were “sunk”.", "standing": "unverified", "note": "Looked for “sunk”."}, []),
    ],
)
def test_figures_and_quoted_words_of_a_claim_are_in_its_quotes_or_its_note(
    fields: dict[str, object], codes: list[str]
) -> None:
    stated = claim("one", **{"evidence": QUOTED, "undated": True, **fields})  # type: ignore[arg-type]
    content = brief("tea", {"legal": [stated]}, changes=(NOTE,))
    assert [code for code, _ in found(content)] == codes


@pytest.mark.parametrize(
    ("source", "is_ahead"),
    [
        ("2026", False),
        ("2026-11", False),
        ("2026-11-26", False),
        ("2026-11-27", True),
        ("2026-12", True),
        ("2099", True),
    ],
)
def test_a_source_of_a_day_to_come_is_doubtful(source: str, is_ahead: bool) -> None:
    content = replace(PLAIN, sources={"gazette": replace(GAZETTE, date=source)})
    assert found(content) == ([("B405", ("sources", "gazette", "date"))] if is_ahead else [])


def test_days_to_come_are_doubtful_but_for_the_next_review() -> None:
    later = day("2099-01-01")
    content = replace(PLAIN, as_of=later, review_by=later, changes=(replace(NOTE, date=later),))
    assert found(content) == [("B405", ("as_of",)), ("B405", ("changes", 0, "date"))]
    assert found(content, None) == []
