"""The wheel: what it holds, and that it works from an empty directory."""

import re
import signal
import subprocess
import sys
from email import message_from_string
from pathlib import Path

import pytest
from sqlalchemy import inspect

import bot
from bot.store.schema import METADATA
from tests.conftest import ROOT
from tests.databases import opened
from tests.wheel import Installed, install

INFO = f"briefbot-{bot.__version__}.dist-info"
COMMANDS = """
import sys
from bot.__main__ import main
codes = [main(line.split()) for line in sys.stdin.read().splitlines()]
print(codes, file=sys.stderr)
"""
MIGRATE = """
import sys
from bot.store.database import connect, migrate
migrate(connect(sys.argv[1]))
"""
ALIAS = """
import briefbot, bot
from briefbot.core import spelling
import briefbot.errors
import bot.core.spelling, bot.errors
assert briefbot is bot
assert spelling is bot.core.spelling
assert briefbot.errors.SettingsError is bot.errors.SettingsError
print(bot.__file__, bot.core.spelling.__spec__.name, briefbot.__version__)
"""
WRITABLE = 0o222


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Installed:
    return install(tmp_path_factory.mktemp("wheel"))


def files(directory: str) -> set[str]:
    """The files that are part of the product, without what tools leave beside them."""
    paths = (path for path in (ROOT / directory).rglob("*") if path.is_file() and path.suffix != ".pyc")
    return {path.relative_to(ROOT).as_posix() for path in paths}


# What it holds


def test_it_holds_the_code_the_pages_the_briefs_and_the_manifests_and_nothing_else(installed: Installed) -> None:
    expected = files("bot") - {"bot/alias.py"} | {"briefbot/__init__.py"}
    expected |= {f"briefbot/{name}" for name in files("briefs") | files("manifests")}
    named = {name for name in installed.names if not name.startswith(INFO)}
    assert named == expected
    assert {"briefbot/briefs/_store.yaml", "bot/workspace/static/page.html", "bot/store/migrations/env.py"} <= named


def test_what_it_says_of_itself(installed: Installed) -> None:
    metadata = message_from_string((installed.packages / INFO / "METADATA").read_text(encoding="utf-8"))
    versions = [
        each.rpartition(" ")[2] for each in metadata.get_all("Classifier", []) if re.search(r":: 3\.\d+$", each)
    ]
    assert (metadata["Name"], metadata["Version"]) == ("briefbot", bot.__version__)
    assert (metadata["Requires-Python"], versions) == (">=3.11", ["3.11", "3.12", "3.13", "3.14"])
    assert "briefbot = bot.__main__:main" in (installed.packages / INFO / "entry_points.txt").read_text()


def test_its_name_is_importable_beside_bot_and_gives_the_same_modules(installed: Installed, tmp_path: Path) -> None:
    done = installed.python("-c", ALIAS, cwd=tmp_path)
    expected = f"{installed.packages}/bot/__init__.py bot.core.spelling {bot.__version__}\n"
    assert (done.stdout, done.stderr) == (expected, "")


def test_it_is_a_program_by_its_name(installed: Installed, tmp_path: Path) -> None:
    done = installed.python("-m", "briefbot", "schedule", "daily", "08:30", "UTC", "--count", "1", cwd=tmp_path)
    assert (done.returncode, done.stdout.count("\n"), done.stderr) == (0, 1, "")


# From an empty directory


def test_in_an_empty_directory_reading_commands_answer_from_its_briefs_and_say_so(
    installed: Installed, tmp_path: Path
) -> None:
    done = installed.python("-c", COMMANDS, cwd=tmp_path, input="ask legal guatemala\ncheck\nexport uk-rwanda\n")
    note = "There is no briefs/ here: these are the briefs that come with briefbot; briefbot init makes your own.\n"
    assert done.stderr == 3 * note + "[0, 0, 0]\n"
    assert "Legal considerations" in done.stdout
    assert list(tmp_path.iterdir()) == []


def test_in_an_empty_directory_the_demo_works_on_a_copy_that_can_be_edited(
    installed: Installed, tmp_path: Path
) -> None:
    original = installed.packages / "briefbot" / "briefs"
    before = {path: path.read_bytes() for path in original.iterdir()}
    for path in before:
        path.chmod(0o444)
    command = [sys.executable, "-m", "briefbot", "demo", "--port", "0"]
    pipe = subprocess.PIPE
    with subprocess.Popen(command, stdout=pipe, stderr=pipe, text=True, cwd=tmp_path, env=installed.environ()) as demo:
        try:
            assert demo.stdout
            assert demo.stderr
            note = re.fullmatch(
                r"There is no briefs/ here: edit the copy of briefbot’s own in (\S+), which goes when the demo ends; "
                r"briefbot init makes your own\.\n",
                demo.stderr.readline(),
            )
            assert note
            copy = Path(note[1])
            assert demo.stdout.readline().startswith("Open http://127.0.0.1:")
            assert demo.stdout.readline().endswith(f" BRIEFBOT_BRIEFS={copy}\n")
            assert {path.name for path in copy.iterdir()} == {path.name for path in before}
            assert all(path.stat().st_mode & WRITABLE for path in copy.iterdir())
            demo.send_signal(signal.SIGINT)
            assert (demo.wait(10), demo.stderr.read()) == (0, "")
        finally:
            demo.kill()
    assert not copy.exists()
    assert {path: path.read_bytes() for path in original.iterdir()} == before
    assert list(tmp_path.iterdir()) == []


def test_a_store_that_it_writes_works(installed: Installed, tmp_path: Path) -> None:
    done = installed.python("-c", COMMANDS, cwd=tmp_path, input="init\ncheck\nask legal\n")
    assert done.stderr == "[0, 0, 0]\n"
    assert "Two towns went to court" in done.stdout


def test_it_brings_its_migrations(installed: Installed, tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/briefbot.db"
    done = installed.python("-c", MIGRATE, url, cwd=tmp_path)
    assert (done.stderr, done.returncode) == ("", 0)
    with opened(url) as engine:
        assert set(METADATA.tables) <= set(inspect(engine).get_table_names())
