"""Corrections reach what was posted: each message that shows a corrected or withdrawn claim is edited, and a note goes
into its thread."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from itertools import groupby

from bot.core.briefs.brief import Claim
from bot.core.changes.change_set import ChangeSet
from bot.core.changes.correction import (
    ClaimCorrection,
    PublishedChange,
    corrections_of,
    ids_of_now,
    touched_claim_ids,
)
from bot.core.delivery.content import CorrectionNote, PostEdit
from bot.handlers.delivery.wake_workers import Worker, workers_of
from bot.store.delivery_key import edit_key
from bot.store.outbox import NewDelivery
from bot.store.posted_messages import PostedMessage, PostRef, ShownClaim
from bot.store.publications import Publication, RevisionChange
from bot.store.store import Transaction

CorrectionsByClaim = dict[int, list[ClaimCorrection]]
"""The corrections of a post's claims, oldest first, by the position of the claim in the post, from 0."""


GONE = "message_not_found"
"""Why a post cannot be edited that somebody has deleted."""

Corrected = dict[int, dict[PostRef, bool]]
"""By the number of a publication the posts that it corrected, and whether a note has to tell of it."""


def enqueue_corrections(tx: Transaction, change_sets: Iterable[ChangeSet], publication: Publication) -> set[Worker]:
    """Adds the deliveries that correct earlier posts because of change sets, at most one edit a post and one note a
    thread; the workers that have to send them. Call it in the transaction of the publication, once that is added."""
    corrected: Corrected = {}
    for change_set in change_sets:
        for number, post, is_told in _corrected_posts(tx, change_set, publication):
            posts = corrected.setdefault(number, {})
            posts[post] = posts.get(post, False) or is_told
    deliveries = [
        each
        for number, posts in sorted(corrected.items())
        for each in _deliveries(posts, number, publication.published_at)
    ]
    tx.outbox.add(deliveries)
    return workers_of(deliveries)


def _corrected_posts(
    tx: Transaction, change_set: ChangeSet, publication: Publication
) -> Iterator[tuple[int, PostRef, bool]]:
    """(number of the publication, post, whether a note tells of it) for each claim in a post that is corrected because
    of a change set."""
    posts = tx.posted_messages.posts_showing(change_set.slug)
    overlooked = _overlooked(tx, change_set.slug, publication.number) if posts else ()
    ids = touched_claim_ids(change_set)
    # By the ids of now: a claim that got another id after it was shown has to be corrected, too.
    concerned = [each for each in posts if ids is None or each.current_claim in ids]
    corrected = {number: _corrected(tx, change_set.slug, posts, number) for number in overlooked}
    corrected[publication.number] = _corrected(tx, change_set.slug, concerned, publication.number)
    _follow_claim_ids(tx, change_set, corrected[publication.number])
    by_place = _by_place(posts) if any(corrected.values()) else {}
    for number, corrections in corrected.items():
        for each, _ in corrections:
            yield number, each.post, not _is_told_later(each, by_place, number)


# Posts that later ones have superseded

Place = tuple[str, str, str | None, str]
"""The workspace, the channel, the thread (None outside one) and a claim by its id of now."""


def _by_place(posts: Iterable[ShownClaim]) -> dict[Place, list[ShownClaim]]:
    by_place: dict[Place, list[ShownClaim]] = {}
    for each in posts:
        by_place.setdefault(_place(each), []).append(each)
    return by_place


def _place(claim: ShownClaim) -> Place:
    return claim.post.team, claim.post.channel, claim.post.thread_ts, claim.current_claim


def _is_told_later(claim: ShownClaim, by_place: Mapping[Place, Sequence[ShownClaim]], number: int) -> bool:
    """Whether a claim in a post of one brief's changes stands in a later such post at the same place, which is newer
    than it in every way, and was made before the publication that corrects both. Where Slack takes no edit, the note is
    all that readers get, and a post that is gone tells them nothing."""
    if claim.post.announces != "one" or claim.post.error is not None:
        return False
    return any(
        claim.publication < each.publication < number
        and each.post.id > claim.post.id
        and each.post.announces
        and not each.post.error
        for each in by_place[_place(claim)]
    )


def _overlooked(tx: Transaction, slug: str, before: int) -> list[int]:
    """The publications before one that published again what was withdrawn, by an earlier version of the bot, which told
    no post of it. Each is given once: from then on it has the kind that this version gives it. A process looks at the
    whole history of a brief once, if anything of it was ever corrected or withdrawn."""
    looked_until = tx.looked_until(slug)
    steps = tx.publications.kept_changes(slug, after=looked_until, until=before - 1)
    first = next((n for n, step in enumerate(steps) if looked_until or tx.corrects(step)), len(steps))
    numbers = [step.publication for step in steps[first:] if _is_untold_return(tx, step)]
    if not numbers:
        tx.set_looked_until(slug, before - 1)
    return numbers


def _is_untold_return(tx: Transaction, step: RevisionChange) -> bool:
    """Whether a change published again what was withdrawn, and was not called so; it is from now on."""
    change_set = tx.change_set(step.slug, step.before, step.after) if step.kind not in (None, "withdrawal") else None
    change_set = tx.reinstated(change_set, step.publication) if change_set else None
    if not (change_set and change_set.kind != step.kind and any(each.is_reinstatement for each in change_set.changes)):
        return False
    tx.publications.set_kind(step.slug, step.publication, change_set.kind)
    return True


def _corrected(
    tx: Transaction, slug: str, posts: Collection[ShownClaim], number: int
) -> list[tuple[ShownClaim, ClaimCorrection]]:
    """The claims in posts that the publication of this number corrected, in the order of posts."""
    if not posts:
        return []
    published = _published_changes(tx, slug, min(each.publication for each in posts))
    if not published:
        return []
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
    for old_id, new_id in ids_of_now(change_set).items():
        tx.posted_messages.rename_claim(change_set.slug, old_id, new_id)
    # A claim that comes back may do so under another id, which no change connects with the older one; and one that was
    # merged may stand alone again.
    for post_claim, correction in corrected:
        if correction.after is not None and correction.after.id != post_claim.current_claim:
            tx.posted_messages.follow_claim(change_set.slug, post_claim, correction.after.id)


# Edits and notes


def _deliveries(posts: Mapping[PostRef, bool], publication: int, due_at: datetime) -> Iterator[NewDelivery]:
    """The edits, and in each thread a note that waits for them; the note alone where Slack takes no edit. `posts` says
    which of them a note has to tell of."""
    in_order = sorted(posts, key=lambda each: (each.thread, each.id))
    threads = sorted(
        (list(each) for _, each in groupby(in_order, lambda post: post.thread)), key=lambda all_: all_[0].id
    )
    for thread in threads:
        # Where a post is gone, its notes would stand loose in the channel, one for each correction.
        told = [post for post in thread if posts[post] and post.error != GONE]
        for post in (post for post in thread if post.error is None):
            yield _edit(post, publication, due_at, is_silent=not posts[post])
        if told:
            yield _note(told, publication, due_at)


def _edit(post: PostRef, publication: int, due_at: datetime, *, is_silent: bool = False) -> NewDelivery:
    content = PostEdit(post.id, publication, is_silent=is_silent)
    return NewDelivery(post.team, post.enterprise, post.channel, content, due_at)


def _note(posts: Sequence[PostRef], publication: int, due_at: datetime) -> NewDelivery:
    first, *others = posts
    content = CorrectionNote(first.id, publication, others=tuple(each.id for each in others))
    waits = any(each.error is None for each in posts)
    return NewDelivery(first.team, first.enterprise, first.channel, content, due_at, "waiting" if waits else "pending")


def unblock_notes(tx: Transaction, team: str, channel: str, edit: PostEdit, now: datetime) -> None:
    """Lets the note go out that tells of an edited post, once all posts that it tells of are edited, or Slack has
    refused that. It must not speak of a correction that a post does not show yet."""
    for key, note in tx.outbox.unsent_notes(team, channel, edit.publication):
        if edit.post_id in note.posts and not _is_awaited(tx, note):
            tx.outbox.unblock(key, now)


def _is_awaited(tx: Transaction, note: CorrectionNote) -> bool:
    keys = {edit_key(PostEdit(post, note.publication)): post for post in note.posts}
    posts = (tx.posted_messages.find(keys[key]) for key in tx.outbox.open_among(keys.keys()))
    return any(post.error is None for post in posts if post)


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
    """The claims of a brief by id, as they were at a publication; none where that version is not kept."""
    try:
        brief = tx.brief(slug, tx.publications.revision_at(slug, number))
    # One post must not keep what corrects all others from being published.
    except LookupError:
        return {}
    return {claim.id: claim for _, claim in brief.claims()} if brief else {}


def _published_changes(tx: Transaction, slug: str, after: int) -> list[PublishedChange]:
    """The changes that readers saw of a brief after a publication (not included), oldest first; none where no post is
    corrected by any of them."""
    changes = tx.publications.kept_changes(slug, after=after)
    # A post is still right, and needs no look at all that was published since.
    if not any(map(tx.corrects, changes)):
        return []
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
    deliveries = [each for number in sorted(numbers) for each in _stale_deliveries(tx, post.ref, number, now)]
    tx.outbox.add(deliveries)
    return workers_of(deliveries)


def _stale_deliveries(tx: Transaction, post: PostRef, publication: int, now: datetime) -> Iterator[NewDelivery]:
    """Its edit, and its note; that of its thread tells of it where it did not go out yet."""
    yield _edit(post, publication, now)
    if not _extend_note(tx, post, publication):
        yield _note([post], publication, now)


def tell_in_thread(tx: Transaction, post: PostRef, publication: int, now: datetime) -> None:
    """Owes a note of a post that was to be edited silently, unless one of its thread tells of that publication."""
    notes = tx.outbox.notes(post.team, post.channel, publication)
    if not _extend_note(tx, post, publication) and not any(_is_in_thread(tx, note, post) for note in notes):
        tx.outbox.add([_note([post], publication, now)])


def _extend_note(tx: Transaction, post: PostRef, publication: int) -> bool:
    """Whether a note of the post's thread, which did not go out yet, tells of the post as well now."""
    return any(
        tx.outbox.extend_note(key, replace(note, others=(*note.others, post.id)))
        for key, note in tx.outbox.unsent_notes(post.team, post.channel, publication)
        if _is_in_thread(tx, note, post)
    )


def _is_in_thread(tx: Transaction, note: CorrectionNote, post: PostRef) -> bool:
    first = tx.posted_messages.find(note.post_id)
    return first is not None and first.ref.thread == post.thread
