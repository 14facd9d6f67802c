"""What those who watch the bot see while it answers and cannot post, and that it goes on by itself afterwards."""

import sqlite3
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, closing, contextmanager
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from threading import Event
from typing import Any

import pytest
from sqlalchemy import event

from bot.handlers.delivery.delivery_worker import run_worker
from tests.databases import Databases
from tests.jobs.proxy import Network, network
from tests.live import QUICK, Stage, eventually, stage
from tests.scenarios.room import FERRIES, FILES, SIX_TO_FOUR

GOES_ON_S = 10
"""What is owed is told within this time after the trouble has ended."""


@pytest.fixture
def scene(tmp_path: Path) -> Iterator[Stage]:
    with stage(tmp_path, files={**FILES, "ferries.yaml": FERRIES}) as here:
        here.ask("/brief subscribe all")
        yield here


def readiness(scene: Stage) -> str:
    with urllib.request.urlopen(scene.url.replace("/slack/events", "/readyz")) as answer:  # noqa: S310  the stage's own
        return str(answer.read(), "utf-8")


def path(scene: Stage) -> str:
    return scene.settings.database_url.removeprefix("sqlite:///")


@contextmanager
def locked(scene: Stage) -> Iterator[None]:
    """Somebody holds the file's lock, e.g. a shell that was left open."""
    with closing(sqlite3.connect(path(scene), isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        yield
        other.execute("ROLLBACK")


@contextmanager
def read_only(scene: Stage) -> Iterator[None]:
    """The database takes no writes, as on a full disk."""
    engine = scene.bot.services.store.engine

    def refuse(connection: sqlite3.Connection, *_: object) -> None:
        connection.execute("PRAGMA query_only=1")

    def allow(connection: sqlite3.Connection, *_: object) -> None:
        connection.execute("PRAGMA query_only=0")

    event.listen(engine, "checkout", refuse)
    try:
        yield
    finally:
        event.remove(engine, "checkout", refuse)
        event.listen(engine, "checkout", allow)


def test_messages_that_nobody_sends_are_named_until_they_are_sent(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    may_run = Event()

    def run(*arguments: Any) -> None:
        may_run.wait(20)
        run_worker(*arguments)

    monkeypatch.setattr("bot.app.worker.run_worker", run)
    impatient = replace(QUICK, stands_after=timedelta(seconds=1))
    with stage(tmp_path, files={**FILES, "ferries.yaml": FERRIES}, cadence=impatient) as scene:
        scene.ask("/brief subscribe all")
        scene.edit("ferries.yaml", SIX_TO_FOUR)
        eventually(lambda: readiness(scene).startswith("degraded: messages have been due for a while and nobody"))
        assert (
            "Messages have been due for a while and nobody sends them; the log says of which workspace."
            in scene.status()
        )
        may_run.set()
        eventually(lambda: readiness(scene) == "ready\n")
        assert len(scene.dialogue(scene.ben, scene.general)) == 2
        assert "Messages have been due" not in scene.status()


@pytest.fixture
def between(postgres: Databases) -> Iterator[Network]:
    with network(postgres.migrated()) as found:
        yield found


@pytest.mark.parametrize("trouble", [Network.down, Network.frozen])
def test_a_server_that_is_away_ends_no_process(
    tmp_path: Path, between: Network, trouble: Callable[[Network], AbstractContextManager[None]]
) -> None:
    with stage(tmp_path, files={**FILES, "ferries.yaml": FERRIES}, database_url=between.url) as scene:
        scene.ask("/brief subscribe all")
        scene.waits_for_replies = False
        with trouble(between):
            eventually(lambda: readiness(scene).startswith("degraded: the database takes no writes, or cannot be"))
            assert scene.ask("/brief legal").channel == scene.general
            scene.edit("ferries.yaml", SIX_TO_FOUR)
        eventually(lambda: len(scene.dialogue(scene.ben, scene.general)) == 2, GOES_ON_S)
        eventually(lambda: readiness(scene) == "ready\n")


Trouble = Callable[[Stage], AbstractContextManager[None]]


@pytest.mark.parametrize("trouble", [locked, read_only])
def test_a_database_that_takes_no_writes_is_named_and_answers_go_on_and_what_is_owed_is_told(
    scene: Stage, trouble: Trouble
) -> None:
    assert readiness(scene) == "ready\n"
    with trouble(scene):
        eventually(lambda: readiness(scene).startswith("degraded: the database takes no writes, or cannot be reached"))
        assert scene.ask("/brief legal").channel == scene.general
        scene.edit("ferries.yaml", SIX_TO_FOUR)
        assert "The database takes no writes, or cannot be reached" in scene.status()
    eventually(lambda: len(scene.dialogue(scene.ben, scene.general)) == 2, GOES_ON_S)
    eventually(lambda: readiness(scene) == "ready\n")
    assert "takes no writes" not in scene.status()


def test_a_disk_that_is_nearly_full_is_named(
    scene: Stage, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr("bot.handlers.delivery.check_health.DISK_MIN", 10**18)
    eventually(lambda: readiness(scene).startswith("degraded: the disk of the database is nearly full"))
    assert "The disk of the database is nearly full" in scene.status()
    monkeypatch.undo()
    eventually(lambda: readiness(scene) == "ready\n")
    assert caplog.text.count("the disk of the database has") == 1


def test_what_is_stuck_is_named_unless_the_database_is_away(scene: Stage) -> None:
    watch, health = scene.bot.web.watch, scene.bot.services.health
    assert watch.stuck() == ()
    health.expect("watch files", timedelta(seconds=-1))
    health.expect("of a test", timedelta(seconds=-1))
    assert "of a test" in watch.stuck()
    assert "degraded: “of a test” is stuck or has ended; start the bot anew" in readiness(scene)
    health.note_failure()
    assert watch.stuck() == ()


def test_a_bot_that_slack_does_not_reach_is_not_ready(tmp_path: Path) -> None:
    with stage(tmp_path, "socket", {**FILES, "ferries.yaml": FERRIES}) as scene:
        watch = scene.bot.web.watch
        assert str(watch.readiness()) == "ready"
        scene.workspace.faults.order("apps.connections.open", "service_unavailable")
        scene.workspace.socket_mode.kill()
        eventually(lambda: watch.readiness().status == 503)
        assert str(watch.readiness()).startswith("not connected to Slack")
        eventually(lambda: watch.readiness().status == 200)
