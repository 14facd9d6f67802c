"""Databases with a row of every shape, and what backups of them hold."""

import io
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import Boolean, Column, Engine, Integer, LargeBinary, Table, insert

from bot.store.backup import back_up
from bot.store.backup_file import BackupReader
from bot.store.dialect import UtcDateTime
from bot.store.restore import restore
from bot.store.schema import METADATA
from tests.databases import opened

ROWS = 3
ODD_TEXT = 'Łódź “quoted” \\ \n\t\u2028 🛳 "'
INSTANT = datetime(2026, 3, 29, 0, 59, 59, 999_999, tzinfo=UTC)


def fill(engine: Engine) -> None:
    """Adds three rows to every table: the last has null wherever a column may be null."""
    with engine.begin() as connection:
        for table in METADATA.sorted_tables:
            connection.execute(insert(table), [_row(table, number) for number in range(1, ROWS + 1)])


def _row(table: Table, number: int) -> dict[str, Any]:
    return {column.name: _value(column, number) for column in table.columns}


def _value(column: Column[Any], number: int) -> Any:
    if column.nullable and number == ROWS:
        return None
    match column.type:
        case UtcDateTime():
            return INSTANT + timedelta(microseconds=number - 2)
        case Boolean():
            return number == 1
        case LargeBinary():
            return bytes(range(256)) * number
        case Integer():
            return number
        case kind:
            return f"{number}{ODD_TEXT}"[: getattr(kind, "length", None) or 99]


def backup_of(url: str) -> bytes:
    """The backup of a database."""
    target = io.BytesIO()
    back_up(url, target)
    return target.getvalue()


def restored(backup: bytes, url: str) -> str:
    """The address of an empty database after a backup was loaded into it."""
    restore(url, BackupReader(io.BytesIO(backup)))
    return url


def content(url: str) -> Mapping[str, list[Any]]:
    """All rows of a database by table, as values of Python."""
    with opened(url) as engine, engine.connect() as connection:
        return {
            table.name: [tuple(row) for row in connection.execute(table.select().order_by(*table.primary_key.columns))]
            for table in METADATA.sorted_tables
        }
