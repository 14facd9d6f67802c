"""The format of backups: JSON lines in gzip. A header, then for each table a line that names it and a line for each
row, then a footer with the counts and the checksum of all lines before it."""

import gzip
import hashlib
import json
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import IO, Any

from bot.errors import BackupError

FORMAT = "briefbot backup"
VERSION = 1
LINE_MAX = 2**26
"""Bytes; no row of ours comes near."""

ROWS_AT_ONCE = 100
"""The longest rows, with the vectors of a brief, have some hundred kB."""

LEVEL = 4
"""Of gzip: higher ones take twice the time for a tenth of the room."""

NO_BACKUP = "is no backup of briefbot; name a file that `briefbot backup` has written"
COPY_AGAIN = "copy the file once more, or take another backup"
CUT = f"is cut short; {COPY_AGAIN}"
DAMAGED = f"is damaged; {COPY_AGAIN}"
UPDATE = "update briefbot to the version that wrote it"


@dataclass(frozen=True, slots=True)
class Header:
    """`version` is that of the tables, four digits."""

    version: str
    made_at: datetime


@dataclass(frozen=True, slots=True)
class TableHead:
    """`last` is the highest number that was ever given to a row; None where the database gives none or keeps no
    count."""

    name: str
    columns: tuple[str, ...]
    last: int | None


class BackupWriter:
    """Writes a backup from its header on; it is one only after `close`."""

    def __init__(self, target: IO[bytes], header: Header) -> None:
        # No time and no name in it, so that the same rows make the same bytes.
        self._gzip = gzip.GzipFile(filename="", mode="wb", compresslevel=LEVEL, fileobj=target, mtime=0)
        self._hash = hashlib.sha256()
        self.counts: dict[str, int] = {}
        made_at = header.made_at.isoformat()
        self._write({"format": FORMAT, "format_version": VERSION, "version": header.version, "made_at": made_at})

    def add_table(self, head: TableHead) -> None:
        """The rows that follow are of this table."""
        self._table, self.counts[head.name] = head.name, 0
        self._write({"table": head.name, "columns": head.columns, "last": head.last})

    def add_row(self, values: Sequence[Any]) -> None:
        """Values as JSON has them, in the order of the columns."""
        self.counts[self._table] += 1
        self._write(values)

    def close(self) -> None:
        """Writes the footer; the target stays open."""
        self._write({"rows": self.counts, "sha256": self._hash.hexdigest()})
        self._gzip.close()

    def _write(self, value: Any) -> None:
        line = json.dumps(value, separators=(",", ":")).encode("ascii") + b"\n"
        self._hash.update(line)
        self._gzip.write(line)


class BackupReader:
    """Reads a backup once, from its beginning; nothing of it counts before `parts` has ended. Raises: BackupError."""

    def __init__(self, source: IO[bytes]) -> None:
        self._gzip = gzip.GzipFile(fileobj=source, mode="rb")
        self._hash = hashlib.sha256()
        self.counts: dict[str, int] = {}
        line = self._line(NO_BACKUP)
        self._hash.update(line)
        self.header = _header(_parsed(line, NO_BACKUP))

    def parts(self) -> Iterator[tuple[TableHead, Sequence[Sequence[Any]]]]:
        """The rows, some at a time, with the head of their table; the last part of each may have none. Raises:
        BackupError, at the end where counts or checksum are not those of the footer."""
        head: TableHead | None = None
        rows: list[Sequence[Any]] = []
        for record in self._records():
            following = head
            if isinstance(record, list) and head is not None:
                self.counts[head.name] += 1
                rows.append(record)
                if len(rows) < ROWS_AT_ONCE:
                    continue
            else:
                following = self._begin(record)
            if head is not None:
                yield head, rows
            head, rows = following, []
        if head is not None:
            yield head, rows

    def _begin(self, record: Any) -> TableHead:
        """Raises: BackupError for a line that names no table, or one a second time."""
        match record:
            case {"table": str(name), "columns": [*columns], "last": int() | None as last} if name not in self.counts:
                self.counts[name] = 0
                return TableHead(name, tuple(map(str, columns)), last)
        raise BackupError(DAMAGED)

    def _records(self) -> Iterator[Any]:
        """What the lines before the footer say."""
        while True:
            line = self._line()
            record = _parsed(line)
            if isinstance(record, dict) and "sha256" in record:
                break
            self._hash.update(line)
            yield record
        # The end of the file is read as well, for the checksum of gzip itself.
        if record != {"rows": self.counts, "sha256": self._hash.hexdigest()} or self._line(is_end=True):
            raise BackupError(DAMAGED)

    def _line(self, damaged: str = DAMAGED, *, is_end: bool = False) -> bytes:
        try:
            line = self._gzip.readline(LINE_MAX)
        except EOFError:
            raise BackupError(CUT) from None
        except (gzip.BadGzipFile, zlib.error):
            raise BackupError(damaged) from None
        if not line and not is_end:
            raise BackupError(CUT)
        return line


def _parsed(line: bytes, damaged: str = DAMAGED) -> Any:
    try:
        return json.loads(line)
    except (ValueError, RecursionError):
        raise BackupError(damaged) from None


def _header(record: Any) -> Header:
    """Raises: BackupError for another kind of file, and for a format of a later version."""
    match record:
        case {"format": str(name), "format_version": int(number)} if name == FORMAT and number > VERSION:
            raise BackupError(f"is written in format {number}, and this briefbot reads {VERSION}; {UPDATE}")
        case {"format": str(name), "version": str(version), "made_at": str(made_at)} if name == FORMAT:
            return Header(version, _instant(made_at))
    raise BackupError(NO_BACKUP)


def _instant(value: str) -> datetime:
    try:
        return datetime.fromisoformat(value)
    except ValueError:
        raise BackupError(DAMAGED) from None
