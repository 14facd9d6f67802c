"""The real bot and a local workspace, talking over loopback."""

import shutil
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from bot import bootstrap
from bot.settings import Settings, SlackSettings
from bot.slack.http import ENDPOINT
from bot.workspace.deliver import HttpDelivery
from bot.workspace.serve import Served
from bot.workspace.server import application
from bot.workspace.state import Message
from bot.workspace.workspace import Workspace, plain
from tests.conftest import ROOT

Mode = Literal["http", "socket"]


@dataclass
class Stage:
    """A workspace with two people and three channels, and the bot in it."""

    workspace: Workspace
    bot: bootstrap.Bot
    briefs: Path
    ann: str
    ben: str
    general: str
    legal_desk: str
    maintainers: str
    url: str = ""

    def ask(self, typed: str, channel: str | None = None) -> Message:
        """Ann types a command; what she then sees last."""
        where = channel or self.general
        ack = self.workspace.command(self.ann, where, typed)
        assert ack.error is None, ack
        return self.workspace.last(self.ann, where)

    def press(self, message: Message, action: str, option: str | None = None, user: str | None = None) -> Message:
        """A press on a control; what the person who pressed then sees last."""
        who = user or self.ann
        ack = self.workspace.press(who, message, action, option)
        assert ack.error is None, ack
        return self.workspace.last(who, message.channel)

    def dialogue(self, user: str, channel: str) -> list[str]:
        """The first line of every message that a person sees."""
        return [plain(message.text).split("\n")[0] for message in self.workspace.seen_by(user, channel)]

    def edit(self, name: str, change: Callable[[str], str]) -> None:
        """Saves a brief file."""
        path = self.briefs / name
        path.write_text(change(path.read_text(encoding="utf-8")), encoding="utf-8")


@contextmanager
def stage(tmp_path: Path, mode: Mode = "http") -> Iterator[Stage]:
    """A stage over a copy of this repository's briefs."""
    briefs = tmp_path / "briefs"
    shutil.copytree(ROOT / "briefs", briefs)
    workspace = Workspace()
    served = Served(application(workspace))
    workspace.base_url = served.url
    ann, ben = workspace.add_user("ann"), workspace.add_user("ben")
    general, legal = (workspace.add_channel(name, ann, ben) for name in ("general", "legal-desk"))
    maintainers = workspace.add_channel("brief-maintainers", ann)
    app = workspace.state.app
    slack = SlackSettings(
        bot_token=app.bot_token,
        app_token=app.app_token if mode == "socket" else None,
        signing_secret=app.signing_secret if mode == "http" else None,
        api_url=f"{served.url}/api/",
        host="127.0.0.1",
        port=0,
        maintainers_channel=maintainers,
    )
    bot = bootstrap.bot(Settings(briefs, "/brief"), slack)
    stage = Stage(workspace, bot, briefs, ann, ben, general, legal, maintainers)
    try:
        if mode == "http":
            front = Served(bot.asgi(app.signing_secret))
            stage.url = front.url + ENDPOINT
            workspace.delivery = HttpDelivery(stage.url, app.signing_secret, time.time)
            yield stage
            front.close()
        else:
            connection = bot.socket(app.app_token)
            connection.open()
            workspace.delivery = workspace.hub
            eventually(lambda: workspace.hub.count() == 1)
            yield stage
            connection.close(1)
    finally:
        bot.close()
        served.close()


def eventually(true: Callable[[], bool], seconds: float = 10) -> None:
    """Waits for what another thread is about to do."""
    deadline = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < deadline, "it did not happen"
        time.sleep(0.01)
