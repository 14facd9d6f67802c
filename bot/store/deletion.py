"""Deletes a few rows of a table that may have many."""

from typing import Any

from sqlalchemy import Connection, Select, Table, delete, tuple_


def delete_found(connection: Connection, table: Table, found: Select[Any]) -> int:
    """Deletes the rows whose primary keys a query finds; how many. In two statements: of one, Postgres may think that
    it deletes most of the table."""
    keys = connection.execute(found).all()
    if keys:
        columns = tuple(table.primary_key.columns)
        named = columns[0].in_([key[0] for key in keys]) if len(columns) == 1 else tuple_(*columns).in_(keys)
        connection.execute(delete(table).where(named))
    return len(keys)
