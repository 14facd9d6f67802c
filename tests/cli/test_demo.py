"""`briefbot demo` as a process: two lines, a page, a database, a clean end."""

import re
import shutil
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from urllib.request import urlopen

import pytest

from bot.__main__ import USAGE_ERROR, main
from bot.cli.demo import PORTS
from tests.conftest import ROOT, exhaustive
from tests.workspace.over_http import page_token


@contextmanager
def demo(*arguments: str) -> Iterator[tuple["subprocess.Popen[str]", str, str]]:
    """The process, and the addresses of page and database that it printed."""
    command = [sys.executable, "-m", "bot", "demo", *arguments]
    pipe = subprocess.PIPE
    with subprocess.Popen(command, stdout=pipe, stderr=pipe, text=True, cwd=ROOT) as process:
        try:
            assert process.stdout is not None
            address = re.fullmatch(
                r"Open (http://127\.0\.0\.1:\d+) and type /brief legal\. Ctrl-C ends it\.\n", process.stdout.readline()
            )
            database = re.fullmatch(
                r"For briefbot in another terminal: export BRIEFBOT_DATABASE_URL=(sqlite:///\S+)\n",
                process.stdout.readline(),
            )
            assert address
            assert database
            yield process, address[1], database[1]
        finally:
            process.kill()


def test_it_prints_two_lines_and_ends_cleanly_with_a_page_open() -> None:
    with demo("--port", "0") as (process, url, _):
        changes = f"{url}/changes?token={page_token(url)}"
        with urlopen(changes, timeout=5) as page:  # noqa: S310  loopback
            assert page.readline().startswith(b"data: ")
            process.send_signal(signal.SIGINT)
            assert process.wait(10) == 0
            assert (process.communicate()) == ("", "")


@exhaustive
def test_without_a_port_it_takes_a_free_one_where_its_own_is_taken() -> None:
    with ExitStack() as stack:
        # Where this fails somebody else has it, which is as good.
        with suppress(OSError):
            stack.enter_context(socket.create_server(("127.0.0.1", PORTS[0])))
        _, url, _ = stack.enter_context(demo())
        page = stack.enter_context(urlopen(url, timeout=5))  # noqa: S310  loopback
        assert not url.endswith(f":{PORTS[0]}")
        assert "default-src 'none'" in page.headers["Content-Security-Policy"]


def test_a_port_that_is_named_and_taken_is_a_usage_error(capsys: pytest.CaptureFixture[str]) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        assert main(["demo", "--port", str(port)]) == USAGE_ERROR
    assert capsys.readouterr().err.startswith(f"briefbot: port {port}: address already in use")


@pytest.mark.parametrize("port", ["65536", "-1", "http"])
def test_what_is_no_port_is_a_usage_error(port: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["demo", f"--port={port}"])
    assert f"“{port}” is no port; name one from 1 to 65535" in capsys.readouterr().err


def test_what_its_bot_holds_back_is_published_by_force_from_another_terminal(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    briefs = shutil.copytree(ROOT / "briefs", tmp_path / "briefs")
    monkeypatch.setenv("BRIEFBOT_BRIEFS", str(briefs))
    with demo("--port", "0") as (_, _, database):
        for path in briefs.glob("*.yaml"):
            path.unlink()
        monkeypatch.setenv("BRIEFBOT_DATABASE_URL", database)
        assert main(["publish", "--force"]) == 0
        assert capsys.readouterr().out.split(":")[0] == "publication 2"
