"""A start waits for a database that is away, says so once, and ends with one sentence; on both databases."""

import logging
import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from threading import Timer

import pytest

from bot.app.publishing import publish_once
from bot.app.start_wait import wait_for_start
from bot.errors import NotYetError, SettingsError
from bot.settings import Settings
from bot.store.publications import Publication
from tests.databases import Databases
from tests.jobs.proxy import network
from tests.live import stage
from tests.scenarios.room import FILES

AWAY_S = 1.2


@contextmanager
def locked(url: str) -> Iterator[None]:
    """By a backup, for a while."""
    other = sqlite3.connect(url.removeprefix("sqlite:///"), isolation_level=None, check_same_thread=False)
    other.execute("BEGIN IMMEDIATE")
    timer = Timer(AWAY_S, other.execute, ("ROLLBACK",))
    timer.start()
    yield
    timer.join()
    other.close()


@contextmanager
def away(url: str) -> Iterator[str]:
    """A server that is started a little later; its address."""
    with network(url) as way:
        down = way.down()
        down.__enter__()
        timer = Timer(AWAY_S, down.__exit__, (None, None, None))
        timer.start()
        yield way.url
        timer.join()


@pytest.fixture
def soon_back(databases: Databases, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """The address of a database that does not answer yet."""
    monkeypatch.setattr("bot.store.database.OPENING_WAIT", timedelta(seconds=0.1))
    url = databases.migrated()
    if databases.kind == "postgres":
        with away(url) as address:
            yield address
    else:
        with locked(url):
            yield url


def waits(caplog: pytest.LogCaptureFixture) -> list[str]:
    return [record.getMessage() for record in caplog.records if record.name == "bot.app.start_wait"]


def test_publishing_waits_for_the_database(soon_back: str, tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO)
    outcome, _ = publish_once(Settings(briefs=tmp_path, database_url=soon_back), force=False)
    assert isinstance(outcome, Publication)
    (sentence,) = waits(caplog)
    assert sentence.startswith("waiting up to 60 s: the database cannot be opened (")


def test_the_bot_waits_for_the_database(soon_back: str, tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO)
    with stage(tmp_path, files=FILES, database_url=soon_back) as here:
        assert here.ask("/brief subscribe all").channel == here.general
    assert len(waits(caplog)) == 1


def test_nothing_is_waited_for_where_the_setting_says_so(soon_back: str, tmp_path: Path) -> None:
    began = time.monotonic()
    with pytest.raises(SettingsError, match=r"the database cannot be opened \(.+\); .+"):
        publish_once(Settings(briefs=tmp_path, database_url=soon_back, start_wait=timedelta(0)), force=False)
    assert time.monotonic() - began < AWAY_S


def test_the_wait_ends_with_what_was_wrong_last(caplog: pytest.LogCaptureFixture) -> None:
    tries = list[NotYetError]()

    def start() -> None:
        tries.append(NotYetError(f"try {len(tries)}"))
        raise tries[-1]

    with pytest.raises(NotYetError) as caught:
        wait_for_start(start, timedelta(seconds=1.1))
    assert caught.value is tries[-1]
    assert len(tries) == 3
    assert waits(caplog) == ["waiting up to 1.1 s: try 0"]


def test_what_will_not_pass_is_not_waited_for() -> None:
    def start() -> None:
        raise SettingsError("never")

    began = time.monotonic()
    with pytest.raises(SettingsError, match="never"):
        wait_for_start(start, timedelta(minutes=1))
    assert time.monotonic() - began < 1
