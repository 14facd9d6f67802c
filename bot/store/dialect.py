"""What the two dialects share but SQLAlchemy names twice."""

from typing import Any

from sqlalchemy import Connection, Table
from sqlalchemy.dialects import postgresql, sqlite


def insert(connection: Connection, table: Table) -> Any:
    """An INSERT that knows `on_conflict_do_nothing` and `on_conflict_do_update`, in either dialect."""
    return (sqlite if connection.dialect.name == "sqlite" else postgresql).insert(table)
