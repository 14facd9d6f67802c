"""The ids of answers. They are derived from what an answer shows; nothing is stored for them."""

from collections.abc import Iterator
from hashlib import sha256

from bot.core.answers.corpus import Corpus
from bot.core.commands.quote_commands import ShowQuotes

PAGES_MAX = 8
"""Pages of an answer whose id is looked for: a section has one, with its quotes a few. Of an id that is none, all are
tried."""


def answer_id(slug: str, section: str, revision: str, page: int) -> str:
    """8 hex digits that identify a page of an answer; no section (empty) for one about a whole brief."""
    return sha256(f"{slug}\n{section}\n{revision}\n{page}".encode()).hexdigest()[:8]


def place_of(query: ShowQuotes, corpus: Corpus) -> tuple[str | None, str | None] | None:
    """The slug and the section that somebody asks for, None for either that is not named; None where the id of an
    answer, or a revision alone, is not one of now."""
    if query.answer:
        return next((place for place, each in _ids(corpus) if each == query.answer), None)
    if query.revision and not query.brief:
        return next(((each.slug, None) for each in corpus.published if each.revision == query.revision), None)
    return query.brief, query.section


def _ids(corpus: Corpus) -> Iterator[tuple[tuple[str, str], str]]:
    for page in range(1, PAGES_MAX + 1):
        for brief in corpus.published:
            for section in ("", *brief.sections):
                yield (brief.slug, section), answer_id(brief.slug, section, brief.revision, page)
