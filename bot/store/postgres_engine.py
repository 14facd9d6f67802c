"""Engines of Postgres databases, whose connections end when the patience of their thread does."""

from collections.abc import Generator, Mapping
from typing import Any

import psycopg
from sqlalchemy import URL, Connection, Engine, create_engine, event, text

from bot.store import patience
from bot.store.connection_limits import limit_sessions
from bot.store.failures import hide_details

CONNECT_MIN_S = 2
"""The shortest time-out of a connection attempt. Source: postgresql.org, libpq, connect_timeout."""

GRACE_S = 0.5
"""The server ends a statement this long before this side gives it up, and then says why."""

CLIENT: Mapping[str, str] = {
    "connect_timeout": "10",
    "keepalives_idle": "5",
    "keepalives_interval": "3",
    "keepalives_count": "3",
    "tcp_user_timeout": "15000",
    # Else texts of a database in SQL_ASCII come as bytes, which no library here expects.
    "client_encoding": "utf8",
}
"""Unless the address says otherwise: a call to a server that has vanished ends after about fifteen seconds; by default
it is two hours. Source: postgresql.org, libpq, parameter key words."""

_LIMITS = text("SELECT set_config('lock_timeout', :ms, true), set_config('statement_timeout', :ms, true)")


class PatientConnection(psycopg.Connection[Any]):
    """Closes itself where an answer takes longer than the patience of the thread that waits for it: a server, or a
    network, that is frozen says nothing at all."""

    def __del__(self, *_: Any) -> None:
        # One that was given up while it connected has no owner who could close it.
        if hasattr(self, "pgconn"):
            self.close()

    def wait(self, gen: Generator[int, int, Any], *args: Any, **kwargs: Any) -> Any:
        """See `psycopg.Connection`. Raises: psycopg.OperationalError."""
        return super().wait(gen if patience.remaining_s() is None else self._until_the_end(gen), *args, **kwargs)  # type: ignore[arg-type]

    def _until_the_end(self, gen: Generator[int, int, Any]) -> Generator[int, int, Any]:
        try:
            state = next(gen)
            while True:
                ready = yield state
                if not ready and not patience.remaining_s():
                    self.close()
                    raise psycopg.OperationalError("the server did not answer in time")
                state = gen.send(ready)
        except StopIteration as end:
            return end.value


def postgres_engine(url: URL, *, pool_size: int, max_overflow: int) -> Engine:
    """Connects to nothing yet."""
    engine = create_engine(
        url.set(drivername="postgresql+psycopg"),
        pool_size=pool_size,
        max_overflow=max_overflow,
        # A connection that a restarted server has closed is replaced before it is used.
        pool_pre_ping=True,
        hide_parameters=True,
        connect_args={name: value for name, value in CLIENT.items() if name not in url.query},
    )
    hide_details(engine)
    limit_sessions(engine)
    event.listen(engine, "do_connect", _connect)
    return engine


def _connect(_: object, __: object, cargs: tuple[Any, ...], cparams: Mapping[str, Any]) -> PatientConnection:
    left = patience.remaining_s()
    if left is None:
        return PatientConnection.connect(*cargs, **cparams)
    if not left:
        raise psycopg.OperationalError("the server did not answer in time")
    return PatientConnection.connect(*cargs, **{**cparams, "connect_timeout": CONNECT_MIN_S})


def limit_statements(connection: Connection) -> None:
    """Makes the server end what this thread's patience does not wait for; until the end of the transaction."""
    if (left := patience.remaining_s()) is not None:
        connection.execute(_LIMITS, {"ms": f"{max(left - GRACE_S, 0.1) * 1000:.0f}"})
