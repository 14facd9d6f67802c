"""What SQLite and Postgres do differently, or SQLAlchemy names twice."""

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, DateTime, Dialect, Table, TypeDecorator
from sqlalchemy.dialects import postgresql, sqlite

NUMBER_MAX = 2**31 - 1
"""What fits into an INTEGER of both databases."""


class UtcDateTime(TypeDecorator[datetime]):
    """An aware UTC datetime. SQLite has no zones and hands naive ones back; this column takes and gives aware ones."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> Any:
        return value.astimezone(UTC) if value is not None else None

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


def insert(connection: Connection, table: Table) -> Any:
    """An INSERT that has `on_conflict_do_nothing()` and `on_conflict_do_update()`, in either dialect; not yet
    executed."""
    return (sqlite if connection.dialect.name == "sqlite" else postgresql).insert(table)
