"""The troubles. Each returns when it is over."""

import sqlite3
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, closing, contextmanager, suppress
from dataclasses import dataclass
from datetime import timedelta
from itertools import cycle, islice

from sqlalchemy import func, select

from bot.app import publishing
from bot.store.database import connect
from bot.store.schema import delivery
from tests.load.replicas import Replica
from tests.load.scene import Scene

BOTH, POSTGRES = ("sqlite", "postgres"), ("postgres",)
RESTART_EVERY_S = 20
AWAY_S = 1.5
REFUSES_S = 10
BETWEEN_S = 5
FROZEN_S = 60
STEPS_H = (-2, 0, 2, 0)
STEP_EVERY_S = 10
APART_H = 1
EDITS_MAX = 10


def restarts(made: Scene) -> None:
    """The database is stopped every 20 s, and comes back."""
    assert made.server is not None
    for _ in range(made.sizes.times):
        made.let(RESTART_EVERY_S)
        made.edit_in_flight()
        made.server.stop()
        made.let(AWAY_S)
        made.server.start()


def refused_writes(made: Scene) -> None:
    """The database takes no writes for 10 s, again and again."""
    for way in islice(cycle(_ways_to_refuse(made)), made.sizes.times):
        made.edit_in_flight()
        with way(made):
            made.let(REFUSES_S)
        made.let(BETWEEN_S)


def _ways_to_refuse(made: Scene) -> list[Callable[[Scene], AbstractContextManager[None]]]:
    return [_read_only] if made.server else [_files_limited, _locked]


@contextmanager
def _read_only(made: Scene) -> Iterator[None]:
    """As a server is that has become a standby."""
    assert made.server is not None
    made.server.execute("ALTER SYSTEM SET default_transaction_read_only = on")
    made.server.execute("SELECT pg_reload_conf()")
    yield
    made.server.execute("ALTER SYSTEM RESET default_transaction_read_only")
    made.server.execute("SELECT pg_reload_conf()")


@contextmanager
def _files_limited(made: Scene) -> Iterator[None]:
    """Every write to a file fails."""
    _limit(made.supervisor.replicas, 0)
    yield
    _limit(made.supervisor.replicas, -1)


def _limit(replicas: list[Replica], size: int) -> None:
    for each in replicas:
        with suppress(ProcessLookupError):
            each.limit_files(size)


@contextmanager
def _locked(made: Scene) -> Iterator[None]:
    """Another program holds the lock of the file."""
    with closing(sqlite3.connect(made.fleet.database_url.removeprefix("sqlite:///"), isolation_level=None)) as other:
        other.execute("PRAGMA busy_timeout=5000")
        other.execute("BEGIN IMMEDIATE")
        yield
        other.execute("ROLLBACK")


def full_disk(made: Scene) -> None:
    """The file system of the database has no byte left for 12 s."""
    assert made.disk is not None
    for _ in range(made.sizes.times):
        made.edit_in_flight()
        made.disk.fill()
        made.let(REFUSES_S + 2)
        made.disk.free()
        if made.server:
            made.server.start()  # it ends itself where it cannot write its log
        made.let(BETWEEN_S)


def frozen(made: Scene) -> None:
    """The network between one replica and the database passes nothing on for a minute; the replica lives."""
    assert made.proxy is not None
    for _ in range(made.sizes.times):
        made.edit_in_flight()
        made.proxy.freeze()
        made.let(FROZEN_S)
        made.proxy.thaw()


def cut_off(made: Scene) -> None:
    """The machine of one replica loses its power: the database hears nothing of it any more."""
    assert made.proxy is not None
    made.edit_in_flight()
    made.proxy.freeze()
    made.supervisor.lose(made.supervisor.replicas[0])


def stepping_clock(made: Scene) -> None:
    """The clocks of all replicas step by two hours, back and forth; the last step is one back."""
    for hours in islice(cycle(STEPS_H), made.sizes.times):
        made.edit_in_flight()
        for each in made.supervisor.replicas:
            _move(each, hours)
        made.let(STEP_EVERY_S)


def hour_apart(made: Scene) -> None:
    """The clock of one replica is an hour fast; it tells of changes, and then its machine dies."""
    fast = made.supervisor.replicas[0]
    _move(fast, APART_H)
    for _ in range(EDITS_MAX):
        made.edit_in_flight()
        made.let(STEP_EVERY_S)
        if _attempts_ahead(made):
            break
    made.edit_in_flight()
    made.supervisor.lose(fast)


def _attempts_ahead(made: Scene) -> int:
    """How many posts the fast one has made."""
    engine = connect(made.fleet.database_url)
    ahead = publishing.utc_now() + timedelta(hours=APART_H) / 2
    with engine.connect() as connection:
        count = connection.execute(select(func.count()).where(delivery.c.attempt_at > ahead)).scalar_one()
    engine.dispose()
    return count


def _move(replica: Replica, hours: int) -> None:
    assert replica.clock is not None
    fresh = replica.clock.with_suffix(".new")
    fresh.write_text(str(hours * 3600), encoding="ascii")
    fresh.rename(replica.clock)


def kills(made: Scene) -> None:
    """Replicas are killed one after the other, and started again."""
    while made.supervisor.kills < made.kills:
        made.let(1)


@dataclass(frozen=True)
class Trouble:
    """What it needs, and how often it comes, and with how many kills: for a look, and in full."""

    run: Callable[[Scene], None]
    databases: tuple[str, ...]
    times: tuple[int, int] = (1, 1)
    kills: tuple[int, int] = (0, 0)
    disk: bool = False
    proxy: bool = False
    clocks: bool = False


TROUBLES: Mapping[str, Trouble] = {
    "restarts": Trouble(restarts, POSTGRES, times=(3, 15), kills=(0, 50)),
    "refused_writes": Trouble(refused_writes, BOTH, times=(2, 10), kills=(0, 30)),
    "full_disk": Trouble(full_disk, BOTH, times=(1, 2), disk=True),
    "frozen": Trouble(frozen, POSTGRES, proxy=True),
    "cut_off": Trouble(cut_off, POSTGRES, proxy=True),
    "stepping_clock": Trouble(stepping_clock, BOTH, times=(4, 12), kills=(0, 20), clocks=True),
    "hour_apart": Trouble(hour_apart, POSTGRES, clocks=True),
    "kills": Trouble(kills, BOTH, kills=(15, 350)),
}
