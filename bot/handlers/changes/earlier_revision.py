"""A section as it read at an earlier revision."""

from dataclasses import replace

from bot.core.answers.answer import NoMatch, Reply, Suggestion, SupersededBy
from bot.core.answers.lookup import answer_of
from bot.core.commands import command
from bot.handlers.answers.answer_cache import AnswerCache
from bot.handlers.context import Services
from bot.store.publications import RevisionChange


def answer_at_revision(asked: command.Show, services: Services, desk: AnswerCache, default: str | None) -> Reply:
    """A section as it read at a revision, with what superseded it; the current one like any other answer."""
    revision = asked.revision or ""
    with services.store.snapshot() as tx:
        steps = tx.publications.with_revision(revision, asked.brief)
        shown = next((step for step in steps if step.after == revision), None)
        brief = tx.brief(shown.slug, revision) if shown else None
    typed = " ".join(filter(None, (asked.section, asked.brief, f"@{revision}")))
    if shown is None or brief is None:
        return _unknown(typed, asked, default)
    current = desk.corpus.briefs.get(brief.slug)
    if current is not None and current.revision == revision:
        return desk.reply(" ".join(filter(None, (asked.section, brief.slug, "share" if asked.share else ""))))
    key = asked.section or desk.corpus.section_keys(brief)[0]
    if key not in brief.sections:
        here = [Suggestion(desk.corpus.section_title(k), f"{k} {brief.slug} @{revision}") for k in brief.sections]
        return NoMatch(typed, f"at that revision the brief had no section “{key}”", tuple(here))
    answer = answer_of(key, brief, desk.corpus, share=asked.share, today=desk.today)
    return replace(answer, superseded=_superseded(steps, revision), review_overdue=None)


def _superseded(steps: list[RevisionChange], revision: str) -> SupersededBy | None:
    """From the last time that it was what readers saw."""
    came = [step for step in steps if step.after == revision]
    left = next((step for step in reversed(steps) if step.before == revision), None)
    return SupersededBy(came[-1].published_at.date(), left.published_at.date(), left.after) if left else None


def _unknown(typed: str, asked: command.Show, default: str | None) -> NoMatch:
    now = " ".join(filter(None, (asked.section, asked.brief or default)))
    current = (Suggestion("the current revision", now),) if now else ()
    return NoMatch(typed, f"no revision {asked.revision} was ever published", current)
