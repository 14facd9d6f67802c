"""The words of a posted answer, or of posted search results, with their corrections."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from bot.core.answers import answer
from bot.core.answers.answer import Answer, Excerpt, SearchResults
from bot.core.answers.lookup import answer_of
from bot.core.briefs.arrangement import UNPLACED
from bot.core.briefs.brief import Brief, Claim
from bot.core.changes.correction import ClaimCorrection
from bot.handlers.context import Services
from bot.handlers.delivery.correct_posts import CorrectionsByClaim
from bot.render.document.document import Layout
from bot.render.reply_layout import layout
from bot.store.posted_messages import PostedMessage
from bot.store.store import Transaction

ClaimInBrief = tuple[Brief, str, str, Claim]
"""A claim with its brief, section key and section title."""


def reply_layout(tx: Transaction, services: Services, post: PostedMessage, by_claim: CorrectionsByClaim) -> Layout:
    """An answer, or search results, with each corrected claim as it reads now, and without withdrawn ones; its items
    are those of the post."""
    shown = shown_claims(tx, services, post)
    claims = _each_once([_as_corrected(each, by_claim.get(n, ())) for n, each in enumerate(shown)])
    if post.content["kind"] == "hits":
        return layout(_hits(services, post, claims), services.policy.command)
    # At the publication of the post: all but the corrections stays as readers saw it.
    brief, section = brief_at(tx, post.claims[0].slug, post.publication), post.content["section"]
    whole = answer_of(section, brief, services.corpus.corpus, share=False, today=post.posted_at.date())
    if "view" in post.content:
        return _answer(services, post, whole, {old.id: each for (*_, old), each in zip(shown, claims, strict=True)})
    # Earlier versions showed all claims of a page with their quotes, in the order of the file.
    excerpts = answer.excerpts((*each, UNPLACED) for each in claims if each is not None)
    return layout(replace(whole, excerpts=excerpts, view="quotes"), services.policy.command)


def _each_once(claims: Iterable[ClaimInBrief | None]) -> list[ClaimInBrief | None]:
    """None for a claim that stands before already: two of a post may have been merged."""
    known: set[tuple[str, str]] = set()
    each_once: list[ClaimInBrief | None] = []
    for each in claims:
        name = (each[0].slug, each[3].id) if each else None
        each_once.append(None if name in known else each)
        known |= {name} if name else set()
    return each_once


def _hits(services: Services, post: PostedMessage, claims: Sequence[ClaimInBrief | None]) -> SearchResults:
    content, section = post.content, post.content["section"]
    excerpts = answer.excerpts((*each, UNPLACED) for each in claims if each is not None)
    title = services.corpus.corpus.section_title(section) if section else None
    results = SearchResults(content["words"], section, title, excerpts, content["with_all"])
    # Earlier versions did not tell these apart.
    return replace(results, **{name: content.get(name, False) for name in ("only_related", "by_meaning")})


def _answer(services: Services, post: PostedMessage, whole: Answer, posted: dict[str, ClaimInBrief | None]) -> Layout:
    """The post's part of an answer that still says how much there is beside it; `posted` are its claims by id."""
    found = ((_current(each, posted), each.place) for each in whole.excerpts)
    excerpts = answer.excerpts((*each, place) for each, place in found if each is not None)
    made = layout(
        replace(whole, excerpts=excerpts, view=post.content["view"], is_whole_brief=post.content["whole"]),
        services.policy.command,
    )
    ids = {claim.id for *_, claim in filter(None, posted.values())}
    items = tuple(item for item in made.items if item.excerpt and item.excerpt.claim.id in ids)
    return replace(made, items=items)


def _current(excerpt: Excerpt, posted: dict[str, ClaimInBrief | None]) -> ClaimInBrief | None:
    as_posted = (excerpt.brief, excerpt.section, excerpt.section_title, excerpt.claim)
    return posted.get(excerpt.claim.id, as_posted)


def shown_claims(tx: Transaction, services: Services, post: PostedMessage) -> list[ClaimInBrief]:
    """The claims of a post as they were when it was made, in its order. Raises: LookupError."""
    corpus, slugs = services.corpus.corpus, {each.slug for each in post.claims}
    briefs = [brief_at(tx, slug, post.publication) for slug in slugs]
    claims: dict[tuple[str, str], ClaimInBrief] = {
        (brief.slug, claim.id): (brief, key, corpus.section_title(key), claim)
        for brief in briefs
        for key, claim in brief.claims()
    }
    return [claims[each.slug, each.claim] for each in post.claims]


def _as_corrected(claim: ClaimInBrief, corrections: Sequence[ClaimCorrection]) -> ClaimInBrief | None:
    """None where it was withdrawn."""
    if not corrections:
        return claim
    last = corrections[-1]
    if last.after is None or last.brief is None:
        return None
    return last.brief, claim[1], claim[2], last.after


def brief_at(tx: Transaction, slug: str, number: int) -> Brief:
    """A brief as it was at a publication. Raises: LookupError where the brief was not there."""
    brief = tx.brief(slug, tx.publications.revision_at(slug, number))
    if brief is None:
        raise LookupError(f"{slug} was not there at publication {number}")
    return brief
