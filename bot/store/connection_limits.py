"""How long a peer that has vanished may hold up the other: limits of Postgres connections, on both ends."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from sqlalchemy import URL, Engine, event

CLIENT: Mapping[str, int] = {
    "connect_timeout": 10,
    "keepalives_idle": 5,
    "keepalives_interval": 3,
    "keepalives_count": 3,
    "tcp_user_timeout": 15_000,
}
"""Of libpq, in seconds and milliseconds: a call to a server that has vanished ends after about fifteen seconds. By
default it is two hours."""

PEER: Mapping[str, str] = {
    "tcp_keepalives_idle": "5",
    "tcp_keepalives_interval": "3",
    "tcp_keepalives_count": "3",
    "tcp_user_timeout": "15000",
}
"""Of the server, in its session with us: it lets go of a machine that has vanished as soon."""

TRANSACTION: Mapping[str, str] = {"idle_in_transaction_session_timeout": "20000"}
"""The locks of a process that has stopped in the middle of a transaction; milliseconds. Ours never pause in one."""


def client_limits(url: URL) -> dict[str, int]:
    """What to connect with, but for what the URL says itself."""
    return {name: value for name, value in CLIENT.items() if name not in url.query}


def idle_limit(after: timedelta) -> dict[str, str]:
    """The server ends a session that asks for nothing for so long, also behind a proxy that answers for a machine which
    is gone."""
    return {"idle_session_timeout": str(round(after.total_seconds() * 1000))}


def limit_sessions(engine: Engine) -> None:
    """All sessions of a Postgres engine get the server's limits."""
    statement = setting({**PEER, **TRANSACTION})

    @event.listens_for(engine, "connect")
    def limit(connection: Any, _: object) -> None:
        connection.execute(statement)
        connection.commit()


def setting(values: Mapping[str, str]) -> str:
    """A statement that sets parameters of its session, but for those that an older server does not have."""
    rows = ", ".join(f"('{name}', '{value}')" for name, value in values.items())
    return (
        f"SELECT set_config(name, value, false) FROM (VALUES {rows}) AS v (name, value) JOIN pg_settings USING (name)"  # noqa: S608  constants
    )
