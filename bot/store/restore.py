"""Loads a backup into an empty database: all of it, or nothing."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, func, insert, inspect, select, table, text

from bot.errors import BackupError, DatabaseFailureError
from bot.store import upgrade
from bot.store.backup import DECODERS, Codec, codecs, take_time
from bot.store.backup_file import DAMAGED, NO_BACKUP, UPDATE, BackupReader
from bot.store.database import connect, parsed_url, writing
from bot.store.failures import translated
from bot.store.schema import METADATA
from bot.store.sqlite_engine import COMPANIONS
from bot.store.version_tables import VersionTable, tables_of

NAMED_MAX = 3
EMPTY_ONE = "name an empty database in BRIEFBOT_DATABASE_URL, or move this one away"

_COUNT_ON_POSTGRES = (text("SELECT setval(pg_get_serial_sequence(:name, 'id')::regclass, :last)"),)
_COUNT_ON_SQLITE = (
    text("DELETE FROM sqlite_sequence WHERE name = :name"),
    text(
        "INSERT INTO sqlite_sequence (name, seq) SELECT name, :last FROM sqlite_master "
        "WHERE name = :name AND sql LIKE '%AUTOINCREMENT%'"
    ),
)


def restore(url: str, backup: BackupReader) -> Mapping[str, int]:
    """Loads all rows of a backup, and brings the tables up to date; returns the number of rows by table. Nothing is
    kept of what was not loaded whole. Raises: SettingsError for an address that is not valid, BackupError,
    DatabaseFailureError; UnconfirmedTransactionError where the database did not say whether it kept the rows."""
    version, newest = backup.header.version, upgrade.newest_version()
    if not (len(version) == len(newest) and version.isascii() and version.isdigit()):
        raise BackupError(NO_BACKUP)
    if version > newest:
        raise BackupError(f"is of version {version}, and this briefbot knows {newest}; {UPDATE}")
    with translated(), _new_file_only_if_kept(url) as engine, writing(engine) as connection:
        take_time(connection)
        if engine.dialect.name == "postgresql":
            connection.exec_driver_sql("SELECT pg_advisory_xact_lock(42, 0)")  # as `database.migrate` does
        _require_empty(connection, version)
        upgrade.bring_to(connection, version)
        _load(connection, backup, tables_of(version))
        upgrade.upgrade(connection)
    return backup.counts


@contextmanager
def _new_file_only_if_kept(url: str) -> Iterator[Engine]:
    """The engine of a database; a SQLite file that is created for it is deleted again if anything is raised."""
    parsed = parsed_url(url)
    path = Path(parsed.database or "") if parsed.get_backend_name() == "sqlite" else None
    created = path is not None and not path.exists()
    engine = connect(url)
    try:
        yield engine
    except BaseException:
        engine.dispose()
        if path is not None and created:
            for suffix in COMPANIONS:
                Path(f"{path}{suffix}").unlink(missing_ok=True)
        raise
    finally:
        engine.dispose()


def _require_empty(connection: Connection, version: str) -> None:
    """Raises: DatabaseFailureError for a database that has rows of ours, or tables of a later version than these."""
    present = upgrade.version_of(connection)
    if present is None:
        return
    names = [name for name in inspect(connection).get_table_names() if name in METADATA.tables]
    counts = {name: connection.execute(select(func.count()).select_from(table(name))).scalar_one() for name in names}
    most = sorted((name for name in names if counts[name]), key=lambda name: -counts[name])[:NAMED_MAX]
    if most:
        found = ", ".join(f"{counts[name]} in {name}" for name in most)
        raise DatabaseFailureError(f"it is not empty: it has rows already ({found})", EMPTY_ONE)
    if present > version:
        raise DatabaseFailureError(f"its tables are of version {present}, and the backup's of {version}", EMPTY_ONE)


def _load(connection: Connection, backup: BackupReader, tables: Mapping[str, VersionTable]) -> None:
    last: dict[str, int | None] = {}
    for head, rows in backup.parts():
        found = tables.get(head.name)
        if found is None or tuple(found.types) != head.columns:
            raise BackupError(DAMAGED)
        if rows:
            connection.execute(insert(found.clause), _values(found, rows))
        last[head.name] = head.last
    if last.keys() != tables.keys():
        raise BackupError(DAMAGED)
    for each in tables.values():
        if each.is_counted:
            _count_on(connection, each, last[each.name])


def _values(table: VersionTable, rows: Sequence[Sequence[Any]]) -> list[dict[str, Any]]:
    decoders = codecs(table, DECODERS)
    try:
        return [_decoded(table, list(row), decoders) for row in rows]
    except (ValueError, TypeError, IndexError):
        raise BackupError(DAMAGED) from None


def _decoded(table: VersionTable, values: list[Any], decoders: Sequence[tuple[int, Codec]]) -> dict[str, Any]:
    """Raises: ValueError, TypeError or IndexError for a row of another shape."""
    for place, decode in decoders:
        if values[place] is not None:
            values[place] = decode(values[place])
    return dict(zip(table.types, values, strict=True))


def _count_on(connection: Connection, table: VersionTable, last: int | None) -> None:
    """Rows that are added later get other numbers than any that was ever there, as far as the database keeps count."""
    highest = connection.execute(select(func.max(table.clause.c.id))).scalar()
    if not (number := max(last or 0, highest or 0)):
        return
    is_sqlite = connection.dialect.name == "sqlite"
    for statement in _COUNT_ON_SQLITE if is_sqlite else _COUNT_ON_POSTGRES:
        connection.execute(statement, {"name": table.name, "last": number})
