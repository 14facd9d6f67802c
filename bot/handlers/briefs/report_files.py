"""Trigger: the running bot has read brief files. It tells maintainers once which are not published, and why."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import accumulate
from pathlib import PurePath

from bot.content.evidence_lock import LOCK_FILE
from bot.core.briefs.brief import Brief
from bot.core.briefs.vocabulary import Vocabulary
from bot.core.delivery.content import FileNotice
from bot.core.linting.gate import STORE
from bot.handlers.context import Services
from bot.handlers.delivery.wake_workers import add_and_wake
from bot.store.file_reports import DIRECTORY
from bot.store.outbox import NewDelivery
from bot.store.publications import Publication
from bot.store.store import Transaction

ERRORS_MAX = 5
"""Errors of one file in a message."""

LINE_MAX, TEXT_MAX = 400, 3000
"""Characters of a line and of all lines, so that they fit into one message whatever is escaped in them."""

GONE_REMEDY = (
    "Its followers are told so, without a reason. If it is not meant, put the file back. To give a reason, put it back "
    "with status: withdrawn and a note."
)


@dataclass(frozen=True, slots=True)
class FileReport:
    """A file that did not pass the gate. `head` says what readers see meanwhile; `errors` have line, column and code;
    `origin` is who changed it and in which commit, None where that is not known."""

    head: str
    errors: tuple[str, ...] = ()
    origin: str | None = None


def report_files(reports: Mapping[str, FileReport], present: Collection[str], services: Services) -> None:
    """Stores which files are not published, and owes the maintainers' channel a message if that is news. `reports` are
    all that did not pass the gate, by file name; `present` the names of all files. Raises: DatabaseFailureError."""
    now = services.now()
    with services.store.transaction() as tx:
        before, times = tx.file_reports.all(), tx.file_reports.times()
        stored = {name: (each.head, *each.errors) for name, each in reports.items()}
        new = {name: reports[name] for name in reports if before.get(name) != stored[name]}
        mended = sorted(before.keys() - reports.keys())
        tx.file_reports.replace({name: stored[name] for name in new}, mended, now)
        lines = [_mended(tx, name, present, times[name], is_held=DIRECTORY in reports) for name in mended]
        _owe(tx, [*lines, *_news(new)], services, now)


def report_publication(publication: Publication, services: Services) -> None:
    """Tells maintainers, and nobody else, which briefs a publication renamed, and which it withdrew without a reason,
    as their files are gone. Raises: DatabaseFailureError."""
    lines = [
        f"{old} is called {new} from now on. Readers are not told; who follows it goes on."
        for old, new in publication.renames
    ]
    lines += [f"{slug}.yaml is gone, so {slug} is no longer published. {GONE_REMEDY}" for slug in publication.gone]
    if lines:
        with services.store.transaction() as tx:
            _owe(tx, lines, services, services.now())


def _owe(tx: Transaction, lines: Sequence[str], services: Services, now: datetime) -> None:
    """Adds a message to the maintainers' channel, if there is one and there is something to say."""
    if services.policy.maintainers is None or not lines:
        return
    team, channel = services.policy.maintainers
    add_and_wake(tx, services, [NewDelivery(team, None, channel, FileNotice(_fitting(lines)), now)])


def _news(reports: Mapping[str, FileReport]) -> Iterator[str]:
    for _, report in sorted(reports.items()):
        yield report.head
        yield from report.errors[:ERRORS_MAX]
        if (more := len(report.errors) - ERRORS_MAX) > 0:
            yield f"… and {more} more"
        if report.origin is not None:
            yield report.origin


def _fitting(lines: Sequence[str]) -> tuple[str, ...]:
    """The lines that fit into one message, each cut where it is very long, and a last one that counts the others."""
    cut = [line if len(line) <= LINE_MAX else f"{line[: LINE_MAX - 1]}…" for line in lines]
    fitting = [line for line, end in zip(cut, accumulate(map(len, cut)), strict=True) if end <= TEXT_MAX]
    more = len(cut) - len(fitting)
    return (*fitting, *([f"… and {more} more lines. See all: briefbot check"] if more else []))


def _mended(tx: Transaction, name: str, present: Collection[str], reported_at: datetime, *, is_held: bool) -> str:
    if name == DIRECTORY:
        return "Changes of the brief files are published again."
    if name not in present:
        return f"{name} is gone."
    if name == LOCK_FILE:
        return f"{name} is fixed."
    return f"{name} is fixed. {_sight(tx, PurePath(name).stem, reported_at, is_held=is_held)}"


def _sight(tx: Transaction, stem: str, reported_at: datetime, *, is_held: bool) -> str:
    """What readers see of a file that passes the gate again."""
    then, now = tx.publications.number_before(reported_at, 0), tx.publications.newest_number()
    before, after = _content(tx, stem, then), _content(tx, stem, now)
    if isinstance(after, Brief) and after.status == "draft":
        return "It is a draft, which readers do not see."
    if before != after:
        return "Readers now see the new version."
    return "Nothing new is published for now." if is_held or after is None else "It is again what readers see."


def _content(tx: Transaction, stem: str, number: int) -> Vocabulary | Brief | None:
    """What a publication had of a file; None where it had nothing, or what is not kept since readers see something
    else. Publications count from 1."""
    if stem == STORE:
        return tx.publications.vocabulary(number) if number else None
    try:
        return tx.brief(stem, tx.publications.revision_at(stem, number))
    except LookupError:
        return None
