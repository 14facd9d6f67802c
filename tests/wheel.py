"""The wheel, built without a network, and laid out as an installation has it."""

import os
import subprocess
import sys
import zipfile
from dataclasses import dataclass
from pathlib import Path
from subprocess import CompletedProcess

from hatchling import build

from tests.conftest import ROOT


@dataclass(frozen=True, slots=True)
class Installed:
    """A directory with the packages of the wheel; what they need is in the environment of the tests."""

    wheel: Path
    packages: Path
    names: frozenset[str]
    """Of the files of the wheel."""

    def environ(self, **variables: str) -> dict[str, str]:
        """The variables of a process that finds the packages; none is about briefs unless it is named."""
        ours = {name: value for name, value in os.environ.items() if not name.startswith(("BRIEFBOT_", "SLACK_"))}
        return {**ours, "PYTHONPATH": str(self.packages), **variables}

    def python(self, *arguments: str, cwd: Path, input: str = "", **variables: str) -> CompletedProcess[str]:
        """A process in a directory, to its end."""
        command, environ = [sys.executable, *arguments], self.environ(**variables)
        return subprocess.run(
            command, input=input, capture_output=True, text=True, cwd=cwd, env=environ, timeout=60, check=False
        )


def install(place: Path) -> Installed:
    """Builds the wheel from the files as they are, and unpacks it below a directory."""
    before = Path.cwd()
    os.chdir(ROOT)
    try:
        name = build.build_wheel(str(place))
    finally:
        os.chdir(before)
    packages = place / "packages"
    with zipfile.ZipFile(place / name) as wheel:
        wheel.extractall(packages)
        return Installed(place / name, packages, frozenset(wheel.namelist()))
