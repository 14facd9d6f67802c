"""A bot in a process of its own, without a front: it follows files, publishes, delivers. Its settings come as JSON."""

import json
import logging
import signal
import sys
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from threading import Event

from bot.app import publishing
from bot.app.run import start_bot
from bot.core.budget import Budget
from bot.settings import DIGEST_GRACE, Settings, SlackSettings


def clock_of(given: dict[str, object]) -> Callable[[], datetime]:
    """The clock: this machine's, moved by as many seconds as a file says, where there is one."""
    if "clock" not in given:
        return publishing.utc_now
    path = Path(str(given["clock"]))
    return lambda: publishing.utc_now() + timedelta(seconds=float(path.read_text(encoding="ascii")))


def main(given: dict[str, object]) -> None:
    """Runs until SIGTERM; prints `ready` once it follows its files."""
    logging.basicConfig(level=logging.ERROR, format="%(asctime)s %(levelname)s %(name)s %(message)s")
    stop = Event()
    signal.signal(signal.SIGTERM, lambda *_: stop.set())
    tokens = dict(given["tokens"])  # type: ignore[call-overload]
    settings = Settings(
        briefs=Path(str(given["briefs"])),
        database_url=str(given["database_url"]),
        unconfirmed_posts="resend",
        commands_a_minute=Budget(99_999, 99_999),
        digest_grace=timedelta(days=400) if "clock" in given else DIGEST_GRACE,
        **given["settings"],  # type: ignore[arg-type]
    )
    slack = SlackSettings(
        bot_token=next(iter(tokens.values())),
        app_token=None,
        signing_secret="load",  # noqa: S106  nothing is signed here
        api_url=str(given["api_url"]),
        host="127.0.0.1",
        port=0,
        maintainers_channel=None,
    )
    bot = start_bot(settings, slack, tokens, clock_of(given))
    print("ready", flush=True)
    stop.wait()
    bot.stop()


if __name__ == "__main__":
    main(json.loads(sys.argv[1]))
