"""Asks for pages, some hosts at a time, and looks for the quotes in each."""

import asyncio
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from shutil import rmtree
from urllib.parse import urlsplit

from bot.core.evidence.lock import UnreadReason
from bot.core.evidence.pages import CitedPage, PageResult
from bot.pages.answers import Unread
from bot.pages.fetch import Fetcher
from bot.pages.manners import Manners
from bot.pages.network import Network
from bot.pages.reader_process import ReaderProcess, Reading


@dataclass(frozen=True, slots=True)
class PageChecker:
    """What a run needs. `directory`: where pages lie until they are read; it is this run's alone, and goes with it.
    `record` takes each result as soon as it is there."""

    manners: Manners
    network: Network
    directory: Path
    now: Callable[[], datetime]
    record: Callable[[PageResult], None]

    def run(self, pages: Sequence[CitedPage]) -> None:
        """Checks all pages, those of one host one after the other."""
        # A run that was killed has left its own.
        rmtree(self.directory, ignore_errors=True)
        if not pages:
            return
        self.directory.mkdir(parents=True)
        try:
            asyncio.run(self._run(pages))
        finally:
            rmtree(self.directory, ignore_errors=True)

    async def _run(self, pages: Iterable[CitedPage]) -> None:
        by_host = defaultdict[str, list[CitedPage]](list)
        for page in pages:
            by_host[urlsplit(page.url).netloc.lower()].append(page)
        async with (
            Fetcher(self.manners, self.network, self.directory) as fetcher,
            ReaderProcess(self.manners) as reader,
            asyncio.TaskGroup() as group,
        ):
            for queue in by_host.values():
                group.create_task(self._check_all(queue, fetcher, reader))

    async def _check_all(self, pages: Iterable[CitedPage], fetcher: Fetcher, reader: ReaderProcess) -> None:
        for page in pages:
            self.record(await self._check(page, fetcher, reader))

    async def _check(self, page: CitedPage, fetcher: Fetcher, reader: ReaderProcess) -> PageResult:
        answer = await self._read(page.url, page.quotes, fetcher, reader)
        if isinstance(answer, Unread) and answer.reason is UnreadReason.ABSENT and page.archive_url:
            copy = await self._read(page.archive_url, page.quotes, fetcher, reader)
            # Where there is no copy either, what became of the page itself is what counts.
            if isinstance(copy, Reading):
                return self._result(page, copy, archived=True)
        return self._result(page, answer, archived=False)

    async def _read(self, url: str, quotes: Sequence[str], fetcher: Fetcher, reader: ReaderProcess) -> Reading | Unread:
        answer = await fetcher.fetch(url)
        if isinstance(answer, Unread):
            return answer
        try:
            return await reader.read(answer, quotes)
        finally:
            answer.path.unlink(missing_ok=True)

    def _result(self, page: CitedPage, answer: Reading | Unread, *, archived: bool) -> PageResult:
        if isinstance(answer, Unread):
            return PageResult(address=page.address, at=self.now(), reason=answer.reason, detail=answer.detail)
        return PageResult(
            address=page.address, at=self.now(), page=answer.page, archived=archived, findings=answer.findings
        )
