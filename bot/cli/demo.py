"""`briefbot demo`: runs the bot in a local workspace with a web page. Needs no Slack account and only uses loopback."""

import logging
import signal
from contextlib import ExitStack
from threading import Event

from bot.cli.packaged import for_editing
from bot.demo.demo import start_demo
from bot.errors import SettingsError
from bot.settings import Settings
from bot.supported import SQLITE_REMEDY, why_sqlite_not

PORTS = (3000, 0)
"""Tried where none is named; 0 is any free one."""


def demo(settings: Settings, port: int | None) -> int:
    """Prints the addresses of the page and of the database, and serves until Ctrl-C or SIGTERM, then returns 0. Raises:
    SettingsError if it cannot start, also where the port that is named is in use."""
    if reason := why_sqlite_not():
        raise SettingsError(f"{reason}; {SQLITE_REMEDY}")  # the demo has no other database
    logging.basicConfig(level=logging.ERROR, format="%(levelname)s %(message)s")
    stop = Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    with ExitStack() as stack:
        editable = stack.enter_context(for_editing(settings))
        running = start_demo(editable, *PORTS if port is None else (port,))
        stack.callback(running.close)
        print(f"Open {running.url} and type {settings.command} legal. Ctrl-C ends it.")
        # Without them `publish --force`, which the bot advises, would reach another database, and read other files.
        variables = f"BRIEFBOT_DATABASE_URL={running.database_url}"
        if editable is not settings:
            variables += f" BRIEFBOT_BRIEFS={editable.briefs}"
        print(f"For briefbot in another terminal: export {variables}", flush=True)
        stop.wait()
    return 0
