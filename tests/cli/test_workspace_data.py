"""`briefbot export-data` and `briefbot forget`."""

import json
from pathlib import Path

import pytest

from bot.cli.workspace_data import export_data, forget
from bot.errors import SettingsError
from bot.settings import Settings
from bot.store.database import connect, migrate
from bot.store.store import Store
from tests.handlers.replica import follow
from tests.installations import installed


def test_what_is_stored_is_printed_and_then_forgotten(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    settings = Settings(database_url=f"sqlite:///{tmp_path}/briefbot.db")
    migrate(engine := connect(settings.database_url))
    store = Store(engine)
    follow(store, "all", "C1", "T1")
    with store.transaction() as tx:
        tx.installations.put(installed("T1"))
    assert export_data("T1", settings) == 0
    printed = capsys.readouterr().out
    found = json.loads(printed)
    assert (found["subscription"][0]["target"], found["installation"][0]["bot_user"]) == ("all", "UBOT")
    assert not [each for each in ("hush", "token") if each in printed]
    assert forget("T1", settings) == 0
    assert capsys.readouterr().out == "deleted 2 rows of T1\n"
    assert (forget("T2", settings), export_data("T2", settings)) == (1, 1)
    assert capsys.readouterr().err == "nothing is stored of T2\n" * 2
    engine.dispose()


@pytest.mark.parametrize("wrong", ["", "t1", "C1", "T", "T1; DROP", "T" * 40])
def test_what_is_no_id_is_said(tmp_path: Path, wrong: str) -> None:
    with pytest.raises(SettingsError, match="is no id of a workspace; name one such as T012AB3CD"):
        forget(wrong, Settings(database_url=f"sqlite:///{tmp_path}/briefbot.db"))
