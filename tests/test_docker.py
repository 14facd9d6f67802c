"""The Dockerfile without an engine: its steps in a directory, then its command and health check as its user. Its syntax
and practice are hadolint's (`make lint`)."""

import json
import os
import re
import shlex
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from starlette.responses import PlainTextResponse

from bot import settings
from bot.slack.http import ENDPOINT
from bot.workspace.deliver import HttpDelivery
from bot.workspace.local_server import LocalServer
from bot.workspace.server import application
from bot.workspace.workspace import Workspace
from tests.conftest import PROFILE, ROOT
from tests.live import eventually

LINES = re.sub(r"\\\n\s*", "", (ROOT / "Dockerfile").read_text(encoding="utf-8")).splitlines()
STEPS = [(line.split(" ", 1)[0], line.split(" ", 1)[1]) for line in LINES if re.match("[A-Z]", line)]
LAST = dict(STEPS)
ENV = dict(pair.split("=", 1) for name, value in STEPS if name == "ENV" for pair in shlex.split(value))
HEALTH = LAST["HEALTHCHECK"].partition("CMD ")[2]
SOURCES = [name for step, value in STEPS if step == "COPY" for name in value.split()[:-1]]
UID, GID = map(int, LAST["USER"].split(":"))  # a cluster that must not run root cannot look a name up
AS_USER: dict[str, Any] = {"user": UID, "group": GID, "extra_groups": []} if os.geteuid() == 0 else {}
HERE = Path(sys.executable).parent
LOCKED = re.compile(r"^([\w.-]+)==([\w.]+)", re.MULTILINE)


def test_it_agrees_with_the_project() -> None:
    python = re.search(r'requires-python = ">=([\d.]+)"', (ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    rules = (ROOT / ".dockerignore").read_text(encoding="utf-8").split("\n")
    port = settings.read_slack({"SLACK_BOT_TOKEN": "x", "SLACK_SIGNING_SECRET": "x"}).port
    assert python is not None
    assert LAST["FROM"].startswith(f"python:{python[1]}-slim")
    assert {rule[1:] for rule in rules if rule.startswith("!")} == set(SOURCES)
    assert (LAST["EXPOSE"], ENV["BRIEFBOT_PORT"], f":-{port}}}" in HEALTH) == (str(port), str(port), True)
    assert (ENV["BRIEFBOT_HOST"], UID > 0) == ("0.0.0.0", True)  # noqa: S104  only within its container


def shell(script: str, programs: Path = HERE, /, **environ: str) -> subprocess.CompletedProcess[bytes]:
    environ["PATH"] = f"{programs}{os.pathsep}{os.defpath}"
    return subprocess.run(["sh", "-c", script], env=environ, capture_output=True, timeout=300, check=False)


def free_port() -> str:
    with socket.create_server(("127.0.0.1", 0)) as server:
        return str(server.getsockname()[1])


def listens(port: str) -> bool:
    """For a few hundred times the speed of the health check, which is a process."""
    with socket.socket() as client:
        return client.connect_ex(("127.0.0.1", int(port))) == 0


@pytest.mark.parametrize("token", ["", "xapp-1"])
def test_where_nothing_listens_it_is_not_healthy(token: str) -> None:
    assert shell(HEALTH, BRIEFBOT_PORT=free_port(), SLACK_APP_TOKEN=token).returncode == 1


@pytest.mark.parametrize(("status", "code"), [(200, 0), (500, 1)])
def test_it_is_as_healthy_as_the_answer_and_asks_no_proxy(status: int, code: int) -> None:
    served = LocalServer(PlainTextResponse("", status))
    port = served.url.rpartition(":")[2]
    assert shell(HEALTH, BRIEFBOT_PORT=port, http_proxy="http://127.0.0.1:9").returncode == code
    served.close()


@pytest.fixture(scope="module")
def image() -> Iterator[Path]:
    """A directory with `app`, `data` and the virtual environment `venv`; open to other users, unlike pytest's own."""
    python = "/usr/bin/python3.11" if AS_USER else sys.executable
    with TemporaryDirectory() as name:
        Path(name).chmod(0o755)
        if shell(f"{python} -m venv --without-pip {name}/venv").returncode:
            pytest.skip("no Python here that the user of the image may run")
        for step, value in STEPS:
            if step == "COPY":
                copy(value.split(), Path(name) / "app")
            elif step == "RUN":
                run(value, Path(name))
        yield Path(name)


def copy(names: list[str], app: Path) -> None:
    app.mkdir(exist_ok=True)
    for source in (ROOT / name for name in names[:-1]):
        if source.is_dir():
            shutil.copytree(source, app / names[-1])  # with compiled files, which each start would else make anew
        else:
            shutil.copy(source, app)


def run(script: str, image: Path) -> None:
    """With pip's cache, and the pip of these tests; whoever is not root gives what they make to nobody else. The gate
    copies the locked packages from the environment of the tests, where pip has put them by the same hashes."""
    if script.startswith("pip install") and PROFILE == "gate":
        fill(next((image / "venv" / "lib").glob("python*/site-packages")))
        return
    owned = script if AS_USER else re.sub(r"chown \S+", "true", script)
    pip = {"PIP_PYTHON": f"{image}/venv/bin/python", "PIP_NO_WARN_CONFLICTS": "1", "PIP_DISABLE_PIP_VERSION_CHECK": "1"}
    done = shell(f"cd {image}/app && {here(owned, image)}", **(os.environ | pip))
    if b"NewConnectionError" in done.stderr:
        pytest.skip("pip reaches no package index")
    assert done.returncode == 0, done.stderr.decode()


def fill(packages: Path) -> None:
    """Copies what requirements.txt names."""
    for name, version in LOCKED.findall((ROOT / "requirements.txt").read_text(encoding="utf-8")):
        with suppress(PackageNotFoundError):  # for other systems
            package = distribution(name)
            assert package.version == version, name
            for file in package.files or ():
                if ".." not in file.parts:
                    (packages / file).parent.mkdir(parents=True, exist_ok=True)
                    shutil.copyfile(str(package.locate_file(file)), packages / file)


def here(text: str, image: Path) -> str:
    return text.replace(LAST["VOLUME"], f"{image}/data")


@contextmanager
def container(image: Path, workspace: Workspace, log: Path) -> Iterator[None]:
    """Runs the command of the image, connected to a workspace, until it is told to end."""
    port, app = free_port(), workspace.state.app
    slack = {"SLACK_BOT_TOKEN": app.bot_token, "SLACK_SIGNING_SECRET": app.signing_secret}
    slack |= {"SLACK_API_URL": f"{workspace.base_url}/api/", "BRIEFBOT_HOST": "127.0.0.1", "BRIEFBOT_PORT": port}
    environ = {name: here(value, image) for name, value in ENV.items()} | slack
    environ["PATH"] = f"{image}/venv/bin{os.pathsep}{os.defpath}"
    how = {"cwd": image / "app", "env": environ, **AS_USER}
    with log.open("wb") as out, subprocess.Popen(json.loads(LAST["CMD"]), stdout=out, stderr=out, **how) as process:
        eventually(lambda: process.poll() is not None or listens(port), 60)
        eventually(lambda: process.poll() is not None or shell(HEALTH, BRIEFBOT_PORT=port).returncode == 0, 20)
        workspace.delivery = HttpDelivery(f"http://127.0.0.1:{port}{ENDPOINT}", app.signing_secret, time.time)
        try:
            yield
            process.terminate()
            assert (process.wait(10), "Traceback" in log.read_text()) == (0, False)
        finally:
            process.kill()


def test_containers_answer_from_the_briefs_and_hand_over_the_volume(image: Path, tmp_path: Path) -> None:
    workspace = Workspace(clock=time.time)
    ann = workspace.add_user("ann")
    channel = workspace.add_channel("general", ann)
    served = LocalServer(application(workspace))
    workspace.base_url = served.url
    for number, commands in enumerate((["subscribe all"], ["subscriptions", "legal"])):
        with container(image, workspace, tmp_path / f"log-{number}"):
            assert [workspace.command(ann, channel, f"/brief {each}").error for each in commands] == [None] * len(
                commands
            )
    served.close()
    texts = [message.text for message in workspace.seen_by(ann, channel)]
    assert (" all · since " in texts[-2], "Legal considerations" in texts[-1]) == (True, True)
    assert {path.stat().st_uid for path in (image / "data").iterdir()} == {AS_USER.get("user", os.geteuid())}
    assert not (image / "app" / "var").exists()
