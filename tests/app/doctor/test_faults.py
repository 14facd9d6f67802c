"""Faults are planted one by one, and the doctor names the cause of each in exactly one line."""

import socket
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, cast

import pytest
from starlette.responses import PlainTextResponse

from bot.app.doctor.finding import Check, State
from bot.slack.http import build_http_app
from bot.slack.watch_front import Readiness, Watch
from bot.workspace.answers import Answer
from bot.workspace.local_server import LocalServer
from tests.app.doctor.scene import Scene, scene_of
from tests.scenarios.room import FERRIES

Plant = Callable[[Scene, ExitStack], object]
Fault = tuple[Plant, State, Check, str]
"""How it is planted, and what the one line that names it is."""


@pytest.fixture
def scene(tmp_path: Path) -> Iterator[Scene]:
    with scene_of(tmp_path, f"sqlite:///{tmp_path}/briefbot.db") as scene:
        yield scene


def sets(**variables: str | None) -> Plant:
    return lambda scene, _: scene.set(**variables)


def orders(method: str, answer: Answer | str) -> Plant:
    return lambda scene, _: scene.workspace.faults.order(method, answer, times=2)


def writes(name: str, content: str) -> Plant:
    return lambda scene, _: (scene.briefs / name).write_text(content, encoding="utf-8")


BLANK, OTHER_BOT, OTHER_APP = {"SLACK_BOT_TOKEN": " "}, {"SLACK_BOT_TOKEN": "xoxb-0"}, {"SLACK_APP_TOKEN": "xapp-0"}
SETTINGS: Mapping[str, Fault] = {
    "no token": (sets(SLACK_BOT_TOKEN=None), "wrong", "settings", "SLACK_BOT_TOKEN is not set; copy"),
    "an empty token": (sets(**BLANK), "wrong", "settings", "SLACK_BOT_TOKEN is empty; copy"),
    "two fronts": (sets(SLACK_SIGNING_SECRET="x" * 9), "wrong", "settings", "both SLACK_APP_TOKEN and"),
    "no front": (sets(SLACK_APP_TOKEN=None), "wrong", "settings", "neither SLACK_APP_TOKEN"),
    "no port": (sets(BRIEFBOT_PORT="http"), "wrong", "settings", 'BRIEFBOT_PORT is "http"; it must be'),
    "a misspelt name": (
        sets(BRIEFBOT_MAINTAINER_CHANNEL="C1"),
        "warning",
        "settings",
        "BRIEFBOT_MAINTAINER_CHANNEL: no such setting; did you mean BRIEFBOT_MAINTAINERS_CHANNEL?",
    ),
    "a role on SQLite": (sets(BRIEFBOT_ROLE="web"), "wrong", "settings", "a SQLite file is for one process, which"),
    "a former name": (sets(BRIEFBOT_UNKNOWN="hold"), "wrong", "settings", "is now called BRIEFBOT_UNCONFIRMED_POSTS"),
    "a channel's name": (
        sets(BRIEFBOT_MAINTAINERS_CHANNEL="brief-maintainers"),
        "wrong",
        "settings",
        'BRIEFBOT_MAINTAINERS_CHANNEL is "brief-maintainers"; it must be the id',
    ),
}


def app_token_in_its_place(scene: Scene, _: ExitStack) -> None:
    scene.set(SLACK_BOT_TOKEN=scene.workspace.state.app.app_token)


def bot_token_in_its_place(scene: Scene, _: ExitStack) -> None:
    scene.set(SLACK_APP_TOKEN=scene.workspace.state.app.bot_token)


def without(*scopes: str) -> Plant:
    def plant(scene: Scene, _: ExitStack) -> None:
        scene.workspace.state.app.scopes -= {*scopes}

    return plant


PERSON = Answer(b'{"ok": true, "team_id": "T1", "user_id": "U1"}')
PORTAL = Answer(b"<html>log in first</html>")
TOKENS: Mapping[str, Fault] = {
    "an unknown token": (sets(**OTHER_BOT), "wrong", "token", "SLACK_BOT_TOKEN (invalid_auth); copy it"),
    "the app's token": (app_token_in_its_place, "wrong", "token", "(not_allowed_token_type); install the app again"),
    "a person's token": (
        orders("auth.test", PERSON),
        "wrong",
        "token",
        "is not the token of a bot; copy the bot token",
    ),
    "a token that was taken back": (orders("auth.test", "token_revoked"), "wrong", "token", "(token_revoked); copy it"),
    "an app that was taken out": (orders("auth.test", "account_inactive"), "wrong", "token", "install the app again"),
    "no network": (sets(SLACK_API_URL="http://127.0.0.1:9/api/"), "wrong", "token", "cannot be reached within 0 s"),
    "a portal": (orders("auth.test", PORTAL), "wrong", "token", "(no_slack_answer); look whether Slack is well"),
    "a scope too few": (without("users:read"), "wrong", "scopes", "the token lacks users:read; install the app again"),
    "two too few": (without("commands", "im:history"), "wrong", "scopes", "the token lacks commands, im:history;"),
}


def hours_ahead(hours: float) -> Plant:
    def plant(_: Scene, stack: ExitStack) -> None:
        patch = stack.enter_context(pytest.MonkeyPatch.context())
        now = datetime.now(UTC) + timedelta(hours=hours)
        patch.setattr("bot.app.doctor.slack_checks.utc_now", lambda: now)

    return plant


def closed_port(scene: Scene, stack: ExitStack) -> None:
    held = stack.enter_context(socket.socket())
    held.bind(("127.0.0.1", 0))
    scene.over_http(held.getsockname()[1])


def serves(app: Any) -> Plant:
    def plant(scene: Scene, stack: ExitStack) -> None:
        server = LocalServer(app)
        stack.callback(server.close)
        scene.over_http(int(server.url.rpartition(":")[2]))

    return plant


def endpoint(secret: str) -> Any:
    """Of a bot; what it is asked here never gets as far as Bolt."""
    return build_http_app(cast("Any", None), secret, clock=time.time, watch=Watch(lambda: Readiness(answers=True)))


CONNECTIONS: Mapping[str, Fault] = {
    "a clock that is fast": (hours_ahead(1), "wrong", "clock", "s ahead of Slack's; set it"),
    "a clock that is slow": (hours_ahead(-2 / 60), "warning", "clock", "s behind Slack's; set it"),
    "another app token": (
        sets(**OTHER_APP),
        "wrong",
        "connection",
        "SLACK_APP_TOKEN (invalid_auth); copy",
    ),
    "the bot's token": (bot_token_in_its_place, "wrong", "connection", "(not_allowed_token_type); copy it again"),
    "no connections for now": (
        orders("apps.connections.open", "service_unavailable"),
        "wrong",
        "connection",
        "Slack refuses Socket Mode for now (service_unavailable)",
    ),
    "no bot": (closed_port, "warning", "connection", "start the bot, and look again"),
    "another program": (serves(PlainTextResponse("hello")), "wrong", "connection", "is no briefbot; end it, or name"),
    "another secret": (serves(endpoint("0" * 32)), "wrong", "connection", "has another SLACK_SIGNING_SECRET"),
}


def drafts(scene: Scene, _: ExitStack) -> None:
    for path in scene.briefs.glob("[!_]*.yaml"):
        path.write_text(path.read_text().replace("status: published", "status: draft"))


def no_files(scene: Scene, _: ExitStack) -> None:
    for path in scene.briefs.iterdir():
        path.unlink()


def full_disk(_: Scene, stack: ExitStack) -> None:
    patch = stack.enter_context(pytest.MonkeyPatch.context())
    patch.setattr("bot.app.doctor.machine_checks.DISK_MIN", 10**18)


def leave(scene: Scene, _: ExitStack) -> None:
    hidden = scene.workspace.add_channel("hidden", private=True, bot=False)
    scene.set(BRIEFBOT_MAINTAINERS_CHANNEL=hidden)


def archive(scene: Scene, _: ExitStack) -> None:
    scene.workspace.archive(scene.channel)


AROUND: Mapping[str, Fault] = {
    "a full disk": (full_disk, "wrong", "disk", "MB left; free some space"),
    "no directory": (sets(BRIEFBOT_BRIEFS="/nowhere/briefs"), "wrong", "briefs", "/nowhere/briefs: no such file"),
    "an empty directory": (no_files, "warning", "briefs", "has no brief file; put some there"),
    "a broken file": (writes("broken.yaml", "title: ["), "wrong", "briefs", "broken.yaml:2:1: B105"),
    "a file with an error": (writes("second.yaml", FERRIES.replace("gazette,", "nosuch,")), "wrong", "briefs", "B2"),
    "drafts alone": (drafts, "warning", "briefs", "is published; set status: published"),
    "no such channel": (
        sets(BRIEFBOT_MAINTAINERS_CHANNEL="C0GONE"),
        "wrong",
        "channel",
        "C0GONE: Slack shows the bot no",
    ),
    "a private channel without the bot": (leave, "wrong", "channel", "if it is private, invite the bot there"),
    "an archived channel": (archive, "wrong", "channel", "it is archived: unarchive it"),
}
FAULTS = {**SETTINGS, **TOKENS, **CONNECTIONS, **AROUND}


@pytest.mark.parametrize("fault", FAULTS)
def test_the_cause_of_a_fault_is_named_by_exactly_one_line(scene: Scene, fault: str) -> None:
    plant, state, check, words = FAULTS[fault]
    with ExitStack() as stack:
        plant(scene, stack)
        findings = scene.findings()
    (named,) = [each for each in findings if each.state not in ("ok", "skipped")]
    assert (named.state, named.check) == (state, check)
    assert words in named.says
    assert "\n" not in named.says
    assert not any(each.state == "skipped" and each.says != f"not looked at: {check} comes first" for each in findings)
    secrets = (value for name, value in scene.environ.items() if name.startswith("SLACK_") and "URL" not in name)
    assert not any(secret.strip() and secret in each.says for each in findings for secret in secrets)


def test_where_nothing_is_wrong_every_line_says_so(scene: Scene) -> None:
    findings = scene.findings()
    assert [each.check for each in findings if each.state == "ok"] == [each.check for each in findings]
    assert len(findings) == 10


def test_a_bot_over_http_takes_a_signed_request(scene: Scene) -> None:
    with ExitStack() as stack:
        serves(endpoint(scene.workspace.state.app.signing_secret))(scene, stack)
        (found,) = [each for each in scene.findings() if each.check == "connection"]
    assert found.state == "ok"
