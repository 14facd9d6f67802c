"""The Dockerfile, as far as it goes without an engine: its steps in their order in a directory and a virtual
environment, then its command and its health check as the user that it names."""

import json
import os
import re
import shlex
import shutil
import signal
import socket
import subprocess
import sys
import time
import tomllib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from sqlalchemy import make_url
from starlette.responses import PlainTextResponse

from bot import settings
from bot.slack.http import ENDPOINT
from bot.workspace.deliver import HttpDelivery
from bot.workspace.local_server import LocalServer
from bot.workspace.server import application
from bot.workspace.workspace import Workspace
from tests.conftest import ROOT
from tests.live import eventually

FILE = ROOT / "Dockerfile"


def instructions() -> list[tuple[str, str]]:
    """Name and argument of each, in order."""
    lines = re.sub(r"\\\n\s*", "", FILE.read_text(encoding="utf-8")).splitlines()
    parts = [line.partition(" ") for line in lines if line and not line.startswith("#")]
    return [(name, argument) for name, _, argument in parts]


def arguments(name: str) -> list[str]:
    return [argument for found, argument in instructions() if found == name]


def variables() -> dict[str, str]:
    """What the container's environment holds from the start."""
    return {name: value for argument in arguments("ENV") for name, value in assignments(argument)}


def assignments(argument: str) -> list[tuple[str, str]]:
    parts = [pair.partition("=") for pair in shlex.split(argument)]
    return [(name, value) for name, _, value in parts]


def volume() -> str:
    """The one directory that its user may write to."""
    (found,) = arguments("VOLUME")
    return found


def sources() -> set[str]:
    return {source for argument in arguments("COPY") for source in shlex.split(argument)[:-1]}


def health_check() -> str:
    return arguments("HEALTHCHECK")[-1].partition("CMD ")[2]


def path_of(programs: Path) -> str:
    return f"{programs}{os.pathsep}{os.defpath}"


# What it says


def test_its_python_is_the_oldest_that_the_project_takes() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    oldest = project["requires-python"].removeprefix(">=")
    assert re.fullmatch(rf"python:{re.escape(oldest)}-slim-[a-z]+", arguments("FROM")[0])


def test_what_it_copies_is_there() -> None:
    assert [source for source in sources() if not (ROOT / source).exists()] == []


def test_the_engine_is_sent_what_is_copied_and_nothing_else() -> None:
    lines = (ROOT / ".dockerignore").read_text(encoding="utf-8").splitlines()
    rules = [line for line in lines if line and not line.startswith("#")]
    assert rules[0] == "*"
    assert {rule[1:] for rule in rules if rule.startswith("!")} == sources()


def test_every_dependency_is_held_to_its_hash() -> None:
    installing = [step for step in arguments("RUN") if "pip install" in step]
    assert installing
    assert all("--require-hashes" in step and "-r requirements.txt" in step for step in installing)


def test_it_names_no_registry_and_no_path_of_a_machine() -> None:
    assert not re.search(r"(?<!sqlite)://|index-url|/(root|home|work|Users)\b", FILE.read_text(encoding="utf-8"))


def test_its_user_is_a_number_and_not_root() -> None:
    """A cluster that must not run root cannot look a name up."""
    assert re.fullmatch(r"[1-9][0-9]*:[1-9][0-9]*", arguments("USER")[-1])


def test_what_it_keeps_is_in_a_volume_of_its_users() -> None:
    assert variables()["BRIEFBOT_DATABASE_URL"].startswith(f"sqlite:///{volume()}/")
    assert f"mkdir {volume()} && chown {arguments('USER')[-1]} {volume()}" in arguments("RUN")


def test_what_it_keeps_on_this_machine_is_not_committed() -> None:
    directory = Path(make_url(settings.DATABASE_URL).database or "").parent
    assert f"{directory}/" in (ROOT / ".gitignore").read_text(encoding="utf-8").splitlines()


def test_the_port_is_the_default_of_the_settings() -> None:
    default = settings.read_slack({"SLACK_BOT_TOKEN": "x", "SLACK_SIGNING_SECRET": "x"}).port
    assert arguments("EXPOSE") == [str(default)]
    assert f"${{BRIEFBOT_PORT:-{default}}}" in health_check()


# The health check by itself


def health(environ: dict[str, str]) -> int:
    done = subprocess.run(["sh", "-c", health_check()], env=environ, capture_output=True, timeout=20, check=False)
    return done.returncode


def here(**environ: str) -> dict[str, str]:
    return {"PATH": path_of(Path(sys.executable).parent), **environ}


@contextmanager
def answering(status: int) -> Iterator[str]:
    """The port of something that answers everything with one status."""
    served = LocalServer(PlainTextResponse("", status))
    yield served.url.rpartition(":")[2]
    served.close()


def test_it_is_unhealthy_where_nothing_listens() -> None:
    assert health(here(BRIEFBOT_PORT=free_port())) == 1


def test_it_is_unhealthy_where_the_answer_is_an_error() -> None:
    with answering(500) as port:
        assert health(here(BRIEFBOT_PORT=port)) == 1


def test_it_is_healthy_over_socket_mode_where_nothing_listens() -> None:
    assert health(here(BRIEFBOT_PORT=free_port(), SLACK_APP_TOKEN="xapp-1")) == 0  # noqa: S106


def test_the_health_check_asks_no_proxy() -> None:
    with answering(200) as port:
        assert health(here(BRIEFBOT_PORT=port, http_proxy="http://127.0.0.1:9")) == 0


# What it builds


@dataclass(frozen=True)
class Image:
    """The directories that WORKDIR and VOLUME stand for here, and where `python` and `pip` are."""

    workdir: Path
    volume: Path
    programs: Path

    def here(self, text: str) -> str:
        """With this directory for the volume."""
        return text.replace(volume(), str(self.volume))


@pytest.fixture(scope="module")
def image() -> Iterator[Image]:
    """Not below pytest's own directory, which is closed to other users."""
    with TemporaryDirectory() as name:
        Path(name).chmod(0o755)
        found = Image(Path(name) / "app", Path(name) / "data", Path(name) / "venv" / "bin")
        found.workdir.mkdir()
        subprocess.run([interpreter(), "-m", "venv", found.programs.parent], check=True)
        if not reaches_an_index(found):
            pytest.skip("pip reaches no package index")
        build(found)
        yield found


def build(image: Image) -> None:
    """Takes the steps. pip may use its cache here, which an image has no room for."""
    environ = {**os.environ, "PATH": path_of(image.programs)}
    for instruction, argument in instructions():
        match instruction:
            case "ENV":
                environ |= {name: value for name, value in assignments(argument) if name != "PIP_NO_CACHE_DIR"}
            case "COPY":
                copy(argument, image.workdir)
            case "RUN":
                run(image.here(owned(argument)), image.workdir, environ)


def owned(argument: str) -> str:
    """Whoever is not root here can give what they make to nobody but themselves."""
    return argument if os.geteuid() == 0 else re.sub(r"chown \S+", f"chown {os.getuid()}:{os.getgid()}", argument)


def run(argument: str, workdir: Path, environ: dict[str, str]) -> None:
    done = subprocess.run(["sh", "-c", argument], cwd=workdir, env=environ, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def copy(argument: str, workdir: Path) -> None:
    *named, target = shlex.split(argument)
    for source in (ROOT / name for name in named):
        if source.is_dir():
            shutil.copytree(source, workdir / target, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(source, workdir / target)


def interpreter() -> str:
    """This Python, or where the image's user may not run it (below /root) the system's."""
    for found in (str(Path(sys.executable).resolve()), shutil.which("python3.11", path=os.defpath)):
        if found and runs(found):
            return found
    pytest.skip("no Python 3.11 here that the image's user may run")


def runs(python: str) -> bool:
    try:
        return subprocess.run([python, "-c", "import ensurepip"], **as_its_user(), check=False).returncode == 0
    except PermissionError:
        return False


def as_its_user() -> dict[str, Any]:
    """Arguments for a process. Whoever is not root here stays who they are."""
    if os.geteuid() != 0:
        return {}
    user, group = map(int, arguments("USER")[-1].split(":"))
    return {"user": user, "group": group, "extra_groups": []}


def reaches_an_index(image: Image) -> bool:
    asking = "install --dry-run --ignore-installed --no-deps --no-cache-dir --retries 0 --timeout 15 slack-bolt".split()
    return subprocess.run([image.programs / "pip", *asking], capture_output=True, check=False).returncode == 0


@dataclass(frozen=True)
class Running:
    """The command of the image, and the workspace that it is connected to."""

    image: Image
    process: "subprocess.Popen[bytes]"
    environ: dict[str, str]
    workspace: Workspace
    port: str
    log: Path


@pytest.fixture
def running(image: Image, tmp_path: Path) -> Iterator[Running]:
    with container(image, Workspace(clock=time.time), tmp_path / "log") as found:
        yield found


@contextmanager
def container(image: Image, workspace: Workspace, log: Path) -> Iterator[Running]:
    """With the environment of a container: what ENV sets and what an operator must set, nothing of this machine's."""
    port, served = free_port(), LocalServer(application(workspace))
    workspace.base_url = served.url
    environ = {
        **{name: image.here(value) for name, value in variables().items()},
        "PATH": path_of(image.programs),
        "SLACK_BOT_TOKEN": workspace.state.app.bot_token,
        "SLACK_SIGNING_SECRET": workspace.state.app.signing_secret,
        "SLACK_API_URL": f"{served.url}/api/",
        "BRIEFBOT_HOST": "127.0.0.1",  # a test listens on loopback only
        "BRIEFBOT_PORT": port,
    }
    how = {"cwd": image.workdir, "env": environ, **as_its_user()}
    command = json.loads(arguments("CMD")[-1])
    with log.open("wb") as out, subprocess.Popen(command, stdout=out, stderr=out, **how) as process:
        try:
            eventually(lambda: process.poll() is not None or status(port, "/readyz") == 200, 20)
            assert process.poll() is None, log.read_text()
            yield Running(image, process, environ, workspace, port, log)
        finally:
            process.kill()
            served.close()


def ask(running: Running, user: str, channel: str, typed: str) -> str:
    """What somebody sees last who typed a command."""
    workspace, url = running.workspace, f"http://127.0.0.1:{running.port}{ENDPOINT}"
    workspace.delivery = HttpDelivery(url, workspace.state.app.signing_secret, time.time)
    assert workspace.command(user, channel, typed).error is None
    return workspace.last(user, channel).text


def free_port() -> str:
    with socket.create_server(("127.0.0.1", 0)) as found:
        return str(found.getsockname()[1])


def status(port: str, path: str) -> int | None:
    connection = HTTPConnection("127.0.0.1", int(port), timeout=1)
    try:
        connection.request("GET", path)
        return connection.getresponse().status
    except OSError:
        return None
    finally:
        connection.close()


def test_it_listens_on_every_address_of_its_container() -> None:
    assert variables()["BRIEFBOT_HOST"] == "0.0.0.0"  # noqa: S104


def test_it_listens_where_it_is_told(running: Running) -> None:
    assert status(running.port, "/healthz") == 200
    assert f"listening on http://127.0.0.1:{running.port}" in running.log.read_text()


def test_it_answers_from_the_briefs_that_were_copied(running: Running) -> None:
    ann = running.workspace.add_user("ann")
    channel = running.workspace.add_channel("general", ann)
    assert "Legal considerations" in ask(running, ann, channel, "/brief legal")


def test_it_keeps_what_it_has_to_in_the_volume_and_nothing_elsewhere(running: Running) -> None:
    assert (running.image.volume / "briefbot.db").stat().st_size > 0
    user = as_its_user().get("user", os.geteuid())
    assert {path.stat().st_uid for path in running.image.volume.iterdir()} == {user}
    assert not (running.image.workdir / "var").exists()


def test_a_channel_goes_on_following_when_another_container_has_the_volume(image: Image, tmp_path: Path) -> None:
    workspace = Workspace(clock=time.time)
    ann = workspace.add_user("ann")
    channel = workspace.add_channel("general", ann)
    with container(image, workspace, tmp_path / "first") as running:
        ask(running, ann, channel, "/brief subscribe all")
    with container(image, workspace, tmp_path / "second") as running:
        assert " all · since " in ask(running, ann, channel, "/brief subscriptions")


def test_it_is_healthy_while_it_runs(running: Running) -> None:
    assert health(running.environ) == 0


def test_it_stops_as_the_engine_asks(running: Running) -> None:
    running.process.send_signal(signal.SIGTERM)
    assert running.process.wait(10) == 0
    assert "Traceback" not in running.log.read_text()
