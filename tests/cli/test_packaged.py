"""When the briefs that come with the program stand in, and when they must not."""

from pathlib import Path

import pytest

from bot.__main__ import main
from bot.cli.packaged import packaged
from tests.conftest import ROOT
from tests.git_repository import Repository

NOWHERE = "http://127.0.0.1:9/api/"
NOTE = "There is no briefs/ here: these are the briefs that come with briefbot; briefbot init makes your own.\n"


@pytest.fixture(autouse=True)
def empty(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The working directory."""
    for name in ("BRIEFBOT_BRIEFS", "GITHUB_WORKSPACE"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def said(line: str, capsys: pytest.CaptureFixture[str]) -> tuple[int, str]:
    """The exit code of a command, and what it says on stderr."""
    code = main(line.split())
    return code, capsys.readouterr().err


def test_in_a_clone_they_lie_beside_the_code() -> None:
    assert [packaged("briefs"), packaged("manifests")] == [ROOT / "briefs", ROOT / "manifests"]


@pytest.mark.parametrize(
    "line",
    [
        "ask legal --format json",
        "check",
        "check --format json",
        "export uk-rwanda --format csl-json",
        "gaps uk-rwanda",
    ],
)
def test_they_answer_in_an_empty_directory(line: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert said(line, capsys) == (0, NOTE)


def test_a_directory_that_is_here_is_taken_however_empty(empty: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (empty / "briefs").mkdir()
    assert said("ask legal", capsys) == (1, "")


def test_a_link_that_leads_nowhere_is_a_directory_that_is_here(empty: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (empty / "briefs").symlink_to("nowhere")
    assert said("ask legal", capsys)[0] == 2


@pytest.mark.parametrize("line", ["ask legal", "check", "export uk-rwanda", "gaps", "publish"])
def test_a_directory_that_is_named_is_never_replaced(
    line: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("BRIEFBOT_BRIEFS", "elsewhere")
    code, stderr = said(line, capsys)
    assert (code, stderr.count("\n")) == (2, 1)
    assert stderr.startswith("briefbot: elsewhere: no such file or directory; ")


@pytest.mark.parametrize("line", ["publish", "new ferries", "rests-on https://example.org/", "verify", "diff"])
def test_what_writes_or_compares_takes_none_and_leaves_nothing(
    line: str, empty: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code, stderr = said(line, capsys)
    assert (code, stderr.count("\n")) == (2, 1)
    assert stderr.startswith("briefbot: ")
    assert list(empty.iterdir()) == []


@pytest.mark.parametrize("line", ["publish", "publish --force", "run", "run --role all"])
def test_nothing_is_run_or_published_of_them_and_no_database_stays(
    line: str, empty: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for name, value in {"SLACK_BOT_TOKEN": "xoxb-1", "SLACK_APP_TOKEN": "xapp-1", "SLACK_API_URL": NOWHERE}.items():
        monkeypatch.setenv(name, value)
    code, stderr = said(line, capsys)
    assert code == 2
    assert stderr == (
        "briefbot: briefs: no such file or directory; name a directory of brief files (BRIEFBOT_BRIEFS), "
        "or make one: briefbot init\n"
    )
    assert list(empty.iterdir()) == []


# A check that passes must have looked at the briefs that were meant


def test_a_check_takes_none_where_somebody_s_files_are(empty: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (empty / "content").mkdir()
    code, stderr = said("check", capsys)
    assert code == 2
    assert stderr.startswith("briefbot: briefs: no such file or directory; ")


def test_a_check_takes_none_in_a_repository(empty: Path, capsys: pytest.CaptureFixture[str]) -> None:
    Repository(empty)
    assert said("check", capsys)[0] == 2


def test_a_check_takes_none_in_a_workflow(
    empty: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("GITHUB_WORKSPACE", str(empty))
    assert said("check", capsys)[0] == 2


def test_a_virtual_environment_is_nobody_s_brief(empty: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for name in ("venv", ".cache"):
        (empty / name).mkdir()
    (empty / "venv" / "pyvenv.cfg").touch()
    assert said("check", capsys) == (0, NOTE)
