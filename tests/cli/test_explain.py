"""`briefbot check --explain` prints the page of a rule."""

import pytest

from bot.__main__ import USAGE_ERROR, main
from bot.core.linting.catalogue import all_rules


@pytest.mark.parametrize("code", ["B204", "b204"])
def test_the_page_of_a_rule_is_printed_with_its_examples(code: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", "--explain", code]) == 0
    out = capsys.readouterr().out
    assert out.startswith("B204 (error)\n\nAn alias already means another brief")
    assert "\nWrong:\n\n    aliases: [tea duty, Tea-Duty]\n\nRight:\n" in out


def test_every_page_can_be_printed_anywhere(capsys: pytest.CaptureFixture[str]) -> None:
    for code in all_rules():
        assert main(["check", "--explain", code]) == 0
    assert capsys.readouterr().out.replace("\n", "").isprintable()


def test_several_rules_are_printed_one_after_the_other(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", "--explain", "B502", "b201"]) == 0
    first, second = capsys.readouterr().out.split("\n---\n\n")
    assert first.startswith("B502 (error)\n\n")
    assert second.startswith("B201 (error)\n\n")


@pytest.mark.parametrize("arguments", [["--explain", "B201", "briefs"], ["briefs", "--explain", "B201"]])
def test_a_path_beside_a_rule_is_a_usage_error_and_not_left_out(
    arguments: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["check", *arguments]) == USAGE_ERROR
    printed = capsys.readouterr()
    assert (printed.out, "“briefs” is no rule; " in printed.err) == ("", True)


@pytest.mark.parametrize(
    ("code", "advice"),
    [
        ("B024", "did you mean B204?"),
        ("B2O4", "did you mean B204?"),
        ("204", "did you mean B204?"),
        ("nonsense\x1b[2J", "docs/rules.md lists all"),
    ],
)
def test_an_unknown_code_is_a_usage_error_with_the_nearest(
    code: str, advice: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["check", "--explain", code]) == USAGE_ERROR
    error = capsys.readouterr().err
    assert advice in error
    assert error.removesuffix("\n").isprintable()
