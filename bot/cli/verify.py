"""`briefbot verify`: looks for every quote on the page that it is cited from."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from pathlib import Path

from tqdm import tqdm

from bot.cli.archive_list import archive_list
from bot.cli.cited_briefs import CitedBriefs, cited_briefs
from bot.cli.output import diagnostic_line, print_text
from bot.cli.verify_options import VerifyOptions
from bot.cli.verify_report import FORMATTERS, VerifiedQuote
from bot.content.evidence_lock import LOCK_FILE, read_evidence_lock, write_evidence_lock
from bot.content.loader import STORE_FILE, load_vocabulary
from bot.content.repository import brief_files
from bot.content.repository_address import repository_address
from bot.core.briefs.vocabulary import NO_VOCABULARY
from bot.core.evidence.cited import CitedQuote
from bot.core.evidence.hashes import hash_of
from bot.core.evidence.lock import EvidenceLock, QuoteCheck, QuoteKey, UnreadReason
from bot.core.evidence.pages import CitedPage, PageResult, check_after, cited_pages, requested_url
from bot.core.evidence.summary import FAILURES
from bot.errors import SettingsError
from bot.pages.check_pages import PageChecker
from bot.pages.journal import Journal
from bot.pages.manners import PRODUCT, Manners
from bot.pages.network import WEB_PORTS, Network, of_public_web
from bot.settings import Settings

JOURNALS = Path("var/verify")
"""Where the journals of runs are; beside the default database, and never in git."""


@dataclass(frozen=True, slots=True)
class Outside:
    """What lies outside of the program. Tests put in their own: manners that are brief, a network of this machine."""

    network: Network | None = None
    manners: Callable[[Manners], Manners] = lambda manners: manners
    now: Callable[[], datetime] = lambda: datetime.now(UTC)


NO_NETWORK = (
    "none of the pages could be reached; see whether this machine reaches the web, and start again: evidence.lock "
    "stays as it was"
)


def verify(options: VerifyOptions, settings: Settings, outside: Outside = Outside()) -> int:
    """Checks the quotes of briefs, writes `evidence.lock` beside them, and prints what there is to do. Returns 1 if a
    quote is missing, a page is gone, a file cannot be read, or the archive that was asked did not say whether it has
    a copy. Raises: SettingsError, also where no page can be reached; EvidenceLockError."""
    briefs = cited_briefs(settings.briefs, options.briefs)
    manners = outside.manners(_manners(options, settings.briefs))
    network = outside.network or Network(_allows(options.ports))
    if options.lists_archives or options.asks_archive:
        asker = (manners, network) if options.asks_archive else None
        copies = archive_list(settings.briefs, briefs.briefs, asker)
        print_text(copies.text)
        return max(_print_broken(briefs), min(copies.unanswered, 1))
    lock, journal_path = read_evidence_lock(settings.briefs), _journal_path(settings.briefs)
    with Journal(journal_path, outside.now()) as journal:
        scratch = journal_path.with_suffix(".pages")
        checker = PageChecker(manners, network, scratch, outside.now, journal.record)
        pages = cited_pages(each.quote for each in briefs.quotes)
        _check(pages, journal, options, checker)
        if _is_cut_off(pages, journal):
            # The next run asks anew.
            journal.finish(outside.now())
            raise SettingsError(NO_NETWORK)
        checks = {check.key: check for each in briefs.quotes for check in _known(each.quote, lock, journal)}
        merged = _merged(lock, checks, briefs, settings.briefs)
        last_run = lock.last_run if options.briefs or briefs.broken else _oldest_look(pages, journal, outside.now())
        _write(settings.briefs, EvidenceLock(last_run, merged))
        journal.finish(outside.now())
        return _report(briefs, lock, checks, journal, options)


def _is_cut_off(pages: Sequence[CitedPage], journal: Journal) -> bool:
    """Whether all of several pages failed for the network: that says something of this machine and nothing of them."""
    results = [journal.result(page.address) for page in pages if journal.is_of_run(page.address)]
    return len(results) > 1 and all(result and result.reason is UnreadReason.NETWORK for result in results)


def _oldest_look(pages: Sequence[CitedPage], journal: Journal, now: datetime) -> date:
    """The day from which on every page was looked at: those that were read lately may have been skipped."""
    results = (journal.result(page.address) for page in pages)
    return min((result.at for result in results if result), default=now).date()


def _write(directory: Path, lock: EvidenceLock) -> None:
    try:
        write_evidence_lock(directory, lock)
    except OSError as error:
        reason = f"{directory / LOCK_FILE} cannot be written: {error.strerror or error}"
        raise SettingsError(f"{reason}; mend that and start again, which asks for nothing twice") from None


def _manners(options: VerifyOptions, directory: Path) -> Manners:
    store = load_vocabulary(directory / STORE_FILE).value or NO_VOCABULARY
    address = repository_address(directory, store)
    agent = f"{PRODUCT}/1 (+{address})" if address else f"{PRODUCT}/1"
    return Manners(user_agent=agent, pause_s=options.pause_s, hosts=options.hosts)


def _allows(ports: frozenset[int]) -> Callable[..., bool]:
    return lambda address, port: of_public_web(address, port, WEB_PORTS | ports)


def _journal_path(directory: Path) -> Path:
    return JOURNALS / f"{hash_of(str(directory.resolve()))}.jsonl"


def _check(pages: Sequence[CitedPage], journal: Journal, options: VerifyOptions, checker: PageChecker) -> None:
    recent_since = checker.now() - options.since if options.since else None
    left = [page for page in pages if not _is_settled(page, journal, recent_since)]
    # `disable=None`: no bar where nobody looks at it.
    with tqdm(total=len(pages), initial=len(pages) - len(left), unit="page", disable=None, leave=False) as bar:

        def record(result: PageResult) -> None:
            checker.record(result)
            bar.update()

        replace(checker, record=record).run(left)


def _is_settled(page: CitedPage, journal: Journal, recent_since: datetime | None) -> bool:
    result, is_of_run = journal.result(page.address), journal.is_of_run(page.address)
    return result is not None and result.settles(page, is_of_run=is_of_run, recent_since=recent_since)


def _known(quote: CitedQuote, lock: EvidenceLock, journal: Journal) -> Iterator[QuoteCheck]:
    """What is known of a quote now; nothing where there is no result."""
    address = hash_of(requested_url(quote))
    if result := journal.result(address):
        before = lock.known(quote.key, hash_of(quote.source.url))
        before = before and replace(before, key=quote.key)
        yield check_after(before, quote, result, is_of_run=journal.is_of_run(address))


def _merged(
    lock: EvidenceLock, checks: Mapping[QuoteKey, QuoteCheck], briefs: CitedBriefs, directory: Path
) -> Mapping[QuoteKey, QuoteCheck]:
    """The checks of a run and those of briefs that it was not about, or could not read. What no brief has any more is
    left out."""
    others = {path.stem for path in brief_files(directory)} - {brief.slug for brief in briefs.briefs}
    return {**{key: check for key, check in lock.checks.items() if key.brief in others}, **checks}


def _report(
    briefs: CitedBriefs,
    lock: EvidenceLock,
    checks: Mapping[QuoteKey, QuoteCheck],
    journal: Journal,
    options: VerifyOptions,
) -> int:
    quotes = list(_verified(briefs, lock, checks, journal))
    print_text(FORMATTERS[options.format](quotes))
    broken = _print_broken(briefs)
    return 1 if any(each.check.state in FAILURES for each in quotes) else broken


def _print_broken(briefs: CitedBriefs) -> int:
    """Prints the errors of files that cannot be read; the exit code for them."""
    print_text("\n".join(map(diagnostic_line, briefs.broken)), to_stderr=True)
    return 1 if briefs.broken else 0


def _verified(
    briefs: CitedBriefs, lock: EvidenceLock, checks: Mapping[QuoteKey, QuoteCheck], journal: Journal
) -> Iterator[VerifiedQuote]:
    for each in briefs.quotes:
        result = journal.result(hash_of(requested_url(each.quote)))
        if result is not None:
            key = each.quote.key
            yield VerifiedQuote(each, checks[key], lock.checks.get(key), result.detail, result.page)
