"""The web role: answers commands, buttons and events from the published corpus."""

import time

from slack_bolt import App
from starlette.routing import Route
from starlette.types import ASGIApp

from bot.app.metrics import metrics_of
from bot.app.periodic import web_tasks
from bot.app.services import AppServices
from bot.core.delivery.trouble import Trouble
from bot.jobs.periodic_tasks import PeriodicRunner
from bot.render.trouble import TROUBLES, stuck_words
from bot.settings import SlackSettings
from bot.slack.app import build_app
from bot.slack.http import build_http_app
from bot.slack.install import install_flow, install_routes
from bot.slack.socket import Connection
from bot.slack.watch_front import Readiness, Watch
from bot.store.clock import SharedClock


class WebRole:
    """Requests reach it through `http_app` or `socket`, whichever the process serves."""

    def __init__(self, services: AppServices, slack: SlackSettings) -> None:
        self._services = services
        self.app: App = build_app(
            services=services,
            serves=services.tokens.serves,
            api_url=slack.api_url,
            identity=services.tokens.identity,
        )
        self._metrics = metrics_of(services)
        self._connection: Connection | None = None
        self._tasks = PeriodicRunner(web_tasks(services), services.now, services.end_process, services.health)

    def start(self) -> None:
        """Begins to answer, once its front is open."""
        self._services.queue.connect()
        self._tasks.start()

    def stop(self) -> None:
        """Ends its threads."""
        self._tasks.stop()

    def http_app(self, secret: str) -> ASGIApp:
        """The ASGI application with the endpoint of Slack and the health checks."""
        now = self._services.now
        # A clock that was given, as the demo's, is moved by people, and Slack's is not.
        clock = now.seconds if isinstance(now, SharedClock) else time.time
        pages = self._pages()
        return build_http_app(self.app, secret, clock=clock, own_clock=time.time, watch=self.watch, pages=pages)

    def _pages(self) -> list[Route]:
        """Where the bot may be installed from, if anywhere."""
        client, cipher = self._services.client, self._services.cipher
        return install_routes(install_flow(self._services, client, cipher)) if client and cipher else []

    def socket(self, app_token: str) -> Connection:
        """A Socket Mode connection, not yet open; while it is not, the process is not ready."""
        self._connection = Connection(self.app, app_token, self._services.web_client)
        return self._connection

    @property
    def watch(self) -> Watch:
        """What this process says of itself."""
        return Watch(self._readiness, self._stuck, self._metrics)

    def _readiness(self) -> Readiness:
        corpus, troubles = self._services.corpus, self._services.troubles()
        held: tuple[Trouble, ...] = ("files gone",) if corpus.held else ()
        words = (*(TROUBLES[each] for each in (*held, *troubles)), *map(stuck_words, self._stuck()))
        is_connected = self._connection is None or self._connection.is_open
        return Readiness(bool(corpus.corpus.briefs), words, is_connected)

    def _stuck(self) -> tuple[str, ...]:
        # Whatever waits for a database that is away goes on by itself, and answers come from memory meanwhile.
        is_away = "no writes" in self._services.troubles()
        return () if is_away else self._services.health.silent()
