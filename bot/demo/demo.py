"""The demo: a local workspace, its page and the bot in one process."""

import tempfile
import time
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from bot.app.running_bot import Bot, bot
from bot.core.answers.completion import complete
from bot.handlers.answers.answer_cache import AnswerCache
from bot.settings import Settings, SlackSettings
from bot.slack.http import ENDPOINT
from bot.workspace.clock import MovableClock
from bot.workspace.deliver import HttpDelivery
from bot.workspace.local_server import LocalServer
from bot.workspace.page import Page
from bot.workspace.server import application
from bot.workspace.workspace import Workspace

CLOCK_JUMP = timedelta(days=400)
"""A clock that is moved is no outage: what became due meanwhile is posted."""


@dataclass
class Demo:
    """A local workspace with its page, and the bot in it, all in this process and over loopback."""

    url: str
    page: Page
    served: LocalServer
    front: LocalServer
    bot: Bot
    kept: ExitStack

    def close(self) -> None:
        """Lets open pages go, ends both servers and the bot, and forgets everything."""
        self.page.close()
        self.front.close()
        self.bot.close()
        self.served.close()
        self.kept.close()


def start_demo(settings: Settings, port: int) -> Demo:
    """The local workspace of one person, who shares channels with another. Takes another port if this one is taken. The
    workspace is new each time, and so is its database; its clock can be moved forward on the page."""
    clock = MovableClock()
    workspace = Workspace(clock=clock)
    you = workspace.add_user("you", "You")
    ann = workspace.add_user("ann", "Ann")
    for name in ("general", "legal-desk"):
        workspace.add_channel(name, you, ann)
    maintainers = workspace.add_channel("brief-maintainers", you)
    workspace.state.direct(you)
    desks: list[Callable[[], AnswerCache]] = []
    page = Page(workspace, you, settings.command, lambda typed: complete(typed, desks[0]().corpus), clock)
    served = LocalServer(application(workspace, page.routes()), port)
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
    kept = ExitStack()
    directory = kept.enter_context(tempfile.TemporaryDirectory(prefix="briefbot-"))
    kept_in = f"sqlite:///{Path(directory)}/demo.db"
    patient = settings.model_copy(update={"database_url": kept_in, "digest_grace": CLOCK_JUMP})
    running = bot(patient, slack, now=lambda: datetime.fromtimestamp(clock(), UTC))
    desks.append(running.services.answers)
    front_server = LocalServer(running.asgi(app.signing_secret))
    workspace.delivery = HttpDelivery(front_server.url + ENDPOINT, app.signing_secret, time.time)
    return Demo(served.url, page, served, front_server, running, kept)
