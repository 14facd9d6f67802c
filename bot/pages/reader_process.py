"""The other end of `bot.pages.reader`: starts that process when there is something to read, and again if it dies."""

import asyncio
import json
import sys
from asyncio.subprocess import PIPE, Process
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import bot
from bot.core.evidence.lock import UnreadReason
from bot.core.evidence.quotes import Finding
from bot.pages.answers import Download, Unread
from bot.pages.manners import MIB, Manners


@dataclass(frozen=True, slots=True)
class Reading:
    """A page that was read: the hash of its text, and what was found of each quote, by its hash."""

    page: str
    findings: Mapping[str, Finding]


class ReaderProcess:
    """Reads one page at a time; within `async with`."""

    def __init__(self, manners: Manners) -> None:
        self._manners = manners
        self._turn = asyncio.Lock()
        self._process: Process | None = None

    async def __aenter__(self) -> "ReaderProcess":
        return self

    async def __aexit__(self, *_: object) -> None:
        await self._end()

    async def read(self, download: Download, quotes: Sequence[str]) -> Reading | Unread:
        """Looks for quotes in a page."""
        request = {"path": str(download.path), "content_type": download.content_type, "quotes": quotes}
        async with self._turn:
            try:
                async with asyncio.timeout(self._manners.reading_s):
                    answer = await self._ask(json.dumps(request).encode() + b"\n")
            except TimeoutError:
                await self._end()
                return Unread(UnreadReason.UNREADABLE, "takes too long to read")
            except (OSError, EOFError):
                await self._end()
                return Unread(UnreadReason.UNREADABLE, "breaks the program that reads it")
            if answer.get("too_large"):
                # What the page has left of its memory may be too little for the next one.
                await self._end()
                return Unread(UnreadReason.TOO_LARGE, "is too large to read")
        return _result(answer)

    async def _ask(self, request: bytes) -> Mapping[str, Any]:
        if self._process is None:
            self._process = await self._start()
        reader, writer = self._process.stdout, self._process.stdin
        if reader is None or writer is None:
            raise EOFError
        writer.write(request)
        await writer.drain()
        line = await reader.readline()
        if not line.endswith(b"\n"):
            raise EOFError
        answer: Mapping[str, Any] = json.loads(line)
        return answer

    async def _start(self) -> Process:
        # Nothing of this process's environment: no secret is where files of strangers are read.
        environment = {"PYTHONPATH": str(Path(bot.__file__).parent.parent)}
        command = [sys.executable, "-P", "-m", "bot.pages.reader", str(self._manners.reading_memory)]
        return await asyncio.create_subprocess_exec(*command, stdin=PIPE, stdout=PIPE, env=environment, limit=8 * MIB)

    async def _end(self) -> None:
        process, self._process = self._process, None
        if process is not None:
            with suppress(ProcessLookupError):
                process.kill()
            await process.wait()


def _result(answer: Mapping[str, Any]) -> Reading | Unread:
    if reason := answer.get("unreadable"):
        return Unread(UnreadReason.UNREADABLE, reason)
    findings = {key: Finding(*found) for key, found in answer["findings"].items()}
    return Reading(answer["page"], findings)
