"""The web role: answers commands, buttons and events from the published corpus."""

import time

from slack_bolt import App
from starlette.types import ASGIApp

from bot.app.periodic import web_tasks
from bot.app.services import AppServices
from bot.core.delivery.trouble import Trouble
from bot.jobs.periodic_tasks import PeriodicRunner
from bot.render.trouble import TROUBLES
from bot.settings import SlackSettings
from bot.slack.app import build_app
from bot.slack.http import Readiness, build_http_app
from bot.slack.socket import Connection
from bot.store.clock import SharedClock


class WebRole:
    """Requests reach it through `http_app` or `socket`, whichever the process serves."""

    def __init__(self, services: AppServices, slack: SlackSettings) -> None:
        self._services = services
        self.app: App = build_app(
            services=services,
            token=lambda team: services.tokens.get(team),
            api_url=slack.api_url,
            identity=lambda team: services.identities.get(team or "") or services.identity.in_team(team),
        )
        self._tasks = PeriodicRunner(web_tasks(services), services.now, services.end_process)

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
        return build_http_app(self.app, secret, clock=clock, own_clock=time.time, readiness=self._readiness)

    def _readiness(self) -> Readiness:
        corpus, troubles = self._services.corpus, self._services.troubles()
        held: tuple[Trouble, ...] = ("files gone",) if corpus.held else ()
        return Readiness(bool(corpus.corpus.briefs), tuple(TROUBLES[each] for each in (*held, *troubles)))

    def socket(self, app_token: str) -> Connection:
        """A Socket Mode connection, not yet open."""
        return Connection(self.app, app_token, self._services.web_client)
