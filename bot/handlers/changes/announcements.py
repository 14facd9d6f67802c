"""What changed between publications, as far as somebody asks for it."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from bot.core.changes.announcement import Announcement, announce
from bot.core.changes.diff import squash
from bot.core.digests.digest import Digest, Plan, group_by_kind
from bot.core.subscriptions.subscription import SubscriptionSpec, matches, matches_note, matching_changes
from bot.handlers.context import Services
from bot.store.store import Transaction


def announcement_for(
    tx: Transaction, services: Services, slug: str, base: int, number: int, wishes: Sequence[SubscriptionSpec]
) -> tuple[Announcement | None, Sequence[SubscriptionSpec]]:
    """What changed in a brief between two publications, as far as any of these wishes asks for it, and the wishes that
    do; None where there is nothing to say."""
    steps = tx.publications.revision_changes(slug=slug, after=base, until=number)
    if not steps:
        return None, ()
    revisions = [steps[0].before, *(step.after for step in steps)]
    if len(revisions) == 2:
        found = tx.change_set(slug, revisions[0], revisions[1])
    else:
        found = squash([tx.brief(slug, revision) for revision in revisions])
    if found is None or found.is_silent:
        return None, ()
    on = steps[-1].published_at.date()
    whole = announce(
        found, services.corpus.corpus.vocabulary, on=on, reverted_to=_reverted_to(tx, slug, revisions, number)
    )
    asking = [wish for wish in wishes if matches(wish, found)]
    ids = {id(change) for wish in asking for change in matching_changes(wish, found)}
    kept = tuple(change for change in whole.changes if id(change) in ids)
    if not asking or (whole.changes and not kept):
        return None, ()
    return replace(whole, changes=kept), asking


def _reverted_to(tx: Transaction, slug: str, revisions: Sequence[str | None], number: int) -> date | None:
    """The day on which the same words were published before, in a revert."""
    if revisions[-1] is None or revisions[0] is None:
        return None
    earlier = tx.publications.with_revision(revisions[-1], slug)
    return next((s.published_at.date() for s in earlier if s.after == revisions[-1] and s.publication < number), None)


# Of all briefs


def digest_for(tx: Transaction, services: Services, plan: Plan) -> Digest:
    """What a digest tells. Channels that ask for the same at the same time share it."""
    key = ("digest", plan.after_publication, plan.publication, plan.specs, services.corpus.number)
    updates = services.announcement_cache.get(key, lambda: _updates(tx, services, plan))
    return Digest(plan, group_by_kind(updates))


def _updates(tx: Transaction, services: Services, plan: Plan) -> list[Announcement]:
    steps = tx.publications.revision_changes(after=plan.after_publication, until=plan.publication) if plan.specs else []
    slugs = sorted({step.slug for step in steps})
    found = (
        announcement_for(tx, services, slug, plan.after_publication, plan.publication, plan.specs) for slug in slugs
    )
    return [_as_noted(each, asking) for each, asking in found if each is not None]


def _as_noted(found: Announcement, asking: Sequence[SubscriptionSpec]) -> Announcement:
    """Without the notes that none of the wishes asks for: in a digest each would have a place of its own."""
    kept = (note for note in found.notes if any(matches_note(wish, note, found.change_set) for wish in asking))
    return replace(found, notes=tuple(kept))
