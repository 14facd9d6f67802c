"""Turns: a host is asked one thing at a time, with a pause between, and few hosts are asked at once."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

from bot.pages.manners import Manners


@dataclass(slots=True)
class _Host:
    """Times are those of the event loop."""

    turn: asyncio.Lock = field(default_factory=asyncio.Lock)
    ended: float = float("-inf")
    rests_until: float = 0
    pause_s: float = 0
    is_closed: bool = False


class Hosts:
    """The hosts of one run, by name."""

    def __init__(self, manners: Manners) -> None:
        self._manners = manners
        self._hosts: dict[str, _Host] = {}
        self._slots = asyncio.Semaphore(manners.hosts)

    @asynccontextmanager
    async def turn(self, name: str) -> AsyncIterator[None]:
        """Waits until the host may be asked: a pause after the end of the last turn."""
        host, loop = self._host(name), asyncio.get_running_loop()
        async with host.turn:
            pause_s = max(host.pause_s, self._manners.pause_s)
            await asyncio.sleep(max(0, host.ended + pause_s - loop.time(), host.rests_until - loop.time()))
            # Who waits for a turn has no slot, so that hosts that are slow keep none from the others.
            async with self._slots:
                try:
                    yield
                finally:
                    host.ended = loop.time()

    def slow_down(self, name: str, pause_s: float) -> None:
        """Makes the pause of a host longer, up to a bound."""
        self._host(name).pause_s = min(pause_s, self._manners.pause_max_s)

    def rest(self, name: str, wait_s: float) -> None:
        """The host wants to be left alone for a while."""
        host = self._host(name)
        host.rests_until = max(host.rests_until, asyncio.get_running_loop().time() + wait_s)

    def close(self, name: str) -> None:
        """The host wants to be left alone for longer than the run may wait."""
        self._host(name).is_closed = True

    def is_closed(self, name: str) -> bool:
        return self._host(name).is_closed

    def _host(self, name: str) -> _Host:
        return self._hosts.setdefault(name, _Host())
