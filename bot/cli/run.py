"""`briefbot run`: runs the bot in Slack, over Socket Mode or HTTP."""

import logging
import signal
from contextlib import AbstractContextManager, closing, nullcontext, suppress
from datetime import timedelta
from socket import socket
from threading import Event

from bot.app.logs import configure_logs
from bot.app.look_around import look_around, say_start
from bot.app.run import Bot, start_bot
from bot.cli.front import GRACE_S, SideServer, bind, server, url_of
from bot.content.repository import brief_files
from bot.errors import SettingsError
from bot.settings import Settings, SlackSettings
from bot.slack.http import ENDPOINT
from bot.slack.watch_front import build_watch_app

logger = logging.getLogger(__name__)


def run(settings: Settings, slack: SlackSettings) -> int:
    """Runs until SIGTERM or SIGINT, or until only a new start helps; the exit code. Raises: SettingsError if it cannot
    start."""
    configure_logs(settings.log_level, slack.secrets.union(settings.secret_keys))
    if slack.role != "web":
        brief_files(settings.briefs)  # a directory that is not there leaves no database behind
    # Before the bot starts: an address that is taken is known at once, and nothing is published for nobody.
    with bind(slack.host, slack.port) if slack.is_over_http or slack.has_port else nullcontext() as front:
        bot = start_bot(settings, slack)
        try:
            say_start(bot.services)
            look_around(bot.services)
            _serve(bot, settings, slack, front)
        finally:
            bot.stop()
    return bot.services.end_process.exit_code


def _serve(bot: Bot, settings: Settings, slack: SlackSettings, front: socket | None) -> None:
    if front is not None and slack.is_over_http:
        _over_http(bot, slack, front)
        return
    with _watched(bot, front):
        if slack.role == "worker" or slack.app_token is None:
            _until_signalled()
        else:
            _over_socket(bot, slack.app_token, settings.start_wait)


def _watched(bot: Bot, front: socket | None) -> AbstractContextManager[object]:
    """Health and metrics are served meanwhile, from before there is a connection to Slack; None: they are not."""
    if front is None:
        return nullcontext()
    logger.info("health and metrics are on %s", url_of(front))
    return closing(SideServer(build_watch_app(bot.web.watch), front))


def _over_http(bot: Bot, slack: SlackSettings, front: socket) -> None:
    """Serves until SIGTERM. uvicorn finishes the requests in progress and then raises the signal again, so this process
    ignores it."""
    signal.signal(signal.SIGTERM, lambda *_: None)
    if not slack.signing_secret:
        raise SettingsError("SLACK_SIGNING_SECRET is empty")
    http = server(bot.web.http_app(slack.signing_secret))
    logger.info("listening on %s%s", url_of(front), ENDPOINT)
    with suppress(KeyboardInterrupt):  # SIGINT, raised again as well
        http.run([front])


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
