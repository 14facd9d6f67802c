"""The real HTTP application over a shipped brief and a store, called in process, with Slack's side in memory."""

import shutil
from collections.abc import MutableMapping
from pathlib import Path
from typing import Any

from slack_bolt import App

from bot.slack.app import Identity, build_app
from bot.slack.dispatch import Family, dispatch
from bot.slack.http import ENDPOINT, build_http_app
from bot.slack.watch_front import Readiness, Watch
from bot.store.store import Store
from bot.workspace.deliver import signature
from tests.conftest import ROOT
from tests.handlers.desk import BOT, TEAM, Desk

SECRET = "8f742231b10e8888abcd99yyyzzz85a5"  # noqa: S105  Slack's documented example
NOW = 1_700_000_000.0


class Front:
    """Answers what is dispatched, and what is posted to the endpoint."""

    def __init__(self, directory: Path, store: Store) -> None:
        self.desk = Desk(directory, store)
        shutil.copy(next((ROOT / "briefs").glob("el-salvador-offer.yaml")), directory)
        self.desk.replica.look_at_all()
        me = Identity(TEAM, BOT, "B1")
        self.app: App = build_app(
            services=self.desk.services,
            serves=lambda *_: True,
            api_url="http://127.0.0.1:9/",
            identity=lambda team: {TEAM: me, None: me}.get(team) or me.in_team(team),
        )
        self._http = build_http_app(self.app, SECRET, clock=lambda: NOW, watch=Watch(lambda: Readiness(answers=True)))

    def answer(self, payload: object, family: Family) -> int:
        """The status of the answer to a payload."""
        status: int = dispatch(self.app, payload, family, {}).status
        return status

    async def post(self, body: bytes, content_type: str) -> int:
        """The status of the answer to a signed body. Raises whatever leaves the application."""
        names = {**signature(SECRET, body, NOW), "Content-Type": content_type}
        headers = [(name.lower().encode(), value.encode()) for name, value in names.items()]
        scope = {"type": "http", "method": "POST", "path": ENDPOINT, "headers": headers, "query_string": b""}
        statuses: list[int] = []

        async def receive() -> MutableMapping[str, Any]:
            return {"type": "http.request", "body": body, "more_body": False}

        async def send(message: MutableMapping[str, Any]) -> None:
            statuses.extend([message["status"]] if message["type"] == "http.response.start" else [])

        await self._http(scope, receive, send)
        return statuses[0]
