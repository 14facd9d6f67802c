"""The commands about evidence, as they are typed."""

from pathlib import Path

import pytest

from bot.__main__ import main
from tests.cli.evidence_scene import write

LINES = {
    "gaps ferries": "1 brief, 4 claims, 2 sources. Worst first:",
    "gaps --format markdown": "## What is missing",
    "rests-on ferries/gazette": "Harbour Gazette: Board halves ferries",
    "rests-on https://archive.today/AbCdE --format json": "{",
    "export ferries --section legal": "# The ferry timetable",
    "export ferries --format html": "<!DOCTYPE html>",
}
"""The first line that is printed, by what is typed."""


@pytest.mark.parametrize("typed", LINES)
def test_a_command_prints_what_it_is_for(
    typed: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("BRIEFBOT_BRIEFS", str(write(tmp_path / "briefs")))
    monkeypatch.setenv("BRIEFBOT_DATABASE_URL", f"sqlite:///{tmp_path}/none.db")
    assert main(typed.split()) == 0
    assert capsys.readouterr().out.splitlines()[0].startswith(LINES[typed])


def test_what_cannot_be_done_is_a_usage_error(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("BRIEFBOT_BRIEFS", str(write(tmp_path / "briefs")))
    assert main(["gaps", "ferris"]) == 2
    assert capsys.readouterr().err == "briefbot: “ferris” is no brief; did you mean ferries?\n"
