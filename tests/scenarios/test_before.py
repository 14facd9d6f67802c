"""A bot of this version goes on where an earlier one left off, with its database, its jobs and its workspaces."""

import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from hashlib import sha256

import pytest
from bot.workspace.serve import Served
from sqlalchemy import text

from bot.app.run import Bot, start_bot
from bot.settings import Settings, SlackSettings
from bot.store.schema import delivery
from bot.workspace.clock import MovableClock
from bot.workspace.server import many
from bot.workspace.workspace import ALL_SCOPES, Workspace
from tests import before
from tests.databases import Databases, opened
from tests.live import QUICK, eventually

HOME, NEXT = before.TOKENS
RESTART_AFTER = timedelta(minutes=3)
DOUBLED = "change|T0LOCAL001|C00000004|quay|8", "notice|T0LOCAL001|C00000009|U00000002|2026-05-14T18:00:00+00:00"
"""What stands twice: the README says why."""


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

    def open_jobs(self) -> list[str]:
        """The jobs of the earlier version that have not ended."""
        engine = self.bot.services.store.engine
        table = "dbos.workflow_status" if engine.dialect.name == "postgresql" else "workflow_status"
        query = text(f"SELECT workflow_uuid FROM {table} WHERE status IN ('PENDING', 'ENQUEUED', 'DELAYED')")  # noqa: S608
        earlier = {job["id"] for job in before.read("queued_jobs")}
        with engine.connect() as connection:
            return [job for job in connection.execute(query).scalars() if job in earlier]

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
    served = Served(many(list(workspaces.values())))
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


@pytest.fixture
def scene(databases: Databases) -> Iterator[Scene]:
    url = databases.empty()
    with opened(url) as engine:
        before.restore(engine)
    with restarted(url) as found:
        yield found


def test_everything_that_was_owed_is_sent_once(scene: Scene) -> None:
    expected = before.read("after_restart")
    eventually(lambda: {key: scene.states()[key] for key in expected} == expected, 60)
    eventually(lambda: scene.open_jobs() == [])
    posted = scene.posted_keys()
    assert {key for key in DOUBLED if posted[mark(key)] == 2} == set(DOUBLED)
    assert sum(posted.values()) - len(posted) == len(DOUBLED)
    sent = [key for key, state in scene.states().items() if state == "sent" and is_post(key)]
    assert [key for key in sent if not posted[mark(key)]] == []


def is_post(key: str) -> bool:
    """Whether a delivery is a message of its own, not an edit."""
    return not key.startswith(("edit|", "refresh|"))
