"""Posted messages: what is stored of a post, and the post rendered again with its corrections."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from bot.core.answers.answer import Answer, Reply, SearchResults
from bot.core.briefs.brief import Claim
from bot.core.changes.announcement import Announcement
from bot.core.changes.change_notes import is_general, names
from bot.core.changes.change_set import CORRECTING
from bot.core.changes.claim_aspects import other_aspects
from bot.core.changes.correction import ClaimCorrection
from bot.core.changes.summary import Summary
from bot.core.commands.command import Show
from bot.core.commands.outcome import Outcome
from bot.core.delivery.content import ChangeSummary
from bot.core.subscriptions.subscription import SubscriptionSpec
from bot.handlers.changes import announcements
from bot.handlers.context import Services
from bot.handlers.delivery.correct_posts import CorrectionsByClaim, correct_if_stale, corrections_since
from bot.handlers.delivery.digest_content import digest_content, posted_digest_message
from bot.handlers.delivery.post_content import announcement_content, specs_of, start_of, summary_content, summary_of
from bot.handlers.delivery.posted_replies import brief_at, reply_layout, shown_claims
from bot.handlers.delivery.wake_workers import wake_workers
from bot.handlers.ports import Caller, Posted
from bot.render.changes.announcement import announcement_layout
from bot.render.changes.summary import SummaryItem, summary_items, summary_layout
from bot.render.delivery.correction_notes import Correction, with_corrections
from bot.render.digests.digest import DigestMessage, message_document
from bot.render.document.message import Message, message_from, shared_copy, with_footer
from bot.render.document.paging import page_of, paginate
from bot.render.document.phrases import claim_text
from bot.render.reply_layout import layout
from bot.store.posted_messages import PostedClaim, PostedMessage
from bot.store.store import Transaction


@dataclass(frozen=True, slots=True)
class PostRecord:
    """What the store keeps of a post: how to render it again (JSON values), and the claims that it shows, in order."""

    content: Mapping[str, Any]
    claims: tuple[PostedClaim, ...] = ()


def record_of_reply(reply: Reply | Outcome, page: int, command: str, by: str | None) -> PostRecord | None:
    """The record of one page (from 1) of an answer or of search results; `by` is the user id of who shared it. None for
    a reply without claims, and for an answer at an earlier revision, which says itself that it is old."""
    if not isinstance(reply, Answer | SearchResults) or (isinstance(reply, Answer) and reply.superseded):
        return None
    pages = list(paginate(layout(reply, command)))
    # As `render_reply` does: the last page stands in for any beyond.
    page = min(page, len(pages))
    # A claim with many quotations has several items.
    excerpts = list({id(item.excerpt): item.excerpt for item in pages[page - 1] if item.excerpt}.values())
    content: dict[str, Any] = {"page": page, "pages": len(pages), "by": by}
    if isinstance(reply, Answer):
        content |= {"kind": "answer", "section": reply.section, "view": reply.view, "whole": reply.is_whole_brief}
    else:
        content |= {"kind": "hits", "section": reply.section, "words": reply.words, "with_all": reply.with_all}
        content |= {"sections": [each.section for each in excerpts], "only_related": reply.only_related}
        content |= {"by_meaning": reply.by_meaning}
    return PostRecord(content, tuple(PostedClaim(each.brief.slug, each.claim.id) for each in excerpts))


def record_of_announcement(
    announcement: Announcement, after_publication: int, specs: Sequence[SubscriptionSpec]
) -> PostRecord:
    """The record of a post of what changed after a publication (not included), as `specs` asked for it; its claims are
    those whose text it shows, each once, in order."""
    slug = announcement.change_set.slug
    claims = (change.after for change in announcement.changes if isinstance(change.after, Claim))
    ids = dict.fromkeys(claim.id for claim in claims)
    content = announcement_content(announcement, after_publication, specs)
    return PostRecord(content, tuple(PostedClaim(slug, claim_id) for claim_id in ids))


def record_of_summary(
    summary: Summary, items: Sequence[SummaryItem], content: ChangeSummary, specs: Sequence[SubscriptionSpec]
) -> PostRecord:
    """The record of a summary that shows these items, as `specs` asked for it; its claims are those whose text it
    shows, each once, in order."""
    claims = dict.fromkeys(each.claim for each in items if each.claim)
    return PostRecord(summary_content(summary, items, content, specs), tuple(PostedClaim(*claim) for claim in claims))


def record_of_digest(message: DigestMessage) -> PostRecord:
    """The record of one message of a digest; its claims are those whose text it shows, each once, in order."""
    claims = dict.fromkeys(each.claim for each in message.items if each.claim)
    return PostRecord(digest_content(message), tuple(PostedClaim(*claim) for claim in claims))


def record_post(
    tx: Transaction, services: Services, record: PostRecord, posted: Posted, caller: Caller, publication: int
) -> None:
    """Stores a post; corrections that were published while it was being sent reach it as well."""
    now = services.now()
    # While it was being sent, a brief may have been renamed.
    claims = [replace(each, slug=tx.renames.current_slug(each.slug, publication)) for each in record.claims]
    post_id = tx.posted_messages.add(
        team=caller.team,
        enterprise=caller.enterprise,
        channel=posted.channel,
        ts=posted.ts,
        thread_ts=caller.thread_ts,
        publication=publication,
        content=dict(record.content),
        claims=claims,
        at=now,
        after_publication=start_of(record.content, publication),
    )
    if post_id is not None:
        workers = correct_if_stale(tx, tx.posted_messages.get(post_id), now)
        wake_workers(tx, services.queue, workers, services.wake_after(now))


# Rendered again


def rerender(tx: Transaction, services: Services, post: PostedMessage) -> Message:
    """The post as it reads with all corrections since. Raises: LookupError where its versions are not stored."""
    by_claim = corrections_since(tx, post)
    corrections = [each for _, each in corrections_of(tx, services, post, by_claim)]
    match post.content["kind"]:
        case "change":
            return _rerender_announcement(tx, services, post, corrections)
        case "summary":
            return _rerender_summary(tx, services, post, corrections)
        case "digest":
            return _rerender_digest(tx, services, post, corrections)
        case _:
            return _rerender_reply(tx, services.speaking_in(post.thread_ts), post, by_claim, corrections)


def _rerender_announcement(
    tx: Transaction, services: Services, post: PostedMessage, corrections: Sequence[Correction]
) -> Message:
    content, specs = post.content, announcements.current_specs(tx, specs_of(post.content), post.publication)
    slug = tx.renames.current_slug(content["slug"], post.publication)
    announcement, _ = announcements.announcement_for(tx, services, slug, content["base"], post.publication, specs)
    if announcement is None:
        raise LookupError(f"post {post.id} shows no change any more")
    corrected = with_corrections(announcement_layout(announcement, services.policy.command), corrections, now=True)
    message = message_from(page_of(corrected, 1, 1))
    return with_footer(message, content["because"]) if content["because"] else message


def _rerender_summary(
    tx: Transaction, services: Services, post: PostedMessage, corrections: Sequence[Correction]
) -> Message:
    summary = summary_of(tx, services, post.content, post.publication)
    as_posted = summary_layout(summary, summary_items(summary), services.policy.command, post.content["items"])
    return message_from(page_of(with_corrections(as_posted, corrections, now=True), 1, 1))


def _rerender_digest(
    tx: Transaction, services: Services, post: PostedMessage, corrections: Sequence[Correction]
) -> Message:
    message = posted_digest_message(tx, services, post.content)
    return message_from(message_document(message, services.policy.command, corrections))


def _rerender_reply(
    tx: Transaction,
    services: Services,
    post: PostedMessage,
    by_claim: CorrectionsByClaim,
    corrections: Sequence[Correction],
) -> Message:
    content = post.content
    corrected = with_corrections(reply_layout(tx, services, post, by_claim), corrections, now=False)
    message = message_from(page_of(corrected, content["page"], content["pages"]))
    return shared_copy(message, content["by"]) if content["by"] else message


# The corrections themselves


def corrections_of(
    tx: Transaction, services: Services, post: PostedMessage, by_claim: CorrectionsByClaim
) -> list[tuple[int, Correction]]:
    """(publication, correction) of a post, oldest first; one for each brief that a publication corrected, and another
    for what it published again."""
    groups: dict[tuple[int, str, bool], list[ClaimCorrection]] = {}
    for n, corrections in sorted(by_claim.items()):
        for each in corrections:
            key = (each.publication, post.claims[n].slug, each.effect == "reinstated")
            groups.setdefault(key, []).append(each)
    return [
        (number, correction_in(tx, post, slug, each)) for (number, slug, _), each in sorted(groups.items(), key=_key)
    ]


def _key(group: tuple[tuple[int, str, bool], list[ClaimCorrection]]) -> tuple[int, str, bool]:
    return group[0]


def corrected_sections(
    tx: Transaction, services: Services, post: PostedMessage, by_claim: CorrectionsByClaim, publication: int
) -> list[tuple[str, Show]]:
    """(title, command) of the sections with a claim that a publication corrected, in the post's order."""
    claims = shown_claims(tx, services, post)
    corrected = [claims[n] for n, each in sorted(by_claim.items()) if any(c.publication == publication for c in each)]
    return list(dict.fromkeys((title, Show(key, brief.slug)) for brief, key, title, _ in corrected))


def correction_in(
    tx: Transaction, post: PostedMessage, slug: str, corrections: Sequence[ClaimCorrection]
) -> Correction:
    """`corrections` are those of one brief by one publication: either all of what was published again, or none."""
    first, effects = corrections[0], {each.effect for each in corrections}
    claims = tuple((claim_text(each.before), claim_text(each.after) if each.after else None) for each in corrections)
    # The title as posted: a brief that is gone has no other.
    title = brief_at(tx, slug, post.publication).title
    whole = title if _is_whole(post, slug, corrections) else None
    effect = next((each for each in ("reinstated", "corrected", "updated") if each in effects), "corrected")
    note = _note(tx, slug, first.publication, corrections)
    aspects = tuple(other_aspects(each.before, each.after or each.before) for each in corrections)
    merged = frozenset(index for index, each in enumerate(corrections) if each.is_merged)
    return Correction(first.on, claims, note, whole, effect, title, aspects, merged)  # type: ignore[arg-type]  # one of those three


def _is_whole(post: PostedMessage, slug: str, corrections: Sequence[ClaimCorrection]) -> bool:
    """Whether to speak of the brief: it was withdrawn, or published again with all that the post shows of it."""
    if not all(each.whole for each in corrections):
        return False
    all_back = len(corrections) == sum(each.slug == slug for each in post.claims)
    return all(
        each.effect == "withdrawn" or (all_back and each.after is not None and each.after.text == each.before.text)
        for each in corrections
    )


def _note(tx: Transaction, slug: str, number: int, corrections: Sequence[ClaimCorrection]) -> str | None:
    """Of the notes that came with a publication: the newest that names one of the claims, else the newest general
    one; None where there is neither. Where claims were corrected, only notes of corrections count."""
    (change,) = tx.publications.revision_changes(slug=slug, after=number - 1, until=number)
    change_set = tx.change_set(slug, change.before, change.after)
    announced = tx.reinstated(change_set, number).announced_notes if change_set else ()
    correct = any(each.effect in ("corrected", "withdrawn") for each in corrections)
    notes = [note for note in announced if note.kind in CORRECTING or not correct]
    ids = {claim.id for each in corrections for claim in (each.before, each.after or each.before)}
    naming = [n for n in notes if names(n, "claim", ids)] or [n for n in notes if is_general(n)]
    return naming[0].note if naming else None
