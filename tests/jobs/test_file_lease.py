"""Who has a SQLite file, and what becomes of a process whose file is gone."""

import errno
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from bot.errors import SettingsError
from bot.jobs.file_lease import FileLease, LeaseLostError
from tests.conftest import ROOT
from tests.databases import Databases, opened

Name = Callable[[Path], Path]


@pytest.fixture
def file(sqlite: Databases) -> Path:
    return Path(sqlite.migrated().removeprefix("sqlite:///"))


@pytest.fixture
def held(file: Path) -> Iterator[FileLease]:
    """The lease of a process that runs over the file."""
    with opened(f"sqlite:///{file}") as engine:
        lease = FileLease(engine)
        lease.take()
        yield lease
        lease.release()


def same(file: Path) -> Path:
    return file


def symlink(file: Path) -> Path:
    (link := file.with_name("link.db")).symlink_to(file)
    return link


def directory_link(file: Path) -> Path:
    (link := file.parent.with_name(f"{file.parent.name}-link")).symlink_to(file.parent)
    return link / file.name


def hard_link(file: Path) -> Path:
    (link := file.with_name("hard.db")).hardlink_to(file)
    return link


def without_lock_file(file: Path) -> Path:
    Path(f"{file}.lock").unlink()
    return file


def relative(file: Path) -> Path:
    return Path(os.path.relpath(file))


NAMES = [same, symlink, directory_link, hard_link, without_lock_file, relative]


@pytest.mark.parametrize("name", NAMES)
def test_a_second_process_is_refused_by_whatever_name(file: Path, held: FileLease, name: Name) -> None:
    with opened(f"sqlite:///{name(file)}") as engine:
        second = FileLease(engine)
        with pytest.raises(SettingsError, match="is in use by another briefbot; stop that one, "):
            second.take()
    assert held.verify()


@pytest.mark.parametrize("name", NAMES)
def test_the_next_one_has_it_by_whatever_name(file: Path, held: FileLease, name: Name) -> None:
    held.release()
    with opened(f"sqlite:///{name(file)}") as engine:
        lease = FileLease(engine)
        lease.take()
        assert lease.verify()
        lease.release()


def deleted(file: Path) -> None:
    file.unlink()


def moved(file: Path) -> None:
    file.rename(file.with_name("elsewhere.db"))


def replaced(file: Path) -> None:
    other = file.with_name("other.db")
    shutil.copyfile(file, other)
    other.replace(file)


def directory_moved(file: Path) -> None:
    file.parent.rename(file.parent.with_name(f"{file.parent.name}-elsewhere"))


def directory_replaced_by_a_file(file: Path) -> None:
    directory_moved(file)
    file.parent.touch()


@pytest.mark.parametrize("gone", [deleted, moved, replaced, directory_moved, directory_replaced_by_a_file])
def test_a_file_that_is_gone_from_its_place_is_noticed(
    file: Path, held: FileLease, gone: Callable[[Path], None]
) -> None:
    assert held.verify()
    gone(file)
    with pytest.raises(LeaseLostError, match="was deleted, moved or replaced while the bot ran"):
        held.verify()


def test_a_link_that_leads_elsewhere_is_noticed(file: Path) -> None:
    other = file.with_name("other.db")
    shutil.copyfile(file, other)
    link = symlink(file)
    with opened(f"sqlite:///{link}") as engine:
        lease = FileLease(engine)
        lease.take()
        link.unlink()
        link.symlink_to(other)
        with pytest.raises(LeaseLostError):
            lease.verify()
        lease.release()


VISIT = "import sqlite3, sys; c = sqlite3.connect(sys.argv[1]); c.execute('SELECT * FROM publication').fetchall()"


def test_sqlites_own_locks_stay(file: Path) -> None:
    """A process that closes any handle of a file gives them up; whoever visits the file would then tidy it up."""
    with opened(f"sqlite:///{file}") as engine, engine.connect() as connection:
        connection.exec_driver_sql("SELECT * FROM publication").all()
        lease = FileLease(engine)
        lease.take()
        lease.release()
        subprocess.run([sys.executable, "-c", VISIT, str(file)], check=True, cwd=ROOT)
        assert Path(f"{file}-wal").exists()


def test_locks_that_a_file_system_does_not_have_are_passed_over(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def flock(handle: int, _: int) -> None:
        if Path(f"/proc/self/fd/{handle}").readlink().suffix != ".lock":
            raise OSError(errno.EBADF, "a file that is open for reading, on a network file system")

    monkeypatch.setattr("fcntl.flock", flock)
    with opened(f"sqlite:///{file}") as engine:
        lease = FileLease(engine)
        lease.take()
        assert lease.verify()
        lease.release()
