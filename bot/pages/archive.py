"""Asks the Internet Archive whether it has a copy of a page."""

import asyncio
import json
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from yarl import URL

from bot.pages.answers import Unread
from bot.pages.fetch import Fetcher
from bot.pages.manners import Manners
from bot.pages.network import Network


def archived_copies(pages: Sequence[tuple[str, str]], manners: Manners, network: Network) -> Mapping[str, str | None]:
    """For each page (address, day as YYYYMMDD) the address of the copy nearest to the day; None if there is none, or
    the archive did not answer."""
    with TemporaryDirectory(prefix="briefbot-") as directory:
        return asyncio.run(_copies(pages, manners, network, Path(directory)))


async def _copies(
    pages: Sequence[tuple[str, str]], manners: Manners, network: Network, directory: Path
) -> Mapping[str, str | None]:
    async with Fetcher(manners, network, directory) as fetcher:
        questions = {url: URL(manners.archive).with_query(url=url, timestamp=day) for url, day in pages}
        return {url: await _copy(fetcher, str(question)) for url, question in questions.items()}


async def _copy(fetcher: Fetcher, question: str) -> str | None:
    answer = await fetcher.fetch(question)
    if isinstance(answer, Unread):
        return None
    with suppress(ValueError, TypeError, KeyError, AttributeError):
        return _closest(json.loads(answer.path.read_bytes()))
    return None


def _closest(record: Any) -> str | None:
    copy = record["archived_snapshots"]["closest"]
    url = URL(copy["url"])
    is_copy = copy["available"] is True and copy["status"] == "200" and url.host == "web.archive.org"
    return str(copy["url"]).replace("http://", "https://", 1) if is_copy else None
