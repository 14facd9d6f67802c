"""`briefbot forget` and `briefbot export-data`: what is stored of a workspace."""

import json
import re
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from datetime import datetime
from typing import Any

from bot.app.publishing import open_store, utc_now
from bot.app.start_wait import wait_for_start
from bot.cli.output import print_text
from bot.errors import SettingsError
from bot.handlers import uninstall
from bot.render.document.phrases import count
from bot.settings import Settings
from bot.store.clock import clock_of
from bot.store.database import opening
from bot.store.store import Store


def forget(team: str, settings: Settings) -> int:
    """Deletes all that is stored of a workspace or an organisation and prints how much it was. Returns 1 where there is
    nothing. Raises: SettingsError for what is no id, or where the database cannot be opened."""
    with _opened(team, settings) as store:
        done = uninstall.forget(team, store, clock_of(store, utc_now)())
    if not done:
        return _nothing(team)
    print_text(f"deleted {count(done, 'row')} of {team}")
    return 0


def export_data(team: str, settings: Settings) -> int:
    """Prints all that is stored of a workspace as JSON, by table, without tokens. Returns 1 where there is nothing.
    Raises: SettingsError for what is no id, or where the database cannot be opened."""
    with _opened(team, settings) as store, store.snapshot() as tx:
        found = tx.workspace_data.rows(team)
    if not found:
        return _nothing(team)
    print_text(json.dumps(found, default=_text, ensure_ascii=False, indent=2))
    return 0


def _nothing(team: str) -> int:
    print_text(f"nothing is stored of {team}", to_stderr=True)
    return 1


@contextmanager
def _opened(team: str, settings: Settings) -> Iterator[Store]:
    if not re.fullmatch("[TE][A-Z0-9]{1,31}", team):
        raise SettingsError(f"“{team}” is no id of a workspace; name one such as T012AB3CD, or E… of an organisation")
    store = wait_for_start(lambda: open_store(settings), settings.start_wait)
    with opening(), ExitStack() as stack:
        stack.callback(store.engine.dispose)
        yield store


def _text(value: Any) -> str:
    return value.isoformat() if isinstance(value, datetime) else str(value)
