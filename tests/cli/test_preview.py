"""`briefbot preview` as a command: the page as one file, and what ends it."""

import re
import shutil
import socket
from pathlib import Path

import pytest

from bot.__main__ import USAGE_ERROR, main
from tests.cli.test_diff import CORRECTED, FERRIES, STORE
from tests.conftest import ROOT
from tests.git_repository import Repository

HOSTILE = CORRECTED.replace("The board met on 3 March.", "<script>alert(1)</script><img src=x onerror=alert(2)>")


@pytest.fixture
def git(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Repository:
    (tmp_path / "briefs").mkdir()
    git = Repository(tmp_path)
    git.commit({"briefs/ferries.yaml": FERRIES, "briefs/_store.yaml": STORE, "briefs/trams.yaml": FERRIES})
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("BRIEFBOT_DATABASE_URL", raising=False)
    return git


def test_the_file_holds_all_that_it_needs_and_no_script(git: Repository, capsys: pytest.CaptureFixture[str]) -> None:
    (git.path / "briefs/ferries.yaml").write_text(HOSTILE)
    assert main(["preview", "--output", "page.html"]) == 0
    assert capsys.readouterr() == ("Written: page.html\n", "")
    page = Path("page.html").read_text(encoding="utf-8")
    assert "Readers will be told of 1 brief: 1 correction." in page
    assert "&lt;script&gt;alert(1)" in page
    assert re.findall(r"<(?:script|img|iframe|link|object)\b[^>]*", page) == ['<link rel="icon" href="data:,"']
    assert "{{" not in page
    assert "Content-Security-Policy" in page
    # An unchanged brief is there, too, folded away.
    assert "quiet-trams" in page
    assert page.count("On 2 March 2025 the board cut") > page.count("On 3 March 2025 the board cut") > 0


def test_a_database_that_cannot_be_read_is_a_sentence_in_the_page(
    git: Repository, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("BRIEFBOT_DATABASE_URL", "sqlite:///no.db")
    assert main(["preview", "--output", "page.html"]) == 0
    page = Path("page.html").read_text(encoding="utf-8")
    assert "Who will hear is not known: the database cannot be read (no.db is not there)" in page
    assert not Path("no.db").exists()


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["no-such"], "briefbot: no-such: no such file or directory, and no revision of this repository"),
        (["--output", "no/page.html"], "briefbot: no/page.html: no such file or directory; name another file"),
    ],
)
def test_what_cannot_be_found_is_one_sentence(
    git: Repository, arguments: list[str], words: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["preview", *arguments]) == USAGE_ERROR
    assert capsys.readouterr().err.startswith(words)


def test_without_git_it_is_one_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    shutil.copytree(ROOT / "briefs", tmp_path / "briefs")
    monkeypatch.chdir(tmp_path)
    assert main(["preview"]) == USAGE_ERROR
    assert re.fullmatch(r"briefbot: HEAD: .*not a git repository.*; name a directory .*\n", capsys.readouterr().err)


def test_a_port_that_is_taken_is_a_usage_error(git: Repository, capsys: pytest.CaptureFixture[str]) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        assert main(["preview", "--port", str(port)]) == USAGE_ERROR
    assert capsys.readouterr().err.startswith(f"briefbot: port {port}: address already in use")
