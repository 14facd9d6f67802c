"""The copy in which a publication is rehearsed: the database is only read."""

from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import text

from bot.errors import DatabaseFailureError, SettingsError
from bot.store.copy_in_memory import copied
from bot.store.store import Store
from tests.databases import Databases, opened
from tests.handlers.replica import follow

WAIT = timedelta(seconds=10)


def url_of(store: Store) -> str:
    return store.engine.url.render_as_string(hide_password=False)


def test_what_is_done_to_the_copy_does_not_reach_the_database(store: Store) -> None:
    follow(store, "all")
    with copied(url_of(store), WAIT) as copy:
        follow(copy.store, "ferries", channel="C2")
        with copy.store.snapshot() as tx:
            assert [each.channel for each in tx.subscriptions.of_team("T1")] == ["C1", "C2"]
    with store.snapshot() as tx:
        assert [each.channel for each in tx.subscriptions.of_team("T1")] == ["C1"]


def test_a_file_that_may_only_be_read_is_read_and_nothing_is_made_beside_it(sqlite: Databases) -> None:
    url = sqlite.migrated()
    path = Path(url.removeprefix("sqlite:///"))
    with opened(url) as engine:
        follow(Store(engine), "all")
    before, files = path.read_bytes(), sorted(path.parent.iterdir())
    path.chmod(0o400)
    with copied(url, WAIT) as copy, copy.store.snapshot() as tx:
        assert len(tx.subscriptions.of_team("T1")) == 1
    assert (path.read_bytes(), sorted(path.parent.iterdir())) == (before, files)


def test_what_a_running_bot_has_not_yet_written_into_the_file_is_read(sqlite: Databases) -> None:
    url = sqlite.migrated()
    with opened(url) as engine:
        follow(Store(engine), "all")
        assert Path(f"{url.removeprefix('sqlite:///')}-wal").stat().st_size
        with copied(url, WAIT) as copy, copy.store.snapshot() as tx:
            assert len(tx.subscriptions.of_team("T1")) == 1


@pytest.mark.parametrize(
    ("version", "words"), [("0003", "it is of version 0003, and this briefbot reads "), (None, "it has no tables yet")]
)
def test_tables_of_another_version_are_left_as_they_are(databases: Databases, version: str | None, words: str) -> None:
    url = databases.migrated() if version else databases.empty()
    with opened(url) as engine, engine.begin() as connection:
        if version:
            connection.execute(text("UPDATE alembic_version SET version_num = :version"), {"version": version})
        else:
            connection.execute(text("SELECT 1"))
    with pytest.raises(DatabaseFailureError, match=words), copied(url, WAIT):
        pass


def test_the_database_of_another_tool_is_not_called_empty(databases: Databases) -> None:
    url = databases.empty()
    with opened(url) as engine, engine.begin() as connection:
        connection.execute(text("CREATE TABLE notes (id INTEGER)"))
    with pytest.raises(DatabaseFailureError, match='no tables of briefbot, but "notes"'), copied(url, WAIT):
        pass


def test_a_file_that_is_not_there_is_not_made(tmp_path: Path) -> None:
    with pytest.raises(DatabaseFailureError, match="is not there"), copied(f"sqlite:///{tmp_path}/no.db", WAIT):
        pass
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("url", ["mysql://host/name", "no address"])
def test_an_address_of_no_database_is_refused(url: str) -> None:
    with pytest.raises(SettingsError), copied(url, WAIT):
        pass


def test_a_server_that_is_away_is_said_to_be_away() -> None:
    with pytest.raises(DatabaseFailureError), copied("postgresql://nobody@127.0.0.1:1/none", WAIT):
        pass
