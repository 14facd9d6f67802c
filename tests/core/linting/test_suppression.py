"""Warnings that a brief suppresses, with a reason and a day."""

from dataclasses import replace
from datetime import date

import pytest

from bot.core.briefs.brief import Suppression
from bot.core.linting.checks import check
from tests.core.linting.test_content_checks import NOTE, TODAY
from tests.make import brief, claim

UNQUOTED = brief("tea", {"legal": [claim("one", undated=True), claim("two", undated=True)]}, changes=(NOTE,))


def entry(rule: str, until: date = TODAY, claims: tuple[str, ...] = ()) -> Suppression:
    return Suppression(rule=rule, reason="It is known.", until=until, claims=claims)


def found(*entries: Suppression, today: date | None = TODAY) -> list[tuple[str, object]]:
    return [(each.code, each.at) for each in check(replace(UNQUOTED, lint_ignore=entries), today)]


ONE, TWO = (("B303", ("sections", "legal", "claims", index)) for index in (0, 1))


def test_a_suppressed_warning_is_not_reported() -> None:
    assert found() == [ONE, TWO]
    assert found(entry("B303")) == []
    assert found(entry("B303"), today=None) == []


def test_a_suppression_that_names_claims_is_for_these() -> None:
    assert found(entry("B303", claims=("two",))) == [ONE]
    assert found(entry("B303", claims=("one", "two"))) == []
    assert found(entry("B303", claims=("one", "gone")), today=TODAY) == [TWO, ("B213", ("lint-ignore", 0, "claims", 1))]


@pytest.mark.parametrize(
    ("claim_id", "hint"), [("ones", 'did you mean "one"?'), ("harbour", "fix the id, or remove it")]
)
def test_a_suppression_at_no_claim_of_the_brief_says_so(claim_id: str, hint: str) -> None:
    suppression = entry("B303", claims=(claim_id,))
    *_, problem = check(replace(UNQUOTED, lint_ignore=(suppression,)), TODAY)
    assert (problem.code, problem.message) == ("B213", f'"{claim_id}" is not a claim of this brief')
    assert problem.hint == hint


def test_a_suppression_of_nothing_is_reported() -> None:
    assert found(entry("B303"), entry("B304")) == [("B213", ("lint-ignore", 1, "rule"))]


def test_a_suppression_ends_with_its_day() -> None:
    assert found(entry("B303", date(2026, 11, 24))) == [ONE, TWO, ("B214", ("lint-ignore", 0, "until"))]


@pytest.mark.parametrize(
    ("code", "hint"), [("B201", "mend"), ("b303", 'did you mean "B303"?'), ("everything", "docs/rules.md")]
)
def test_only_warnings_are_suppressed(code: str, hint: str) -> None:
    problems = list(check(replace(UNQUOTED, lint_ignore=(entry(code),)), None))
    assert [each.code for each in problems] == ["B303", "B303", "B215"]
    assert hint in problems[-1].hint
