"""Tells open pages of changes, by server-sent events."""

import asyncio
from collections.abc import AsyncIterator, Callable

from bot.workspace.change_signal import ChangeSignal

KEEP_ALIVE_S = 15.0
"""Seconds without a change after which an open page gets a comment."""

BURST_S = 0.05
"""Seconds over which changes are joined to one message: the page asks for everything after each."""


async def version_stream(changes: ChangeSignal, is_open: Callable[[], bool]) -> AsyncIterator[str]:
    """Server-sent events with the version, at once and after every change, as long as `is_open`; comments in between,
    which show a server that the page is gone."""
    # No version is negative, so that the first message comes at once.
    version = -1
    while is_open():
        current = await changes.wait_beyond(version, KEEP_ALIVE_S)
        yield ": keep-alive\n\n" if current == version else f"data: {current}\n\n"
        version = current
        # After the message, so that a single change is shown at once.
        await asyncio.sleep(BURST_S)
