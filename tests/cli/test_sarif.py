"""SARIF output, against the schema of SARIF 2.1.0 (tests/schemas; from the npm package @microsoft/jest-sarif)."""

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft4Validator

from bot.cli.check import check
from bot.cli.sarif import sarif
from bot.core.linting.diagnostic import Diagnostic
from bot.core.linting.rules import RULES
from bot.settings import Settings
from tests.conftest import ROOT

SCHEMA = Draft4Validator(json.loads((ROOT / "tests/schemas/sarif-2.1.0-rtm.5.json").read_text(encoding="utf-8")))
PROBLEM = Diagnostic("briefs/a b.yaml", 3, 7, "B120", "error", '"ownr" is not a key', 'did you mean "owner"?')


def results(*problems: Diagnostic) -> list[dict[str, Any]]:
    log = json.loads(sarif(problems))
    assert [error.message for error in SCHEMA.iter_errors(log)] == []
    return log["runs"][0]["results"]  # type: ignore[no-any-return]


def test_the_log_of_all_broken_files_is_valid(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(ROOT / "tests")
    assert check([Path("examples/invalid")], "sarif", Settings(workspace=ROOT)) == 1
    log = json.loads(capsys.readouterr().out)
    assert [error.message for error in SCHEMA.iter_errors(log)] == []
    (run,) = log["runs"]
    assert log["version"] == "2.1.0"
    rules = run["tool"]["driver"]["rules"]
    assert [rule["id"] for rule in rules] == sorted(RULES)
    assert all(rule["help"]["markdown"] == RULES[rule["id"]].page for rule in rules)
    assert all(rules[each["ruleIndex"]]["id"] == each["ruleId"] for each in run["results"])
    paths = {each["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] for each in run["results"]}
    assert "tests/examples/invalid/Slug%20With%20Capitals.yaml" in paths
    assert all(path.startswith("tests/examples/invalid/") for path in paths)


def test_a_result_has_level_place_and_what_to_do() -> None:
    (result,) = results(PROBLEM)
    assert (result["ruleId"], result["level"]) == ("B120", "error")
    assert result["message"]["text"] == '"ownr" is not a key; did you mean "owner"?'
    assert result["locations"][0]["physicalLocation"] == {
        "artifactLocation": {"uri": "briefs/a%20b.yaml", "uriBaseId": "%SRCROOT%"},
        "region": {"startLine": 3, "startColumn": 7},
    }


def test_what_is_information_is_a_note() -> None:
    assert results(replace(PROBLEM, severity="info"))[0]["level"] == "note"


def test_the_rules_of_warnings_are_warnings() -> None:
    rules = json.loads(sarif([]))["runs"][0]["tool"]["driver"]["rules"]
    levels = {rule["id"]: rule["defaultConfiguration"]["level"] for rule in rules}
    assert levels == {code: rule.severity.replace("info", "note") for code, rule in RULES.items()}


def test_a_fingerprint_is_the_same_on_another_line_and_differs_between_problems() -> None:
    others = [replace(PROBLEM, code="B121"), replace(PROBLEM, message="x"), replace(PROBLEM, path="b.yaml")]
    moved = replace(PROBLEM, line=40, column=1)
    marks = [each["partialFingerprints"]["primaryLocationLineHash"] for each in results(PROBLEM, *others, moved)]
    assert len(set(marks)) == 5
    assert marks[0] == results(moved)[0]["partialFingerprints"]["primaryLocationLineHash"]
    assert [marks[0][:-2], marks[0][-2:], marks[-1][-2:]] == [marks[-1][:-2], ":1", ":2"]


def test_a_file_outside_of_the_repository_has_its_whole_address() -> None:
    location = results(replace(PROBLEM, path="/tmp/a.yaml"))[0]["locations"][0]["physicalLocation"]  # noqa: S108
    assert location["artifactLocation"] == {"uri": "file:///tmp/a.yaml"}


def test_a_name_that_is_not_unicode_is_an_address_too() -> None:
    location = results(replace(PROBLEM, path="briefs/é\udcff.yaml"))[0]["locations"][0]["physicalLocation"]
    assert location["artifactLocation"]["uri"] == "briefs/%C3%A9%FF.yaml"


def test_no_value_becomes_a_link() -> None:
    assert "](" not in results(replace(PROBLEM, message="[text](https://example.org)"))[0]["message"]["text"]
