"""Annotations: at most ten of a severity, as GitHub keeps no more of a step."""

from bot.cli.annotations import annotations
from bot.core.linting.diagnostic import Diagnostic, Severity
from tests.runner import Command, commands_of, lines_of


def problem(path: str, line: int, severity: Severity = "error", message: str = "is wrong") -> Diagnostic:
    return Diagnostic(path, line, 2, "B120", severity, message, "mend it")


def test_ten_of_each_severity_are_shown_and_the_others_counted_and_listed() -> None:
    problems = [problem(f"briefs/{name}.yaml", n, "error") for name in ("a", "b") for n in range(1, 9)]
    problems += [problem("briefs/c.yaml", n, "warning") for n in range(1, 12)]
    output = annotations(problems)
    names = [each.name for each in commands_of(output)]
    assert names == ["error"] * 10 + ["warning"] * 10 + ["notice"]
    assert commands_of(output)[-1].data == "…and 7 more problems in 2 files; the log lists them"
    plain = [line for line in lines_of(output) if not line.startswith("::")]
    assert plain[0] == "briefs/b.yaml:3:2: error B120 is wrong; mend it"
    assert plain[-1] == "briefs/c.yaml:11:2: warning B120 is wrong; mend it"
    assert len(plain) == 7


def test_one_more_is_one_problem_in_one_file() -> None:
    notice = commands_of(annotations([problem("a.yaml", n) for n in range(1, 12)]))[-1]
    assert notice == Command("notice", {"title": "briefbot check"}, "…and 1 more problem in 1 file; the log lists them")


def test_information_is_a_notice_and_leaves_room_for_the_one_that_counts() -> None:
    commands = commands_of(annotations([problem("a.yaml", n, "info") for n in range(1, 12)]))
    assert [each.name for each in commands] == ["notice"] * 10
    assert "2 more problems" in commands[-1].data


def test_the_values_of_an_annotation_arrive_as_they_are() -> None:
    (annotation,) = commands_of(annotations([problem("a, b: 50%.yaml", 3, message="100%0A, really")]))
    place = {"file": "a, b: 50%.yaml", "line": "3", "col": "2", "title": "B120"}
    assert annotation == Command("error", place, "100%0A, really; mend it")


def test_without_problems_there_is_nothing() -> None:
    assert annotations([]) == ""
