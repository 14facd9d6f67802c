"""`briefbot demo` as a process: one line, one address, a clean end."""

import re
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.request import urlopen

from tests.conftest import ROOT


@contextmanager
def demo(port: int) -> Iterator[tuple["subprocess.Popen[str]", str]]:
    """The process, and the address that it printed."""
    command = [sys.executable, "-m", "bot", "demo", "--port", str(port)]
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
    with demo(0) as (process, url), urlopen(f"{url}/changes", timeout=5) as page:  # noqa: S310  loopback
        assert page.readline().startswith(b"data: ")
        process.send_signal(signal.SIGINT)
        assert process.wait(10) == 0
        assert (process.communicate()) == ("", "")


def test_it_takes_another_port_where_its_own_is_taken() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with demo(port) as (_, url), urlopen(url, timeout=5) as page:  # noqa: S310  loopback
            assert not url.endswith(f":{port}")
            assert "default-src 'none'" in page.headers["Content-Security-Policy"]
