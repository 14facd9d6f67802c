"""`briefbot export`."""

import json
from pathlib import Path

import pytest

from bot.cli.export import export
from bot.cli.formats import EXPORT_FORMATS, ExportFormat
from bot.errors import SettingsError
from bot.settings import Settings
from tests.cli.evidence_scene import BUSES, FERRIES, STORE, write


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(briefs=write(tmp_path / "briefs"))


def run(
    settings: Settings,
    capsys: pytest.CaptureFixture[str],
    name: str,
    format: ExportFormat,
    section: str | None = None,
    url: str | None = None,
) -> tuple[int, str, str]:
    code = export(name, format, settings, section, url)
    return code, *capsys.readouterr()


BEGINNINGS = {
    "markdown": "# The ferry timetable\n\nAs of 1 April 2025 · ferries\\@",
    "csl-json": '[\n  {\n    "id": "ferries/radio",\n    "type": "article-newspaper"',
    "html": '<!DOCTYPE html>\n<html lang="en">\n',
}


@pytest.mark.parametrize("format", BEGINNINGS)
def test_each_format_is_printed_whole(
    settings: Settings, capsys: pytest.CaptureFixture[str], format: ExportFormat
) -> None:
    code, text, errors = run(settings, capsys, "Ferry Cuts", format)
    assert (code, errors) == (0, "")
    assert text.startswith(BEGINNINGS[format])
    assert text.endswith("\n")
    assert not text.endswith("\n\n")
    assert {*BEGINNINGS, "claimreview"} == {*EXPORT_FORMATS}


def test_a_section_is_named_by_key_or_title(settings: Settings, capsys: pytest.CaptureFixture[str]) -> None:
    by_key = run(settings, capsys, f"{settings.briefs}/ferries.yaml", "markdown", "legal")
    assert by_key == run(settings, capsys, "ferries", "markdown", "Legal Considerations")
    assert "## Legal considerations" in by_key[1]
    assert "## Overview" not in by_key[1]
    with pytest.raises(SettingsError, match="ferries has no section “leagl”; did you mean legal"):
        export("ferries", "markdown", settings, "leagl", None)
    with pytest.raises(SettingsError, match="“ferris” is no brief; did you mean ferries"):
        export("ferris", "markdown", settings, None, None)


def test_a_fact_check_stands_at_the_page_of_the_brief(settings: Settings, capsys: pytest.CaptureFixture[str]) -> None:
    partly = FERRIES.replace("standing: opinion\n        note: Said", "standing: partly\n        note: Said")
    write(settings.briefs, ferries=partly)
    code, text, errors = run(settings, capsys, "ferries", "claimreview", url="https://example.org/ferries#top")
    (review,) = json.loads(text)
    assert (code, errors, review["url"]) == (0, "", "https://example.org/ferries#claim-unlawful")
    lines = "https://github.com/harbour/briefs/edit/main/briefs/{file}#L{line}"
    write(
        settings.briefs,
        _store=STORE.replace("https://github.com/harbour/briefs/edit/main/briefs", lines),
        ferries=partly,
    )
    (review,) = json.loads(run(settings, capsys, "ferries", "claimreview")[1])
    assert review["url"] == "https://github.com/harbour/briefs/edit/main/briefs/ferries.yaml#L28"
    with pytest.raises(SettingsError, match="--url is “example"):
        export("ferries", "claimreview", settings, None, "example.org")
    write(settings.briefs, _store="sections: {overview: {title: Overview}, legal: {title: Legal}}\n", ferries=partly)
    code, text, errors = run(settings, capsys, "ferries", "claimreview")
    assert (code, "url" in json.loads(text)[0]) == (0, False)
    assert errors == "the objects have no url, which search engines require: name the page of the brief with --url\n"


def test_a_brief_without_a_verdict_has_no_fact_check(settings: Settings, capsys: pytest.CaptureFixture[str]) -> None:
    code, text, errors = run(settings, capsys, "ferries", "claimreview")
    assert (code, text) == (1, "[]\n")
    assert errors.startswith("ferries has no claim that is partly supported or disputed")


def test_drafts_say_so_and_have_no_fact_check_and_what_is_withdrawn_is_not_exported(
    settings: Settings, capsys: pytest.CaptureFixture[str]
) -> None:
    assert "**Draft, not published.**" in run(settings, capsys, "buses", "markdown")[1]
    assert run(settings, capsys, "buses", "claimreview") == (
        1,
        "",
        "buses is a draft: a ClaimReview is of what is published\n",
    )
    note = "changes:\n  - {date: 2025-05-12, kind: withdrawal, note: There are no buses.}\n"
    write(settings.briefs, buses=BUSES.replace("status: draft", "status: withdrawn") + note)
    for each in EXPORT_FORMATS:
        assert run(settings, capsys, "buses", each) == (1, "", "buses was withdrawn: nothing of it is exported\n")
