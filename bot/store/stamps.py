"""Stamps that grow with each change of a table, so that processes find what is new."""

from sqlalchemy import Connection, Table, func, select

from bot.store.dialect import insert
from bot.store.schema import last_stamp


def next_stamp(connection: Connection, table: Table) -> int:
    """A stamp that no row of the table has, or ever had. Whoever takes one at the same time waits."""
    if connection.dialect.name == "postgresql":  # one after the other, or two would take the same
        connection.exec_driver_sql(f"LOCK TABLE {table.name} IN SHARE ROW EXCLUSIVE MODE")
    return _newest(connection, table) + 1


def keep_stamp(connection: Connection, table: Table) -> None:
    """Remembers the newest stamp; call it before rows are deleted: a stamp that came again would be no news."""
    row = insert(connection, last_stamp).values(name=table.name, stamp=(stamp := _newest(connection, table)))
    connection.execute(row.on_conflict_do_update(index_elements=["name"], set_={"stamp": stamp}))


def _newest(connection: Connection, table: Table) -> int:
    deleted = select(last_stamp.c.stamp).where(last_stamp.c.name == table.name)
    return max(connection.execute(query).scalar() or 0 for query in (select(func.max(table.c.stamp)), deleted))
