"""The database is away while people ask: answers from memory go on, and who needs it is told so in time."""

import logging
import re
import sqlite3
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager, ExitStack, closing, contextmanager
from dataclasses import dataclass
from functools import partial

import pytest
from sqlalchemy import event

from bot.workspace.messages import Message
from tests.databases import Databases
from tests.jobs.proxy import network
from tests.live import Stage, stage
from tests.scenarios.room import FERRIES, FILES

AWAY = "The database does not answer just now, and nothing was changed. Try again in a minute."
TOO_MANY = "Slack did not say whether you are a member of this workspace (busy).\nTry again in a minute."
SLACK_WAITS_S = 3.0
BUSY_S = 2.0
"""What a machine that runs many tests at once may take besides."""
AT_ONCE_S = 1.5
AT_ONCE_MANY = 30
"""People who ask for a change at the same time; the front has forty threads."""

Trouble = Callable[[], AbstractContextManager[None]]


@dataclass(frozen=True)
class Scene:
    """A stage, and what can happen to its database; `reads`: what only reads works meanwhile."""

    stage: Stage
    trouble: Trouble
    reads: bool


@contextmanager
def locked(url: str) -> Iterator[None]:
    with closing(sqlite3.connect(url.removeprefix("sqlite:///"), isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        yield
        other.execute("ROLLBACK")


@contextmanager
def read_only(here: Stage) -> Iterator[None]:
    state, engine = ["on"], here.bot.services.store.engine

    def turn(connection: sqlite3.Connection, *_: object) -> None:
        connection.execute(f"PRAGMA query_only = {state[0]}")

    event.listen(engine, "checkout", turn)
    try:
        yield
    finally:
        state[0] = "off"


@pytest.fixture(scope="module", params=["sqlite locked", "sqlite read-only", "postgres frozen", "postgres away"])
def house(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Scene]:
    """One bot for all tests of a kind of trouble."""
    tmp_path = tmp_path_factory.mktemp("house")
    kind, _, how = request.param.partition(" ")
    files = {**FILES, "ferries.yaml": FERRIES}
    with ExitStack() as stack:
        if kind == "sqlite":
            here = stack.enter_context(stage(tmp_path, files=files))
            here.waits_for_replies, url = False, here.settings.database_url
            yield Scene(here, (lambda: locked(url)) if how == "locked" else lambda: read_only(here), reads=True)
            return
        databases: Databases = request.getfixturevalue("postgres")
        stack.callback(databases.forget)
        way = stack.enter_context(network(databases.migrated()))
        here = stack.enter_context(stage(tmp_path, files=files, database_url=way.url))
        here.waits_for_replies = False
        yield Scene(here, way.frozen if how == "frozen" else way.down, reads=False)


@pytest.fixture
def scene(house: Scene) -> Scene:
    """With new people in new channels."""
    house.stage.welcome()
    return house


REFERENCE = re.compile(r" \(request [0-9a-f]{4}\)")
"""Of a sentence to the lines of the log."""


def timed(work: Callable[[], Message]) -> tuple[str, float]:
    began = time.monotonic()
    return REFERENCE.sub("", work().text), time.monotonic() - began


CHANGES = ("subscribe all", "digest daily 08:30 Europe/Berlin", "use ferries", "unsubscribe all", "mute all 2d")
READS = ("status", "subscriptions", "changes", "digest preview")


def test_answers_go_on_and_who_needs_the_database_is_told_in_time(scene: Scene) -> None:
    here, workspace = scene.stage, scene.stage.workspace
    answer = here.ask("/brief legal")
    places = [workspace.add_channel(f"place-{number}", here.ann) for number in range(len(CHANGES + READS))]
    works = [
        partial(here.press, answer, "follow", confirmed=True),
        *(partial(here.ask, f"/brief {typed}", place) for typed, place in zip(CHANGES + READS, places, strict=True)),
    ]
    with scene.trouble(), ThreadPoolExecutor(len(works)) as pool:
        waiting = [pool.submit(timed, work) for work in works]
        for _ in range(20):
            text, seconds = timed(partial(here.ask, "/brief legal", here.legal_desk))
            assert (text, seconds < AT_ONCE_S) == (answer.text, True)
        text, seconds = timed(partial(here.ask, "/brief qxillquery", here.legal_desk))
        assert (text != AWAY, seconds < AT_ONCE_S) == (True, True)
        told = [each.result() for each in waiting]
    assert max(seconds for _, seconds in told) < SLACK_WAITS_S + BUSY_S
    assert {text for text, _ in told[: len(CHANGES) + 1]} == {AWAY}
    assert [text == AWAY for text, _ in told[len(CHANGES) + 1 :]] == [not scene.reads] * len(READS)
    assert here.ask("/brief subscribe all").channel == here.general
    assert here.ask("/brief subscriptions").text != AWAY


def test_a_form_says_beside_its_field_that_the_database_is_away(scene: Scene) -> None:
    here, workspace = scene.stage, scene.stage.workspace
    entries = {"often": "daily", "at": "07:15", "zone": "Asia/Tokyo"}
    workspace.command(here.ann, here.general, "/brief digest")
    with scene.trouble():
        workspace.submit(here.ann, entries)
        view = workspace.view_of(here.ann)
        assert view is not None
        assert REFERENCE.search(view["errors"]["often"])
        assert REFERENCE.sub("", view["errors"]["often"]) == AWAY
    assert workspace.submit(here.ann, entries).error is None
    assert workspace.view_of(here.ann) is None


def test_many_who_wait_for_the_database_hold_up_no_answer_from_memory(scene: Scene) -> None:
    here, workspace = scene.stage, scene.stage.workspace
    people = [workspace.add_user(f"person-{number}") for number in range(AT_ONCE_MANY)]
    channels = [workspace.add_channel(f"place-{number}", who) for number, who in enumerate(people)]
    with scene.trouble(), ThreadPoolExecutor(AT_ONCE_MANY) as pool:
        waiting = [
            pool.submit(timed, partial(here.ask, "/brief subscribe all", where, who))
            for who, where in zip(people, channels, strict=True)
        ]
        seconds = [timed(partial(here.ask, "/brief legal"))[1] for _ in range(10)]
        told = [each.result() for each in waiting]
    # On a slow machine Slack is asked of more people at once than may wait for it.
    assert AWAY in {text for text, _ in told} <= {AWAY, TOO_MANY}
    assert max(seconds for _, seconds in told) < SLACK_WAITS_S + BUSY_S
    assert max(seconds) < 2 * AT_ONCE_S


def test_no_query_is_in_the_log(scene: Scene, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO)
    here = scene.stage
    with scene.trouble():
        here.ask("/brief sesamequery qxill")
        here.ask("/brief subscribe all")
        time.sleep(1)
    written = caplog.text
    assert "the database failed" in written
    assert "sesame" not in written
    assert "[parameters" not in written
