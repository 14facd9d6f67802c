"""`briefbot run`: runs the bot in Slack, over Socket Mode or HTTP."""

import logging
import signal
from datetime import timedelta
from threading import Event

import uvicorn

from bot.app.run import Bot, start_bot
from bot.cli.http_connection import BoundedConnection
from bot.errors import SettingsError
from bot.settings import Settings, SlackSettings
from bot.slack.http import ENDPOINT

logger = logging.getLogger(__name__)

GRACE_S = 10
"""How long requests in progress may take to finish after SIGTERM."""


def run(settings: Settings, slack: SlackSettings) -> int:
    """Runs until SIGTERM or SIGINT, or until only a new start helps; the exit code. Raises: SettingsError if it cannot
    start."""
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(name)s %(message)s")
    bot = start_bot(settings, slack)
    try:
        if slack.role == "worker":
            _until_signalled()
        elif slack.app_token is not None:
            _over_socket(bot, slack.app_token, settings.start_wait)
        else:
            _over_http(bot, slack)
    finally:
        bot.stop()
    return bot.services.end_process.exit_code


def _over_http(bot: Bot, slack: SlackSettings) -> None:
    """Serves until SIGTERM. uvicorn finishes the requests in progress and then raises the signal again, so this process
    ignores it."""
    signal.signal(signal.SIGTERM, lambda *_: None)
    if not slack.signing_secret:
        raise SettingsError("SLACK_SIGNING_SECRET is empty")
    logger.info("listening on http://%s:%d%s", slack.host, slack.port, ENDPOINT)
    uvicorn.run(
        bot.web.http_app(slack.signing_secret),
        host=slack.host,
        port=slack.port,
        loop="uvloop",
        http=BoundedConnection,
        ws="none",
        # `Bot` starts and stops the parts; the application has no events of its own.
        lifespan="off",
        access_log=False,
        # uvicorn's loggers then use the format that was set above.
        log_config=None,
        timeout_graceful_shutdown=GRACE_S,
    )


def _until_signalled() -> None:
    stop = Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    logger.info("publishing and posting; other processes answer")
    stop.wait()


def _over_socket(bot: Bot, app_token: str, start_wait: timedelta) -> None:
    stop, connection = Event(), bot.web.socket(app_token)

    def end(*_: object) -> None:
        connection.end()
        stop.set()

    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, end)
    connection.open(start_wait.total_seconds())
    logger.info("connected to Slack over Socket Mode")
    stop.wait()
    connection.close(GRACE_S)
