"""Pages are read by a process that may die, and knows no secret."""

import asyncio
from dataclasses import replace
from pathlib import Path

import pytest

from bot.core.evidence.hashes import hash_of
from bot.core.evidence.lock import UnreadReason
from bot.core.evidence.quotes import Finding
from bot.pages.answers import Download, Unread
from bot.pages.manners import MIB, Manners
from bot.pages.reader_process import ReaderProcess, Reading
from tests.pages.kinds import PLAIN, html_bytes

MANNERS = Manners(user_agent="briefbot/1")


@pytest.fixture
def page(tmp_path: Path) -> Download:
    (tmp_path / "page").write_bytes(html_bytes(PLAIN))
    return Download(tmp_path / "page", "text/html")


def test_it_goes_on_after_whatever_becomes_of_it(
    tmp_path: Path, page: Download, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SLACK_BOT_TOKEN", "xoxb-secret")
    (tmp_path / "large").write_text("\U0001f6a2" * 3 * MIB)

    async def read() -> list[object]:
        async with ReaderProcess(replace(MANNERS, reading_memory=48 * MIB)) as reader:
            first = await reader.read(page, [PLAIN, "no such words"])
            process = reader._process
            assert process is not None
            environment = Path(f"/proc/{process.pid}/environ").read_bytes()
            process.kill()
            await process.wait()
            killed = await reader.read(page, [PLAIN])
            large = await reader.read(Download(tmp_path / "large", "text/plain"), [PLAIN])
            return [environment, first, killed, large, await reader.read(page, [PLAIN])]

    environment, first, killed, large, last = asyncio.run(read())
    assert isinstance(environment, bytes)
    assert b"xoxb-secret" not in environment
    assert isinstance(first, Reading)
    assert first.findings == {
        hash_of(PLAIN): Finding(1, is_verbatim=True),
        hash_of("no such words"): Finding(0, is_verbatim=False),
    }
    assert killed == Unread(UnreadReason.UNREADABLE, "breaks the program that reads it")
    assert large == Unread(UnreadReason.TOO_LARGE, "is too large to read")
    assert isinstance(last, Reading)


def test_a_page_that_takes_too_long_is_given_up(page: Download) -> None:
    async def read() -> Reading | Unread:
        async with ReaderProcess(replace(MANNERS, reading_s=0)) as reader:
            return await reader.read(page, [PLAIN])

    assert asyncio.run(read()) == Unread(UnreadReason.UNREADABLE, "takes too long to read")
