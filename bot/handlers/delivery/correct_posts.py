"""Corrections reach what was said: every post that shows a claim which is corrected or withdrawn is edited, and a note
goes into its thread."""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import Connection

from bot.core.briefs.brief import Claim
from bot.core.changes.change_set import ChangeSet
from bot.core.changes.correction import ClaimCorrection, PublishedChange, corrected_claim_ids, corrections_of
from bot.store import outbox, posted_messages, publications
from bot.store.outbox import NewDelivery, QueueName
from bot.store.posted_messages import PostedMessage, PostRef
from bot.store.publications import Publication
from bot.store.store import Store

ClaimCorrections = dict[int, list[ClaimCorrection]]
"""By the place of a claim in its post."""


def enqueue_corrections(connection: Connection, found: ChangeSet, made: Publication) -> set[tuple[QueueName, str]]:
    """What is owed to earlier posts because of a change set; the lanes that have work."""
    ids = corrected_claim_ids(found)
    posts = posted_messages.posts_showing(connection, found.slug, ids) if ids is None or ids else []
    owed = [each for post in posts for each in _owed(post, made.number, made.published_at)]
    outbox.add(connection, owed)
    for change in found.changes:
        if change.what == "claim" and change.old_id:
            posted_messages.rename_claim(connection, found.slug, change.old_id, change.id)
    return _to_wake(owed)


def _to_wake(owed: Iterable[NewDelivery]) -> set[tuple[QueueName, str]]:
    return {(each.queue, each.team) for each in owed if each.state == "pending"}


def _owed(post: PostRef, publication: int, now: datetime) -> Iterable[NewDelivery]:
    """An edit, and a note that waits for it; the note alone where Slack does not let the post be edited."""

    def message(kind: outbox.Kind, queue: QueueName, state: outbox.State) -> NewDelivery:
        return NewDelivery(
            key=f"{kind}|{post.id}|{publication}",
            queue=queue,
            team=post.team,
            enterprise=post.enterprise,
            channel=post.channel,
            kind=kind,
            due_at=now,
            publication=publication,
            about=str(post.id),
            state=state,
        )

    if post.error is None:
        yield message("edit", "update", "pending")
    yield message("note", "post", "waiting" if post.error is None else "pending")


def note_of(key: str) -> str:
    """The key of the note that waits for an edit."""
    return key.replace("edit|", "note|", 1)


def corrections_since(connection: Connection, store: Store, shown: PostedMessage) -> ClaimCorrections:
    """What became of a post's claims since it was made."""
    slugs = {claimed.slug for claimed in shown.claims}
    steps = {slug: _steps(connection, store, slug, shown.publication) for slug in slugs}
    claims = {slug: _claims(connection, store, slug, shown.publication) for slug in slugs}
    found: ClaimCorrections = {}
    for place, each in enumerate(shown.claims):
        claim = claims[each.slug].get(each.claim)
        if claim is not None and (became := corrections_of(claim, steps[each.slug])):
            found[place] = list(became)
    return found


def _claims(connection: Connection, store: Store, slug: str, number: int) -> dict[str, Claim]:
    """The claims of a brief by id, as they were at a publication."""
    brief = store.brief(connection, slug, publications.revision_at(connection, slug, number))
    sections = brief.sections.values() if brief else ()
    return {claim.id: claim for section in sections for claim in section.claims}


def _steps(connection: Connection, store: Store, slug: str, after: int) -> list[PublishedChange]:
    taken = publications.revision_changes(connection, slug=slug, after=after)
    found = ((step, store.change_set(connection, slug, step.before, step.after)) for step in taken)
    return [
        PublishedChange(step.publication, step.published_at.date(), each) for step, each in found if each is not None
    ]


def correct_if_stale(
    connection: Connection, store: Store, shown: PostedMessage, now: datetime
) -> set[tuple[QueueName, str]]:
    """A post was recorded after a publication that corrects it: it was on its way meanwhile. The lanes that have work
    because of it."""
    if publications.newest_number(connection) == shown.publication:
        return set()
    late = {fate.publication for became in corrections_since(connection, store, shown).values() for fate in became}
    post = PostRef(shown.id, shown.team, shown.enterprise, shown.channel, shown.error)
    owed = [each for number in sorted(late) for each in _owed(post, number, now)]
    outbox.add(connection, owed)
    return _to_wake(owed)
