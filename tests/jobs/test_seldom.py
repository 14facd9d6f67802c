"""What the engine of jobs logs while the database is away."""

import logging
import time
from collections.abc import Iterator

import pytest

from bot.jobs.seldom import Seldom
from tests.databases import Databases
from tests.jobs.proxy import network
from tests.jobs.running import started
from tests.live import eventually


class Lines(logging.Handler):
    """Keeps the first line of each record that it is given."""

    def __init__(self) -> None:
        super().__init__()
        self.messages: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.messages.append(record.getMessage().splitlines()[0])


@pytest.fixture
def lines() -> Iterator[Lines]:
    """The warnings of DBOS, without its errors: each of those is written."""
    handler, log = Lines(), logging.getLogger("dbos")
    handler.addFilter(lambda record: record.levelno == logging.WARNING)
    log.addHandler(handler)
    yield handler
    log.removeHandler(handler)


def test_a_warning_is_written_once_in_a_while_and_an_error_always() -> None:
    handler, log = Lines(), logging.Logger("library")
    log.addFilter(Seldom(every_s=0.2))
    log.addHandler(handler)

    def look(number: int) -> None:
        log.warning("look %d failed", number)
        log.error("job %d failed", number)

    for number in range(3):
        look(number)
    log.warning("another line of code")
    time.sleep(0.25)
    look(3)
    assert handler.messages == [
        "look 0 failed",
        "job 0 failed",
        "job 1 failed",
        "job 2 failed",
        "another line of code",
        "look 3 failed",
        "job 3 failed",
    ]


def test_a_database_that_is_away_fills_no_log(postgres: Databases, lines: Lines) -> None:
    with network(postgres.migrated()) as way, started(way.url) as running:
        running.enqueue("T1", "first")
        eventually(lambda: running.ran == ["T1"])
        lines.messages.clear()
        with way.down():
            time.sleep(2)
        eventually(lambda: running.enqueued("T2", "second"))
        # Of another worker: the end of the first job may not have been recorded.
        eventually(lambda: running.ran == ["T1", "T2"], 30)
    postgres.forget()
    assert len(lines.messages) == len(set(lines.messages))
