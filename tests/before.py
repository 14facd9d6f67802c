"""What an earlier version left behind: its database on either kind, and the workspaces that it spoke to.

The files are in `tests/golden/before`; its README.md says which version wrote them, and what each holds.
"""

import json
import sqlite3
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from sqlalchemy import Engine

from bot.workspace.messages import Message
from bot.workspace.state import Channel, User
from bot.workspace.workspace import Workspace
from tests.conftest import GOLDEN

DIRECTORY = GOLDEN / "before"

TOKENS = {"T0LOCAL001": "xoxb-local-token", "T0NEXT001": "xoxb-next"}
"""By workspace."""

BOT_USER, BOT_ID = "U0BRIEFBOT", "B0BRIEFBOT"
"""Who posted the messages, the same in both workspaces."""


def read(name: str) -> Any:
    """One of the JSON files, by its name without the suffix."""
    return json.loads((DIRECTORY / f"{name}.json").read_text(encoding="utf-8"))


def restore(engine: Engine) -> None:
    """Fills an empty database of either kind with what the earlier version left. Raises: the driver's error where the
    database holds tables already."""
    kind = "sqlite" if engine.dialect.name == "sqlite" else "postgres"
    script = (DIRECTORY / f"{kind}.sql").read_text(encoding="utf-8")
    if kind == "sqlite":
        _restore_sqlite(engine, script)
    else:
        _restore_postgres(engine, script)


def _restore_sqlite(engine: Engine, script: str) -> None:
    """Over a connection that does not enforce foreign keys: the dump orders tables by name."""
    connection = sqlite3.connect(str(engine.url.database))
    try:
        connection.executescript(script)
    finally:
        connection.close()


def _restore_postgres(engine: Engine, script: str) -> None:
    """As one string without parameters, which is how the driver takes several statements."""
    connection = engine.raw_connection()
    try:
        connection.cursor().execute(script)
        connection.commit()
    finally:
        connection.close()


def workspaces(clock: Callable[[], float]) -> dict[str, Workspace]:
    """The workspaces by their ids, with the people, the channels and the public messages that the database refers to.
    Messages carry the first line of their text and no blocks."""
    return {team: _workspace(team, held, clock) for team, held in read("workspace").items()}


def _workspace(team: str, held: dict[str, list[dict[str, Any]]], clock: Callable[[], float]) -> Workspace:
    workspace = Workspace(clock=clock)
    state = workspace.state
    state.team, state.app = team, replace(state.app, bot_user=BOT_USER, bot_id=BOT_ID, bot_token=TOKENS[team])
    state.users.update({each["id"]: User(**each) for each in held["users"]})
    for each in held["channels"]:
        state.channels[each["id"]] = Channel(**{**each, "members": set(each["members"])})
    for each in held["messages"]:
        state.post(Message(**each))
    return workspace
