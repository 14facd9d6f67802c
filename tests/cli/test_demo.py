"""`briefbot demo` as a process: one line, one address, a clean end."""

import re
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from urllib.request import urlopen

import pytest

from bot.__main__ import USAGE_ERROR, main
from bot.cli.demo import PORTS
from tests.conftest import ROOT


@contextmanager
def demo(*arguments: str) -> Iterator[tuple["subprocess.Popen[str]", str]]:
    """The process, and the address that it printed."""
    command = [sys.executable, "-m", "bot", "demo", *arguments]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, cwd=ROOT) as process:
        try:
            assert process.stdout is not None
            address = re.fullmatch(
                r"Open (http://127\.0\.0\.1:\d+) and type /brief legal\. Ctrl-C ends it\.\n", process.stdout.readline()
            )
            assert address
            yield process, address[1]
        finally:
            process.kill()


def test_it_prints_one_line_and_ends_cleanly_with_a_page_open() -> None:
    with demo("--port", "0") as (process, url), urlopen(f"{url}/changes", timeout=5) as page:  # noqa: S310  loopback
        assert page.readline().startswith(b"data: ")
        process.send_signal(signal.SIGINT)
        assert process.wait(10) == 0
        assert (process.communicate()) == ("", "")


def test_without_a_port_it_takes_a_free_one_where_its_own_is_taken() -> None:
    with ExitStack() as stack:
        # Where this fails somebody else has it, which is as good.
        with suppress(OSError):
            stack.enter_context(socket.create_server(("127.0.0.1", PORTS[0])))
        _, url = stack.enter_context(demo())
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
