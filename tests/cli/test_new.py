"""`briefbot new`: the file of an empty brief."""

from pathlib import Path

import pytest

from bot.__main__ import USAGE_ERROR, main
from bot.cli.check import check
from bot.content.loader import load_brief
from bot.settings import Settings

STORE = """
sections:
  legal: {title: Legal considerations, aliases: [law]}
  overview: {title: Overview}
"""
OTHER = """
title: Tea
summary: It was taxed.
aliases: [tea duty]
status: draft
as_of: 2025-01-01
owner: desk
sections: {legal: {claims: [{id: a, text: It was taxed., standing: opinion, note: Said by all.}]}}
sources: {}
"""


@pytest.fixture
def briefs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "_store.yaml").write_text(STORE)
    (tmp_path / "tea.yaml").write_text(OTHER)
    monkeypatch.setenv("BRIEFBOT_BRIEFS", str(tmp_path))
    return tmp_path


def test_a_new_brief_is_a_draft_with_the_sections_of_the_store_that_passes_the_check(
    briefs: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["new", "ferry-timetable"]) == 0
    path = briefs / "ferry-timetable.yaml"
    first, *work = capsys.readouterr().out.splitlines()
    assert first == f"{path}: a draft; readers see nothing of it until its status is published. To do:"
    lines = path.read_text().splitlines()
    numbers = [int(line.removeprefix(f"{path}:").split(":")[0]) for line in work]
    assert [lines[number - 1].strip() for number in numbers] == [
        'title: "TODO: what the brief is called"',
        'summary: "TODO: one sentence that says what this is about"',
        next(line for line in lines if line.startswith("as_of: ")),
        'owner: "TODO: who keeps it"',
        "- id: legal-first",
        "- id: overview-first",
    ]
    assert check([path], "text", Settings(briefs=briefs)) == 0
    assert capsys.readouterr().out == ""


def test_a_title_may_be_given(briefs: Path) -> None:
    assert main(["new", "ferries", "--title", "Ferries: a history"]) == 0
    brief = load_brief(briefs / "ferries.yaml").value
    assert brief
    assert brief.title == "Ferries: a history"


@pytest.mark.parametrize(
    ("slug", "words"),
    [
        ("tea", "tea.yaml is there already, and stays as it is; choose another slug, or edit that file"),
        ("Ferry Times", 'B127 "Ferry Times" is not a slug; '),
        ("a/b", 'B127 "a/b" is not a slug; '),
        ("../b", 'B127 "../b" is not a slug; '),
        ("x" * 61, "B127 "),
        ("tea-duty", 'B204 "tea-duty" already names tea; rename this file, or remove the alias from tea'),
        ("law", 'B205 "law" is already the section legal; choose another word'),
        ("search", 'B205 "search" is already a word of the command; choose another word'),
    ],
)
def test_a_name_that_is_none_or_taken_is_refused_in_the_words_of_its_rule(
    slug: str, words: str, briefs: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = {path: path.read_bytes() for path in briefs.iterdir()}
    assert main(["new", slug]) == USAGE_ERROR
    assert words in capsys.readouterr().err
    assert {path: path.read_bytes() for path in briefs.iterdir()} == before


@pytest.mark.parametrize(("title", "code"), [("x" * 500, "B128"), ("Ferries \u202e at night", "B104")])
def test_a_title_that_no_brief_may_have_is_refused(
    title: str, code: str, briefs: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["new", "ferries", "--title", title]) == USAGE_ERROR
    assert f"--title: {code} " in capsys.readouterr().err
    assert not (briefs / "ferries.yaml").exists()


def test_without_a_store_there_is_one_section(briefs: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (briefs / "_store.yaml").unlink()
    assert main(["new", "ferries"]) == 0
    assert "claim overview-first: write it" in capsys.readouterr().out


def test_a_broken_store_is_named(briefs: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (briefs / "_store.yaml").write_text("sections: 1")
    assert main(["new", "ferries"]) == USAGE_ERROR
    assert f"{briefs / '_store.yaml'} has errors; mend them first: briefbot check " in capsys.readouterr().err


def test_what_is_still_to_be_written_keeps_a_brief_from_being_published(
    briefs: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    main(["new", "ferries"])
    path = briefs / "ferries.yaml"
    path.write_text(path.read_text().replace("status: draft", "status: published"))
    capsys.readouterr()
    assert check([path], "text", Settings(briefs=briefs)) == 1
    assert f"{path}:2:8: error B144 this text is still to be written; " in capsys.readouterr().out
