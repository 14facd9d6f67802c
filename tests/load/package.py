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
from collections.abc import Iterator, Sequence
from importlib.metadata import Distribution, distributions
from pathlib import Path
from statistics import median

from tests.conftest import ROOT
from tests.wheel import install

ROUNDS = 10
GOAL_MB, GOAL_S = 130, 0.3
STARTS = ("--version", "--help", "schedule daily 08:30 UTC", "schema", "check", "ask legal")
WALK = ("ask legal", "check", "init store")
MB = 1e6
LISTED = 16


def main() -> int:
    """Prints tables; returns 1 where a goal is missed."""
    with tempfile.TemporaryDirectory(prefix="briefbot-package-") as name:
        place = Path(name)
        installed = install(place)
        python = _environment(place, installed.wheel, sys.argv[1] if len(sys.argv) > 1 else sys.executable)
        total = _print_sizes(place / "venv")
        slowest = _print_starts(python)
        _walk(python, place / "empty")
    print(f"{total:.0f} MB (goal: {GOAL_MB}), slowest of the light starts {slowest:.2f} s (goal: {GOAL_S})")
    return 0 if total < GOAL_MB and slowest < GOAL_S else 1


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
    command = [str(program), "demo", "--port", "0"]
    with subprocess.Popen(command, cwd=directory, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as demo:
        try:
            assert demo.stdout
            line = demo.stdout.readline().strip()
            print(f"{time.monotonic() - begun:8.2f} s      briefbot demo: {line}")
        finally:
            demo.terminate()


def _call(program: Path, arguments: Sequence[str], cwd: Path) -> int:
    nowhere = subprocess.DEVNULL
    return subprocess.run([program, *arguments], cwd=cwd, stdout=nowhere, stderr=nowhere, check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
