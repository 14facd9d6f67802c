"""Corrections reach what was posted: each message that shows a corrected or withdrawn claim is edited, and a note goes
into its thread."""

from collections.abc import Collection, Iterable
from datetime import datetime

from bot.core.briefs.brief import Claim
from bot.core.changes.change_set import ChangeSet
from bot.core.changes.correction import ClaimCorrection, PublishedChange, corrections_of, touched_claim_ids
from bot.core.delivery.content import CorrectionNote, PostEdit
from bot.handlers.delivery.wake_workers import Worker, workers_of
from bot.store.outbox import NewDelivery
from bot.store.posted_messages import PostedMessage, PostRef, ShownClaim
from bot.store.publications import Publication
from bot.store.store import Transaction

CorrectionsByClaim = dict[int, list[ClaimCorrection]]
"""The corrections of a post's claims, oldest first, by the position of the claim in the post, from 0."""


def enqueue_corrections(tx: Transaction, change_set: ChangeSet, publication: Publication) -> set[Worker]:
    """Adds the deliveries that correct earlier posts because of a change set, at most one edit and one note a post; the
    workers that have to send them. Call it in the transaction of the publication, once that is added."""
    posts = tx.posted_messages.posts_showing(change_set.slug)
    overlooked = _overlooked(tx, change_set.slug, publication.number) if posts else ()
    ids = touched_claim_ids(change_set)
    # By the ids of now: a claim that got another id after it was shown has to be corrected, too.
    concerned = [each for each in posts if ids is None or each.current_claim in ids]
    corrected = {number: _corrected(tx, change_set.slug, posts, number) for number in overlooked}
    corrected[publication.number] = _corrected(tx, change_set.slug, concerned, publication.number)
    deliveries = [
        each
        for number, corrections in corrected.items()
        for post in dict.fromkeys(post_claim.post for post_claim, _ in corrections)
        for each in _deliveries(post, number, publication.published_at)
    ]
    tx.outbox.add(deliveries)
    _follow_claim_ids(tx, change_set, corrected[publication.number])
    return workers_of(deliveries)


def _overlooked(tx: Transaction, slug: str, before: int) -> list[int]:
    """The publications before one that published again what was withdrawn, by an earlier version of the bot, which told
    no post of it. Each is given once: from then on it has the kind that this version gives it."""
    numbers = []
    for step in tx.publications.revision_changes(slug=slug, until=before - 1):
        change_set = tx.change_set(slug, step.before, step.after) if step.kind not in (None, "withdrawal") else None
        change_set = tx.reinstated(change_set, step.publication) if change_set else None
        if change_set and change_set.kind != step.kind and any(each.is_reinstatement for each in change_set.changes):
            tx.publications.set_kind(slug, step.publication, change_set.kind)
            numbers.append(step.publication)
    return numbers


def _corrected(
    tx: Transaction, slug: str, posts: Collection[ShownClaim], number: int
) -> list[tuple[ShownClaim, ClaimCorrection]]:
    """The claims in posts that the publication of this number corrected, in the order of posts."""
    if not posts:
        return []
    published = _published_changes(tx, slug, min(each.publication for each in posts))
    versions = {each: _claims_at(tx, slug, each) for each in {post.publication for post in posts}}
    # Many posts show the same claim as of the same publication.
    corrections = {
        (publication, claim): _correction_by(number, versions[publication].get(claim), publication, published)
        for publication, claim in {(each.publication, each.claim) for each in posts}
    }
    pairs = ((each, corrections[each.publication, each.claim]) for each in posts)
    return [(each, correction) for each, correction in pairs if correction is not None]


def _correction_by(
    number: int, claim: Claim | None, shown_at: int, published: Iterable[PublishedChange]
) -> ClaimCorrection | None:
    """What the publication of a number corrected of a claim as it was shown at an earlier one."""
    later = (each for each in published if each.publication > shown_at)
    corrections = corrections_of(claim, later) if claim is not None else ()
    return next((each for each in corrections if each.publication == number), None)


def _follow_claim_ids(
    tx: Transaction, change_set: ChangeSet, corrected: Iterable[tuple[ShownClaim, ClaimCorrection]]
) -> None:
    """Stores the new ids of claims, after the posts were looked up: corrections name claims by their older ids."""
    for change in change_set.changes:
        if change.what == "claim" and change.old_id:
            tx.posted_messages.rename_claim(change_set.slug, change.old_id, change.id)
    # A claim that comes back may do so under another id, which no change connects with the older one.
    for post_claim, correction in corrected:
        if correction.effect == "reinstated" and correction.after is not None:
            tx.posted_messages.follow_claim(change_set.slug, post_claim, correction.after.id)


def _deliveries(post: PostRef, publication: int, due_at: datetime) -> Iterable[NewDelivery]:
    """An edit, and a note that waits for it; the note alone where Slack does not let the post be edited."""
    note = CorrectionNote(post.id, publication)
    if post.error is None:
        yield NewDelivery(post.team, post.enterprise, post.channel, PostEdit(post.id, publication), due_at)
        yield NewDelivery(post.team, post.enterprise, post.channel, note, due_at, "waiting")
    else:
        yield NewDelivery(post.team, post.enterprise, post.channel, note, due_at)


def corrections_since(tx: Transaction, post: PostedMessage) -> CorrectionsByClaim:
    """The corrections of a post's claims since it was made; claims without any are left out."""
    slugs = {each.slug for each in post.claims}
    changes = {slug: _published_changes(tx, slug, post.publication) for slug in slugs}
    claims = {slug: _claims_at(tx, slug, post.publication) for slug in slugs}
    by_claim: CorrectionsByClaim = {}
    for position, each in enumerate(post.claims):
        claim = claims[each.slug].get(each.claim)
        if claim is not None and (corrections := list(corrections_of(claim, changes[each.slug]))):
            by_claim[position] = corrections
    return by_claim


def _claims_at(tx: Transaction, slug: str, number: int) -> dict[str, Claim]:
    """The claims of a brief by id, as they were at a publication."""
    brief = tx.brief(slug, tx.publications.revision_at(slug, number))
    return {claim.id: claim for _, claim in brief.claims()} if brief else {}


def _published_changes(tx: Transaction, slug: str, after: int) -> list[PublishedChange]:
    """The changes that readers saw of a brief after a publication (not included), oldest first."""
    changes = tx.publications.revision_changes(slug=slug, after=after)
    change_sets = ((each, tx.change_set(slug, each.before, each.after)) for each in changes)
    return [
        PublishedChange(each.publication, each.published_at.date(), change_set)
        for each, change_set in change_sets
        if change_set is not None
    ]


def correct_if_stale(tx: Transaction, post: PostedMessage, now: datetime) -> set[Worker]:
    """Corrects a post that was being sent while a publication corrected it; the workers that have to send the
    corrections, empty where nothing was published since the post was composed."""
    if tx.publications.newest_number() == post.publication:
        return set()
    numbers = {each.publication for corrections in corrections_since(tx, post).values() for each in corrections}
    ref = PostRef(post.id, post.team, post.enterprise, post.channel, post.error)
    deliveries = [each for number in sorted(numbers) for each in _deliveries(ref, number, now)]
    tx.outbox.add(deliveries)
    return workers_of(deliveries)
