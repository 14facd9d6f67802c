"""A counter of visible changes that wakes whoever waits for the next one."""

import asyncio
from threading import Lock


class ChangeSignal:
    """Counts changes. `announce` may be called on any thread; `wait_beyond` waits on its own event loop."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._version = 0
        self._waiters: dict[asyncio.Event, asyncio.AbstractEventLoop] = {}

    @property
    def version(self) -> int:
        """The number of changes so far."""
        return self._version

    def announce(self) -> None:
        """Counts a change and wakes all waiters."""
        with self._lock:
            self._version += 1
            for event, loop in self._waiters.items():
                # An asyncio event may only be set on the thread of its loop.
                loop.call_soon_threadsafe(event.set)

    async def wait_beyond(self, version: int, timeout_s: float) -> int:
        """Waits until the version differs from `version`, at most `timeout_s` seconds. Returns the current version."""
        event = asyncio.Event()
        with self._lock:
            # Under the lock: a change between this look and the registration would wake nobody.
            if self._version != version:
                return self._version
            self._waiters[event] = asyncio.get_running_loop()
        try:
            await asyncio.wait_for(event.wait(), timeout_s)
        except TimeoutError:
            pass
        finally:
            with self._lock:
                del self._waiters[event]
        return self._version
