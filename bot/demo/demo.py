"""The demo: a local workspace, its page and the bot in one process."""

import tempfile
import time
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from bot.app.run import Bot, start_bot
from bot.core.answers.completion import complete
from bot.settings import Settings, SlackSettings
from bot.slack.http import ENDPOINT
from bot.workspace.clock import MovableClock
from bot.workspace.deliver import HttpDelivery
from bot.workspace.local_server import LocalServer
from bot.workspace.page import Page
from bot.workspace.same_origin import SameOrigin
from bot.workspace.server import application
from bot.workspace.workspace import Workspace

CLOCK_JUMP = timedelta(days=400)
"""A clock that is moved is no outage: what became due meanwhile is posted."""


@dataclass
class Demo:
    """A local workspace with its page, and the bot in it, all in this process and over loopback. `url` is the page's,
    e.g. `http://127.0.0.1:3000`; `database_url` is for other commands that are to reach this bot."""

    workspace: Workspace
    url: str
    database_url: str
    _running: ExitStack

    def close(self) -> None:
        """Lets open pages go, stops the bot and both servers, and deletes the database."""
        self._running.close()


def start_demo(settings: Settings, *ports: int) -> Demo:
    """Starts the local workspace of one person, who shares channels with another, at the first of `ports` that is not
    in use. The workspace is new each time, and so is its database; its clock can be moved forward on the page."""
    clock = MovableClock()
    workspace, you, maintainers = _workspace(clock)
    app = workspace.state.app
    with ExitStack() as stack:
        directory = stack.enter_context(tempfile.TemporaryDirectory(prefix="briefbot-"))
        # Filled below: the page comes before the bot, which at its start already calls the workspace.
        bots: list[Bot] = []
        page = Page(
            workspace, you, settings.command, lambda typed: complete(typed, bots[0].services.answers().corpus), clock
        )
        server = LocalServer(application(workspace, page.routes()), *ports)
        stack.callback(server.close)
        workspace.base_url = server.url
        slack = SlackSettings(
            bot_token=app.bot_token,
            signing_secret=app.signing_secret,
            api_url=f"{server.url}/api/",
            port=0,
            maintainers_channel=maintainers,
        )
        database_url = f"sqlite:///{Path(directory)}/demo.db"
        patient = settings.model_copy(update={"database_url": database_url, "digest_grace": CLOCK_JUMP})
        bots.append(start_bot(patient, slack, now=lambda: datetime.fromtimestamp(clock(), UTC)))
        stack.callback(bots[0].stop)
        front = LocalServer(SameOrigin(bots[0].web.http_app(app.signing_secret)))
        stack.callback(front.close)
        stack.callback(page.close)
        # Signed with the real time, which the bot's front compares with; the page's clock may be far ahead.
        workspace.delivery = HttpDelivery(front.url + ENDPOINT, app.signing_secret, time.time)
        return Demo(workspace, server.url, database_url, stack.pop_all())


def _workspace(clock: MovableClock) -> tuple[Workspace, str, str]:
    """A workspace with three channels; the ids of its person and of the maintainers' channel."""
    workspace = Workspace(clock=clock)
    you = workspace.add_user("you", "You")
    ann = workspace.add_user("ann", "Ann")
    for name in ("general", "legal-desk"):
        workspace.add_channel(name, you, ann)
    maintainers = workspace.add_channel("brief-maintainers", you)
    workspace.state.direct(you)
    return workspace, you, maintainers
