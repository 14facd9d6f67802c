"""What is too old is named before anything is installed, and when the program starts."""

import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
import yaml

from bot import supported
from bot.__main__ import main
from bot.supported import PYTHON_MIN, SQLITE_REMEDY, why_python_not, why_sqlite_not
from tests.conftest import ROOT

TOO_OLD = "SQLite 3.40 is too old for Python 3.12, which needs 3.42 or newer"


@pytest.mark.parametrize("versions", [((3, 11), (3, 40)), ((3, 12), (3, 42)), ((3, 14), (3, 51))])
def test_these_versions_go_together(versions: tuple[tuple[int, int], tuple[int, int]]) -> None:
    assert why_python_not(versions[0]) is None
    assert why_sqlite_not(*versions) is None


def test_an_old_python_is_named() -> None:
    assert why_python_not((3, 9)) == "this is Python 3.9, and 3.11 or newer is needed"


def test_an_old_sqlite_under_a_new_python_is_named() -> None:
    assert why_sqlite_not((3, 12), (3, 40)) == TOO_OLD


def test_a_python_without_sqlite_is_named() -> None:
    assert why_sqlite_not((3, 11), (0, 0)) == "this Python 3.11 was built without SQLite"


@pytest.mark.parametrize(
    ("line", "remedy"),
    [
        ("publish", f"{SQLITE_REMEDY}, or Postgres (BRIEFBOT_DATABASE_URL=postgresql://…)"),
        ("demo", SQLITE_REMEDY),
    ],
)
def test_a_start_says_what_to_do(
    line: str, remedy: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for module in ("bot.cli.demo", "bot.store.sqlite_engine"):
        monkeypatch.setattr(f"{module}.why_sqlite_not", lambda: TOO_OLD)
    monkeypatch.setenv("BRIEFBOT_DATABASE_URL", f"sqlite:///{tmp_path}/briefbot.db")
    assert main([line]) == 2
    assert capsys.readouterr().err == f"briefbot: {TOO_OLD}; {remedy}\n"
    assert list(tmp_path.iterdir()) == []


def test_make_asks_before_it_installs() -> None:
    setup = (ROOT / "Makefile").read_text(encoding="utf-8").split("$(READY): ")[1].splitlines()
    assert setup[1] == "\t@$(PYTHON) -m bot.supported"
    done = subprocess.run([sys.executable, "-S", "-m", "bot.supported"], cwd=ROOT, capture_output=True, check=False)
    assert done.stderr.decode() == (
        f"{why_sqlite_not()}; name another Python, e.g. make PYTHON=python3.11\n" * bool(why_sqlite_not())
    )


def test_every_version_that_is_named_is_tested() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    named = [match[1] for each in project["classifiers"] if (match := re.search(r"Python :: (3\.\d+)$", each))]
    workflow = yaml.safe_load((ROOT / ".github/workflows/test.yaml").read_text(encoding="utf-8"))
    job = workflow["jobs"]["test"]
    assert job["strategy"]["matrix"]["python"] == named
    assert job["steps"][1]["with"]["python-version"] == "${{ matrix.python }}"
    assert project["requires-python"] == f">={'.'.join(map(str, PYTHON_MIN))}" == f">={named[0]}"
    assert supported.THIS_PYTHON >= PYTHON_MIN


@pytest.mark.skipif(shutil.which("make") is None, reason="make is not installed")
def test_the_demo_installs_only_what_the_bot_needs_and_says_so_first(tmp_path: Path) -> None:
    for name in ("Makefile", "requirements.txt", "requirements-build.txt"):
        shutil.copy(ROOT / name, tmp_path)
    done = subprocess.run(
        ["make", "--no-print-directory", "-n", "demo", "PYTHON=python3"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=True,
    )
    first, *_, pip, package, _, run = done.stdout.splitlines()
    assert first == "python3 -m bot.supported"
    assert done.stdout.index("packages, about 130 MB") < done.stdout.index(pip)
    assert pip.endswith(" install --require-hashes -r requirements.txt -r requirements-build.txt")
    assert package.endswith(" install --no-deps --no-build-isolation --editable .")
    assert run == ".venv/bin/briefbot demo"
