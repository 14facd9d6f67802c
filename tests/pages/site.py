"""Sites of any name on one port of this machine, and the only network that leads there."""

import socket
import threading
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from ipaddress import ip_address
from time import monotonic
from typing import Any

from aiohttp.abc import AbstractResolver, ResolveResult

from bot.pages.network import Address, Network, of_public_web

LOOPBACK = "127.0.0.1"


class Exchange(BaseHTTPRequestHandler):
    """One request; a page answers it by `reply` or by hand."""

    protocol_version = "HTTP/1.1"
    server: "Server"

    def reply(self, status: int, body: bytes = b"", **headers: str) -> None:
        """Sends an answer; `_` in the name of a header stands for `-`."""
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        if "Content_Length" not in headers:
            self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def do_GET(self) -> None:
        self.server.site.answer(self)

    def log_message(self, format: str, *args: Any) -> None:
        """Says nothing."""


Page = Callable[[Exchange], None]


def html(body: str, status: int = 200, **headers: str) -> Page:
    """A page in UTF-8."""
    headers = {"Content_Type": "text/html; charset=utf-8", **headers}
    return lambda exchange: exchange.reply(status, f"<!doctype html><body>{body}</body>".encode(), **headers)


class Server(ThreadingHTTPServer):
    site: "Site"
    daemon_threads = True
    block_on_close = False
    request_queue_size = 64

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Clients leave in the middle of what is too much for them."""


@dataclass
class Site:
    """Pages by host and path. `names`: addresses of names, for those that do not lead here. `requests` are counted by
    host and path; `together`: the largest number of requests to a host at the same time; `gaps`: the shortest time in
    seconds between two; `agents`: who asked; `strangers`: addresses beyond the site that were to be connected to."""

    pages: Mapping[tuple[str, str], Page]
    names: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    requests: Counter[tuple[str, str]] = field(default_factory=Counter)
    together: Counter[str] = field(default_factory=Counter)
    gaps: dict[str, float] = field(default_factory=dict)
    agents: set[str] = field(default_factory=set)
    headers: set[str] = field(default_factory=set)
    strangers: list[tuple[str, int]] = field(default_factory=list)
    lookups: Counter[str] = field(default_factory=Counter)
    port: int = 0
    closed_port: int = 0
    now_asked: Counter[str] = field(default_factory=Counter)
    ended: dict[str, float] = field(default_factory=dict)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def answer(self, exchange: Exchange) -> None:
        host = exchange.headers.get("Host", "").partition(":")[0]
        with self._counted(host, exchange), suppress(OSError):
            paths = (exchange.path, exchange.path.partition("?")[0])
            page = next(filter(None, (self.pages.get((host, path)) for path in paths)), html("no such page", 404))
            page(exchange)

    @contextmanager
    def _counted(self, host: str, exchange: Exchange) -> Iterator[None]:
        with self.lock:
            self.requests[host, exchange.path] += 1
            self.now_asked[host] += 1
            self.together[host] = max(self.together[host], self.now_asked[host])
            if host in self.ended:
                self.gaps[host] = min(self.gaps.get(host, 1e9), monotonic() - self.ended[host])
            self.agents.add(exchange.headers.get("User-Agent", ""))
            self.headers.update(name.lower() for name in exchange.headers)
        try:
            yield
        finally:
            with self.lock:
                self.now_asked[host] -= 1
                self.ended[host] = monotonic()

    def asked(self, path: str) -> int:
        """How often a path was asked for, whatever the host."""
        return sum(number for (_, each), number in self.requests.items() if each == path)

    def network(self) -> Network:
        """Names lead to this site, https to a port where nobody listens."""
        return Network(self._allows, lambda: _Names(self))

    def _allows(self, address: Address, port: int) -> bool:
        if address == ip_address(LOOPBACK) and port in (self.port, self.closed_port):
            return True
        if of_public_web(address, port):
            self.strangers.append((str(address), port))
            return False
        return False


class _Names(AbstractResolver):
    def __init__(self, site: Site) -> None:
        self._site = site

    async def resolve(
        self,
        host: str,
        port: int = 0,
        family: socket.AddressFamily = socket.AF_UNSPEC,  # noqa: ARG002  the port's
    ) -> list[ResolveResult]:
        self._site.lookups[host] += 1
        here = {80: self._site.port, 443: self._site.closed_port}.get(port, port)
        return [self._result(host, address, here) for address in self._site.names.get(host, (LOOPBACK,))]

    def _result(self, name: str, address: str, port: int) -> ResolveResult:
        family = socket.AF_INET6 if ":" in address else socket.AF_INET
        return ResolveResult(hostname=name, host=address, port=port, family=family, proto=0, flags=0)

    async def close(self) -> None:
        """Holds nothing."""


@contextmanager
def serving(site: Site) -> Iterator[Site]:
    """The site, until the end of the block."""
    with socket.socket() as closed, Server((LOOPBACK, 0), Exchange) as server:
        closed.bind((LOOPBACK, 0))
        site.port, site.closed_port, server.site = server.server_port, closed.getsockname()[1], site
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
        thread.start()
        try:
            yield site
        finally:
            server.shutdown()
            thread.join()
