"""Whatever people type, wherever: one reply, within Slack's limits, to nobody but them, and nothing breaks behind."""

import json
import logging
import shutil
from itertools import count
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest
from hypothesis import HealthCheck, given
from slack_bolt import App, BoltRequest

from bot.render.document.message import Message
from bot.slack.app import Identity, build_app
from bot.store.store import Store
from tests.conftest import ROOT, examples
from tests.handlers.desk import BOT, TEAM, Desk
from tests.render.limits import walk
from tests.render.seen import MENTION, check_mentioning
from tests.slack.wild_texts import wild_texts

ASKER = "U1"
JSON = {"content-type": "application/json"}
FORM = {"content-type": "application/x-www-form-urlencoded"}
NOTHING = "zebra quagga"
"""A question that the briefs do not answer."""


class Front:
    """The real app over the shipped briefs, with Slack's side in memory. Each conversation is a new one."""

    def __init__(self, directory: Path, store: Store) -> None:
        self.desk = Desk(directory, store)
        for path in (ROOT / "briefs").glob("*.yaml"):
            shutil.copy(path, directory)
        self.desk.replica.look_at_all()
        self._numbers = count(1)
        self._app: App = build_app(
            services=self.desk.services,
            serves=lambda *_: True,
            api_url="http://127.0.0.1:9/",
            identity=lambda _: Identity(TEAM, BOT, "B"),
        )

    def command(self, text: str) -> list[Message]:
        """What comes for a slash command: its acknowledgement and what is posted."""
        channel = self.desk.slack.add_channel(f"C{next(self._numbers)}")
        fields = {"team_id": TEAM, "channel_id": channel, "user_id": ASKER, "command": "/brief", "text": text}
        answer = self._dispatch(urlencode(fields, errors="surrogatepass"), FORM)
        body = json.loads(answer) if answer else None
        acknowledgement = [Message(body["text"], body["blocks"])] if body else []
        return [*acknowledgement, *self._posts(channel)]

    def mention(self, text: str) -> list[Message]:
        """What comes for a mention in a channel."""
        return self._hear("C", "app_mention", f"<@{BOT}> {text}")

    def direct(self, text: str) -> list[Message]:
        """What comes for a direct message."""
        return self._hear("D", "message", text, channel_type="im")

    def unanswered(self) -> int:
        """How often the question that nothing answers was counted."""
        with self.desk.store.snapshot() as tx:
            now = self.desk.services.now()
            return tx.unanswered_queries.counts(TEAM, now.replace(hour=0), now.replace(hour=23))[NOTHING]

    def _hear(self, prefix: str, kind: str, text: str, **more: Any) -> list[Message]:
        number = next(self._numbers)
        channel = self.desk.slack.add_channel(f"{prefix}{number}")
        event = {"type": kind, "user": ASKER, "text": text, "ts": f"{number}.1", "channel": channel, **more}
        body = {"type": "event_callback", "team_id": TEAM, "event_id": f"Ev{number}", "event": event}
        self._dispatch(json.dumps(body), JSON)
        return self._posts(channel)

    def _dispatch(self, body: str, headers: dict[str, str]) -> str:
        answer = self._app.dispatch(BoltRequest(body=body, headers=headers))  # type: ignore[arg-type]
        assert answer.status == 200
        return answer.body

    def _posts(self, channel: str) -> list[Message]:
        return [entry.message for entry in self.desk.slack.entries(channel)]


@pytest.fixture
def front(tmp_path: Path, store: Store) -> Front:
    return Front(tmp_path / "briefs", store)


def mentions(message: Message) -> set[str]:
    """The ids of all who are mentioned, and the ranges of people (`channel`, `here`)."""
    ids = {part[key] for part in walk(message.blocks) for key in ("user_id", "usergroup_id", "range") if key in part}
    texts = [message.text, *(part["text"] for part in walk(message.blocks) if part.get("type") == "mrkdwn")]
    return ids | {mention[2:-1] for text in texts for mention in MENTION.findall(text) if mention.startswith("<@")}


@examples(3000, HealthCheck.function_scoped_fixture, gate=25)
@given(wild_texts())
def test_every_text_has_one_reply(front: Front, caplog: pytest.LogCaptureFixture, text: str) -> None:
    caplog.clear()
    for replies in (front.command(text), front.mention(text), front.direct(text)):
        assert len(replies) == 1
        check_mentioning(replies[0])
        assert mentions(replies[0]) <= {ASKER}
    before = front.unanswered()
    front.command(NOTHING)
    assert front.unanswered() == before + 1
    assert [record.getMessage() for record in caplog.records if record.levelno >= logging.WARNING] == []
