"""How long a process that has vanished may hold up others: limits of its sessions, which the Postgres server keeps."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from sqlalchemy import Engine, event

PEER: Mapping[str, str] = {
    "tcp_keepalives_idle": "5",
    "tcp_keepalives_interval": "3",
    "tcp_keepalives_count": "3",
    "tcp_user_timeout": "15000",
}
"""It lets go of a machine that has vanished within about fifteen seconds; by default it is two hours."""

TRANSACTION: Mapping[str, str] = {"idle_in_transaction_session_timeout": "20000"}
"""The locks of a process that has stopped in the middle of a transaction; milliseconds. Ours never pause in one."""


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
