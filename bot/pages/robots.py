"""What sites ask programs to leave alone, in their robots.txt (RFC 9309)."""

import asyncio
from collections.abc import Awaitable, Callable
from pathlib import Path

from protego import Protego
from yarl import URL

from bot.core.evidence.lock import UnreadReason
from bot.pages.answers import Download, Unread

# What a site without a robots.txt, or one that nobody may read, answers: everything is allowed.
_NO_RULES = frozenset(
    {
        UnreadReason.ABSENT,
        UnreadReason.REFUSED,
        UnreadReason.REDIRECTS,
        UnreadReason.FORBIDDEN,
        UnreadReason.TOO_LARGE,
        UnreadReason.UNREADABLE,
    }
)
EVERYTHING = Protego.parse("")


class Robots:
    """The rules of each site, asked for once. `ask` gets an address as any other, but without looking at rules."""

    def __init__(self, ask: Callable[[URL], Awaitable[Download | Unread]], max_bytes: int) -> None:
        self._ask = ask
        self._max_bytes = max_bytes
        self._rules: dict[URL, asyncio.Task[Protego | Unread]] = {}

    async def rules(self, url: URL) -> Protego | Unread:
        """The rules of the site of an address. Unread if they cannot be had now: then nothing is to be asked."""
        origin = url.origin()
        if origin not in self._rules:
            self._rules[origin] = asyncio.create_task(self._load(origin))
        return await asyncio.shield(self._rules[origin])

    async def _load(self, origin: URL) -> Protego | Unread:
        answer = await self._ask(origin / "robots.txt")
        if isinstance(answer, Unread):
            return EVERYTHING if answer.reason in _NO_RULES else answer
        return Protego.parse(self._text(answer.path))

    def _text(self, path: Path) -> str:
        with path.open("rb") as file:
            text = file.read(self._max_bytes).decode("utf-8", "replace")
        path.unlink()
        return text.removeprefix("\ufeff")
