"""Asks for an address: politely, within bounds, and only where the public web is."""

from collections.abc import Iterator
from contextlib import suppress
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from itertools import count
from pathlib import Path

from aiohttp import ClientConnectorError, ClientError, ClientResponse, ClientSession, ClientTimeout, DummyCookieJar
from yarl import URL

from bot.core.evidence.lock import UnreadReason
from bot.pages.answers import Answer, Download, Later, Redirect, Unread
from bot.pages.download import BrokenBodyError, TooLargeError, UnknownEncodingError, save
from bot.pages.hosts import Hosts
from bot.pages.manners import PRODUCT, Manners
from bot.pages.network import ForbiddenAddressError, Network
from bot.pages.robots import Robots

_ACCEPT = "text/html,application/xhtml+xml,application/pdf;q=0.9,text/*;q=0.8,*/*;q=0.1"
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_LATER = frozenset({429, 503})
_ABSENT = frozenset({404, 410})
# Where a site answers so over https, what the source says is tried: some sites serve only one of both.
_TRY_AS_CITED = frozenset(
    {
        UnreadReason.NETWORK,
        UnreadReason.TIMEOUT,
        UnreadReason.ABSENT,
        UnreadReason.REFUSED,
        UnreadReason.REDIRECTS,
    }
)
_NOT_PUBLIC = Unread(UnreadReason.FORBIDDEN, "leads to an address or a port that is not of the public web")


class Fetcher:
    """Gets pages into files of a directory; within `async with`, by one event loop."""

    def __init__(self, manners: Manners, network: Network, directory: Path) -> None:
        self._manners, self._network, self._directory = manners, network, directory
        self._hosts = Hosts(manners)
        self._robots = Robots(self._follow, manners.robots_max)
        self._numbers = count()
        self._session: ClientSession

    async def __aenter__(self) -> "Fetcher":
        limits = self._manners
        self._session = ClientSession(
            connector=self._network.connector(),
            cookie_jar=DummyCookieJar(),
            trust_env=False,
            auto_decompress=False,
            timeout=ClientTimeout(total=limits.total_s, connect=limits.connect_s, sock_read=limits.read_s),
            headers={"User-Agent": limits.user_agent, "Accept": _ACCEPT, "Accept-Encoding": "gzip, deflate"},
        )
        return self

    async def __aexit__(self, *_: object) -> None:
        await self._session.close()

    async def fetch(self, address: str) -> Download | Unread:
        """The page of an address, from where it redirects to. Raises nothing for what a site may do."""
        answer: Download | Unread = Unread(UnreadReason.NETWORK, "no address")
        for url in attempts(address):
            answer = await self._follow(url, by_rules=True)
            if isinstance(answer, Download) or answer.reason not in _TRY_AS_CITED:
                return answer
        return answer

    async def _follow(self, url: URL, *, by_rules: bool = False) -> Download | Unread:
        for _ in range(self._manners.redirects + 1):
            if refusal := await self._refusal(url, by_rules=by_rules):
                return refusal
            answer = await self._ask_again(url)
            if not isinstance(answer, Redirect):
                return answer
            url = answer.to
        return Unread(UnreadReason.REDIRECTS, f"redirects more than {self._manners.redirects} times")

    async def _refusal(self, url: URL, *, by_rules: bool) -> Unread | None:
        """Why an address is not to be asked at all."""
        if url.scheme not in ("http", "https") or not url.host or url.user or url.password:
            return Unread(UnreadReason.FORBIDDEN, "leads to what is no plain web address")
        if self._network.refuses_host(url.host, url.port or 0):
            return _NOT_PUBLIC
        if not by_rules:
            return None
        rules = await self._robots.rules(url)
        if isinstance(rules, Unread):
            return Unread(rules.reason, f"its robots.txt cannot be read: {rules.detail}")
        if delay := rules.crawl_delay(PRODUCT):
            self._hosts.slow_down(url.host, delay)
        return None if rules.can_fetch(str(url), PRODUCT) else Unread(UnreadReason.ROBOTS, "its robots.txt forbids it")

    async def _ask_again(self, url: URL) -> Download | Unread | Redirect:
        """Asks, and again where the host wants that within bounds."""
        host, limits = url.host or "", self._manners
        answer = await self._ask(url)
        for _ in range(limits.retries):
            if not isinstance(answer, Later):
                return answer
            wait = limits.retry_after_s if answer.wait_s is None else answer.wait_s
            if wait > limits.retry_after_max_s:
                self._hosts.close(host)
                break
            self._hosts.rest(host, wait)
            answer = await self._ask(url)
        return Unread(UnreadReason.BUSY, answer.detail) if isinstance(answer, Later) else answer

    async def _ask(self, url: URL) -> Answer:
        host = url.host or ""
        if self._hosts.is_closed(host):
            return Unread(UnreadReason.BUSY, "is on a host that asks to be left alone")
        try:
            async with self._hosts.turn(host), self._session.get(url, allow_redirects=False) as response:
                return await self._answer(response)
        except TimeoutError:
            return Unread(UnreadReason.TIMEOUT, "does not answer in time")
        except (ClientError, OSError, ValueError, BrokenBodyError) as error:
            return _NOT_PUBLIC if _is_forbidden(error) else Unread(UnreadReason.NETWORK, _words(error))

    async def _answer(self, response: ClientResponse) -> Answer:
        status = response.status
        if status in _REDIRECTS and (location := response.headers.get("Location")):
            return Redirect(response.url.join(_url(location)))
        if status in _LATER:
            return Later(_retry_after(response.headers.get("Retry-After", "")), f"answers {status}")
        if status in _ABSENT:
            return Unread(UnreadReason.ABSENT, f"answers {status}")
        if not 200 <= status < 300:
            return Unread(UnreadReason.BUSY if status >= 500 else UnreadReason.REFUSED, f"answers {status}")
        return await self._download(response)

    async def _download(self, response: ClientResponse) -> Download | Unread:
        path = self._directory / f"page-{next(self._numbers)}"
        limits, content_type = self._manners, response.headers.get("Content-Type", "")
        plain_max = limits.body_max if "pdf" in content_type.lower() else limits.text_max
        try:
            if (response.content_length or 0) > limits.body_max:
                raise TooLargeError
            encoding = response.headers.get("Content-Encoding", "")
            await save(response.content.iter_any(), encoding, path, limits.body_max, plain_max)
            return Download(path, content_type)
        except BaseException as error:
            path.unlink(missing_ok=True)
            if isinstance(error, TooLargeError):
                return Unread(UnreadReason.TOO_LARGE, "is too large")
            if isinstance(error, UnknownEncodingError):
                return Unread(UnreadReason.UNREADABLE, f"is compressed as {response.headers['Content-Encoding']}")
            raise


def attempts(address: str) -> Iterator[URL]:
    """What is asked for one after the other until something is there: https before http, unless a port is named.
    Nothing for what is no address."""
    with suppress(ValueError):
        url = _url(address).with_fragment(None)
        if url.scheme == "http" and url.explicit_port is None:
            yield url.with_scheme("https")
        yield url


def _url(text: str) -> URL:
    """An address as it is written: in one that is signed, another spelling of the same is another address."""
    return URL(text, encoded=text.isascii() and text.isprintable() and " " not in text)


def _is_forbidden(error: BaseException) -> bool:
    cause = error.os_error if isinstance(error, ClientConnectorError) else error
    return isinstance(cause, ForbiddenAddressError)


def _words(error: Exception) -> str:
    if isinstance(error, BrokenBodyError):
        return "its compression is broken"
    return " ".join(f"fails: {error or type(error).__name__}".split())[:200]


def _retry_after(header: str) -> float | None:
    """Seconds from the header Retry-After, which has a number of them or a time; None if it has neither."""
    if header.strip().isdecimal():
        return float(header)
    try:
        at = parsedate_to_datetime(header)
    except ValueError:
        return None
    at = at if at.tzinfo else at.replace(tzinfo=UTC)
    return max(0.0, (at - datetime.now(UTC)).total_seconds())
