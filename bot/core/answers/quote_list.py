"""What is known of the quotes that a reader sees: of an answer together, of a brief one by one."""

from collections.abc import Iterable, Iterator

from bot.core.answers import answer
from bot.core.answers.answer import Citation, Excerpt, QuoteEntry, QuoteList
from bot.core.answers.corpus import Corpus
from bot.core.briefs.arrangement import arranged
from bot.core.briefs.brief import Brief
from bot.core.evidence.check_summary import CheckSummary, failure_of, last_look, summary
from bot.core.evidence.lock import EvidenceLock, QuoteCheck, QuoteState


def summary_of(excerpts: Iterable[Excerpt], lock: EvidenceLock) -> CheckSummary | None:
    """What is known of the quotes of some claims; None where none is on its page and none has vanished."""
    return summary((check for each in excerpts for _, check in _checks(each, lock)), lock) if lock.checks else None


def quote_list(brief: Brief, section: str | None, corpus: Corpus, earlier: str | None) -> QuoteList:
    """The quotes of a brief, or of one of its sections; `earlier` as in `QuoteList`."""
    keys = corpus.section_keys(brief) if section is None else [section]
    claims = (
        (brief, key, corpus.section_title(key), *placed) for key in keys for placed in arranged(brief.sections[key])
    )
    entries = [each for excerpt in answer.excerpts(claims) for each in _entries(excerpt, corpus.evidence)]
    title = corpus.section_title(section) if section is not None else None
    return QuoteList(brief, section, title, tuple(sorted(entries, key=_rank)), earlier)


def _entries(excerpt: Excerpt, lock: EvidenceLock) -> Iterator[QuoteEntry]:
    for citation, check in _checks(excerpt, lock):
        yield QuoteEntry(excerpt, citation, check, last_look(check, lock) if check else None)


def _checks(excerpt: Excerpt, lock: EvidenceLock) -> Iterator[tuple[Citation, QuoteCheck | None]]:
    """The quotes of a claim, each with what is known of it."""
    brief, claim = excerpt.brief, excerpt.claim
    for item, citation in zip(claim.evidence, excerpt.citations, strict=True):
        if item.quote is not None:
            yield citation, lock.check_of(brief.slug, claim.id, item, citation.source)


_ORDER: tuple[QuoteState | None, ...] = (
    *(QuoteState.MISSING, QuoteState.GONE, QuoteState.UNREACHABLE),
    *(None, QuoteState.NORMALISED, QuoteState.VERBATIM),
)


def _rank(entry: QuoteEntry) -> int:
    return _ORDER.index((failure_of(entry.check) or entry.check.state) if entry.check else None)
