"""Corrections reach what was posted: each message that shows a corrected or withdrawn claim is edited, and a note goes
into its thread."""

from collections.abc import Iterable
from datetime import datetime

from bot.core.briefs.brief import Claim
from bot.core.changes.change_set import ChangeSet
from bot.core.changes.correction import ClaimCorrection, PublishedChange, corrected_claim_ids, corrections_of
from bot.core.delivery.content import CorrectionNote, PostEdit
from bot.handlers.delivery.wake_workers import Worker, workers_of
from bot.store.outbox import NewDelivery
from bot.store.posted_messages import PostedMessage, PostRef
from bot.store.publications import Publication
from bot.store.store import Transaction

CorrectionsByClaim = dict[int, list[ClaimCorrection]]
"""The corrections of a post's claims, oldest first, by the position of the claim in the post, from 0."""


def enqueue_corrections(tx: Transaction, change_set: ChangeSet, publication: Publication) -> set[Worker]:
    """Adds the deliveries that correct earlier posts because of a change set, at most one edit and one note a post; the
    workers that have to send them. Call it in the transaction of the publication."""
    ids = corrected_claim_ids(change_set)
    posts = tx.posted_messages.posts_showing(change_set.slug, ids) if ids is None or ids else []
    deliveries = [each for post in posts for each in _deliveries(post, publication.number, publication.published_at)]
    tx.outbox.add(deliveries)
    # After the posts were looked up, as corrections name claims by their older ids.
    for change in change_set.changes:
        if change.what == "claim" and change.old_id:
            tx.posted_messages.rename_claim(change_set.slug, change.old_id, change.id)
    return workers_of(deliveries)


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
