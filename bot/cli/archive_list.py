"""`briefbot verify --archive-list`: what to fill in for sources that have no archived copy."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from urllib.parse import urlsplit

from bot.content.loader import load_brief
from bot.content.yaml_tree import positions_of
from bot.core.briefs.brief import Brief
from bot.pages.answers import Unread
from bot.pages.archive import Copies, archived_copies
from bot.pages.manners import Manners
from bot.pages.network import Network

_ARCHIVES = ("archive.org", "archive.today", "archive.ph", "archive.is", "perma.cc", "webcitation.org")
_ASKED = "# Copies that the Internet Archive has; add each line to its source."
_NO_COPY = "# The Internet Archive says that it has no copy of these."
_NO_ANSWER = (
    "# Of these the Internet Archive said nothing, so it may have copies;\n"
    "# run briefbot verify --ask-archive again later."
)
_NOT_ASKED = (
    "# Where the Internet Archive would have a copy of about the day of the brief. Open each, and add what it\n"
    "# redirects to; briefbot verify --ask-archive asks the archive itself."
)


@dataclass(frozen=True, slots=True)
class _Source:
    """A source without an archived copy; `line` counts from 1, `day` is YYYYMMDD."""

    path: Path
    line: int
    id: str
    url: str
    day: str


@dataclass(frozen=True, slots=True)
class ArchiveList:
    """YAML lines, each below its file, line and source. `unanswered`: sources of which the archive said nothing."""

    text: str
    unanswered: int = 0


def archive_list(directory: Path, briefs: Iterable[Brief], asker: tuple[Manners, Network] | None) -> ArchiveList:
    """What is proposed for sources without a copy. Nothing is asked for where `asker` is None."""
    sources = [source for brief in briefs for source in _without_copy(directory / f"{brief.slug}.yaml", brief)]
    if not sources:
        return ArchiveList("Every source has an archived copy.")
    if asker is None:
        return ArchiveList("\n".join([_NOT_ASKED, *map(_proposal, sources)]))
    return _answered(sources, archived_copies(list(dict.fromkeys((each.url, each.day) for each in sources)), *asker))


def _without_copy(path: Path, brief: Brief) -> Iterator[_Source]:
    positions, day = positions_of(load_brief(path).text), f"{brief.as_of:%Y%m%d}"
    for key, source in brief.sources.items():
        host = urlsplit(source.url).hostname or ""
        is_copy = any(f".{host}".endswith(f".{archive}") for archive in _ARCHIVES)
        # A draft may have a source whose address nobody has looked up.
        if source.url and not source.archive_url and not is_copy:
            yield _Source(path, positions.find(("sources", key, "url")).line, key, source.url, day)


def _answered(sources: Sequence[_Source], copies: Copies) -> ArchiveList:
    groups: dict[str, list[str]] = {_ASKED: [], _NO_COPY: [], _NO_ANSWER: []}
    for each in sources:
        title, line = _outcome(each.url, copies[each.url])
        groups[title].append(_entry(each, f"    {line}"))
    lines = chain.from_iterable([title, *entries] for title, entries in groups.items() if entries)
    return ArchiveList("\n".join(lines), len(groups[_NO_ANSWER]))


def _outcome(url: str, copy: str | Unread | None) -> tuple[str, str]:
    """(title of the group, what to fill in or to do) of a source."""
    match copy:
        case str():
            return _ASKED, f"archive_url: {copy}"
        case Unread():
            return _NO_ANSWER, f"# not known whether there is a copy: {copy.detail}"
        case None:
            return _NO_COPY, f"# no copy; make one: {_save(url)}"


def _proposal(source: _Source) -> str:
    return _entry(source, f"    archive_url: https://web.archive.org/web/{source.day}/{source.url}")


def _entry(source: _Source, line: str) -> str:
    return f"{source.path}:{source.line}: {source.id}\n{line}"


def _save(url: str) -> str:
    return f"https://web.archive.org/save/{url}"
