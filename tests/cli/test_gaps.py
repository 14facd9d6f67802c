"""`briefbot gaps`: what claims rest on and what is missing."""

import json
from pathlib import Path

import pytest

from bot.cli.formats import GapsFormat
from bot.cli.gaps import gaps
from bot.content.evidence_lock import EvidenceLockError
from bot.errors import SettingsError
from bot.settings import Settings
from tests.cli.evidence_scene import FERRIES, write

TEXT = """\
1 brief, 4 claims, 2 sources. Worst first:
    1  Opinions that no source gives
    1  Not verified
    1  Evidence without a quote beside other evidence with one
    1  Sources without a date
    1  Quotes that were never looked for on their pages
    1  Claims that lack nothing

Opinions that no source gives (1)
To do: cite where the person said it, with a quote.
{briefs}/ferries.yaml:28:9: unlawful (legal)
    Opinion: The mayor of Westport called the timetable unlawful in March 2025.
    rests on no source

Not verified (1)
To do: look for a source in what has appeared since; if there is none, leave it as it is.
{briefs}/ferries.yaml:16:9: sold (overview)
    Not verified: Whether ferries were sold in 2025: no report read says so.
    looked for in gazette, radio

Evidence without a quote beside other evidence with one (1)
To do: add the quote, or remove the evidence if it adds nothing.
{briefs}/ferries.yaml:23:9: in-court (legal)
    Two towns went to court in March 2025.
    rests on radio (1 quote), gazette (cited)

Sources without a date (1)
To do: add the date that the work gives; leave it out where it gives none.
{briefs}/ferries.yaml:40:3: radio (2 claims); also no title, no archive

Quotes that were never looked for on their pages (1)
To do: run briefbot verify.
{briefs}/ferries.yaml:1:1: the brief ferries; 3 quotes

Claims that lack nothing (1)
{briefs}/ferries.yaml:10:9: halved (overview); rests on gazette (2 quotes)
"""


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(briefs=write(tmp_path / "briefs"))


def run(
    settings: Settings, capsys: pytest.CaptureFixture[str], *names: str, format: GapsFormat = "text"
) -> tuple[int, str, str]:
    code = gaps(names, format, settings)
    return code, *capsys.readouterr()


@pytest.mark.parametrize("name", ["ferries", "Ferry Cuts", "{briefs}/ferries.yaml"])
def test_a_brief_is_named_by_slug_alias_or_file(
    settings: Settings, capsys: pytest.CaptureFixture[str], name: str
) -> None:
    briefs = str(settings.briefs)
    assert run(settings, capsys, name.format(briefs=briefs)) == (0, TEXT.format(briefs=briefs), "")


def test_data_has_every_thing_worst_first_with_its_line(settings: Settings, capsys: pytest.CaptureFixture[str]) -> None:
    code, text, errors = run(settings, capsys, format="json")
    records = json.loads(text)
    assert (code, errors) == (0, "")
    assert [(each["brief"], each["id"], each["line"], [gap["gap"] for gap in each["gaps"]]) for each in records] == [
        ("ferries", "unlawful", 28, ["opinion-without-source"]),
        ("ferries", "sold", 16, ["unverified"]),
        ("buses", "replaced", 9, ["no-quote"]),
        ("ferries", "in-court", 23, ["evidence-without-quote"]),
        ("ferries", "radio", 40, ["no-date", "no-title", "no-archive"]),
        ("ferries", "ferries", 1, ["never-verified"]),
        ("ferries", "halved", 10, []),
        ("ferries", "gazette", 33, []),
        ("buses", "ferries-page", 14, []),
    ]
    assert len({frozenset(each) for each in records}) == 1


def test_markdown_is_a_list_to_tick_off(settings: Settings, capsys: pytest.CaptureFixture[str]) -> None:
    text = run(settings, capsys, "ferries", format="markdown")[1]
    assert text.startswith(
        "## What is missing\n\n1 brief, 4 claims, 2 sources.\n\n### Opinions that no source gives (1)"
    )
    assert (
        f"- [ ] `{settings.briefs}/ferries.yaml:23:9` in-court (legal)\\\n"
        "  Two towns went to court in March 2025.\\\n"
        "  rests on radio (1 quote), gazette (cited)\n"
    ) in text
    assert "halved" not in text


def test_a_broken_file_is_said_and_what_is_named_and_wrong_is_refused(
    settings: Settings, capsys: pytest.CaptureFixture[str]
) -> None:
    write(settings.briefs, buses="title: 1\n")
    code, text, errors = run(settings, capsys)
    assert (code, text) == (1, TEXT.format(briefs=settings.briefs))
    assert errors == f"{settings.briefs}/buses.yaml: not looked at, as it has errors; run briefbot check\n"
    for name, reason in {
        "buses": "buses.yaml has errors; run briefbot check",
        "ferris": "did you mean ferries?",
        "x/y.yaml": "does not exist",
        "quaysides": "there are: ferries",
    }.items():
        with pytest.raises(SettingsError, match=reason):
            gaps([name], "text", settings)


def test_withdrawn_briefs_are_left_alone_unless_they_are_named(
    settings: Settings, capsys: pytest.CaptureFixture[str]
) -> None:
    note = "changes:\n  - {date: 2025-05-12, kind: withdrawal, note: There are no ferries.}\n"
    gone = FERRIES.replace("status: published", "status: withdrawn").replace("changes:\n", note)
    write(settings.briefs, ferries=gone)
    assert "ferries.yaml" not in run(settings, capsys)[1]
    assert "unlawful (legal, withdrawn)" in run(settings, capsys, "ferries")[1]


def test_a_lock_that_cannot_be_read_is_told(settings: Settings) -> None:
    (settings.briefs / "evidence.lock").write_text("<<<<<<< HEAD\n", encoding="utf-8")
    with pytest.raises(EvidenceLockError, match=r"evidence.lock:1: a merge conflict"):
        gaps([], "text", settings)
