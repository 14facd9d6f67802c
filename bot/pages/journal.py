"""The journal of `briefbot verify`: each result as soon as it is there, so that a run that was stopped goes on where it
was, and a later one can skip what was read lately."""

import fcntl
import json
import os
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import asdict
from datetime import datetime, timedelta
from pathlib import Path
from typing import IO, Any

from bot.core.evidence.lock import UnreadReason
from bot.core.evidence.pages import PageResult
from bot.core.evidence.quotes import Finding
from bot.errors import SettingsError

RESUMED_WITHIN = timedelta(days=1)
"""A run that was stopped longer ago is not gone on with."""


class Journal:
    """One file of lines; one process has it at a time."""

    def __init__(self, path: Path, now: datetime) -> None:
        """Goes on with the last run if that was stopped a short while ago, else begins one. Raises: SettingsError if
        another process has the journal, or it cannot be written."""
        self._results: dict[str, PageResult] = {}
        self._of_run: set[str] = set()
        self._file = _locked(path)
        begun = self._load()
        self.is_resumed = begun is not None and timedelta(0) <= now - begun < RESUMED_WITHIN
        if not self.is_resumed:
            self._of_run.clear()
            self._rewrite()
            self._append({"run": now.isoformat()})

    def __enter__(self) -> "Journal":
        return self

    def __exit__(self, *_: object) -> None:
        self._file.close()

    def result(self, address: str) -> PageResult | None:
        """The last result of an address, by its hash, of this run or an earlier one."""
        return self._results.get(address)

    def is_of_run(self, address: str) -> bool:
        """Whether the last result of an address is one of this run, before it was stopped or since."""
        return address in self._of_run

    def record(self, result: PageResult) -> None:
        """Keeps a result; it outlives this process from now on."""
        self._take(result)
        self._append(_to_record(result))

    def finish(self, now: datetime) -> None:
        """The run is over: the next one begins anew."""
        self._append({"end": now.isoformat()})

    def _take(self, result: PageResult) -> None:
        self._results[result.address] = result
        self._of_run.add(result.address)

    def _load(self) -> datetime | None:
        """When the last run began; None if it was finished, or there was none."""
        begun: datetime | None = None
        for record in _records(self._file):
            if "page" in record:
                with suppress(KeyError, TypeError, ValueError):  # of another version
                    self._take(_from_record(record))
            else:
                self._of_run.clear()
                begun = datetime.fromisoformat(record["run"]) if "run" in record else None
        return begun

    def _rewrite(self) -> None:
        """Leaves the last result of each address."""
        self._file.seek(0)
        self._file.truncate()
        for result in self._results.values():
            self._append(_to_record(result))

    def _append(self, record: Mapping[str, Any]) -> None:
        self._file.write(json.dumps(record) + "\n")
        self._file.flush()


def _locked(path: Path) -> IO[str]:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        file = os.fdopen(os.open(path, os.O_RDWR | os.O_CREAT, 0o644), "r+", encoding="utf-8")
    except OSError as error:
        raise SettingsError(f"{path} cannot be written: {error.strerror}; run verify where it can") from None
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        file.close()
        raise SettingsError(
            f"another briefbot verify is at work on these briefs ({path}); wait until it ends"
        ) from None
    return file


def _records(file: IO[str]) -> Iterator[dict[str, Any]]:
    """The lines that are whole; one that a kill cut off is ended, so that the next stands alone."""
    text = file.read()
    for line in text.splitlines():
        try:
            record = json.loads(line)
        except ValueError:
            continue
        if isinstance(record, dict):
            yield record
    if text and not text.endswith("\n"):
        file.write("\n")


def _to_record(result: PageResult) -> dict[str, Any]:
    findings = {key: [found.places, found.is_verbatim] for key, found in result.findings.items()}
    return {**asdict(result), "page": result.page or "", "at": result.at.isoformat(), "findings": findings}


def _from_record(record: Mapping[str, Any]) -> PageResult:
    return PageResult(
        address=record["address"],
        at=datetime.fromisoformat(record["at"]),
        reason=UnreadReason(record["reason"]) if record["reason"] else None,
        detail=record["detail"],
        page=record["page"] or None,
        archived=record["archived"],
        findings={key: Finding(*found) for key, found in record["findings"].items()},
    )
