"""Writes all rows of a database as a backup, in one state, while others go on to write."""

import base64
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from typing import IO, Any

from sqlalchemy import Connection, LargeBinary, select, text
from sqlalchemy.types import TypeEngine

from bot.errors import DatabaseFailureError
from bot.store import upgrade
from bot.store.backup_file import ROWS_AT_ONCE, BackupWriter, Header, TableHead
from bot.store.database import reading
from bot.store.dialect import UtcDateTime
from bot.store.existing import connect_existing
from bot.store.failures import CHECK_ADDRESS, translated
from bot.store.version_tables import VersionTable, tables_of

Codec = Callable[[Any], Any]

ENCODERS: Mapping[type[TypeEngine[Any]], Codec] = {
    UtcDateTime: lambda value: value.isoformat(),
    LargeBinary: lambda value: base64.b64encode(value).decode("ascii"),
}
DECODERS: Mapping[type[TypeEngine[Any]], Codec] = {UtcDateTime: datetime.fromisoformat, LargeBinary: base64.b64decode}
"""By type of column: how a value becomes one of JSON and back; all others are the same there. Null is null."""

_LAST_OF_POSTGRES = text("SELECT pg_sequence_last_value(pg_get_serial_sequence(:name, 'id')::regclass)")
_LAST_OF_SQLITE = text("SELECT seq FROM sqlite_sequence WHERE name = :name")


def codecs(table: VersionTable, by_type: Mapping[type[TypeEngine[Any]], Codec]) -> list[tuple[int, Codec]]:
    """The columns of a table whose values are not those of JSON, by place."""
    kinds = enumerate(table.types.values())
    return [(place, codec) for place, kind in kinds for type_, codec in by_type.items() if isinstance(kind, type_)]


def back_up(url: str, target: IO[bytes]) -> Mapping[str, int]:
    """Writes a backup; returns the number of rows by table. The database may be of an earlier version, and is only
    read. Raises: SettingsError for an address that is not valid, DatabaseFailureError, OSError of the target."""
    engine = connect_existing(url)
    if engine is None:
        raise DatabaseFailureError("its file is not there", CHECK_ADDRESS)
    try:
        with translated(), reading(engine.execution_options(postgresql_readonly=True)) as connection:
            take_time(connection)
            return _write(connection, target)
    finally:
        engine.dispose()


def take_time(connection: Connection) -> None:
    """What is at the other end of a pipe may be slow; by default the server ends a transaction that waits for it."""
    if connection.dialect.name == "postgresql":
        connection.exec_driver_sql("SET LOCAL idle_in_transaction_session_timeout = 0")


def _write(connection: Connection, target: IO[bytes]) -> Mapping[str, int]:
    tables = tables_of(version := _version(connection))
    writer = BackupWriter(target, Header(version, datetime.now(UTC)))
    for each in tables.values():
        writer.add_table(TableHead(each.name, tuple(each.types), _last_number(connection, each)))
        _write_rows(connection, each, writer)
    writer.close()
    return writer.counts


def _version(connection: Connection) -> str:
    version, newest = upgrade.version_of(connection), upgrade.newest_version()
    if version is None:
        raise DatabaseFailureError("it has no tables of briefbot", CHECK_ADDRESS)
    if version > newest:
        raise DatabaseFailureError(f"it is of version {version}, and this briefbot knows {newest}", upgrade.UPDATE)
    return version


def _write_rows(connection: Connection, table: VersionTable, writer: BackupWriter) -> None:
    clause, encoders = table.clause, codecs(table, ENCODERS)
    query = select(clause).order_by(*(clause.c[name] for name in table.key))
    # Else the driver would hold all rows of a table at once.
    for row in connection.execution_options(yield_per=ROWS_AT_ONCE).execute(query):
        values = list(row)
        for place, encode in encoders:
            if values[place] is not None:
                values[place] = encode(values[place])
        writer.add_row(values)


def _last_number(connection: Connection, table: VersionTable) -> int | None:
    """The highest number that was given to a row, also where that is deleted. Read in the snapshot or later: it may be
    too high, and never too low."""
    if not table.is_counted:
        return None
    query = _LAST_OF_SQLITE if connection.dialect.name == "sqlite" else _LAST_OF_POSTGRES
    return connection.execute(query, {"name": table.name}).scalar()
