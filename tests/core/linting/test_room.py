"""Whether what is never split fits into one message, and what is shown at once onto one screen."""

from dataclasses import replace

import pytest

from bot.core.briefs.brief import BriefContent, Evidence, Group, Section, Standing
from bot.core.linting.arrangement import check_arrangement
from bot.core.linting.diagnostic import Problem
from bot.core.linting.room import check_room
from tests.make import GAZETTE, brief, claim

LONGEST = {"text": "t" * 1000, "note": "n" * 200}


def quoting(*quotes: str, locator: str | None = None) -> tuple[Evidence, ...]:
    return tuple(Evidence(source="gazette", quote=quote, locator=locator) for quote in quotes)


def with_claim(**fields: object) -> BriefContent:
    return brief("tea", {"legal": [claim("one", **fields)]})  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        (LONGEST, None),
        ({**LONGEST, "evidence": quoting(*["q" * 1200] * 5, locator="l" * 200)}, None),
        ({**LONGEST, "evidence": quoting("q" * 1200, "&" * 280)}, None),
        ({"text": "&" * 560}, None),
        ({"text": "&" * 561}, "the claim with its note is 2805 characters"),
        ({"text": "<>" * 300, "note": "&" * 100}, "the claim with its note is 2900 characters"),
        ({**LONGEST, "evidence": quoting("q" * 1200, "&" * 321)}, "its longest quote is 2805 characters"),
        ({**LONGEST, "evidence": quoting("q" * 1149 + "&" * 51, locator="l" * 200)}, "its longest quote is 2804"),
        ({**LONGEST, "evidence": quoting("q" * 1150 + "&" * 50, locator="l" * 200)}, None),
    ],
)
def test_a_claim_with_its_note_and_one_quote_fits_into_a_message(fields: dict[str, object], words: str | None) -> None:
    problems = list(check_room(with_claim(**fields)))
    assert [(each.code, each.severity) for each in problems] == ([("B306", "error")] if words else [])
    assert not words or words in problems[0].message


def test_the_line_of_a_source_fits_into_a_message() -> None:
    longest = dict.fromkeys(("title", "author", "publisher", "via"), "x" * 400)
    address = "https://example.org/" + "x" * 1980
    source = replace(GAZETTE, **longest, note="n" * 200, date_note="d" * 200, url=address, archive_url=address)  # type: ignore[arg-type]
    assert list(check_room(brief("tea", sources={"gazette": source}))) == []
    (problem,) = check_room(brief("tea", sources={"gazette": replace(GAZETTE, url=address.replace("x", "&"))}))
    assert (problem.code, problem.at) == ("B306", ("sources", "gazette"))


def shown(words: int, *, folded: int = 0, standing: Standing = "supported", lead: bool = False) -> list[Problem]:
    """The problems of a section of two claims with these words, the second in a last group."""
    first = claim("one", "w " * (words - 1) + "w", standing=standing)
    last = claim("two", "w " * 50, note="w w", lead=lead)
    groups = (Group(title="What is last", claims=("two",), folded=bool(folded)),)
    content = brief("tea")
    return [*check_arrangement(replace(content, sections={"legal": Section(claims=(first, last), groups=groups)}))]


@pytest.mark.parametrize(
    ("problems", "words"),
    [
        (shown(398), None),
        (shown(399), 451),
        (shown(396, standing="reading"), None),
        (shown(397, standing="reading"), 451),
        (shown(450, folded=1), None),
        (shown(451, folded=1), 451),
        (shown(399, folded=1, lead=True), 451),
    ],
)
def test_what_is_shown_at_once_has_at_most_450_words(problems: list[Problem], words: int | None) -> None:
    assert [each.code for each in problems] == (["B228"] if words else [])
    assert not words or f"shows {words} words" in problems[0].message


def test_the_hint_is_to_fold_the_last_group_or_more() -> None:
    assert shown(500)[0].hint == "fold the last group with `folded: true`"
    assert shown(500, folded=1)[0].hint == "move more claims into the folded group"
