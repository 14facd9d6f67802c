"""The composition root: puts the parts together from the settings."""

import logging
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from threading import Event, Thread

from slack_bolt import App
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError
from starlette.types import ASGIApp

from bot.content.repository import Repository
from bot.content.watch import Outcome, watch
from bot.core.complete import complete
from bot.core.diagnostic import is_error
from bot.errors import SettingsError
from bot.handlers.desk import Desk
from bot.handlers.on_broken import on_broken
from bot.settings import Settings, SlackSettings
from bot.slack.app import Identity, build
from bot.slack.events import Seen
from bot.slack.http import ENDPOINT, front
from bot.slack.sender import WebSender, client
from bot.slack.socket import Connection
from bot.workspace.deliver import HttpDelivery
from bot.workspace.page import Page
from bot.workspace.serve import Served
from bot.workspace.server import application
from bot.workspace.workspace import Workspace

logger = logging.getLogger(__name__)


def repository(settings: Settings) -> Repository:
    """The store of briefs, loaded. Raises: SettingsError where there is no such directory."""
    found = Repository(settings.briefs)
    found.load()
    return found


@dataclass
class Bot:
    """The running bot, but for how requests reach it."""

    app: App
    client: WebClient
    desk: Callable[[], Desk]
    repository: Repository
    stop: Event
    watcher: Thread

    def asgi(self, secret: str) -> ASGIApp:
        """The HTTP front."""
        return front(self.app, secret, clock=time.time, ready=lambda: bool(self.repository.corpus.briefs))

    def socket(self, app_token: str) -> Connection:
        """A Socket Mode connection, not yet open."""
        return Connection(self.app, app_token, self.client)

    def close(self) -> None:
        """Ends the watcher."""
        self.stop.set()
        self.watcher.join(5)


@dataclass
class Demo:
    """A local workspace with its page, and the bot in it, all in this process and over loopback."""

    url: str
    page: Page
    served: Served
    front: Served
    bot: Bot

    def close(self) -> None:
        """Lets open pages go, and ends both servers and the bot."""
        self.page.closed = True
        self.front.close()
        self.bot.close()
        self.served.close()


def demo(settings: Settings, port: int) -> Demo:
    """The local workspace of one person, who shares channels with another. Takes another port if this one is taken."""
    workspace = Workspace()
    you = workspace.add_user("you", "You")
    ann = workspace.add_user("ann", "Ann")
    for name in ("general", "legal-desk"):
        workspace.add_channel(name, you, ann)
    maintainers = workspace.add_channel("brief-maintainers", you)
    workspace.state.direct(you)
    desks: list[Callable[[], Desk]] = []
    page = Page(workspace, you, settings.command, lambda typed: complete(typed, desks[0]().corpus))
    served = Served(application(workspace, page.routes()), port)
    workspace.base_url = served.url
    app = workspace.state.app
    slack = SlackSettings(
        bot_token=app.bot_token,
        app_token=None,
        signing_secret=app.signing_secret,
        api_url=f"{served.url}/api/",
        host="127.0.0.1",
        port=0,
        maintainers_channel=maintainers,
    )
    running = bot(settings, slack)
    desks.append(running.desk)
    front_server = Served(running.asgi(app.signing_secret))
    workspace.delivery = HttpDelivery(front_server.url + ENDPOINT, app.signing_secret, time.time)
    return Demo(served.url, page, served, front_server, running)


class Desks:
    """The desk of now: a new one whenever the corpus or the day has changed."""

    def __init__(self, store: Repository, command: str) -> None:
        self._store, self._command = store, command
        self._desk = Desk(store.corpus, command, today())

    def __call__(self) -> Desk:
        corpus, desk = self._store.corpus, self._desk
        if desk.corpus is not corpus or desk.today != today():
            self._desk = desk = Desk(corpus, self._command, today())
        return desk


def today() -> date:
    """The day by which reviews are overdue."""
    return datetime.now(UTC).date()


def bot(settings: Settings, slack: SlackSettings) -> Bot:
    """A bot that follows its files from now on. Raises: SettingsError where Slack does not know the token."""
    store = repository(settings)
    web = client(slack.bot_token, slack.api_url)
    me = identity(web)
    sender = WebSender(lambda _: web)
    desks = Desks(store, settings.command)
    app = build(
        command=settings.command,
        desk=desks,
        sender=sender,
        token=slack.bot_token,
        api_url=slack.api_url,
        identity=lambda _: me,
        seen=Seen(time.time),
    )
    stop, tell = Event(), teller(slack.maintainers_channel, me.team, sender)
    if store.broken:
        tell(Outcome(dict(store.broken), frozenset()))
    watcher = Thread(target=watch, args=(store, stop, tell), name="watch", daemon=True)
    watcher.start()
    return Bot(app, web, desks, store, stop, watcher)


def identity(web: WebClient) -> Identity:
    """Who the bot is. The one `auth.test`, at the start. Raises: SettingsError."""
    try:
        found = web.auth_test()
    except SlackApiError as error:
        raise SettingsError(f"Slack refuses SLACK_BOT_TOKEN ({error.response['error']}); copy it again") from None
    except OSError as error:
        raise SettingsError(
            f"{web.base_url} cannot be reached ({error}); check the network and SLACK_API_URL"
        ) from None
    return Identity(str(found["team_id"]), str(found["user_id"]), str(found["bot_id"]))


def teller(channel: str | None, team: str, sender: WebSender) -> Callable[[Outcome], None]:
    """Tells the log, and the maintainers' channel where there is one."""

    def tell(outcome: Outcome) -> None:
        for found in outcome.broken.values():
            for d in filter(is_error, found):
                logger.error("%s:%d:%d: %s %s", d.path, d.line, d.column, d.code, d.message)
        if channel:
            on_broken(outcome.broken, outcome.mended, team, channel, sender)

    return tell
