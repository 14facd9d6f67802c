"""The command: a line for each part, an exit code, and nothing changed."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.__main__ import main
from bot.slack.scopes import OPTIONAL, REQUIRED
from tests.app.doctor.scene import Scene, scene_of
from tests.databases import Databases
from tests.test_manifests import MANIFESTS, load

CHECKS = "settings clock token scopes connection channel database migrations disk briefs".split()


@pytest.fixture
def scene(tmp_path: Path, sqlite: Databases, monkeypatch: pytest.MonkeyPatch) -> Iterator[Scene]:
    with scene_of(tmp_path, sqlite.migrated()) as scene:
        for name, value in scene.environ.items():
            monkeypatch.setenv(name, value)
        yield scene


def test_a_line_for_each_part_and_nothing_changed(scene: Scene, capsys: pytest.CaptureFixture[str]) -> None:
    database = Path(scene.environ["BRIEFBOT_DATABASE_URL"].removeprefix("sqlite:///"))
    before = {path: (path.read_bytes(), path.stat().st_mode) for path in (database, *scene.briefs.iterdir())}
    assert main(["doctor"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert [line.split()[:2] for line in lines] == [["ok", check] for check in CHECKS]
    assert {path: (path.read_bytes(), path.stat().st_mode) for path in before} == before
    assert sorted(database.parent.iterdir()) == [database]
    assert scene.workspace.socket_mode.count() == 0
    assert scene.workspace.seen_by(scene.workspace.state.app.bot_user, scene.channel) == []


def test_as_json_and_with_the_exit_code_of_something_wrong(
    scene: Scene, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SLACK_BOT_TOKEN", "xoxb-other")
    assert main(["doctor", "--format", "json"]) == 1
    found = json.loads(capsys.readouterr().out)
    assert [each["check"] for each in found] == CHECKS
    assert [each["check"] for each in found if each["state"] == "wrong"] == ["token"]
    assert [each["check"] for each in found if each["state"] == "skipped"] == ["scopes", "connection", "channel"]
    assert all(set(each) == {"check", "state", "says"} for each in found)


def test_a_warning_is_no_failure(scene: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BRIEFBOT_NOSUCH", "1")
    assert main(["doctor"]) == 0


@pytest.mark.parametrize("path", MANIFESTS, ids=lambda path: path.stem)
def test_the_scopes_are_those_of_the_manifests(path: Path) -> None:
    scopes = load(path)["oauth_config"]["scopes"]
    assert (frozenset(scopes["bot"]), frozenset(scopes["bot_optional"])) == (REQUIRED, OPTIONAL)
