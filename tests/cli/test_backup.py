"""`briefbot backup` and `briefbot restore` as an operator calls them."""

import io
import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from bot.__main__ import main
from tests.databases import Databases, opened
from tests.load.disk import small_disk
from tests.store.backups import backup_of, content, fill


class Operator:
    """Calls commands on the database of an address; they print to `capsys`."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
        self._monkeypatch, self._capsys = monkeypatch, capsys

    def call(self, url: str, *arguments: str | Path) -> tuple[int, str, str]:
        """The exit code, and what is printed for readers and for errors."""
        self._monkeypatch.setenv("BRIEFBOT_DATABASE_URL", url)
        code = main([str(each) for each in arguments])
        return code, *self._capsys.readouterr()

    def refusal(self, url: str, *arguments: str | Path) -> str:
        """What is said where a command refuses, in one line."""
        code, printed, said = self.call(url, *arguments)
        assert (code, printed, said.count("\n")) == (2, "", 1)
        return said.removeprefix("briefbot: ").strip()


@pytest.fixture
def operator(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Operator:
    return Operator(monkeypatch, capsys)


@pytest.fixture
def filled(sqlite: Databases) -> str:
    url = sqlite.migrated()
    with opened(url) as engine:
        fill(engine)
    return url


def test_a_backup_goes_from_one_kind_to_the_other(
    operator: Operator, filled: str, postgres: Databases, tmp_path: Path
) -> None:
    path, url = tmp_path / "briefbot.backup", postgres.empty()
    path.write_text("of yesterday", encoding="utf-8")
    path.chmod(0o644)
    tables = len(content(filled))
    rows = f"{3 * tables} rows of {tables} tables"
    assert operator.call(filled, "backup", path) == (0, "", f"{path}: {rows}\n")
    assert (stat.S_IMODE(path.stat().st_mode), list(tmp_path.iterdir())) == (0o600, [path])
    code, printed, said = operator.call(url, "restore", path)
    assert (code, printed.startswith(f"restored {rows}, as of 2"), said) == (0, True, "")
    assert printed.endswith(" UTC; now start the bot\n")
    assert content(url) == content(filled)
    postgres.forget()


def test_a_backup_goes_through_pipes(
    operator: Operator, filled: str, sqlite: Databases, monkeypatch: pytest.MonkeyPatch
) -> None:
    pipe, url = io.TextIOWrapper(io.BytesIO()), sqlite.migrated()
    with monkeypatch.context() as context:
        context.setattr(sys, "stdout", pipe)
        assert operator.call(filled, "backup", "-")[2].startswith("standard output: ")
    pipe.buffer.seek(0)
    monkeypatch.setattr(sys, "stdin", pipe)
    assert operator.call(url, "restore", "-")[0] == 0
    assert content(url) == content(filled)


def test_a_link_stays_one_and_nothing_but_a_file_is_replaced(operator: Operator, filled: str, tmp_path: Path) -> None:
    (tmp_path / "today").symlink_to("monday")
    assert operator.call(filled, "backup", tmp_path / "today")[0] == 0
    assert ((tmp_path / "today").is_symlink(), (tmp_path / "monday").stat().st_size > 0) == (True, True)
    for path in (tmp_path, os.devnull):
        words = f"{path} is no file; name a file, or - for the standard output"
        assert operator.refusal(filled, "backup", path) == words
    path = tmp_path / "none" / "file"
    assert operator.refusal(filled, "backup", path) == f"{path}: no such file or directory; no backup was written"


def test_what_is_wrong_is_said_in_one_line(operator: Operator, filled: str, sqlite: Databases, tmp_path: Path) -> None:
    path, url = tmp_path / "file", sqlite.empty()
    assert operator.refusal(url, "restore", path) == f"{path}: no such file or directory. Nothing was restored"
    path.write_bytes(backup_of(filled)[:-1])
    words = "is cut short; copy the file once more, or take another backup. Nothing was restored"
    assert operator.refusal(url, "restore", path) == f"{path} {words}"
    path.write_bytes(whole := backup_of(filled))
    assert operator.refusal(filled, "restore", path).startswith("the database takes no backup: it is not empty: ")
    words = "the database cannot be read (its file is not there); check BRIEFBOT_DATABASE_URL. No backup was written"
    assert operator.refusal(url, "backup", tmp_path / "other") == words
    away = "postgresql://127.0.0.1:9/x"
    assert operator.refusal(away, "restore", path).startswith("the database takes no backup: ")
    assert operator.refusal(away, "backup", path).startswith("the database cannot be read (")
    assert path.read_bytes() == whole


def test_a_full_disk_is_said_and_nothing_is_changed(operator: Operator, filled: str, tmp_path: Path) -> None:
    try:
        with small_disk(1) as disk:
            file, database = disk.path / "backup", disk.path / "briefbot.db"
            file.write_bytes(b"of yesterday")
            (tmp_path / "backup").write_bytes(backup_of(filled))
            disk.fill()
            words = f"{file}: no space left on device; no backup was written"
            assert operator.refusal(filled, "backup", file) == words
            said = operator.refusal(f"sqlite:///{database}", "restore", tmp_path / "backup")
            assert said.startswith("the database takes no backup: ")
            assert "look at the disk: its space" in said
            assert file.read_bytes() == b"of yesterday"
            assert not database.exists()
    except subprocess.CalledProcessError as error:
        pytest.skip(f"this user may mount nothing: {error}")
