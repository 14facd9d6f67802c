"""A database that cannot be used is refused in one sentence, which says what to do; on both databases."""

import os
import sqlite3
import stat
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import make_url

from bot.__main__ import USAGE_ERROR, main
from bot.errors import NotYetError, SettingsError
from bot.store.database import migrate
from bot.store.store import Store
from tests.conftest import ROOT
from tests.databases import Databases, opened

HEAD = max(each.stem[:4] for each in (ROOT / "bot/store/migrations/versions").glob("0*.py"))
NEXT, NEXT_BUT_ONE = (f"{int(HEAD) + more:04}" for more in (1, 2))
SET_NEXT = f"UPDATE alembic_version SET version_num = '{NEXT}'"  # noqa: S608  a constant
NOBODY = 65534
GRANTS = "GRANT ALL ON ALL TABLES IN SCHEMA public TO weak"
SEQUENCES = "GRANT USAGE ON ALL SEQUENCES IN SCHEMA public TO weak"
SCHEMA = "CREATE SCHEMA dbos AUTHORIZATION weak"


def execute(url: str, *statements: str) -> None:
    with opened(url) as engine, engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        for statement in statements:
            connection.exec_driver_sql(statement)


def refused(url: str) -> SettingsError:
    """Why the database is not opened: one line, whose second half says what to do."""
    with pytest.raises(SettingsError) as caught, opened(url) as engine:
        migrate(engine)
    sentence = str(caught.value)
    assert "\n" not in sentence
    assert "; " in sentence
    return caught.value


@pytest.fixture
def url(databases: Databases) -> str:
    return databases.migrated()


SPOILED = {
    "newer by two": ([SET_NEXT.replace(NEXT, NEXT_BUT_ONE)], f"of version {NEXT_BUT_ONE}.*; update briefbot"),
    "newer by many": (["UPDATE alembic_version SET version_num = '0099'"], "of version 0099.*; update briefbot"),
    "another application's versions": (
        ["UPDATE alembic_version SET version_num = 'ae1027a6acf'"],
        '"alembic_version" is of another application.; name another database',
    ),
    "two branches": (
        ["INSERT INTO alembic_version VALUES ('0001')"],
        '"alembic_version" is of another application.; name another database',
    ),
    "no version": (["DROP TABLE alembic_version"], "briefbot did not create.; name another database"),
    "another table of versions": (
        ["DROP TABLE alembic_version", "CREATE TABLE alembic_version (number INTEGER)"],
        "is of another application.; name another database",
    ),
    "a missing table": (["DROP TABLE digest"], '"digest" is missing.; restore the database from a backup'),
    "a missing column": (
        ["ALTER TABLE welcome RENAME COLUMN welcomed_at TO x"],
        'column ".*" of "welcome" is missing.; restore the database from a backup',
    ),
    "a missing table of a newer version": (
        [SET_NEXT, "DROP TABLE digest"],
        '"digest" is missing.; update briefbot',
    ),
    "a column that this version does not fill": (
        [
            SET_NEXT,
            "DROP TABLE welcome",
            "CREATE TABLE welcome (team TEXT, channel TEXT, at TIMESTAMP, welcomed_at TIMESTAMP, more TEXT NOT NULL)",
        ],
        'column "more" of "welcome" is new.; update briefbot|is missing.; update briefbot',
    ),
}


@pytest.mark.parametrize("case", SPOILED)
def test_a_database_of_another_shape_is_refused(url: str, case: str) -> None:
    statements, sentence = SPOILED[case]
    execute(url, *statements)
    error = refused(url)
    assert not isinstance(error, NotYetError)
    with pytest.raises(SettingsError, match=sentence):
        raise error


def test_another_applications_tables_stay_as_they_are(databases: Databases) -> None:
    url = databases.empty()
    execute(
        url, "CREATE TABLE alembic_version (version_num VARCHAR(32))", "INSERT INTO alembic_version VALUES ('0003')"
    )
    assert "is of another application" in str(refused(url))
    with opened(url) as engine, engine.connect() as connection:
        assert connection.exec_driver_sql("SELECT version_num FROM alembic_version").scalars().all() == ["0003"]


def test_tables_of_other_names_do_not_matter(databases: Databases) -> None:
    url = databases.empty()
    execute(url, "CREATE TABLE customer (id INTEGER)")
    with opened(url) as engine:
        migrate(engine)


def test_a_database_one_version_newer_is_used_as_it_is(url: str) -> None:
    """Deploys roll: for a while both versions run."""
    execute(
        url,
        SET_NEXT,
        "CREATE TABLE novelty (id INTEGER NOT NULL)",
        "ALTER TABLE welcome ADD COLUMN note VARCHAR(8)",
    )
    with opened(url) as engine:
        migrate(engine)
        with engine.connect() as connection:
            assert connection.exec_driver_sql("SELECT version_num FROM alembic_version").scalar_one() == NEXT


@pytest.mark.parametrize(
    ("url", "says"),
    [
        ("sqlite+aiosqlite:///x.db", 'names the driver "aiosqlite", which is not supported; begin it with sqlite://'),
        (
            "postgresql+asyncpg://localhost/x",
            'the driver "asyncpg", which is not supported; begin it with postgresql://',
        ),
        ("postgresql://localhost:port/x", "is not a valid database URL"),
        ("postgresql://localhost:99999/x", 'invalid port number: "99999".*; check BRIEFBOT_DATABASE_URL'),
        ("postgresql://localhost/x?timeout=1", 'invalid connection option "timeout".*; check BRIEFBOT_DATABASE_URL'),
        ("postgresql://localhost/x?sslmode=maybe", 'invalid sslmode value: "maybe".*; check BRIEFBOT_DATABASE_URL'),
        ("postgresql://localhost/x?connect_timeout=soon", "connect_timeout.*; check BRIEFBOT_DATABASE_URL"),
        (f"postgresql://{'a' * 70}.x/x", "has a part that is not valid"),
        ("sqlite:///{}/x.db?timeout=soon", "has a part that is not valid"),
        ("sqlite://host/x.db", "contains no file path"),
        ("sqlite:///file:x.db?uri=true", "contains no file path"),
        ("mysql+pymysql://localhost/x", 'begins with "mysql"'),
    ],
)
def test_an_address_that_no_driver_takes_is_refused(tmp_path: Path, url: str, says: str) -> None:
    with pytest.raises(SettingsError, match=says) as caught, opened(url.format(tmp_path)) as engine:
        migrate(engine)
    assert "\n" not in str(caught.value)
    assert not isinstance(caught.value, NotYetError)


# SQLite


def damage(path: Path, how: str) -> None:
    size = path.stat().st_size
    with path.open("r+b") as file:
        if how == "head":
            file.write(b"\0" * 100)
        elif how == "cut":
            file.truncate(size // 2)
        else:
            file.seek(4096)
            file.write(b"\xff" * (size - 8192))


@pytest.fixture
def path(sqlite: Databases) -> Path:
    return Path(sqlite.migrated().removeprefix("sqlite:///"))


@pytest.mark.parametrize("how", ["head", "cut", "pages"])
def test_a_damaged_file_is_refused(path: Path, how: str) -> None:
    damage(path, how)
    assert str(refused(f"sqlite:///{path}")).endswith(
        "; restore the file from a backup, or name another one in BRIEFBOT_DATABASE_URL"
    )


def test_a_directory_in_place_of_the_file_is_refused(tmp_path: Path) -> None:
    assert "is no file" in str(refused(f"sqlite:///{tmp_path}"))


@contextmanager
def unprivileged() -> Iterator[None]:
    """As a user whom the rights of files hold up."""
    root = os.geteuid() == 0
    if root:
        os.seteuid(NOBODY)
    try:
        yield
    finally:
        if root:
            os.seteuid(0)


@pytest.fixture
def public(path: Path) -> Path:
    """The database in a directory that everybody reaches, and belongs to the unprivileged user."""
    if os.geteuid() == 0:
        os.chown(path, NOBODY, -1)
        os.chown(path.parent, NOBODY, -1)
        for each in (path.parent, *path.parents):
            if each.stat().st_uid == 0 and "pytest" in str(each):
                each.chmod(0o755)
    return path


def test_a_read_only_file_is_refused(public: Path) -> None:
    public.chmod(0o400)
    with unprivileged():
        assert "cannot be written; let this user write" in str(refused(f"sqlite:///{public}"))


def test_a_read_only_directory_is_refused(public: Path) -> None:
    public.parent.chmod(0o500)
    with unprivileged():
        assert "cannot be written; let this user write" in str(refused(f"sqlite:///{public}"))
        assert "permission denied; let this user write" in str(refused(f"sqlite:///{public.parent}/new.db"))
    public.parent.chmod(0o700)


def test_a_locked_file_may_be_free_a_little_later(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.store.database.OPENING_WAIT", timedelta(seconds=0.1))
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        error = refused(f"sqlite:///{path}")
    assert isinstance(error, NotYetError)
    assert "database is locked" in str(error)


# Files


def modes(path: Path) -> dict[str, int]:
    return {each.name: stat.S_IMODE(each.stat().st_mode) for each in path.parent.iterdir()}


def test_the_files_of_a_new_database_are_its_owners_alone(tmp_path: Path) -> None:
    before = os.umask(0)
    try:
        with opened(f"sqlite:///{tmp_path}/briefbot.db") as engine:
            migrate(engine)
            with Store(engine).transaction():
                assert modes(tmp_path / "briefbot.db") == dict.fromkeys(
                    ["briefbot.db", "briefbot.db-wal", "briefbot.db-shm"], 0o600
                )
    finally:
        os.umask(before)


def test_the_files_of_an_earlier_version_become_their_owners_alone(path: Path) -> None:
    with closing(sqlite3.connect(path)) as other:
        other.execute("PRAGMA journal_mode=WAL")
        other.execute("CREATE TABLE more (id INTEGER)")
        for each in path.parent.iterdir():
            each.chmod(0o664)
        with opened(f"sqlite:///{path}") as engine:
            migrate(engine)
            assert set(modes(path).values()) == {0o600}


def test_a_second_engine_leaves_the_locks_of_the_first(path: Path) -> None:
    """Whoever opens and closes the file ends the locks that this process has on it."""
    with opened(f"sqlite:///{path}") as first, Store(first).transaction(), opened(f"sqlite:///{path}"):
        check = f"import sqlite3; sqlite3.connect({str(path)!r}, timeout=0).execute('BEGIN IMMEDIATE')"
        done = subprocess.run([sys.executable, "-c", check], capture_output=True, text=True, check=False)
    assert "database is locked" in done.stderr


# Postgres


def beside(url: str, name: str) -> str:
    return make_url(url).set(database=name).render_as_string(hide_password=False)


@pytest.fixture
def server(postgres: Databases) -> Iterator[str]:
    yield postgres.migrated()
    postgres.forget()


@pytest.mark.parametrize("encoding", ["SQL_ASCII", "LATIN1"])
def test_a_database_of_another_encoding_is_refused(server: str, encoding: str) -> None:
    name = f"briefs_{encoding.lower()}"
    execute(server, f"CREATE DATABASE {name} ENCODING '{encoding}' TEMPLATE template0 LC_COLLATE 'C' LC_CTYPE 'C'")
    sentence = str(refused(beside(server, name)))
    execute(server, f"DROP DATABASE {name} WITH (FORCE)")
    assert f"its encoding is {encoding}, " in sentence
    assert "ENCODING 'UTF8'" in sentence


@pytest.fixture
def role(server: str) -> Iterator[str]:
    """The address for a role without rights."""
    execute(server, "CREATE ROLE weak LOGIN")
    yield make_url(server).set(username="weak").render_as_string(hide_password=False)
    execute(server, "DROP OWNED BY weak", "DROP ROLE weak")


def test_a_role_without_rights_on_tables_is_refused(role: str) -> None:
    assert "permission denied for table alembic_version); grant the role" in str(refused(role))


JOBS = {
    "no schema, and no right to create one": "SELECT 1",
    "a schema of somebody else": "CREATE SCHEMA dbos",
    "a table of somebody else": (
        "CREATE SCHEMA dbos; CREATE TABLE dbos.x (id INTEGER); GRANT USAGE ON SCHEMA dbos TO weak"
    ),
}


@pytest.mark.parametrize("case", JOBS)
def test_a_role_without_rights_on_the_tables_of_jobs_is_refused(server: str, role: str, case: str) -> None:
    execute(server, GRANTS, SEQUENCES, JOBS[case])
    with pytest.raises(SettingsError, match=r'this role may not use (the schema "dbos"|"x")\); grant the role'):
        raise refused(role)


def test_a_role_without_rights_on_one_table_is_refused(server: str, role: str) -> None:
    execute(server, GRANTS, SCHEMA, SEQUENCES, "REVOKE INSERT ON digest FROM weak")
    assert 'this role may not use "digest"); grant the role' in str(refused(role))


def test_a_role_without_rights_on_sequences_is_refused(server: str, role: str) -> None:
    execute(server, GRANTS, SCHEMA)
    assert '_seq"); grant the role' in str(refused(role))


def test_a_role_that_may_not_create_tables_is_refused(postgres: Databases, role: str) -> None:
    empty = make_url(postgres.empty()).database
    assert "permission denied for schema public); grant the role" in str(refused(beside(role, str(empty))))


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (lambda url: url.set(database="nowhere"), 'database "nowhere" does not exist.*; create the database'),
        (lambda url: url.set(username="stranger"), 'role "stranger" does not exist.*; check user'),
    ],
)
def test_what_a_server_does_not_have_is_refused_at_once(server: str, change: Callable[..., object], says: str) -> None:
    error = refused(str(change(make_url(server))))
    assert not isinstance(error, NotYetError)
    with pytest.raises(SettingsError, match=says):
        raise error


@pytest.mark.parametrize(
    "address",
    ["postgresql://127.0.0.1:1/x", "postgresql://no-such-host.invalid/x", "postgresql:///x?host=/nowhere"],
)
def test_a_server_that_is_away_may_be_back_a_little_later(address: str) -> None:
    assert isinstance(refused(address), NotYetError)


def test_a_read_only_server_may_take_writes_a_little_later(postgres: Databases) -> None:
    url = postgres.empty()
    name = make_url(url).database
    execute(url, f"ALTER DATABASE {name} SET default_transaction_read_only = on")
    error = refused(url)
    postgres.forget()
    assert isinstance(error, NotYetError)
    assert "read-only" in str(error)


# The command line


def test_the_command_line_says_it_in_one_line_and_ends_with_2(
    url: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    execute(url, "UPDATE alembic_version SET version_num = '0099'")
    monkeypatch.setenv("BRIEFBOT_DATABASE_URL", url)
    monkeypatch.setenv("BRIEFBOT_BRIEFS", str(tmp_path))
    assert main(["publish"]) == USAGE_ERROR
    assert capsys.readouterr().err == (
        f"briefbot: the database cannot be opened (it is of version 0099, and this briefbot knows {HEAD}); "
        "update briefbot to the version that this database was used with last\n"
    )
