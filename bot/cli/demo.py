"""`briefbot demo`: runs the bot in a local workspace with a web page. Needs no Slack account and only uses loopback."""

import logging
import signal
from threading import Event

from bot.demo.demo import start_demo
from bot.settings import Settings

PORTS = (3000, 0)
"""Tried where none is named; 0 is any free one."""


def demo(settings: Settings, port: int | None) -> int:
    """Prints the addresses of the page and of the database, and serves until Ctrl-C or SIGTERM, then returns 0. Raises:
    SettingsError if it cannot start, also where the port that is named is in use."""
    logging.basicConfig(level=logging.ERROR, format="%(levelname)s %(message)s")
    stop = Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    running = start_demo(settings, *PORTS if port is None else (port,))
    print(f"Open {running.url} and type {settings.command} legal. Ctrl-C ends it.")
    # Without it `publish --force`, which the bot advises, would reach another database.
    print(f"For briefbot in another terminal: export BRIEFBOT_DATABASE_URL={running.database_url}", flush=True)
    stop.wait()
    running.close()
    return 0
