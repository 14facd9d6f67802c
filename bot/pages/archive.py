"""Asks the Internet Archive whether it has a copy of a page."""

import asyncio
import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from yarl import URL

from bot.core.evidence.lock import UnreadReason
from bot.pages.answers import Unread
from bot.pages.fetch import Fetcher
from bot.pages.manners import Manners
from bot.pages.network import Network

Copies = Mapping[str, str | Unread | None]
"""By address of a page: that of the copy; None if the archive says that it has none; Unread if it says nothing."""

_UNKNOWN_WORDS = Unread(UnreadReason.UNREADABLE, "answers what cannot be understood")


def archived_copies(pages: Sequence[tuple[str, str]], manners: Manners, network: Network) -> Copies:
    """For each page (address, day as YYYYMMDD) the copy nearest to the day."""
    with TemporaryDirectory(prefix="briefbot-") as directory:
        return asyncio.run(_copies(pages, manners, network, Path(directory)))


async def _copies(pages: Sequence[tuple[str, str]], manners: Manners, network: Network, directory: Path) -> Copies:
    async with Fetcher(manners, network, directory) as fetcher:
        questions = {url: URL(manners.archive).with_query(url=url, timestamp=day) for url, day in pages}
        return {url: await _copy(fetcher, str(question)) for url, question in questions.items()}


async def _copy(fetcher: Fetcher, question: str) -> str | Unread | None:
    answer = await fetcher.fetch(question)
    if isinstance(answer, Unread):
        return answer
    try:
        return _closest(json.loads(answer.path.read_bytes()))
    except (ValueError, TypeError, KeyError, AttributeError):
        return _UNKNOWN_WORDS


def _closest(record: Any) -> str | None:
    if not record["archived_snapshots"]:
        return None
    copy = record["archived_snapshots"]["closest"]
    url = URL(copy["url"])
    is_copy = copy["available"] is True and copy["status"] == "200" and url.host == "web.archive.org"
    return str(copy["url"]).replace("http://", "https://", 1) if is_copy else None
