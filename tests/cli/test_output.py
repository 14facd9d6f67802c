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

from bot.cli.ask import FORMATS as ASK_FORMATS
from bot.cli.ask import ask
from bot.cli.diff import FORMATS as DIFF_FORMATS
from bot.cli.diff import diff
from bot.cli.output import count, inert, inert_line, to_json
from bot.settings import Settings
from tests.conftest import ROOT, examples
from tests.runner import Command, commands_of

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
