"""Brings a database to the tables of this version, and says what keeps it from being used."""

import logging

from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, inspect, text

from bot.errors import DatabaseFailureError
from bot.store.failures import DAMAGED, ENCODING, NO_RIGHTS
from bot.store.schema import METADATA

logger = logging.getLogger(__name__)

VERSIONS = "alembic_version"
ANCHOR = "publication"
"""A table of every version."""

OTHER_DATABASE = "name another database in BRIEFBOT_DATABASE_URL"
UPDATE = "update briefbot to the version that this database was used with last"
UPGRADE = "start this briefbot with it, which brings it up to date"
RESTORE = "restore the database from a backup"

_ENCODING = text("SELECT pg_encoding_to_char(encoding) FROM pg_database WHERE datname = current_database()")
_POSTGRES_COLUMNS = text("""
    SELECT c.relname, a.attname, a.attnotnull AND NOT a.atthasdef AND a.attidentity = ''
    FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid
    WHERE c.relname = ANY(:names) AND c.relkind IN ('r', 'p') AND pg_table_is_visible(c.oid)
      AND a.attnum > 0 AND NOT a.attisdropped""")
_SQLITE_COLUMNS = text("""
    SELECT t.name, c.name, c."notnull" AND c.dflt_value IS NULL AND NOT c.pk
    FROM sqlite_master t JOIN pragma_table_info(t.name) c WHERE t.type = 'table'""")
_WITHOUT_RIGHTS = text("""
    SELECT c.relname FROM pg_class c
    WHERE c.relkind IN ('r', 'p')
      AND (c.relname = ANY(:names) AND pg_table_is_visible(c.oid) OR c.relnamespace = to_regnamespace('dbos'))
      AND NOT (has_table_privilege(c.oid, 'SELECT') AND has_table_privilege(c.oid, 'INSERT')
               AND has_table_privilege(c.oid, 'UPDATE') AND has_table_privilege(c.oid, 'DELETE'))
    UNION
    SELECT s.relname FROM pg_class s JOIN pg_depend d ON d.objid = s.oid AND d.deptype = 'a'
      JOIN pg_class c ON c.oid = d.refobjid
    WHERE c.relname = ANY(:names) AND pg_table_is_visible(c.oid)
      AND CASE s.relkind WHEN 'S' THEN NOT has_sequence_privilege(s.oid, 'USAGE') END
    ORDER BY 1""")


_SCHEMA_OF_JOBS = text("""
    SELECT coalesce(bool_and(has_schema_privilege(oid, 'USAGE')), has_database_privilege(current_database(), 'CREATE'))
    FROM pg_namespace WHERE nspname = 'dbos'""")


def upgrade(connection: Connection) -> None:
    """Within the caller's transaction, which has the database to itself. Raises: DatabaseFailureError."""
    _require_sound(connection)
    head, version = newest_version(), version_of(connection)
    if version is None or version < head:
        bring_to(connection, head)
    elif int(version) > int(head) + 1:
        raise DatabaseFailureError(f"it is of version {version}, and this briefbot knows {head}", UPDATE)
    elif version != head:
        logger.warning("the database is of version %s, one newer than this briefbot's %s", version, head)
    _require_tables(connection, newer=version is not None and version > head)
    if connection.dialect.name == "postgresql":
        _require_rights(connection)


def require_readable(connection: Connection) -> None:
    """Raises: DatabaseFailureError for a database without the tables of this version, which is not brought to them."""
    head, version = newest_version(), version_of(connection)
    if version is None and (others := sorted(inspect(connection).get_table_names())):
        raise DatabaseFailureError(f'it has no tables of briefbot, but "{others[0]}" of another tool', OTHER_DATABASE)
    if version is None:
        raise DatabaseFailureError("it has no tables yet", "start the bot with it, or name another database")
    if version < head:
        raise DatabaseFailureError(f"it is of version {version}, and this briefbot reads {head}", UPGRADE)
    _require_tables(connection, newer=version > head)


def bring_to(connection: Connection, version: str) -> None:
    """Runs the migrations up to a version, within the caller's transaction; nothing is checked."""
    config = _config()
    config.attributes["connection"] = connection
    command.upgrade(config, version)


def newest_version() -> str:
    """The version of the tables that this briefbot works with, four digits."""
    return ScriptDirectory.from_config(_config()).get_current_head() or ""


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", "bot.store:migrations")
    config.set_main_option("path_separator", "os")
    return config


def _require_sound(connection: Connection) -> None:
    if connection.dialect.name == "postgresql":
        encoding = connection.execute(_ENCODING).scalar_one()
        if encoding != "UTF8":
            raise DatabaseFailureError(f"its encoding is {encoding}, which cannot hold every text", ENCODING.remedy)
    elif (problem := connection.exec_driver_sql("PRAGMA quick_check(1)").scalar_one()) != "ok":
        raise DatabaseFailureError(f"the file is damaged: {problem.splitlines()[-1]}", DAMAGED.remedy)


def version_of(connection: Connection) -> str | None:
    """The number of the last migration, four digits; None for a database without tables of ours."""
    tables = set(inspect(connection).get_table_names())
    numbers = _numbers(connection) if VERSIONS in tables else []
    ours = sorted(tables & METADATA.tables.keys())
    if not numbers and not ours:
        return None
    if not numbers:
        raise DatabaseFailureError(f'it has a table "{ours[0]}" that briefbot did not create', OTHER_DATABASE)
    if len(numbers) > 1 or not (numbers[0].isascii() and numbers[0].isdigit()) or ANCHOR not in tables:
        raise DatabaseFailureError(f'its table "{VERSIONS}" is of another application', OTHER_DATABASE)
    return numbers[0]


def _numbers(connection: Connection) -> list[str]:
    if [column["name"] for column in inspect(connection).get_columns(VERSIONS)] != ["version_num"]:
        raise DatabaseFailureError(f'its table "{VERSIONS}" is of another application', OTHER_DATABASE)
    return [str(number) for number in connection.exec_driver_sql(f"SELECT version_num FROM {VERSIONS}").scalars()]  # noqa: S608  a constant


def _require_tables(connection: Connection, *, newer: bool) -> None:
    """A column that a newer version has added must have a default: this one does not fill it."""
    rows = _columns(connection)
    columns = {(table, column) for table, column, _ in rows}
    expected = {(name, column.name) for name, table in METADATA.tables.items() for column in table.columns}
    if missing := sorted(expected - columns):
        table, column = missing[0]
        what = (
            f'its column "{column}" of "{table}"' if table in {each for each, _ in columns} else f'its table "{table}"'
        )
        raise DatabaseFailureError(f"{what} is missing", UPDATE if newer else RESTORE)
    needed = sorted((table, column) for table, column, required in rows if required and (table, column) not in expected)
    if unknown := [each for each in needed if each[0] in METADATA.tables]:
        table, column = unknown[0]
        raise DatabaseFailureError(f'its column "{column}" of "{table}" is new', UPDATE)


def _columns(connection: Connection) -> list[tuple[str, str, bool]]:
    """Those of our tables: (table, column, whether each row must be given a value for it)."""
    if connection.dialect.name == "postgresql":
        rows = connection.execute(_POSTGRES_COLUMNS, {"names": list(METADATA.tables)})
    else:
        rows = connection.execute(_SQLITE_COLUMNS)
    return [(table, column, bool(required)) for table, column, required in rows if table in METADATA.tables]


def _require_rights(connection: Connection) -> None:
    if not connection.execute(_SCHEMA_OF_JOBS).scalar_one():
        raise DatabaseFailureError('this role may not use the schema "dbos"', NO_RIGHTS.remedy)
    if names := connection.execute(_WITHOUT_RIGHTS, {"names": list(METADATA.tables)}).scalars().all():
        raise DatabaseFailureError(f'this role may not use "{names[0]}"', NO_RIGHTS.remedy)


def examine(connection: Connection) -> str | None:
    """The version of a database that a start would take, None for one without tables; nothing is brought up to date.
    Raises: DatabaseFailureError where a start would."""
    _require_sound(connection)
    head, version = newest_version(), version_of(connection)
    if version is None or version < head:
        return version
    if int(version) > int(head) + 1:
        raise DatabaseFailureError(f"it is of version {version}, and this briefbot knows {head}", UPDATE)
    _require_tables(connection, newer=version > head)
    if connection.dialect.name == "postgresql":
        _require_rights(connection)
    return version
