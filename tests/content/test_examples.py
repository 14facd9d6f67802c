"""Truth is a directory of valid and invalid examples."""

import re
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from bot.cli.check import check, diagnostics
from bot.cli.diff import diff
from bot.content.repository import Repository, check_directory
from bot.core.briefs import canonical
from bot.core.linting.rules import RULES
from bot.settings import Settings
from tests.conftest import GOLDEN, ROOT

EXAMPLES = ROOT / "tests" / "examples"
WITH_A_PROBLEM_ELSEWHERE = {
    EXAMPLES / "invalid" / f"{slug}.yaml"
    for slug in ("alias-of-another", "missing-section-of-one", "missing-section-of-another")
}
TODAY = date(2026, 11, 25)
QUOTES = [Path("evidence"), Path("evidence-broken")]
# The second lacks a store, the third has neither briefs nor a store.
ALL = [EXAMPLES / "invalid", EXAMPLES / "versions" / "new", EXAMPLES, *(EXAMPLES / each for each in QUOTES)]


def test_valid_examples_have_no_problem() -> None:
    assert check_directory(EXAMPLES / "valid", today=TODAY) == []


def test_scalars_stay_text() -> None:
    brief = Repository(EXAMPLES / "valid").load().briefs["everything"]
    assert brief
    claims = brief.sections["legal"].claims
    assert [(c.id, c.text, c.note) for c in claims] == [("no", "NO", None), ("010", "Two lines of text.", "null")]
    source = brief.sources["010"]
    assert (source.title, source.author, source.publisher, source.date, source.note) == (
        "0x1F",
        "~",
        ".inf",
        "1791",
        "1e3",
    )
    assert brief.summary == "A summary that is folded over two lines."


def test_a_claim_may_lead_and_a_caveat_may_concern_one_section() -> None:
    brief = Repository(EXAMPLES / "valid").load().briefs["arrangement"]
    assert brief
    legal = brief.sections["legal"]
    assert [(claim.lead, claim.undated) for claim in legal.claims] == [(False, False), (True, True)]
    assert [(group.title, group.claims, group.folded) for group in legal.groups] == [
        ("The duty", ("duty",), False),
        ("Of the records", ("harbour",), True),
    ]
    assert [(each.concerns("legal"), each.concerns("rights")) for each in brief.caveats] == [
        (True, True),
        (True, False),
    ]
    assert canonical.load("arrangement", brief.revision, canonical.dump(brief)) == brief


def test_every_problem_of_every_broken_file_stands_at_its_line_and_column(
    capsys: pytest.CaptureFixture[str], golden: Callable[[str, str], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    # Whatever is being edited: git is not asked.
    monkeypatch.setenv("GIT_DIR", "nowhere")
    monkeypatch.chdir(EXAMPLES)
    code = check([Path("invalid")], "text", Settings(briefs=Path("valid")))
    golden("check-invalid.txt", capsys.readouterr().out)
    assert code == 1


def test_what_only_shows_beside_the_version_before_stands_at_its_line_and_column(
    capsys: pytest.CaptureFixture[str], golden: Callable[[str, str], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(EXAMPLES / "versions")
    code = diff(Path("old"), Path("new"), "text", Settings(briefs=Path("new")))
    golden("diff-invalid.txt", capsys.readouterr().err)
    assert code == 1
    assert check([Path("new")], "text", Settings(briefs=Path("new"))) == 0


def test_what_is_known_of_quotes_stands_at_their_line_and_column(
    capsys: pytest.CaptureFixture[str], golden: Callable[[str, str], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(EXAMPLES)
    code = check(QUOTES, "text", Settings(briefs=Path("evidence")))
    golden("check-evidence.txt", capsys.readouterr().out)
    assert code == 1
    assert check(QUOTES[:1], "text", Settings(briefs=Path("evidence"))) == 0


def test_every_rule_has_an_example() -> None:
    in_one_version = {diagnostic.code for diagnostic in diagnostics(ALL)}
    between = set(re.findall(r" (?:error|warning) (B\d+) ", (GOLDEN / "diff-invalid.txt").read_text(encoding="utf-8")))
    assert set(RULES) == in_one_version | between


def test_every_message_has_a_subject() -> None:
    verbs = re.compile(r"(is|are|was|has|have|holds|begins|ends|stands|cannot|does|needs|names|nested)\b")
    assert [each.message for each in diagnostics(ALL) if verbs.match(each.message)] == []


def test_every_broken_file_is_named() -> None:
    named = {Path(diagnostic.path) for diagnostic in check_directory(EXAMPLES / "invalid", today=TODAY)}
    assert named == set((EXAMPLES / "invalid").glob("*.yaml")) - WITH_A_PROBLEM_ELSEWHERE
