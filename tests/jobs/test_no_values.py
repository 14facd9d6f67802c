"""Whatever the database refuses, no value of a statement is in any log; on both databases."""

import io
import logging
from collections.abc import Iterator
from threading import Event

import pytest
from sqlalchemy import insert

from bot.errors import DatabaseFailureError
from bot.store.schema import unanswered_query
from bot.store.store import Store
from tests.databases import Databases
from tests.jobs.running import started
from tests.live import eventually
from tests.store.moments import NOW
from tests.store.test_patience import read_only

SECRET = "sesamequery"  # noqa: S105  somebody's words
logger = logging.getLogger("bot")


@pytest.fixture
def log() -> Iterator[io.StringIO]:
    """All that any logger writes, with tracebacks. That of DBOS passes nothing on."""
    written = io.StringIO()
    handler = logging.StreamHandler(written)
    loggers = [logging.getLogger(), logging.getLogger("dbos")]
    for each in loggers:
        each.addHandler(handler)
    yield written
    for each in loggers:
        each.removeHandler(handler)


def words(team: str | None, *, asked: str = SECRET) -> dict[str, object]:
    return {"team": team, "asked_at": NOW, "words": asked, "count": 1}


REFUSED = {
    "twice the same": [words("T1"), words("T1")],
    "nothing where something must be": [words(None)],
    "a number that is none": [words("T1") | {"count": 10**12 * 10**12}],
    "half a surrogate pair": [words("T1", asked=f"{SECRET}\ud83d")],
}


@pytest.mark.parametrize("case", REFUSED)
def test_a_statement_that_is_refused_shows_no_value(store: Store, log: io.StringIO, case: str) -> None:
    def work() -> None:
        with store.transaction() as tx:
            for row in REFUSED[case]:
                tx.connection.execute(insert(unanswered_query).values(row))

    with pytest.raises(DatabaseFailureError) as caught:
        work()
    logger.error("it failed", exc_info=caught.value)
    assert "Traceback" in log.getvalue()
    assert SECRET not in log.getvalue()


def test_the_engine_of_jobs_shows_none_either(databases: Databases, log: io.StringIO) -> None:
    with started(databases.migrated()) as running:
        under_way, may_end = Event(), Event()

        def job(_: int) -> None:
            under_way.set()
            may_end.wait(10)

        running.does[f"T{SECRET}"] = job
        running.enqueue(f"T{SECRET}", "first")
        running.enqueue(f"T{SECRET}", "second")
        assert under_way.wait(10)
        with read_only(running.store):
            may_end.set()
            eventually(lambda: "UPDATE" in log.getvalue())
            with pytest.raises(DatabaseFailureError):
                running.enqueue(f"T{SECRET}", "third")
    assert "[SQL parameters hidden due to hide_parameters=True]" in log.getvalue()
    assert SECRET not in log.getvalue()
