"""Measures the package as its users have it: the size of an installation, what weighs what in it, the processor time of
a start, and a first walk in an empty directory.

    python -m tests.load.package [PYTHON]          default: this Python

Installs the wheel and what requirements.txt pins for it into a fresh virtual environment, so it needs a package index,
or a cache of one.
"""

import os
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from importlib.metadata import Distribution, distributions
from pathlib import Path
from statistics import median

from bot.slack.http import ENDPOINT
from bot.workspace.deliver import HttpDelivery
from bot.workspace.local_server import LocalServer
from bot.workspace.server import application
from bot.workspace.workspace import Workspace
from tests.conftest import ROOT
from tests.live import eventually
from tests.test_docker import free_port, listens
from tests.wheel import install

ROUNDS = 10
GOAL_MB, GOAL_S = 130, 0.3
STARTS = ("--version", "--help", "schedule daily 08:30 UTC", "schema", "check", "ask legal")
WALK = ("ask legal", "check", "init store")
MB = 1e6
LISTED = 16


def main() -> int:
    """Prints tables; returns 1 where the size is above its goal. Times depend on what else the machine does."""
    with tempfile.TemporaryDirectory(prefix="briefbot-package-") as name:
        place = Path(name)
        installed = install(place)
        python = _environment(place, installed.wheel, sys.argv[1] if len(sys.argv) > 1 else sys.executable)
        total = _print_sizes(place / "venv")
        slowest = _print_starts(python)
        _walk(python, place / "empty")
    print(f"{total:.0f} MB (goal: {GOAL_MB}), slowest of the light starts {slowest:.2f} s (goal: {GOAL_S})")
    return 0 if total < GOAL_MB else 1


def _environment(place: Path, wheel: Path, python: str) -> Path:
    """Of the default installation, with compiled files, as pip leaves it. The path of its program."""
    _run("uv", "venv", "--quiet", "--python", python, str(place / "venv"))
    pins = re.sub(r"(?m)^uvloop==.*\n(?: .*\n)*", "", (ROOT / "requirements.txt").read_text(encoding="utf-8"))
    (place / "pins.txt").write_text(pins, encoding="utf-8")
    target = ("--quiet", "--compile-bytecode", "--python", str(place / "venv"))
    begun = time.monotonic()
    _run("uv", "pip", "install", *target, "--require-hashes", "-r", str(place / "pins.txt"))
    _run("uv", "pip", "install", *target, "--no-deps", str(wheel))
    print(f"installed in {time.monotonic() - begun:.1f} s")
    return place / "venv" / "bin" / "briefbot"


def _run(*command: str) -> None:
    subprocess.run(command, check=True, env={**os.environ, "PATH": f"{Path(sys.executable).parent}:{os.defpath}"})


def _print_sizes(environment: Path) -> float:
    """Megabytes of the whole environment."""
    (packages,) = environment.glob("lib/python*/site-packages")
    sizes = sorted(((_size(each), each.name) for each in distributions(path=[str(packages)])), reverse=True)
    for size, name in sizes[:LISTED]:
        print(f"{size / MB:8.1f} MB  {name}")
    print(f"{sum(size for size, _ in sizes[LISTED:]) / MB:8.1f} MB  {len(sizes) - LISTED} more")
    total = sum(path.stat().st_size for path in _files(environment)) / MB
    print(
        f"{total:8.1f} MB  in all, {sum(path.stat().st_size for path in _sources(environment)) / MB:.1f} not compiled"
    )
    return total


def _files(directory: Path) -> Iterator[Path]:
    return (path for path in directory.rglob("*") if path.is_file() and not path.is_symlink())


def _sources(directory: Path) -> Iterator[Path]:
    return (path for path in _files(directory) if path.suffix != ".pyc")


def _size(package: Distribution) -> int:
    """With the compiled files, of which not every installer keeps a record."""
    paths = {Path(str(package.locate_file(file))) for file in package.files or ()}
    paths |= {each for path in paths for each in (path.parent / "__pycache__").glob(f"{path.stem}.*.pyc")}
    return sum(path.stat().st_size for path in paths if path.is_file())


def _print_starts(program: Path) -> float:
    """Processor seconds of the slowest start that is to be light: without `ask`, in a store of one brief."""
    with tempfile.TemporaryDirectory() as store:
        _call(program, ["init", store], Path(store))
        seconds = {line: median(_seconds(program, line.split(), Path(store)) for _ in range(ROUNDS)) for line in STARTS}
    for line, each in seconds.items():
        print(f"{each:8.2f} CPU s  briefbot {line}")
    return max(each for line, each in seconds.items() if not line.startswith("ask"))


def _seconds(program: Path, arguments: Sequence[str], cwd: Path) -> float:
    before = os.times()
    _call(program, arguments, cwd)
    after = os.times()
    return after.children_user + after.children_system - before.children_user - before.children_system


def _walk(program: Path, directory: Path) -> None:
    """From an empty directory, as somebody does who tries it."""
    directory.mkdir()
    for line in WALK:
        begun = time.monotonic()
        code = _call(program, line.split(), directory)
        print(f"{time.monotonic() - begun:8.2f} s      briefbot {line}: exit code {code}")
    begun = time.monotonic()
    with _started(program, "demo", "--port", "0", cwd=directory, env=os.environ) as demo:
        assert demo.stdout
        line = demo.stdout.readline().strip()
        print(f"{time.monotonic() - begun:8.2f} s      briefbot demo: {line}")
    _answer_in_slack(program, directory / "store")


def _answer_in_slack(program: Path, store: Path) -> None:
    """Runs the bot in a local workspace, over HTTP, from the store that `init` has written."""
    workspace = Workspace(clock=time.time)
    ann = workspace.add_user("ann")
    channel = workspace.add_channel("general", ann)
    served = LocalServer(application(workspace))
    workspace.base_url, app, port = served.url, workspace.state.app, free_port()
    slack = {"SLACK_BOT_TOKEN": app.bot_token, "SLACK_SIGNING_SECRET": app.signing_secret, "BRIEFBOT_PORT": port}
    workspace.delivery = HttpDelivery(f"http://127.0.0.1:{port}{ENDPOINT}", app.signing_secret, time.time)
    begun = time.monotonic()
    environ = {**os.environ, **slack, "SLACK_API_URL": f"{served.url}/api/"}
    with _started(program, "run", cwd=store, env=environ):
        eventually(lambda: listens(port), 60)
        print(f"{time.monotonic() - begun:8.2f} s      briefbot run: listening")
        error = workspace.command(ann, channel, "/brief legal").error
        last = workspace.seen_by(ann, channel)[-1].text.partition("\n")[0]
        print(f"{time.monotonic() - begun:8.2f} s      /brief legal: {error or last}")
    served.close()


@contextmanager
def _started(program: Path, *arguments: str, cwd: Path, env: Mapping[str, str]) -> Iterator["subprocess.Popen[str]"]:
    """A process, to the end of the block."""
    command, nowhere = [str(program), *arguments], subprocess.DEVNULL
    with subprocess.Popen(command, cwd=cwd, env=env, stdout=subprocess.PIPE, stderr=nowhere, text=True) as process:
        try:
            yield process
        finally:
            process.terminate()


def _call(program: Path, arguments: Sequence[str], cwd: Path) -> int:
    nowhere = subprocess.DEVNULL
    return subprocess.run([program, *arguments], cwd=cwd, stdout=nowhere, stderr=nowhere, check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
