"""Processes that answer and processes that publish and post share a Postgres database, and each does its part alone."""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from bot.app.run import Bot, start_bot
from bot.errors import SettingsError
from bot.settings import Role, Settings, SlackSettings, read_slack
from bot.slack.http import ENDPOINT
from bot.workspace.deliver import HttpDelivery
from bot.workspace.local_server import LocalServer
from bot.workspace.server import application
from bot.workspace.workspace import Workspace, plain
from tests.databases import Databases
from tests.live import QUICK, eventually, limit
from tests.scenarios.room import FERRIES, FILES, SIX_TO_FOUR

SECRET = "hush"  # noqa: S105  the local workspace's


@dataclass
class Place:
    """A local workspace with Ann in a channel, a database, and the brief files that its worker has."""

    workspace: Workspace
    slack: SlackSettings
    settings: Settings
    ann: str
    general: str

    @contextmanager
    def process(self, role: Role, briefs: Path | None = None) -> Iterator[Bot]:
        """A bot of a role. One that answers is asked from now on."""
        settings = Settings(**{**dict(self.settings), "briefs": briefs or self.settings.briefs})
        slack = SlackSettings(**{**dict(self.slack), "role": role})
        bot = start_bot(settings, slack, cadence=QUICK)
        with ExitStack() as stack:
            stack.callback(bot.stop)
            if role != "worker":
                front = LocalServer(bot.web.http_app(str(slack.signing_secret)))
                stack.callback(front.close)
                secret = str(slack.signing_secret)
                self.workspace.delivery = HttpDelivery(front.url + ENDPOINT, secret, self.workspace.state.clock)
            yield bot

    def ask(self, typed: str) -> str:
        ack = self.workspace.command(self.ann, self.general, typed)
        assert ack.error is None, ack
        return plain(self.workspace.last(self.ann, self.general).text)

    def texts(self) -> list[str]:
        return [plain(each.text) for each in self.workspace.seen_by(self.ann, self.general)]


@pytest.fixture
def place(tmp_path: Path, postgres: Databases) -> Iterator[Place]:
    briefs = tmp_path / "briefs"
    briefs.mkdir()
    (tmp_path / "none").mkdir()
    for name, text in {**FILES, "ferries.yaml": FERRIES}.items():
        (briefs / name).write_text(text, encoding="utf-8")
    workspace = Workspace()
    limit(workspace, QUICK)
    served = LocalServer(application(workspace))
    workspace.base_url = served.url
    app = workspace.state.app
    slack = SlackSettings(bot_token=app.bot_token, signing_secret=app.signing_secret, api_url=f"{served.url}/api/")
    settings = Settings(briefs=briefs, database_url=postgres.migrated())
    ann = workspace.add_user("ann")
    try:
        yield Place(workspace, slack, settings, ann, workspace.add_channel("general", ann))
    finally:
        served.close()
        postgres.forget()


def test_what_workers_publish_every_process_that_answers_says_whatever_files_it_has(place: Place) -> None:
    with place.process("web", place.settings.briefs.parent / "none") as web:
        assert not web.services.corpus.corpus.briefs
        with place.process("worker"):
            eventually(lambda: bool(web.services.corpus.corpus.briefs))
            place.ask("/brief subscribe ferries")
            path = place.settings.briefs / "ferries.yaml"
            path.write_text(SIX_TO_FOUR(path.read_text(encoding="utf-8")), encoding="utf-8")
            eventually(lambda: any("Update" in each or "Correction" in each for each in place.texts()))
            eventually(lambda: "four" in place.ask("/brief ferries"))


def test_what_is_owed_while_no_worker_runs_is_posted_by_the_next(place: Place) -> None:
    with place.process("worker"):
        pass
    mention = f"<@{place.workspace.state.app.bot_user}> ferries"
    with place.process("web"):
        place.workspace.faults.script("chat.postMessage", "unavailable")
        place.workspace.say(place.ann, place.general, mention)
        assert place.texts() == [mention]
        with place.process("worker"):
            eventually(lambda: len(place.texts()) == 2)


def test_a_worker_needs_no_way_in_and_a_process_that_answers_does() -> None:
    assert read_slack({"SLACK_BOT_TOKEN": "xoxb-1"}, "worker").role == "worker"
    with pytest.raises(SettingsError, match="neither SLACK_APP_TOKEN"):
        read_slack({"SLACK_BOT_TOKEN": "xoxb-1", "BRIEFBOT_ROLE": "web"})
    with pytest.raises(SettingsError, match='BRIEFBOT_ROLE is "both"; it must be all, web or worker'):
        read_slack({"SLACK_BOT_TOKEN": "xoxb-1", "BRIEFBOT_ROLE": "both"})


@pytest.mark.parametrize("role", ["web", "worker"])
def test_a_sqlite_file_is_for_one_process_that_does_all(tmp_path: Path, role: Role) -> None:
    database = tmp_path / "briefbot.db"
    settings = Settings(briefs=tmp_path, database_url=f"sqlite:///{database}")
    slack = SlackSettings(bot_token="xoxb-1", signing_secret=SECRET, role=role)  # noqa: S106
    with pytest.raises(SettingsError, match="a SQLite file is for one process"):
        start_bot(settings, slack)
    assert not database.exists()
