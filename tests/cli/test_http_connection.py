"""Connections that send nothing, or send slowly, end by themselves and shut nobody out."""

import asyncio
import socket
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from threading import Thread
from time import monotonic, sleep
from typing import Any, Literal, get_args

import pytest
import uvicorn
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.types import Receive, Scope, Send

from bot.cli.http_connection import BoundedConnection

LoopName = Literal["uvloop", "asyncio"]
LOOPS: tuple[LoopName, ...] = get_args(LoopName)
"""With the extra `fast`, and without it."""

MANY, QUICK_S, WAIT_S = 8, 0.2, 5
ASK = b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\n\r\nhi"


class Bounded(BoundedConnection):
    connections_max = MANY
    request_s = 60.0
    head_max = 1000


class Quick(Bounded):
    request_s = QUICK_S


async def echo(scope: Scope, receive: Receive, send: Send) -> None:
    """Says what it was sent; slowly, where that is `slow`."""
    request = Request(scope, receive)
    body = await request.body()
    if body == b"sl":
        await asyncio.sleep(2 * QUICK_S)
    answer: Response = PlainTextResponse(body)
    await answer(scope, receive, send)


@contextmanager
def serving(connection: type[BoundedConnection], loop: LoopName = "uvloop") -> Iterator[int]:
    """The port of a server in a thread."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        server = uvicorn.Server(
            uvicorn.Config(echo, loop=loop, http=connection, ws="none", lifespan="off", log_config=None)
        )
        thread = Thread(target=server.run, args=([listener],), daemon=True)
        thread.start()
        deadline = monotonic() + WAIT_S
        while not server.started and monotonic() < deadline:
            sleep(0.005)
        try:
            yield listener.getsockname()[1]
        finally:
            server.force_exit = server.should_exit = True
            thread.join(WAIT_S)


def opened(port: int, sent: bytes = b"") -> socket.socket:
    made = socket.create_connection(("127.0.0.1", port), timeout=WAIT_S)
    made.sendall(sent)
    return made


def answer(port: int, request: bytes = ASK) -> bytes:
    with opened(port, request) as asked:
        return read(asked)


def read(connection: socket.socket) -> bytes:
    """A whole answer, whose head and body come one after the other, or what there is of it."""
    found = b""
    while not found.endswith((b"hi", b"sl")) and (more := connection.recv(1000)):
        found += more
    return found


def is_closed(connection: socket.socket) -> bool:
    """Waits until it is, or the patience is over."""
    try:
        return connection.recv(100) == b""
    except ConnectionResetError:
        return True
    except TimeoutError:
        return False


def is_closed_at_last(connection: socket.socket) -> bool:
    """As `is_closed`, behind an answer, whose head and body come one after the other."""
    return any(is_closed(connection) for _ in range(3))


SILENT: dict[str, bytes] = {
    "nothing": b"",
    "half a head": b"POST / HTTP/1.1\r\nHost:",
    "half a body": b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 5000\r\n\r\nhi",
    "half a chunk": b"POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nff\r\nhi",
    "an answer, then half a head": ASK + b"POST / HT",
}


@pytest.mark.parametrize("loop", LOOPS)
@pytest.mark.parametrize("sent", SILENT.values(), ids=SILENT.keys())
def test_many_connections_without_a_whole_request_shut_nobody_out(sent: bytes, loop: LoopName) -> None:
    with serving(Bounded, loop) as port, ExitStack() as stack:
        silent = [stack.enter_context(opened(port, sent)) for _ in range(3 * MANY)]
        begun = monotonic()
        assert all(answer(port).endswith(b"hi") for _ in range(3))
        assert monotonic() - begun < 1
        # The kernel may hand over a few in another order than they were made in.
        assert sum(map(is_closed_at_last, silent[:MANY])) >= MANY - 1


@pytest.mark.parametrize("sent", SILENT.values(), ids=SILENT.keys())
def test_a_request_that_does_not_come_in_time_is_given_up(sent: bytes) -> None:
    with serving(Quick) as port, opened(port, sent) as slow:
        begun = monotonic()
        if sent.startswith(ASK):
            assert read(slow).endswith(b"hi")
            slow.sendall(b"TP/1.1\r\n")
        for _ in range(4):
            sleep(QUICK_S / 8)
            slow.sendall(b"a" if sent else b"")  # slow, not silent
        assert is_closed(slow)
        assert monotonic() - begun < WAIT_S / 2
        assert answer(port).endswith(b"hi")


def test_a_request_that_is_being_answered_stays() -> None:
    with serving(Quick) as port, ExitStack() as stack:
        slow = stack.enter_context(opened(port, ASK.replace(b"hi", b"sl")))
        for _ in range(3 * MANY):
            stack.enter_context(opened(port))
        assert read(slow).endswith(b"sl")


def test_a_connection_may_ask_again_and_again() -> None:
    with serving(Quick) as port, opened(port) as one:
        for _ in range(4):
            one.sendall(ASK)
            assert read(one).endswith(b"hi")
            sleep(QUICK_S / 2)


def test_a_head_without_an_end_is_given_up() -> None:
    with serving(Bounded) as port, opened(port, b"POST / HTTP/1.1\r\n" + b"X: y\r\n" * 300) as endless:
        assert is_closed(endless)


def test_half_of_the_files_of_a_process_are_left_for_others() -> None:
    limits: Any = BoundedConnection
    assert 0 < limits.connections_max <= 1000
