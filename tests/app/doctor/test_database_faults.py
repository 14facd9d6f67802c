"""Faults of the database, planted one by one, and named in exactly one line; on both databases."""

import os
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import make_url

from bot.app.doctor.finding import Finding
from bot.app.doctor.machine_checks import database_findings
from bot.settings import Settings
from bot.store.upgrade import bring_to, newest_version
from tests.conftest import ROOT
from tests.databases import Databases, opened

HEAD = newest_version()
FORMER = sorted(each.stem[:4] for each in (ROOT / "bot/store/migrations/versions").glob("0*.py"))[-2]


def look(url: str) -> list[Finding]:
    return list(database_findings(Settings(database_url=url)))


def named(url: str) -> Finding:
    """The one that is not as it should be."""
    (one,) = [each for each in look(url) if each.state not in ("ok", "skipped")]
    assert "\n" not in one.says
    return one


def execute(url: str, *statements: str) -> None:
    with opened(url) as engine, engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        for statement in statements:
            connection.exec_driver_sql(statement)


def version(number: str) -> str:
    return f"UPDATE alembic_version SET version_num = '{number}'"  # noqa: S608  a constant


SPOILED = {
    "far newer": ([version("0099")], "wrong", "database", "of version 0099, and this briefbot knows"),
    "newer": ([version(f"{int(HEAD) + 1:04}")], "warning", "migrations", "one newer than this briefbot's"),
    "another application's": (
        ["DROP TABLE delivery_worker", version("ae1027a6acf")],
        "wrong",
        "database",
        "is of another application; name another database",
    ),
    "a table is missing": (["DROP TABLE seen_event"], "wrong", "database", 'table "seen_event" is missing; restore'),
}


@pytest.mark.parametrize("case", SPOILED)
def test_a_database_that_a_start_would_refuse(databases: Databases, case: str) -> None:
    statements, state, check, words = SPOILED[case]
    url = databases.migrated()
    execute(url, *statements)
    found = named(url)
    assert (found.state, found.check) == (state, check)
    assert words in found.says


def test_migrations_that_are_due_are_left_to_the_start(databases: Databases) -> None:
    url = databases.empty()
    with opened(url) as engine, engine.begin() as connection:
        bring_to(connection, FORMER)
    for _ in range(2):
        found = named(url)
        assert (found.state, found.check) == ("warning", "migrations")
        assert f"from version {FORMER} to {HEAD}; back it up before" in found.says


def test_a_database_that_is_well_or_new(databases: Databases) -> None:
    assert [each.state for each in look(databases.migrated())] == ["ok"] * 3
    new = look(databases.empty())
    assert [each.state for each in new] == ["ok"] * 3
    assert "has no tables yet" in new[0].says


def test_a_sqlite_file_that_is_not_there_is_not_made(tmp_path: Path) -> None:
    assert [each.state for each in look(f"sqlite:///{tmp_path}/var/briefbot.db")] == ["ok"] * 3
    assert list(tmp_path.iterdir()) == []


def directory(path: Path) -> None:
    path.mkdir()


def file_above(path: Path) -> None:
    path.parent.rmdir()
    path.parent.write_text("")


def damaged(path: Path) -> None:
    path.write_bytes(b"no database" * 500)


FILES: dict[str, tuple[Callable[[Path], None], str]] = {
    "a directory": (directory, "is no file; name another path"),
    "a file above it": (file_above, "cannot be made; let this user write"),
    "damaged": (damaged, "file is not a database; restore the file"),
}


@pytest.mark.parametrize("case", FILES)
def test_a_path_that_no_database_can_have(tmp_path: Path, case: str) -> None:
    plant, words = FILES[case]
    path = tmp_path / "var" / "briefbot.db"
    path.parent.mkdir()
    plant(path)
    found = named(f"sqlite:///{path}")
    assert (found.state, found.check) == ("wrong", "database")
    assert words in found.says


def test_a_sqlite_file_that_somebody_holds(sqlite: Databases, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.store.examination.WAIT", timedelta(seconds=0.1))
    url = sqlite.migrated()
    with closing(sqlite3.connect(url.removeprefix("sqlite:///"), isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        assert "database is locked; end what holds a lock" in named(url).says


@pytest.mark.parametrize(
    ("url", "words"),
    [
        ("mysql://localhost/briefs", 'begins with "mysql"; only sqlite and postgresql'),
        ("briefs.db", "is not a valid database URL"),
        ("sqlite://", "contains no file path"),
        ("postgresql://ann:sesame@127.0.0.1:9/briefs", "start the database, or check BRIEFBOT_DATABASE_URL"),
    ],
)
def test_an_address_of_no_database(url: str, words: str) -> None:
    found = named(url)
    assert (found.state, found.check, words in found.says) == ("wrong", "database", True)
    assert "sesame" not in found.says


@pytest.fixture
def server(postgres: Databases) -> Iterator[str]:
    yield postgres.migrated()
    postgres.forget()


def other(server: str, **parts: str) -> str:
    return make_url(server).set(**parts).render_as_string(hide_password=False)  # type: ignore[arg-type]


def test_a_postgres_without_this_database_or_role_or_right_or_that_only_reads(server: str) -> None:
    assert "create the database, or name another one" in named(other(server, database="nosuch")).says
    assert "check user and password" in named(other(server, username="nosuch")).says
    execute(server, "CREATE ROLE feeble LOGIN")
    assert "grant the role" in named(other(server, username="feeble")).says
    name = make_url(server).database
    execute(server, "DROP ROLE feeble", f"ALTER DATABASE {name} SET default_transaction_read_only = on")
    assert "let the database take writes" in named(server).says


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_file_that_may_not_be_written(sqlite: Databases) -> None:
    url = sqlite.migrated()
    Path(url.removeprefix("sqlite:///")).chmod(0o400)
    assert "let this user write" in named(url).says
