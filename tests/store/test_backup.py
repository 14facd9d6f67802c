"""A backup holds one state of a database of either kind, and is restored whole or not at all."""

import io
import random
import subprocess
import sys
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from threading import Event, Thread

import pytest
from sqlalchemy import Engine, insert, inspect, text

from bot.errors import BackupError, DatabaseFailureError
from bot.store import upgrade
from bot.store.backup_file import BackupReader, BackupWriter, Header, TableHead
from bot.store.database import migrate
from bot.store.schema import claim_vectors
from bot.store.store import Store
from tests import before
from tests.conftest import ROOT
from tests.databases import Databases, opened
from tests.handlers.desk import Desk, ferries
from tests.handlers.replica import follow
from tests.store.backups import INSTANT, backup_of, content, fill, restored

NEWEST = upgrade.newest_version()
PIPE = 2**16
"""Bytes that Linux keeps of what a process has not yet read; elsewhere they are no more."""


@pytest.fixture(params=["sqlite", "postgres"])
def target(request: pytest.FixtureRequest) -> Iterator[Databases]:
    """Where a backup is restored to; the source is of either kind, too."""
    found: Databases = request.getfixturevalue(request.param)
    yield found
    found.forget()


@pytest.fixture
def other(databases: Databases, request: pytest.FixtureRequest) -> Iterator[Databases]:
    """Databases of the other kind."""
    found: Databases = request.getfixturevalue("postgres" if databases.kind == "sqlite" else "sqlite")
    yield found
    found.forget()


@pytest.fixture
def filled(databases: Databases) -> str:
    """The address of a database with rows in every table."""
    url = databases.clean()
    with opened(url) as engine:
        fill(engine)
    return url


def tables_in(url: str) -> list[str]:
    with opened(url) as engine:
        return inspect(engine).get_table_names()


def test_every_row_of_every_table_comes_back_on_either_kind(filled: str, target: Databases) -> None:
    assert content(restored(backup_of(filled), target.migrated())) == content(filled)


def test_numbers_that_were_given_once_are_not_given_again(databases: Databases, other: Databases) -> None:
    source = databases.clean()
    with opened(source) as engine:
        store = Store(engine)
        numbers = [follow(store, f"tag:t{n}").id for n in range(3)]
        with store.transaction() as tx:
            tx.connection.execute(text("DELETE FROM subscription WHERE id > 1"))
    with opened(restored(backup_of(source), other.migrated())) as engine:
        assert follow(Store(engine), "tag:next").id == numbers[-1] + 1


def test_a_database_of_an_earlier_version_is_backed_up_and_brought_up_to_date(
    databases: Databases, other: Databases
) -> None:
    source = databases.empty()
    with opened(source) as engine:
        before.restore(engine)
        backup = backup_of(source)
        migrate(engine)
    assert BackupReader(io.BytesIO(backup)).header.version == "0002"
    assert content(restored(backup, other.empty())) == content(source)


def test_it_is_one_state_while_others_write(databases: Databases) -> None:
    """Each transaction adds a row to the first table that is read, and to the last."""
    url = databases.clean()
    ended, pairs = Event(), "INSERT INTO {} VALUES ({})"
    with opened(url) as engine:

        def write() -> None:
            number = 0
            while not ended.is_set():
                number += 1
                with engine.begin() as connection:
                    connection.execute(text(pairs.format("brief_version", f"'b{number}', 'r', '{{}}'")))
                    connection.execute(text(pairs.format("workspace", f"'T{number}', NULL, NULL")))

        thread = Thread(target=write)
        thread.start()
        try:
            counts = [BackupReader(io.BytesIO(backup_of(url))) for _ in range(3)]
        finally:
            ended.set()
            thread.join(30)
    for backup in counts:
        assert [*backup.parts()]
        assert backup.counts["brief_version"] == backup.counts["workspace"]
    assert counts[0].counts["workspace"] < counts[-1].counts["workspace"]


def test_a_database_with_rows_is_said_to_have_them_and_left_alone(filled: str) -> None:
    backup, rows = backup_of(filled), content(filled)
    with pytest.raises(DatabaseFailureError, match=r"not empty: it has rows already \(3 in \w+, 3 in \w+, 3 in \w+\)"):
        restored(backup, filled)
    assert content(filled) == rows


def test_tables_of_another_application_are_left_alone(databases: Databases) -> None:
    url = databases.empty()
    with opened(url) as engine, engine.begin() as connection:
        connection.execute(text("CREATE TABLE publication (isbn text)"))
    with pytest.raises(DatabaseFailureError, match='a table "publication" that briefbot did not create'):
        restored(empty_backup(), url)
    assert tables_in(url) == ["publication"]


def test_nothing_is_backed_up_that_is_not_ours_or_not_there(databases: Databases, tmp_path: Path) -> None:
    url = databases.empty()
    tables_in(url)  # creates the file
    with pytest.raises(DatabaseFailureError, match="it has no tables of briefbot"):
        backup_of(url)
    path = tmp_path / "none" / "briefbot.db"
    with pytest.raises(DatabaseFailureError, match="its file is not there"):
        backup_of(f"sqlite:///{path}")
    assert not path.parent.exists()


def test_a_database_of_a_later_version_is_left_to_its_briefbot(sqlite: Databases) -> None:
    url = sqlite.migrated()
    with opened(url) as engine, engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(DatabaseFailureError, match=f"it is of version 9999, and this briefbot knows {NEWEST}"):
        backup_of(url)


# Files that are no whole backup


def empty_backup(version: str = NEWEST) -> bytes:
    target = io.BytesIO()
    BackupWriter(target, Header(version, INSTANT)).close()
    return target.getvalue()


def written(*heads: TableHead, rows: int = 1) -> bytes:
    """A backup with rows that fit no table."""
    target = io.BytesIO()
    writer = BackupWriter(target, Header(NEWEST, INSTANT))
    for head in heads:
        writer.add_table(head)
        for _ in range(rows):
            writer.add_row([1])
    writer.close()
    return target.getvalue()


def refusal(file: bytes, url: str) -> str:
    with pytest.raises(BackupError) as raised:
        restored(file, url)
    return str(raised.value)


WELCOME = TableHead("welcome", ("team", "channel", "welcomed_at"), None)


@pytest.mark.parametrize(
    ("file", "words"),
    [
        (b"", "is cut short; copy the file once more, or take another backup"),
        (b"SQLite format 3\x00", "is no backup of briefbot; name a file that `briefbot backup` has written"),
        (b"PGDMP\x01\x0e\x00", "is no backup of briefbot; "),
        (b"\x1f\x8b\x08" + b"\x00" * 30, "is no backup of briefbot; "),
        (
            empty_backup("9999"),
            f"is of version 9999, and this briefbot knows {NEWEST}; update briefbot to the version ",
        ),
        (empty_backup("head"), "is no backup of briefbot; "),
        (empty_backup(), "is damaged; "),  # it lacks all tables
        (written(TableHead("sqlite_master", ("name",), None)), "is damaged; "),
        (written(WELCOME), "is damaged; "),  # a row of one value
        (written(WELCOME, WELCOME, rows=0), "is damaged; "),
    ],
)
def test_a_file_that_is_no_backup_is_refused_and_nothing_is_created(
    file: bytes, words: str, tmp_path: Path, sqlite: Databases
) -> None:
    path = tmp_path / "briefbot.db"
    assert refusal(file, f"sqlite:///{path}").startswith(words)
    assert list(tmp_path.iterdir()) == []


def test_wherever_a_file_is_cut_or_changed_it_is_noticed(sqlite: Databases) -> None:
    url = sqlite.migrated()
    with opened(url) as engine:
        fill(engine)
    backup = backup_of(url)
    for place in range(0, len(backup), 41):
        with pytest.raises(BackupError, match=r"is cut short; "):
            drain(backup[:place])
    for place in range(10, len(backup), 41):  # the ten bytes before say how it was packed
        with pytest.raises(BackupError, match=r"is (cut short|damaged|no backup of briefbot); "):
            drain(backup[:place] + bytes([backup[place] ^ 4]) + backup[place + 1 :])
    with pytest.raises(BackupError, match="is damaged"):
        drain(backup + b"more")


def drain(file: bytes) -> None:
    for _ in BackupReader(io.BytesIO(file)).parts():
        pass


def test_a_database_takes_nothing_of_a_file_that_is_wrong_at_its_end(filled: str, databases: Databases) -> None:
    url = databases.empty()
    refusal(backup_of(filled)[:-9], url)
    assert tables_in(url) == []


def test_a_restore_that_is_killed_leaves_nothing_and_is_done_again(databases: Databases) -> None:
    source, url = databases.clean(), databases.migrated()
    with opened(source) as engine:
        fill(engine)
        with engine.begin() as connection:
            much = insert(claim_vectors).values(model="m", revision="r", vectors=random.Random(1).randbytes(2 * PIPE))  # noqa: S311  repeatable
            connection.execute(much)
    backup = backup_of(source)
    command = [sys.executable, "-m", "bot", "restore", "-"]
    process = subprocess.Popen(command, cwd=ROOT, env={"BRIEFBOT_DATABASE_URL": url}, stdin=subprocess.PIPE)
    assert process.stdin is not None
    # It returns when the process has read all but what a pipe holds, and so has written what came before.
    process.stdin.write(backup[:-1])
    process.kill()
    process.wait()
    with suppress(BrokenPipeError):
        process.stdin.close()
    assert not any(content(url).values())
    assert content(restored(backup, url)) == content(source)


# What a restored bot does


def test_a_restored_bot_posts_and_corrects_what_was_owed(databases: Databases, tmp_path: Path) -> None:
    with opened(databases.clean()) as engine, opened(databases.migrated()) as other:
        desk = Desk(tmp_path / "first", Store(engine), ferries(1))
        desk.subscribe("all")
        desk.edit(ferries(2))
        desk.run()
        desk.edit(ferries(3, "correction"))
        before = desk.rows()
        restored(backup_of(url_of(engine)), url_of(other))

        # Its machine, its queue and what it held in memory are gone; Slack is as it was.
        following = Desk(tmp_path / "second", Store(other), ferries(3, "correction"))
        following.services = replace(following.services, slack=desk.slack)
        assert following.rows() == before
        following.wake_at(60)
        assert desk.changes() == [(1, 2), (2, 3)]
        assert {row.state for row in following.rows()} == {"sent"}
        assert len([entry for entry in desk.entries() if "Corrected" in entry.text]) == 2


def url_of(engine: Engine) -> str:
    return engine.url.render_as_string(hide_password=False)
