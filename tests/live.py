"""The real bot and a local workspace, talking over loopback."""

import shutil
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Literal

from bot.app.run import Bot, start_bot
from bot.handlers.context import PRODUCTION_CADENCE, Cadence
from bot.jobs.dbos_queue import DbosQueue
from bot.settings import Settings, SlackSettings
from bot.slack.http import ENDPOINT
from bot.slack.socket import Connection
from bot.store.database import migrate
from bot.workspace.clock import MovableClock
from bot.workspace.deliver import HttpDelivery
from bot.workspace.local_server import LocalServer
from bot.workspace.messages import Message
from bot.workspace.server import application, many
from bot.workspace.workspace import Workspace, plain
from tests.conftest import ROOT
from tests.databases import opened

Mode = Literal["http", "socket"]

QUICK = replace(
    PRODUCTION_CADENCE.faster(10),
    post_gap=PRODUCTION_CADENCE.post_gap / 50,
    poll=PRODUCTION_CADENCE.poll / 4,
    settle=PRODUCTION_CADENCE.settle,
    file_settle=timedelta(seconds=0.25),
)
"""What a stage's bot waits for; an attempt still settles only after the HTTP client has given it up, and a test that is
interrupted between emptying a file and writing it has saved nothing. Jobs are looked for less often than the rest is
done, as that is most of what an idle bot costs."""


@dataclass
class Stage:
    """A workspace with two people and three channels, and the bot in it. `bot` is another one after each `start`. The
    same bot is in the `neighbour`, if there is one."""

    workspace: Workspace
    settings: Settings
    slack: SlackSettings
    mode: Mode
    ann: str
    ben: str
    general: str
    legal_desk: str
    maintainers: str
    neighbour: Workspace | None = None
    url: str = ""
    clock: MovableClock = field(default_factory=MovableClock)
    cadence: Cadence = QUICK
    ahead: timedelta = timedelta(0)
    """By how much the bot's clock is wrong."""
    waits_for_replies: bool = True
    """Whether a step ends once what was asked for is posted; not where the database does not say so."""
    bot: Bot = field(init=False)
    _way: LocalServer | Connection | None = None

    @property
    def briefs(self) -> Path:
        """The directory of brief files."""
        return self.settings.briefs

    def start(self) -> None:
        """Starts a bot, from the settings as they are now."""
        secret, app_token = self.slack.signing_secret, self.slack.app_token
        self.bot = start_bot(self.settings, self.slack, self._tokens(), self.now, self.cadence)
        if secret is not None:
            self._way = LocalServer(self.bot.web.http_app(secret))
            self.url = self._way.url + ENDPOINT
            self.workspace.delivery = HttpDelivery(self.url, secret, time.time)
            if self.neighbour is not None:
                self.neighbour.delivery = self.workspace.delivery
        elif app_token is not None:
            self._way = self.bot.web.socket(app_token)
            self._way.open()
            self.workspace.delivery = self.workspace.socket_mode
            eventually(lambda: self.workspace.socket_mode.count() == 1)

    def welcome(self) -> None:
        """From now on other people of the same names are there, in other channels but for the maintainers'."""
        workspace = self.workspace
        self.ann, self.ben = workspace.add_user("ann"), workspace.add_user("ben")
        self.general, self.legal_desk = (
            workspace.add_channel(name, self.ann, self.ben) for name in ("general", "legal-desk")
        )
        workspace.state.channels[self.maintainers].members.add(self.ann)

    def now(self) -> datetime:
        """What the bot's clock shows: that of the workspace, unless it is wrong."""
        return datetime.fromtimestamp(self.clock(), UTC) + self.ahead

    def stop(self) -> None:
        """Ends the bot in order; Slack reaches nobody until the next start."""
        self.workspace.delivery = None
        if isinstance(self._way, Connection):
            self._way.close(1)
        elif self._way is not None:
            self._way.close()
        self._way = None
        self.bot.stop()

    def _tokens(self) -> dict[str, str] | None:
        """By workspace, where there are several."""
        if self.neighbour is None:
            return None
        return {w.state.team: w.state.app.bot_token for w in (self.workspace, self.neighbour)}

    @contextmanager
    def down(self) -> Iterator[None]:
        """The bot is down meanwhile."""
        self.stop()
        yield
        self.start()

    @contextmanager
    def run_with(self, **changed: Any) -> Iterator[None]:
        """The bot runs with other settings meanwhile."""
        kept = self.settings
        with self.down():
            self.settings = Settings(**{**dict(kept), **changed})
        try:
            yield
        finally:
            with self.down():
                self.settings = kept

    def ask(self, typed: str, channel: str | None = None, user: str | None = None) -> Message:
        """Ann, unless another is named, types a command; what that person then sees last."""
        where, who = channel or self.general, user or self.ann
        self.pause()
        ack = self.workspace.command(who, where, typed)
        assert ack.error is None, ack
        self._wait_for_replies()
        return self.workspace.last(who, where)

    def press(
        self,
        message: Message,
        action: str,
        option: str | None = None,
        user: str | None = None,
        *,
        confirmed: bool = False,
    ) -> Message:
        """A press on a control, which has to be confirmed where it asks; what the person who pressed then sees last."""
        who = user or self.ann
        self.pause()
        ack = self.workspace.press(who, message, action, option, confirmed=confirmed)
        assert ack.error is None, ack
        self._wait_for_replies()
        return self.workspace.last(who, message.channel)

    def say(self, user: str, channel: str, text: str | None, **more: Any) -> Message:
        """Somebody writes a message, which is answered if the bot is asked; `more` is that of `Workspace.say`."""
        self.pause()
        message = self.workspace.say(user, channel, text, **more)
        self._wait_for_replies()
        return message

    def _wait_for_replies(self) -> None:
        if self.waits_for_replies:
            wait_for_replies(self.bot, self.workspace)

    def pause(self) -> None:
        """People take longer than Slack's limit of one message a second in a channel."""
        time.sleep(self.cadence.post_gap.total_seconds())

    def dialogue(self, user: str, channel: str) -> list[str]:
        """The first line of every message that a person sees."""
        return [plain(message.text).split("\n")[0] for message in self.workspace.seen_by(user, channel)]

    def edit(self, name: str, change: Callable[[str], str]) -> None:
        """Saves a brief file."""
        path = self.briefs / name
        path.write_text(change(path.read_text(encoding="utf-8")), encoding="utf-8")

    def status(self) -> str:
        """What `/brief status` says."""
        return plain(self.ask("/brief status", self.maintainers).text)

    def settle(self, seconds: float = 20) -> None:
        """Waits until nothing is still to be posted or edited, but for what is paused or held."""
        store, team = self.bot.services.store, self.workspace.state.team

        def settled() -> bool:
            with store.snapshot() as tx:
                found = tx.delivery_counts.by_state(team)
            return not (found["pending"] or found["unknown"])

        eventually(settled, seconds)


@contextmanager
def stage(
    tmp_path: Path,
    mode: Mode = "http",
    files: Mapping[str, str] | None = None,
    *,
    neighbour: Workspace | None = None,
    cadence: Cadence = QUICK,
    **changed: Any,
) -> Iterator[Stage]:
    """A stage over `files`, by name, else over a copy of this repository's briefs; `changed` are settings other than
    the default."""
    briefs = tmp_path / "briefs"
    if files is None:
        shutil.copytree(ROOT / "briefs", briefs)
    else:
        briefs.mkdir()
        for name, text in files.items():
            (briefs / name).write_text(text, encoding="utf-8")
    clock = MovableClock()
    workspace = Workspace(clock=clock)
    for each in filter(None, (workspace, neighbour)):
        limit(each, cadence)
    served = LocalServer(many([workspace, neighbour]) if neighbour else application(workspace))
    for each in filter(None, (workspace, neighbour)):
        each.base_url = served.url
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
    database = tmp_path / "briefbot.db"
    database.write_bytes(_empty_database())
    settings = Settings(**{"briefs": briefs, "database_url": f"sqlite:///{database}", **changed})
    made = Stage(
        workspace, settings, slack, mode, ann, ben, general, legal, maintainers, neighbour, clock=clock, cadence=cadence
    )
    try:
        made.start()
        try:
            yield made
        finally:
            made.stop()
    finally:
        served.close()


@cache
def _empty_database() -> bytes:
    """With all tables, so that a start need not make them; made once, as a bot makes it."""
    with TemporaryDirectory() as directory:
        database = Path(directory) / "briefbot.db"
        with opened(f"sqlite:///{database}") as engine:
            migrate(engine)
            queue = DbosQueue(engine)
            queue.start()
            queue.stop()
        return database.read_bytes()


def limit(workspace: Workspace, cadence: Cadence) -> None:
    """Lets the time of Slack's rate limits pass as much faster as the bot is."""
    workspace.limits.speed = PRODUCTION_CADENCE.post_gap / cadence.post_gap


def wait_for_replies(bot: Bot, workspace: Workspace) -> None:
    """Until what was asked for is posted, as far as Slack takes it within some seconds."""
    deadline = time.monotonic() + 3
    while _owed(bot, workspace) and time.monotonic() < deadline:
        time.sleep(0.01)


def _owed(bot: Bot, workspace: Workspace) -> int:
    with bot.services.store.snapshot() as tx:
        return tx.delivery_counts.by_state(workspace.state.team, {"reply"})["pending"]


def eventually(true: Callable[[], bool], seconds: float = 10) -> None:
    """Waits for what another thread is about to do."""
    deadline, pause = time.monotonic() + seconds, 0.01
    while not true():
        assert time.monotonic() < deadline, "it did not happen"
        time.sleep(pause)
        pause = min(1.2 * pause, 0.05)
