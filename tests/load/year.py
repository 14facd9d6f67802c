"""Does a year's use slow the bot down, and does its database stop growing?

Fills a database with what 5,000 publications leave: 100,000 posts, 200,000 sent messages, 20,000 subscriptions of which
half are in one channel, 100,000 events. Then each periodic task, `/brief status` and `/brief subscriptions` are timed,
what is old is deleted, and all are timed again; last what would be left another year later.

    python -m tests.load.year [--database sqlite|postgres] [--rounds 7] [--scale 1]
"""

import argparse
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, event

from bot.app import publishing
from bot.app.periodic import common_tasks, web_tasks, worker_tasks
from bot.app.services import AppServices, build_services
from bot.handlers.briefs.publishing import Publisher
from bot.handlers.clean_up import CleanUp
from bot.handlers.commands.slash_command import answer_slash_command
from bot.handlers.ports import Caller
from bot.jobs.periodic_tasks import PeriodicRunner, PeriodicTask
from bot.settings import Settings, SlackSettings
from bot.store.database import connect
from bot.store.store import Store
from tests.load.fleet import Fleet, database, fleet
from tests.load.year_rows import YEAR, Year, fill

TASK_MS, STATUS_MS = 20.0, 100.0
"""What a periodic task, and a status, may take."""


@contextmanager
def services_of(found: Fleet) -> Iterator[AppServices]:
    """Of a bot that is not started but for its queue: what it does every so often is called here."""
    settings = Settings(briefs=found.briefs, database_url=found.database_url)
    slack = SlackSettings(bot_token=found.workspaces[0].state.app.bot_token, signing_secret="x", api_url=found.api_url)  # noqa: S106
    services = build_services(settings, slack)
    services.queue.handler("post", lambda _: None)
    services.queue.handler("update", lambda _: None)
    services.queue.start()
    # It keeps its place in the database only as long as it is looked at.
    look = PeriodicTask("look", services.cadence.refresh, lambda _: services.queue.recover_jobs())
    looking = PeriodicRunner([look], services.now, services.end_process)
    looking.start()
    try:
        yield services
    finally:
        looking.stop()
        services.queue.stop()
        services.store.engine.dispose()


def milliseconds(work: Callable[[], object]) -> float:
    begun = time.perf_counter()
    work()
    return 1000 * (time.perf_counter() - begun)


@dataclass(frozen=True)
class Taken:
    """Milliseconds of several rounds. The least is that of a machine that does nothing else."""

    median: float
    least: float


def taken_by(work: Callable[[], object], rounds: int) -> Taken:
    found = [milliseconds(work) for _ in range(rounds)]
    return Taken(statistics.median(found), min(found))


@contextmanager
def longest_transaction(engine: Engine) -> Iterator[list[float]]:
    """The milliseconds that each transaction takes meanwhile, the longest first once it is over."""
    begun: dict[int, float] = {}
    taken: list[float] = []

    def begin(connection: Any) -> None:
        begun[id(connection)] = time.perf_counter()

    def end(connection: Any) -> None:
        taken.append(1000 * (time.perf_counter() - begun.pop(id(connection), time.perf_counter())))

    event.listen(engine, "begin", begin)
    event.listen(engine, "commit", end)
    yield taken
    event.remove(engine, "begin", begin)
    event.remove(engine, "commit", end)
    taken.sort(reverse=True)


def size_mb(engine: Engine) -> float:
    """What is in use; of what rows have left, the database makes room for others."""
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        if engine.dialect.name == "sqlite":
            pages, free, size = (
                connection.exec_driver_sql(f"PRAGMA {name}").scalar_one()
                for name in ("page_count", "freelist_count", "page_size")
            )
            return float((pages - free) * size / 1e6)
        connection.exec_driver_sql("VACUUM FULL ANALYZE")
        query = "SELECT pg_database_size(current_database())"
        return float(connection.exec_driver_sql(query).scalar_one() / 1e6)


def timed(services: AppServices, caller: Caller, tasks: list[PeriodicTask], rounds: int, when: str) -> bool:
    """Prints what each takes; whether all are within their limits."""
    taken = {task.name: taken_by(lambda task=task: task.run(services.now()), rounds) for task in tasks}  # type: ignore[misc]
    status = taken_by(lambda: answer_slash_command("status", caller, services), rounds)
    big = replace(caller, channel="CBIG")
    listing = taken_by(lambda: answer_slash_command("subscriptions", big, services), 3)
    print(f"{when:<34}   median    least")
    for name, each in {**taken, "/brief status": status, "/brief subscriptions of 10,000": listing}.items():
        print(f"  {name:<32} {each.median:8.1f} {each.least:8.1f} ms")
    return max(each.median for each in taken.values()) < TASK_MS and status.median < STATUS_MS


def cleaned(services: AppServices, ahead: timedelta) -> None:
    """Deletes what is old so much later, and prints what that took."""
    engine = services.store.engine
    with longest_transaction(engine) as taken:
        took = milliseconds(lambda: CleanUp(services).run(services.now() + ahead)) / 1000
    print(
        f"retention {ahead.days} days later: {took:.1f} s in {len(taken)} transactions (median "
        f"{statistics.median(taken):.0f} ms, longest {taken[0]:.0f} ms); {size_mb(engine):.1f} MB"
    )


def run(found: Fleet, rounds: int, scale: float) -> bool:
    """Whether everything was within its limits."""
    engine = connect(found.database_url)
    fill(Store(engine), Year(found.workspaces[0].state.team, publishing.utc_now()).scaled(scale))
    print(f"{engine.dialect.name}, after a year: {size_mb(engine):.1f} MB")
    engine.dispose()
    with services_of(found) as services:
        caller = Caller(services.identity.team, None, found.workspaces[0].add_user("bea"), "C1")
        publisher = Publisher(services.store, services.queue, services.now)
        tasks = [*common_tasks(services), *web_tasks(services), *worker_tasks(services, publisher)]
        cleaning = [task for task in tasks if task.name == "delete what is old"]
        others = [task for task in tasks if task not in cleaning]
        before = timed(services, caller, others, rounds, "before retention")
        cleaned(services, timedelta(0))
        after = timed(services, caller, [*others, *cleaning], rounds, "after retention")
        cleaned(services, YEAR)
    print("verdict:", "good" if before and after else f"a task over {TASK_MS} ms, or status over {STATUS_MS} ms")
    return before and after


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--database", choices=("sqlite", "postgres"), default="sqlite")
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--scale", type=float, default=1)
    given = parser.parse_args()
    with (
        tempfile.TemporaryDirectory() as name,
        database(given.database, Path(name)) as url,
        fleet(Path(name), url, teams=1, channels=1) as found,
    ):
        raise SystemExit(not run(found, given.rounds, given.scale))


if __name__ == "__main__":
    main()
