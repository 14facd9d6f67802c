"""`briefbot verify` over the sites of this machine, for the tests of every size."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime

from bot.cli.verify import Outside
from bot.pages.manners import MIB, Manners
from tests.pages.cited import Citation
from tests.pages.kinds import NAMES, NEVER, Kind, pages_of
from tests.pages.site import Page, Site, serving


def brief_manners(manners: Manners) -> Manners:
    """For sites that need no care, and files that are soon too large."""
    small = replace(manners, body_max=2 * MIB, text_max=MIB)
    quick = replace(small, pause_s=0, retry_after_s=0, connect_s=2, read_s=1, total_s=1.5, hosts=16)
    return replace(quick, archive="http://archive.org/wayback/available")


def outside(site: Site, now: Callable[[], datetime] | None = None) -> Outside:
    """The site, and nothing else."""
    there = Outside(network=site.network(), manners=brief_manners)
    return replace(there, now=now) if now else there


def citations(kinds: dict[str, Kind], path: str = "page") -> Iterator[Citation]:
    """A citation of each kind, at the host of its name."""
    for name, kind in kinds.items():
        copy = f"http://archive-{name}.example.org/{path}" if kind.archive else None
        yield Citation(f"c-{name}", kind.quote, f"http://{name}.example.org/{path}", copy)


@contextmanager
def site_of(kinds: dict[str, Kind]) -> Iterator[Site]:
    """A site with a host for each kind."""
    pages: dict[tuple[str, str], Page] = {}
    for name, kind in kinds.items():
        pages |= pages_of(name, kind)
    NEVER.clear()
    with serving(Site(pages, NAMES)) as site:
        try:
            yield site
        finally:
            NEVER.set()
