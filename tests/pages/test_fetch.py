"""What is asked for, in which order, and how fast."""

import asyncio
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import pytest

from bot.core.evidence.lock import UnreadReason
from bot.pages.answers import Download, Unread
from bot.pages.fetch import Fetcher, attempts
from bot.pages.manners import Manners
from tests.pages.kinds import PLAIN, paragraph, robots, sent, status
from tests.pages.run import brief_manners
from tests.pages.site import Page, Site, html, serving

MANNERS = brief_manners(Manners(user_agent="briefbot/1"))


def fetched(
    directory: Path, pages: Mapping[str, Page], *paths: str, manners: Manners = MANNERS
) -> tuple[list[object], Site]:
    """What comes of asking one host for paths, one after the other in tasks of their own."""

    async def fetch(site: Site) -> list[object]:
        async with Fetcher(manners, site.network(), directory) as fetcher:
            return list(await asyncio.gather(*(fetcher.fetch(f"http://a.example.org/{path}") for path in paths)))

    with serving(Site({("a.example.org", f"/{path}"): page for path, page in pages.items()})) as site:
        return asyncio.run(fetch(site)), site


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("http://example.org/a?b=1", ["https://example.org/a?b=1", "http://example.org/a?b=1"]),
        ("https://example.org/a", ["https://example.org/a"]),
        ("http://example.org:8080/a", ["http://example.org:8080/a"]),
        ("https://example.org/a#note", ["https://example.org/a"]),
        ("https://example.org/a%2Fb?c=%2Fd+e&f=g%20h", ["https://example.org/a%2Fb?c=%2Fd+e&f=g%20h"]),
        ("https://example.org/é?c=ü", ["https://example.org/%C3%A9?c=%C3%BC"]),
        ("http://[::1", []),
        ("http://example.org:99999/", []),
    ],
)
def test_https_comes_before_http(address: str, expected: list[str]) -> None:
    assert [str(url) for url in attempts(address)] == expected


def test_what_is_no_address_is_unread(tmp_path: Path) -> None:
    async def fetch() -> object:
        async with Fetcher(MANNERS, Site({}).network(), tmp_path) as fetcher:
            return await fetcher.fetch("http://[::1")

    assert asyncio.run(fetch()) == Unread(UnreadReason.NETWORK, "no address")


def test_a_host_is_asked_one_thing_at_a_time_with_a_pause(tmp_path: Path) -> None:
    pages = {str(number): html(PLAIN) for number in range(5)}
    answers, site = fetched(tmp_path, pages, *pages, manners=replace(MANNERS, pause_s=0.1))
    assert all(isinstance(answer, Download) for answer in answers)
    assert site.together["a.example.org"] == 1
    assert site.gaps["a.example.org"] >= 0.05


def test_a_pause_that_robots_txt_asks_for_is_kept_within_bounds(tmp_path: Path) -> None:
    rules = robots("User-agent: *\nCrawl-delay: 3600\n")
    pages = {"1": html(PLAIN), "2": html(PLAIN), **rules}
    _, site = fetched(tmp_path, pages, "1", "2", manners=replace(MANNERS, pause_max_s=0.1))
    assert 0.05 <= site.gaps["a.example.org"] < 2
    assert site.asked("/robots.txt") == 1


def test_a_host_that_wants_to_be_left_alone_is_asked_nothing_more(tmp_path: Path) -> None:
    pages = {"1": status(429, Retry_After="3600"), "2": html(PLAIN), "3": html(PLAIN)}

    async def fetch(site: Site) -> list[object]:
        async with Fetcher(MANNERS, site.network(), tmp_path) as fetcher:
            return [await fetcher.fetch(f"http://a.example.org/{path}") for path in "123"]

    with serving(Site({("a.example.org", f"/{path}"): page for path, page in pages.items()})) as site:
        answers = asyncio.run(fetch(site))
    assert [answer.reason for answer in answers if isinstance(answer, Unread)] == [UnreadReason.BUSY] * 3
    assert (site.asked("/1"), site.asked("/2"), site.asked("/3")) == (1, 0, 0)


def test_a_wait_that_is_asked_for_is_kept_before_anything_else_is_asked(tmp_path: Path) -> None:
    first = iter([status(503, Retry_After="1")])
    pages = {"1": lambda exchange: next(first, html(PLAIN))(exchange), "2": html(PLAIN)}
    answers, site = fetched(tmp_path, pages, "1", "2")
    assert all(isinstance(answer, Download) for answer in answers)
    assert site.asked("/1") == 2


def test_rules_of_a_site_are_asked_for_once(tmp_path: Path) -> None:
    pages = {str(number): html(PLAIN) for number in range(4)} | dict(robots("User-agent: *\nDisallow: /2\n"))
    answers, site = fetched(tmp_path, pages, "0", "1", "2", "3")
    assert site.asked("/robots.txt") == 1
    assert [isinstance(answer, Unread) and answer.reason for answer in answers] == [
        False,
        False,
        UnreadReason.ROBOTS,
        False,
    ]
    assert site.asked("/2") == 0


def test_nothing_is_left_of_what_is_not_read(tmp_path: Path) -> None:
    pages = {"1": sent(b"x" * 5000), "2": status(404), "3": html(paragraph(PLAIN))}
    answers, _ = fetched(tmp_path, pages, "1", "2", "3", manners=replace(MANNERS, body_max=1000, text_max=1000))
    assert set(tmp_path.iterdir()) == {each.path for each in answers if isinstance(each, Download)}
