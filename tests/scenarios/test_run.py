"""`briefbot run` as operators start and stop it."""

import json
import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

import pytest

from bot import __version__
from bot.__main__ import main
from bot.app.end_process import RESTART
from bot.slack.http import ENDPOINT
from bot.workspace.deliver import HttpDelivery
from bot.workspace.local_server import LocalServer
from bot.workspace.server import application
from bot.workspace.workspace import Workspace
from tests.conftest import ROOT, members
from tests.installations import OLD
from tests.live import eventually
from tests.logs import logs_restored

SOME_TOKENS = {"SLACK_BOT_TOKEN": "x", "SLACK_SIGNING_SECRET": "x"}


def database(tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path}/briefbot.db"


@contextmanager
def reserved_port() -> Iterator[str]:
    """A port that nobody else is given meanwhile, and that a process may listen at all the same."""
    with socket.socket() as holder:
        holder.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        holder.bind(("127.0.0.1", 0))
        port = str(holder.getsockname()[1])
        if sys.platform != "linux":  # only Linux lets another socket be bound to it
            holder.close()
        yield port


@contextmanager
def running(tmp_path: Path, mode: str) -> Iterator[tuple[Workspace, "subprocess.Popen[bytes]", Path]]:
    """A workspace, and the bot as a process of its own that is connected to it."""
    workspace, log = Workspace(clock=time.time), tmp_path / "log"
    app = workspace.state.app
    served = LocalServer(application(workspace))
    workspace.base_url = served.url
    # Bolt reads the client's by itself, too, and is not to go by them.
    by_oauth = {"SLACK_CLIENT_ID": "1.2", "SLACK_CLIENT_SECRET": "local-client-secret", "BRIEFBOT_SECRET_KEY": OLD}
    http = {"SLACK_SIGNING_SECRET": app.signing_secret, **by_oauth}
    secret = {"SLACK_APP_TOKEN": app.app_token} if mode == "socket" else http
    environ = {
        **{key: value for key, value in os.environ.items() if not key.startswith(("SLACK_", "BRIEFBOT_"))},
        "SLACK_BOT_TOKEN": app.bot_token,
        "SLACK_API_URL": f"{served.url}/api/",
        "BRIEFBOT_DATABASE_URL": database(tmp_path),
        "BRIEFBOT_LOG_LEVEL": "debug",
        **secret,
    }
    with log.open("wb") as out, reserved_port() as port:
        environ["BRIEFBOT_PORT"] = port
        process = subprocess.Popen(
            [sys.executable, "-m", "bot", "run"], cwd=ROOT, env=environ, stdout=out, stderr=subprocess.STDOUT
        )
        try:
            if mode == "socket":
                workspace.delivery = workspace.socket_mode
                eventually(lambda: workspace.socket_mode.count() == 1, 60)
            else:
                url = f"http://127.0.0.1:{port}"
                eventually(lambda: answers(f"{url}/readyz"), 60)
                workspace.delivery = HttpDelivery(url + ENDPOINT, app.signing_secret, time.time)
            yield workspace, process, log
        finally:
            process.kill()
            process.wait()
            served.close()


def answers(url: str) -> bool:
    try:
        with urlopen(url, timeout=1) as answer:  # noqa: S310  loopback
            return bool(answer.status == 200)
    except (URLError, OSError):
        return False


@pytest.mark.parametrize("mode", members(["http", "socket"], "http"))
def test_sigterm_finishes_what_was_taken_and_nothing_secret_is_in_the_log(tmp_path: Path, mode: str) -> None:
    with running(tmp_path, mode) as (workspace, process, log):
        ann = workspace.add_user("ann")
        channel = workspace.add_channel("general", ann)
        for words in ("legal", "search sesame-query", "subscribe sesame-brief", "report sesame-brief"):
            assert workspace.command(ann, channel, f"/brief {words}").error is None
        (url,) = set(re.findall(r"http://127\.0\.0\.1:\d+", log.read_text()))
        assert all(answers(f"{url}/{path}") for path in ("healthz", "readyz", "metrics"))
        assert answers(url + ENDPOINT) is False
        workspace.say(ann, workspace.add_channel("asked", ann), f"<@{workspace.state.app.bot_user}> sesame-mention?")
        workspace.faults.script("chat.postMessage", "slow", seconds=1)
        with ThreadPoolExecutor(1) as pool:
            slow = pool.submit(workspace.command, ann, channel, "/brief legal share")
            time.sleep(0.4)
            process.send_signal(signal.SIGTERM)
            assert slow.result().error is None
        assert process.wait(10) == 0
        assert workspace.last(ann, channel).text == "Shared in this channel."
    text = log.read_text()
    assert "Traceback" not in text
    app = workspace.state.app
    secrets = (app.bot_token, app.app_token, app.signing_secret, "local-client", "sesame", OLD)
    assert not re.search("|".join(secrets), text)
    assert not re.search("|".join((ann, channel, "response_url|hooks|/api/|trigger")), text)
    assert not re.search("OAuth|InstallationStore|unused|`token`", text)
    records = [json.loads(line) for line in text.splitlines()]
    assert {record["level"] for record in records} == {"info", "debug"}
    assert {record["logger"].partition(".")[0] for record in records} == {"bot"}
    (start,) = [record for record in records if "version" in record]
    assert start["event"].startswith(f"briefbot {__version__} runs; workspaces: 1, briefs: ")
    assert start["briefs"] > 0 < start["publication"]
    requests = [record for record in records if record["logger"] == "bot.slack.dispatch"]
    assert len({record["request"] for record in requests}) == len(requests) > 5


@pytest.mark.parametrize("mode", members(["http", "socket"], "socket"))
def test_a_bot_whose_database_file_is_gone_ends_so_that_it_is_started_anew(tmp_path: Path, mode: str) -> None:
    with running(tmp_path, mode) as (_, process, log):
        Path(database(tmp_path).removeprefix("sqlite:///")).unlink()
        assert process.wait(20) == RESTART
    assert '"level": "critical"' in log.read_text()
    assert "briefbot.db was deleted, moved or replaced while the bot ran" in log.read_text()


@pytest.fixture
def run(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    caplog: pytest.LogCaptureFixture,
) -> Callable[..., tuple[int, str]]:
    """A start in this process that fails: the exit code, and all that is printed and logged."""
    monkeypatch.chdir(ROOT)
    for name in [name for name in os.environ if name.startswith(("SLACK_", "BRIEFBOT_"))]:
        monkeypatch.delenv(name)
    base = {"BRIEFBOT_DATABASE_URL": database(tmp_path), "BRIEFBOT_START_WAIT_SECONDS": "0"}

    def call(**environ: str) -> tuple[int, str]:
        for name, value in {**base, "SLACK_API_URL": "http://127.0.0.1:9/api/", **environ}.items():
            monkeypatch.setenv(name, value)
        with logs_restored():
            code = main(["run"])
        return code, caplog.text + capsys.readouterr().err

    return call


@pytest.mark.parametrize(
    ("environ", "names"),
    [
        ({}, ["SLACK_BOT_TOKEN"]),
        ({"SLACK_BOT_TOKEN": " "}, ["SLACK_BOT_TOKEN"]),
        ({"SLACK_BOT_TOKEN": "xoxb-secret"}, ["SLACK_APP_TOKEN", "SLACK_SIGNING_SECRET"]),
        ({"SLACK_BOT_TOKEN": "xoxb-secret", "SLACK_SIGNING_SECRET": ""}, ["SLACK_SIGNING_SECRET"]),
        (
            {"SLACK_BOT_TOKEN": "xoxb-secret", "SLACK_SIGNING_SECRET": "a-secret", "SLACK_APP_TOKEN": "xapp-secret"},
            ["SLACK_APP_TOKEN", "SLACK_SIGNING_SECRET"],
        ),
        (
            {"SLACK_BOT_TOKEN": "xoxb-secret", "SLACK_SIGNING_SECRET": "a-secret", "BRIEFBOT_PORT": "http"},
            ["BRIEFBOT_PORT"],
        ),
        ({"SLACK_BOT_TOKEN": "xoxb-secret", "SLACK_SIGNING_SECRET": "a-secret"}, ["SLACK_API_URL"]),
        (
            {
                "SLACK_BOT_TOKEN": "xoxb-secret",
                "SLACK_SIGNING_SECRET": "a-secret",
                "BRIEFBOT_DATABASE_URL": "postgresql://briefbot:a-secret@127.0.0.1:9/briefbot",
            },
            ["BRIEFBOT_DATABASE_URL"],
        ),
    ],
)
def test_what_cannot_start_says_which_setting_and_never_its_value(
    run: Callable[..., tuple[int, str]], environ: dict[str, str], names: list[str]
) -> None:
    code, text = run(**environ)
    assert code == 2
    assert all(name in text for name in names)
    assert "secret" not in text.replace("_SECRET", "").lower()
    assert "Traceback" not in text


def test_a_token_that_slack_does_not_know_is_refused_at_the_start(run: Callable[..., tuple[int, str]]) -> None:
    served = LocalServer(application(Workspace(clock=time.time)))
    tokens = {"SLACK_BOT_TOKEN": "xoxb-other", "SLACK_SIGNING_SECRET": "x"}
    code, text = run(**tokens, SLACK_API_URL=f"{served.url}/api/")
    served.close()
    assert code == 2
    assert "Slack refuses SLACK_BOT_TOKEN (invalid_auth)" in text


def run_process(tmp_path: Path, **environ: str) -> subprocess.CompletedProcess[str]:
    base = {key: value for key, value in os.environ.items() if not key.startswith(("SLACK_", "BRIEFBOT_"))}
    return subprocess.run(
        [sys.executable, "-m", "bot", "run"],
        capture_output=True,
        text=True,
        cwd=ROOT,
        env={**base, "BRIEFBOT_DATABASE_URL": database(tmp_path), "BRIEFBOT_START_WAIT_SECONDS": "0", **environ},
        timeout=60,
        check=False,
    )


def test_an_app_token_that_slack_does_not_know_is_one_sentence(tmp_path: Path) -> None:
    workspace = Workspace(clock=time.time)
    served = LocalServer(application(workspace))
    tokens = {"SLACK_BOT_TOKEN": workspace.state.app.bot_token, "SLACK_APP_TOKEN": "xapp-other"}
    done = run_process(tmp_path, **tokens, SLACK_API_URL=f"{served.url}/api/")
    served.close()
    assert done.returncode == 2
    assert done.stderr.splitlines()[-1] == (
        "briefbot: Slack refuses SLACK_APP_TOKEN (invalid_auth); copy it again, with the scope connections:write"
    )
    assert "Traceback" not in done.stderr


def test_a_port_that_is_taken_is_one_sentence_before_anything_begins(
    tmp_path: Path, run: Callable[..., tuple[int, str]]
) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        code, text = run(**SOME_TOKENS, BRIEFBOT_PORT=port)
    assert code == 2
    assert text == (
        f"briefbot: BRIEFBOT_PORT: port {port} of 127.0.0.1 cannot be had (address already in use); end what listens "
        "there, or name another port\n"
    )
    assert list(tmp_path.iterdir()) == []


def test_a_host_of_another_machine_is_named(run: Callable[..., tuple[int, str]]) -> None:
    code, text = run(**SOME_TOKENS, BRIEFBOT_HOST="bot.invalid")
    assert (code, text.startswith('briefbot: BRIEFBOT_HOST is "bot.invalid"')) == (2, True)


def test_a_second_bot_on_the_same_sqlite_file_says_what_to_do(
    tmp_path: Path, run: Callable[..., tuple[int, str]]
) -> None:
    with running(tmp_path, "http") as (workspace, _, _):
        app = workspace.state.app
        tokens = {"SLACK_BOT_TOKEN": app.bot_token, "SLACK_SIGNING_SECRET": app.signing_secret}
        code, text = run(**tokens, SLACK_API_URL=f"{workspace.base_url}/api/")
    assert code == 2
    assert text.splitlines()[-1] == (
        f"briefbot: {tmp_path}/briefbot.db is in use by another briefbot; stop that one, or give both a Postgres "
        "database (BRIEFBOT_DATABASE_URL)"
    )
    assert "Traceback" not in text
