"""A section as it read at an earlier revision."""

from dataclasses import replace
from datetime import date

from bot.core.answers.answer import NoMatch, Reply, Suggestion, SupersededBy
from bot.core.answers.corpus import Corpus
from bot.core.answers.lookup import answer_of, reply
from bot.core.commands.command import Show
from bot.handlers.context import Services
from bot.store.publications import RevisionChange

NEVER = "no revision {} was ever published"
OLD = "revision {} is so old that it is not kept"
UNKNOWN = "no revision {} is kept"


def answer_at_revision(query: Show, services: Services, corpus: Corpus, today: date, default: str | None) -> Reply:
    """A section as it read at `query.revision`, with what superseded it; the current revision like any other answer.
    `NoMatch` where it was never published, is not kept, or had no such section. `default` is the slug of the channel's
    default brief, None without one."""
    revision = query.revision or ""
    with services.store.snapshot() as tx:
        changes = tx.publications.with_revision(revision, query.brief)
        first = next((change for change in changes if change.after == revision), None)
        try:
            brief = tx.brief(first.slug, revision) if first else None
        except LookupError:
            # What was not announced may have been a draft, of which readers never knew.
            return _no_revision(query, default, OLD if first and first.kind else UNKNOWN)
    current = corpus.briefs.get(brief.slug) if brief else None
    # As readers see it: a brief that was withdrawn before it was ever published is a draft there.
    status = brief and (current.status if current and current.revision == revision else brief.status)
    if brief is None or status == "draft":
        return _no_revision(query, default, NEVER)
    if current is not None and current.revision == revision:
        return reply(Show(query.section, brief.slug, None, query.share), corpus, default=default, today=today)
    if status != "published":
        return _no_revision(query, default, NEVER)
    key = query.section or corpus.section_keys(brief)[0]
    if key not in brief.sections:
        others = [Suggestion(corpus.section_title(k), Show(k, brief.slug, revision)) for k in brief.sections]
        return NoMatch(_typed(query), f"at that revision the brief had no section “{key}”", tuple(others))
    answer = answer_of(key, brief, corpus, share=query.share, today=today)
    # A review of the current text says nothing of an earlier one.
    return replace(answer, superseded=_superseded_by(changes, revision), review_overdue=None)


def _superseded_by(changes: list[RevisionChange], revision: str) -> SupersededBy | None:
    """What took its place the last time that readers saw it; None where nothing did."""
    published = [change for change in changes if change.after == revision]
    replaced = next((change for change in reversed(changes) if change.before == revision), None)
    if replaced is None:
        return None
    return SupersededBy(published[-1].published_at.date(), replaced.published_at.date(), replaced.after)


def _no_revision(query: Show, default: str | None, why: str) -> NoMatch:
    brief = query.brief or default
    named = query.section or brief
    current = (Suggestion("the current revision", Show(query.section, brief)),) if named else ()
    return NoMatch(_typed(query), why.format(query.revision), current)


def _typed(query: Show) -> str:
    return str(replace(query, share=False))
