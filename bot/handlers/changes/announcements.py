"""What changed between publications, as far as somebody asks for it."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from sqlalchemy import Connection

from bot.core.changes.announcement import Update, update
from bot.core.changes.diff import combined
from bot.core.digests.digest import Digest, Plan, collate
from bot.core.subscriptions.subscription import Wish, follows, noted, wanted
from bot.handlers.context import Office
from bot.store import publications


def change(
    connection: Connection, office: Office, slug: str, base: int, number: int, wishes: Sequence[Wish]
) -> tuple[Update | None, Sequence[Wish]]:
    """What changed in a brief between two publications, as far as any of these wishes asks for it, and the wishes that
    do; None where there is nothing to say."""
    steps = publications.steps(connection, slug=slug, after=base, until=number)
    if not steps:
        return None, ()
    revisions = [steps[0].before, *(step.after for step in steps)]
    if len(revisions) == 2:
        found = office.store.change_set(connection, slug, revisions[0], revisions[1])
    else:
        found = combined([office.store.brief(connection, slug, revision) for revision in revisions])
    if found is None or found.is_silent:
        return None, ()
    on = steps[-1].published_at.date()
    whole = update(
        found, office.readers.corpus.vocabulary, on=on, restored=_restored(connection, slug, revisions, number)
    )
    asking = [wish for wish in wishes if follows(wish, found)]
    ids = {id(change) for wish in asking for change in wanted(wish, found)}
    kept = tuple(change for change in whole.changes if id(change) in ids)
    if not asking or (whole.changes and not kept):
        return None, ()
    return replace(whole, changes=kept), asking


def _restored(connection: Connection, slug: str, revisions: Sequence[str | None], number: int) -> date | None:
    """The day on which the same words were published before, in a revert."""
    if revisions[-1] is None or revisions[0] is None:
        return None
    earlier = publications.with_revision(connection, revisions[-1], slug)
    return next((s.published_at.date() for s in earlier if s.after == revisions[-1] and s.publication < number), None)


# Of all briefs


def digest(connection: Connection, office: Office, plan: Plan) -> Digest:
    """What a digest tells. Channels that ask for the same at the same time share it."""
    key = ("digest", plan.base, plan.publication, plan.wishes, office.readers.number)
    updates = office.told.get(key, lambda: _updates(connection, office, plan))
    return Digest(plan, collate(updates))


def _updates(connection: Connection, office: Office, plan: Plan) -> list[Update]:
    steps = publications.steps(connection, after=plan.base, until=plan.publication) if plan.wishes else []
    slugs = sorted({step.slug for step in steps})
    found = (change(connection, office, slug, plan.base, plan.publication, plan.wishes) for slug in slugs)
    return [_as_noted(each, asking) for each, asking in found if each is not None]


def _as_noted(found: Update, asking: Sequence[Wish]) -> Update:
    """Without the notes that none of the wishes asks for: in a digest each would have a place of its own."""
    kept = (note for note in found.notes if any(noted(wish, note, found.change_set) for wish in asking))
    return replace(found, notes=tuple(kept))
