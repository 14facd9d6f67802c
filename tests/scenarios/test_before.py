"""A bot of this version goes on where an earlier one left off, with its database, its jobs and its workspaces."""

import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from hashlib import sha256

import pytest
from sqlalchemy import text

from bot.app.run import Bot, start_bot
from bot.core.delivery.content import CONTENT
from bot.settings import Settings, SlackSettings
from bot.store.schema import delivery
from bot.workspace.clock import MovableClock
from bot.workspace.local_server import LocalServer
from bot.workspace.server import many
from bot.workspace.workspace import ALL_SCOPES, Workspace
from tests import before
from tests.conftest import members
from tests.databases import Databases, opened
from tests.live import QUICK, eventually, limit

HOME, NEXT = before.TOKENS
RESTART_AFTER = timedelta(minutes=3)
DOUBLED = "change|T0LOCAL001|C00000004|quay|8", "notice|T0LOCAL001|C00000009|U00000002|2026-05-14T18:00:00+00:00"
"""What stands twice: the README says why."""

OPEN_BEFORE: dict[str, str] = before.read("after_restart")
"""By key: the state in which the earlier version left each open delivery after its own restart."""

EARLIER_JOBS = {job["id"] for job in before.read("queued_jobs")}


@dataclass
class Scene:
    """The bot over what the earlier version left, and its workspaces by id."""

    bot: Bot
    workspaces: dict[str, Workspace]

    def states(self) -> dict[str, str]:
        """The state of each delivery by its key."""
        with self.bot.services.store.snapshot() as tx:
            rows = tx.connection.execute(delivery.select())
            return {row.key: row.state for row in rows}

    def job_states(self) -> set[str]:
        """The states of the jobs that the earlier version queued."""
        engine = self.bot.services.store.engine
        table = "dbos.workflow_status" if engine.dialect.name == "postgresql" else "workflow_status"
        with engine.connect() as connection:
            rows = connection.execute(text(f"SELECT workflow_uuid AS id, status FROM {table}"))  # noqa: S608
            return {row.status for row in rows if row.id in EARLIER_JOBS}

    def unedited(self) -> list[int]:
        """The posts whose correction counts as sent, and that were never edited."""
        with self.bot.services.store.snapshot() as tx:
            rows = tx.connection.execute(
                delivery.select().where(delivery.c.kind == "edit", delivery.c.state == "sent")
            ).all()
            numbers = {CONTENT.validate_json(row.content).post_id for row in rows if row.key in OPEN_BEFORE}  # type: ignore[union-attr]
            posts = [tx.posted_messages.get(number) for number in sorted(numbers)]
        found = ((post.id, self.workspaces[post.team].state.messages.get(post.channel, post.ts)) for post in posts)
        return [number for number, message in found if message is None or not message.edits]

    def posted_keys(self) -> Counter[str]:
        """How often each delivery stands in a channel, by the mark that it carries."""
        messages = (each for w in self.workspaces.values() for each in w.state.messages)
        return Counter(each.metadata["event_payload"]["key"] for each in messages if each.metadata)


def mark(key: str) -> str:
    """What a message carries of its delivery's key."""
    return sha256(key.encode()).hexdigest()[:24]


@contextmanager
def restarted(url: str) -> Iterator[Scene]:
    """The bot starts three minutes after the earlier one ended."""
    left_at = datetime.fromisoformat(before.read("contents")["left_at"])
    began = time.monotonic()
    clock = MovableClock(lambda: (left_at + RESTART_AFTER).timestamp() + time.monotonic() - began)
    workspaces = before.workspaces(clock)
    for workspace in workspaces.values():
        workspace.state.app.scopes = ALL_SCOPES | {"channels:history", "groups:history"}
        limit(workspace, QUICK)
    served = LocalServer(many(list(workspaces.values())))
    slack = SlackSettings(
        bot_token=before.TOKENS[HOME],
        signing_secret=before.TOKENS[HOME],
        api_url=f"{served.url}/api/",
        host="127.0.0.1",
        port=0,
        maintainers_channel="C00000003",
    )
    settings = Settings(briefs=before.DIRECTORY / "briefs", database_url=url, posts_per_minute=9999)
    try:
        bot = start_bot(settings, slack, before.TOKENS, lambda: datetime.fromtimestamp(clock(), UTC), QUICK)
        try:
            yield Scene(bot, workspaces)
        finally:
            bot.stop()
    finally:
        served.close()


@pytest.fixture(scope="module", params=members(["sqlite", "postgres"], "postgres"))
def scene(request: pytest.FixtureRequest) -> Iterator[Scene]:
    """One start for all tests of a kind of database."""
    databases: Databases = request.getfixturevalue(request.param)
    url = databases.empty()
    with opened(url) as engine:
        before.restore(engine)
    with restarted(url) as found:
        yield found
    databases.forget()


def test_everything_that_was_owed_is_sent_once(scene: Scene) -> None:
    eventually(lambda: {key: scene.states()[key] for key in OPEN_BEFORE} == OPEN_BEFORE, 60)
    assert scene.unedited() == []
    posted = scene.posted_keys()
    assert {key for key in DOUBLED if posted[mark(key)] == 2} == set(DOUBLED)
    assert sum(posted.values()) - len(posted) == len(DOUBLED)
    sent = [key for key, state in scene.states().items() if state == "sent" and is_post(key)]
    assert [key for key in sent if not posted[mark(key)]] == []
    assert posted.keys() <= {mark(key) for key in scene.states()}


def test_the_jobs_that_an_earlier_version_queued_run_to_their_end(scene: Scene) -> None:
    """They carry the number of a run, which nobody asks for any more."""
    eventually(lambda: scene.job_states() == {"SUCCESS"}, 30)


def test_a_start_with_the_same_files_publishes_nothing(scene: Scene) -> None:
    with scene.bot.services.store.snapshot() as tx:
        assert tx.publications.newest_number() == before.read("contents")["rows"]["sqlite"]["publication"]


def is_post(key: str) -> bool:
    """Whether a delivery is a message of its own, not an edit."""
    return not key.startswith(("edit|", "refresh|"))
