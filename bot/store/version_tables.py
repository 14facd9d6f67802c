"""The tables of a version, earlier ones too: what a backup of a database of that version holds."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from sqlalchemy import DateTime, TableClause, column, create_engine, inspect, table
from sqlalchemy.engine import Inspector
from sqlalchemy.pool import StaticPool
from sqlalchemy.types import TypeEngine

from bot.store import upgrade
from bot.store.dialect import UtcDateTime


@dataclass(frozen=True, slots=True)
class VersionTable:
    """A table with the types of its columns in order, and the names of those of its key."""

    name: str
    types: Mapping[str, TypeEngine[Any]]
    key: tuple[str, ...]

    @property
    def clause(self) -> TableClause:
        """For statements on either kind of database."""
        return table(self.name, *(column(name, type_) for name, type_ in self.types.items()))

    @property
    def is_counted(self) -> bool:
        """Whether the database itself numbers the rows, in the column `id`."""
        return self.key == ("id",) and self.types["id"].python_type is int


@cache
def tables_of(version: str) -> Mapping[str, VersionTable]:
    """The tables of a version by name, each behind those that it refers to."""
    engine = create_engine("sqlite://", poolclass=StaticPool)
    try:
        with engine.begin() as connection:
            upgrade.bring_to(connection, version)
            inspector = inspect(connection)
            names = [name for name, _ in inspector.get_sorted_table_and_fkc_names() if name]
            return {name: _table(inspector, name) for name in names if name != upgrade.VERSIONS}
    finally:
        engine.dispose()


def _table(inspector: Inspector, name: str) -> VersionTable:
    types = {each["name"]: _type(each["type"]) for each in inspector.get_columns(name)}
    return VersionTable(name, types, tuple(inspector.get_pk_constraint(name)["constrained_columns"]))


def _type(kind: TypeEngine[Any]) -> TypeEngine[Any]:
    return UtcDateTime() if isinstance(kind, DateTime) else kind
