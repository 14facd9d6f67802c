"""The command line: exit codes, and no traceback for what people do."""

import os
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from subprocess import CompletedProcess

import pytest

import bot
from bot.__main__ import main
from tests.conftest import ROOT

Briefbot = Callable[..., CompletedProcess[str]]


@pytest.fixture
def briefbot(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Briefbot:
    """The command with arguments and variables, in this process."""
    monkeypatch.chdir(ROOT)

    def call(*arguments: str, **environ: str) -> CompletedProcess[str]:
        with monkeypatch.context() as patch:
            for name, value in environ.items():
                patch.setenv(name, value)
            try:
                code = main(arguments)
            except SystemExit as end:
                code = int(end.code or 0)
        return CompletedProcess(arguments, code, *capsys.readouterr())

    return call


def process(*arguments: str, **environ: str) -> CompletedProcess[str]:
    """The command as a process of its own."""
    command, variables = [sys.executable, *arguments], {**os.environ, **environ}
    return subprocess.run(command, capture_output=True, text=True, cwd=ROOT, env=variables, timeout=60, check=False)


@pytest.mark.parametrize(("arguments", "code"), [(["ask", "legal"], 0), (["check", "nowhere"], 2)])
def test_a_process_ends_with_the_code(arguments: list[str], code: int) -> None:
    done = process("-m", "bot", *arguments)
    assert (done.returncode, bool(done.stdout), bool(done.stderr)) == (code, code == 0, code == 2)


HEAVY = "yaml asyncio alembic dbos psycopg sqlalchemy aiohttp slack_bolt slack_sdk starlette uvicorn watchfiles ssl"
"""What none of these commands needs, and takes long to import."""

LOADED = """
import sys
from bot.__main__ import main
try:
    code = main(sys.argv[2:])
except SystemExit as end:
    code = end.code
print("\\n", code, sys.modules.keys() & set(sys.argv[1].split()))
"""


@pytest.mark.parametrize(
    ("arguments", "admins", "code", "libraries"),
    [
        ("--version", "", 0, f"pydantic bot.settings {HEAVY}"),
        ("", "", 0, f"pydantic bot.settings {HEAVY}"),
        ("schedule daily 08:30 UTC", "", 0, f"pydantic bot.settings {HEAVY}"),
        ("schema", "", 0, f"bot.settings bot.core.commands.command {HEAVY.replace('yaml ', '')}"),
        ("check", "", 0, f"bot.core.commands.command bot.core.delivery.content {HEAVY.replace('yaml ', '')}"),
        ("publish", "ann", 2, HEAVY),
    ],
    ids=["the version", "the help", "no settings", "no files", "no database", "a wrong setting"],
)
def test_a_command_loads_no_library_that_it_does_without(
    arguments: str, admins: str, code: int, libraries: str
) -> None:
    done = process("-c", LOADED, libraries, *arguments.split(), BRIEFBOT_ADMINS=admins)
    assert done.stdout.splitlines()[-1] == f" {code} set()"


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (["ask", "legal"], 0),
        (["ask", "zebra"], 1),
        (["ask"], 0),
        (["ask", "legal", "--all", "--quotes"], 0),
        (["ask", "list", "--quotes"], 2),
        (["ask", "zebra", "--all"], 1),
        (["check"], 0),
        (["check", "tests/examples/invalid"], 1),
        (["schema"], 0),
        (["diff", "briefs", "briefs"], 0),
        (["diff", "briefs", "nowhere"], 2),
        (["check", "nowhere"], 2),
        (["check", "README.md"], 2),
        (["check", "--changed-since", "nowhere"], 2),
        (["schema", "store"], 0),
        (["ask", "--format", "xml"], 2),
        (["unknown"], 2),
        ([], 0),
        (["--version"], 0),
    ],
)
def test_exit_codes(arguments: list[str], code: int, briefbot: Briefbot) -> None:
    done = briefbot(*arguments)
    assert done.returncode == code
    assert "Traceback" not in done.stderr
    assert bool(done.stderr) == (code == 2)


def test_alone_it_shows_what_there_is(briefbot: Briefbot) -> None:
    assert briefbot().stdout == briefbot("--help").stdout
    assert re.search(r"^ +ask +answer as Slack would", briefbot().stdout, re.MULTILINE)


def test_its_version_is_that_of_the_package(briefbot: Briefbot) -> None:
    assert briefbot("--version").stdout == f"briefbot {bot.__version__}\n"


def test_a_missing_directory_says_which_setting(tmp_path: Path, briefbot: Briefbot) -> None:
    done = briefbot("ask", "legal", BRIEFBOT_BRIEFS=str(tmp_path / "nowhere"))
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == (
        f"briefbot: {tmp_path}/nowhere: no such file or directory; name a directory of brief files (BRIEFBOT_BRIEFS), "
        "or make one: briefbot init\n"
    )


def test_an_option_that_cannot_apply_says_where_it_can(briefbot: Briefbot) -> None:
    done = briefbot("ask", "--all", "sources")
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == (
        "briefbot: --all is for a section of a brief, e.g. briefbot ask legal --all; leave it out here\n"
    )


def test_both_options_give_all_claims_with_their_quotes(briefbot: Briefbot) -> None:
    assert briefbot("ask", "legal", "--all", "--quotes").stdout == briefbot("ask", "legal", "--quotes").stdout


def test_a_bad_command_name_says_which_setting(briefbot: Briefbot) -> None:
    done = briefbot("ask", "legal", BRIEFBOT_COMMAND="brief")
    assert done.returncode == 2
    assert "BRIEFBOT_COMMAND" in done.stderr


@pytest.mark.parametrize(
    ("name", "value", "says"),
    [
        (
            "BRIEFBOT_ADMINS",
            "U012AB3CD, ann",
            'BRIEFBOT_ADMINS contains "ann"; list ids of users (U012AB3CD) or user groups (S012AB3CD), with commas',
        ),
        (
            "BRIEFBOT_UNCONFIRMED_POSTS",
            "maybe",
            'BRIEFBOT_UNCONFIRMED_POSTS is "maybe"; it must be resend or hold',
        ),
        ("BRIEFBOT_UNKNOWN", "hold", "BRIEFBOT_UNKNOWN is now called BRIEFBOT_UNCONFIRMED_POSTS; rename it"),
        (
            "BRIEFBOT_POSTS_PER_MINUTE",
            "0",
            'BRIEFBOT_POSTS_PER_MINUTE is "0"; it must be a number from 1 to 9999',
        ),
        (
            "BRIEFBOT_POSTS_PER_MINUTE",
            "many",
            'BRIEFBOT_POSTS_PER_MINUTE is "many"; it must be a number from 1 to 9999',
        ),
        (
            "BRIEFBOT_DATABASE_URL",
            "briefbot.db",
            "BRIEFBOT_DATABASE_URL is not a valid database URL; e.g. sqlite:///var/briefbot.db, postgresql://user@host/name",
        ),
        (
            "BRIEFBOT_DATABASE_URL",
            "mysql://localhost/briefbot",
            'BRIEFBOT_DATABASE_URL begins with "mysql"; only sqlite and postgresql are supported',
        ),
        (
            "BRIEFBOT_DATABASE_URL",
            "sqlite://",
            "BRIEFBOT_DATABASE_URL contains no file path; e.g. sqlite:///var/briefbot.db",
        ),
        ("BRIEFBOT_DATABASE_URL", "sqlite:////dev/null/below/briefbot.db", "/dev/null/below: not a directory"),
    ],
)
def test_a_wrong_value_is_answered_with_one_plain_sentence(
    name: str, value: str, says: str, briefbot: Briefbot
) -> None:
    done = briefbot("publish", **{name: value})
    assert (done.returncode, done.stdout, done.stderr) == (2, "", f"briefbot: {says}\n")


def test_a_password_in_the_address_of_the_database_is_never_printed() -> None:
    url = "postgresql://briefbot:hush@127.0.0.1:9/briefbot"
    done = process("-m", "bot", "publish", BRIEFBOT_DATABASE_URL=url, BRIEFBOT_START_WAIT_SECONDS="1")
    assert done.returncode == 2
    waiting, sentence = done.stderr.splitlines()
    assert waiting.startswith("waiting up to 1 s: the database cannot be opened (")
    assert "check BRIEFBOT_DATABASE_URL" in sentence
    assert "hush" not in done.stderr


def test_the_name_of_the_command_is_a_setting(briefbot: Briefbot) -> None:
    assert "/lookup legal" in briefbot("ask", "leagl", BRIEFBOT_COMMAND="/lookup").stdout


@pytest.mark.parametrize("arguments", ["schema", "--help", "check nowhere 2>&1"])
def test_a_reader_that_goes_away_ends_the_command_in_silence(arguments: str) -> None:
    read, write = os.pipe()
    os.close(read)
    command = ["bash", "-c", f"{sys.executable} -m bot {arguments}"]
    # What is not buffered fails earlier, and argparse keeps that to itself.
    environ = {**os.environ, "PYTHONUNBUFFERED": ""}
    done = subprocess.run(command, stdout=write, stderr=subprocess.PIPE, text=True, cwd=ROOT, env=environ, check=False)
    os.close(write)
    assert (done.returncode, done.stderr) == (141, "")


def test_what_is_typed_gives_a_terminal_no_orders(briefbot: Briefbot) -> None:
    done = briefbot("check", "no\x1b[2Jwhere")
    assert (done.returncode, done.stderr.partition(";")[0]) == (
        2,
        r"briefbot: no\x1b[2Jwhere: no such file or directory",
    )
