"""Which brief files are not published, as the maintainers were told."""

import json
from collections.abc import Collection, Mapping
from datetime import datetime

from sqlalchemy import Connection, delete, select

from bot.store.schema import file_report

DIRECTORY = ""
"""The name under which trouble with the whole directory is reported."""


class FileReports:
    """File reports within one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def names(self) -> set[str]:
        """The names of all reports, without their lines."""
        return set(self._connection.execute(select(file_report.c.name)).scalars())

    def all(self) -> dict[str, tuple[str, ...]]:
        """The lines of each report, by the name of its file; see `DIRECTORY`."""
        rows = self._connection.execute(select(file_report).order_by(file_report.c.name))
        return {row.name: tuple(json.loads(row.lines)) for row in rows}

    def times(self) -> dict[str, datetime]:
        """When each report was made, by the name of its file."""
        return {row.name: row.reported_at for row in self._connection.execute(select(file_report))}

    def replace(self, reports: Mapping[str, Collection[str]], mended: Collection[str], at: datetime) -> None:
        """Stores the lines of these reports, by name, and forgets those of the names in `mended`."""
        names = [*reports, *mended]
        if names:
            self._connection.execute(delete(file_report).where(file_report.c.name.in_(names)))
        rows = [{"name": name, "lines": _json(lines), "reported_at": at} for name, lines in reports.items()]
        if rows:
            self._connection.execute(file_report.insert(), rows)


def _json(lines: Collection[str]) -> str:
    return json.dumps(list(lines), ensure_ascii=False)
