"""The parts of the load runs do what their names say."""

import errno
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, closing, suppress
from pathlib import Path
from threading import Thread

import pytest

from bot.store.schema import brief_version, delivery, posted_claim, subscription
from bot.store.store import Store
from tests.databases import Databases, opened
from tests.load.asker import ENDS_WITHIN_S, Refusal
from tests.load.disk import small_disk
from tests.load.front import LOOK_S, clock_of
from tests.load.proxy import Proxy
from tests.load.replicas import Replica
from tests.load.year_rows import YEAR, Year, fill
from tests.store.moments import NOW, rows

SOON_S = 0.2
LATER_S = 5


@pytest.fixture
def echo() -> Iterator[int]:
    """The port of a server that sends back what it gets."""
    listener = socket.create_server(("127.0.0.1", 0))

    def serve() -> None:
        with suppress(OSError):
            connection, _ = listener.accept()
            with connection:
                while data := connection.recv(100):
                    connection.sendall(data)

    thread = Thread(target=serve, daemon=True)
    thread.start()
    yield listener.getsockname()[1]
    listener.shutdown(socket.SHUT_RDWR)  # wakes who waits in `accept`
    listener.close()
    thread.join(LATER_S)


@pytest.fixture
def proxy(echo: int) -> Iterator[Proxy]:
    with closing(Proxy(echo)) as made:
        yield made


@pytest.fixture
def client(proxy: Proxy) -> Iterator[socket.socket]:
    """Connected through the proxy, which has passed a word there and back."""
    with socket.create_connection(("127.0.0.1", proxy.port), timeout=LATER_S) as made:
        made.sendall(b"hello")
        assert made.recv(100) == b"hello"
        yield made


def test_a_frozen_network_passes_nothing_on_and_closes_nothing(proxy: Proxy, client: socket.socket) -> None:
    proxy.freeze()
    client.sendall(b"are you there")
    client.settimeout(SOON_S)
    with pytest.raises(TimeoutError):
        client.recv(100)
    proxy.thaw()
    client.settimeout(LATER_S)
    assert client.recv(100) == b"are you there"


def test_a_frozen_network_answers_no_new_connection(proxy: Proxy) -> None:
    proxy.freeze()
    with pytest.raises(TimeoutError):
        socket.create_connection(("127.0.0.1", proxy.port), timeout=SOON_S)


def test_a_frozen_network_acknowledges_nothing(proxy: Proxy, client: socket.socket) -> None:
    """So that time-outs of TCP itself pass, as with a machine that is dead."""
    client.setsockopt(socket.IPPROTO_TCP, socket.TCP_USER_TIMEOUT, 100)
    proxy.freeze()
    client.sendall(b"are you there")
    with pytest.raises(OSError, match="timed out") as raised:
        client.recv(100)
    assert raised.value.errno == errno.ETIMEDOUT


def test_a_full_disk_takes_no_byte_until_it_is_freed() -> None:
    with ExitStack() as stack:
        try:
            disk = stack.enter_context(small_disk(1))
        except subprocess.CalledProcessError as error:
            pytest.skip(f"this user may mount nothing: {error}")
        disk.fill()
        with pytest.raises(OSError, match="No space left"):
            (disk.path / "file").write_bytes(b"x")
        disk.free()
        assert (disk.path / "file").write_bytes(b"x") == 1


def test_the_clock_is_moved_by_what_the_file_says_now(tmp_path: Path) -> None:
    path = tmp_path / "clock"
    path.write_text("0", encoding="ascii")
    now = clock_of(path, real=lambda: 1000.0)
    assert now() == 1000
    path.write_text("-7200", encoding="ascii")
    time.sleep(LOOK_S)
    assert now() == -6200


def test_a_year_is_in_the_database_as_use_leaves_it(sqlite: Databases) -> None:
    year = Year("T1", NOW).scaled(0.004)
    with opened(sqlite.clean()) as engine:
        store = Store(engine)
        fill(store, year)
        sizes = {table: len(rows(store, table)) for table in (brief_version, delivery, posted_claim, subscription)}
        assert list(sizes.values()) == [year.publications, year.deliveries, year.posts, year.subscriptions]
        with store.transaction() as tx:
            assert tx.outbox.delete_before(NOW - YEAR / 2, 1000) == year.deliveries / 2
            assert tx.posted_messages.delete_before(NOW - YEAR / 2, 1000) == year.posts / 2
            assert tx.brief_versions.horizon(NOW - YEAR / 2, 0, NOW) == year.publications / 2


def test_only_a_process_that_lives_on_refuses() -> None:
    replica = Replica({}, 0)
    refusal = Refusal(replica, 7, 100.0, "operation_timeout")
    assert refusal.counts
    replica.ended[7] = 100 + ENDS_WITHIN_S
    assert not refusal.counts
    replica.ended[7] = 101 + ENDS_WITHIN_S
    assert refusal.counts


def test_writes_of_a_limited_process_fail_until_the_limit_is_gone(tmp_path: Path) -> None:
    """The process tries to write for every line that it is sent, and says whether it could."""
    code = (
        "import os, sys\nfile = os.open(sys.argv[1], os.O_WRONLY | os.O_CREAT)\nfor line in sys.stdin:\n"
        " try: os.write(file, b'x')\n except OSError: print('no', flush=True)\n else: print('yes', flush=True)\n"
    )
    with subprocess.Popen(
        [sys.executable, "-c", code, str(tmp_path / "file")], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as run:
        replica = Replica({}, 0)
        replica.run = run
        assert run.stdin is not None
        assert run.stdout is not None
        told = []
        for size in (-1, 0, -1):
            replica.limit_files(size)
            run.stdin.write("\n")
            run.stdin.flush()
            told.append(run.stdout.readline().strip())
        run.stdin.close()
    assert told == ["yes", "no", "yes"]
