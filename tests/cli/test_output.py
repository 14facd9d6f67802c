"""What is printed is only read: by a terminal, by a CI runner, by GitHub's summary of a job."""

import io
import json
import re
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.cli.ask import ask
from bot.cli.check import check
from bot.cli.diff import diff
from bot.cli.formats import ASK_FORMATS, CHECK_FORMATS, DIFF_FORMATS, CheckFormat
from bot.cli.output import count, inert, inert_line, to_json
from bot.settings import Settings
from tests.conftest import ROOT, examples
from tests.runner import Command, commands_of, lines_of

VALID = (ROOT / "tests/examples/valid/everything.yaml").read_text(encoding="utf-8")
STORE = "sections: {legal: {title: Legal considerations}}\n"
CONTROL = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]")

PARTS = (
    *("\n", "\r", "\r\n", "\n\n", "\t", "\0", "\x1b[2J", "\x1b]8;;https://example.org\x07", "\x85", "\u2028", "\u202e"),
    *("\ufeff", "```", "~~~~", "\n# All checks passed\n", "[text](https://example.org)", "<b>", "::", "%0A", "    "),
    *("::error file=bot/__main__.py,line=1::forged", "##[error]forged", "##vso[task.complete]", "::stop-commands::x"),
    *("a", "word ", "é", "“", ",", ":", "%", "#", "'", '"', "\\"),
)
HOSTILE = st.lists(st.sampled_from(PARTS), min_size=1, max_size=12).map("".join)


@pytest.mark.parametrize(
    ("text", "printed"),
    [
        ("\x1b[31mred", r"\x1b[31mred"),
        ("one\rtwo\x85three\u2028four", r"one\x0dtwo\x85three\u2028four"),
        ("\u202egnp.exe", r"\u202egnp.exe"),
        ("a file \udcff", r"a file \udcff"),
        ("first\n::error::x", "first\n\\x3a:error::x"),
        (" \u3000::error::x", " \u3000\\x3a:error::x"),
        ("a ##[error]x", r"a #\x23[error]x"),
        ("##vso[task.complete]", r"#\x23vso[task.complete]"),
        ("a :: b, #1, ## [link], C::D, “é”, 12:30", "a :: b, #1, ## [link], C::D, “é”, 12:30"),
        ("first\n\n  second", "first\n\n  second"),
    ],
)
def test_text_gives_no_orders_and_keeps_its_lines(text: str, printed: str) -> None:
    assert inert(text) == printed
    assert inert(printed) == printed


def test_a_line_stays_one_line() -> None:
    assert inert_line("a\n::error::b\r\nc") == r"a\n::error::b\x0d\nc"


@given(HOSTILE)
def test_json_says_the_same_and_gives_no_orders(value: str) -> None:
    text = to_json([value])
    assert json.loads(text) == [value]
    assert commands_of(text) == []
    assert not CONTROL.search(text)


@pytest.mark.parametrize(("number", "words"), [(0, "0 errors"), (1, "1 error"), (2, "2 errors")])
def test_nouns_agree_with_their_number(number: int, words: str) -> None:
    assert count(number, "error") == words


# The commands, with hostile values in brief files


def hostile_brief(value: str) -> str:
    """A brief in which each kind of value that messages echo is this one. As JSON, which is YAML too."""
    echoed = json.dumps(value)
    places = {"owner": echoed, "kind: law": f"kind: {echoed}", '- source: "010"': f"- source: {echoed}"}
    text = VALID + f"  - date: {echoed}\n    kind: update\n    note: {echoed}\n    claims: [{echoed}]\n"
    for place, instead in places.items():
        text = text.replace(place, instead)
    return text.replace("aliases: [", f"aliases: [{echoed}, ", 1)


def run_check(value: str, format: CheckFormat) -> list[str]:
    """The lines that are printed."""
    with TemporaryDirectory() as directory, redirect_stdout(io.StringIO()) as out:
        (Path(directory) / "hostile.yaml").write_text(hostile_brief(value), encoding="utf-8")
        (Path(directory) / "_store.yaml").write_text(STORE, encoding="utf-8")
        assert check([Path(directory)], format, Settings(workspace=Path(directory))) == 1
    assert not CONTROL.search(out.getvalue())
    return lines_of(out.getvalue())


@examples(100)
@given(HOSTILE)
def test_every_problem_is_one_line_whatever_a_file_says(value: str) -> None:
    problems = json.loads("\n".join(run_check(value, "json")))
    assert len(problems) >= 2
    text = run_check(value, "text")
    assert (len(text), commands_of("\n".join(text))) == (len(problems) + 1, [])
    summary = run_check(value, "markdown")
    assert (len(summary), commands_of("\n".join(summary))) == (len(problems) + 2, [])
    assert all(line.startswith("    ") for line in summary[2:])


@pytest.mark.parametrize("format", CHECK_FORMATS)
def test_names_of_files_give_no_orders(format: CheckFormat, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for name in ("a\n::error::x.yaml", "b\x1b[2J.yaml", "::c ##[error].yaml", "d\r\n::e.yml"):
        (tmp_path / name).write_text("title: [")
    with redirect_stdout(io.StringIO()) as out:
        assert check([Path()], format, Settings(workspace=tmp_path)) == 1
    assert not CONTROL.search(out.getvalue())
    names = {each.name for each in commands_of(out.getvalue())}
    assert names == ({"error", "warning"} if format == "github" else set())


@examples(100)
@given(HOSTILE)
def test_annotations_are_the_only_orders_whatever_a_file_says(value: str) -> None:
    problems = json.loads("\n".join(run_check(value, "json")))
    lines = run_check(value, "github")
    first = [each for each in problems if each["severity"] == "error"][:10]
    assert [
        (each.name, each.properties["file"], each.properties["line"], each.properties["title"])
        for each in commands_of("\n".join(lines))
        if each.name == "error"
    ] == [("error", "hostile.yaml", str(each["line"]), each["code"]) for each in first]
    assert {each.name for each in commands_of("\n".join(lines))} <= {"error", "warning", "notice"}
    assert len(lines) in (len(problems), len(problems) + 1)


@examples(100)
@given(HOSTILE.filter(str.strip))
def test_posts_and_answers_give_no_orders_whatever_a_claim_says(value: str) -> None:
    new = VALID.replace("text: NO", f"text: {json.dumps(value)}")
    with TemporaryDirectory() as name, redirect_stdout(io.StringIO()) as out, redirect_stderr(io.StringIO()) as err:
        directory = Path(name)
        for state, text in (("old", VALID), ("new", new)):
            (directory / state).mkdir()
            (directory / state / "one.yaml").write_text(text, encoding="utf-8")
            (directory / state / "_store.yaml").write_text(STORE, encoding="utf-8")
        for each in DIFF_FORMATS:
            diff(directory / "old", directory / "new", each, Settings())
        for form in ASK_FORMATS:
            ask("legal", form, Settings(briefs=directory / "new"))
    for printed in (out.getvalue(), err.getvalue()):
        assert commands_of(printed) == []
        assert not CONTROL.search(printed)


def test_the_runner_of_the_tests_obeys_what_the_real_one_obeys() -> None:
    output = "text\r ::error file=a%2Cb,line=1::50%25%0Anext\nseen ##[error]x\n:: no"
    with pytest.raises(AssertionError):
        commands_of(output)
    assert commands_of(output.removesuffix("\n:: no")) == [
        Command("error", {"file": "a,b", "line": "1"}, "50%\nnext"),
        Command("##[", {}, "seen ##[error]x"),
    ]
