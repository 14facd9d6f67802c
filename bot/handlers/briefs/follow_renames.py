"""Renamed briefs: all that is stored of them goes on under the new slug, and nobody is told of a withdrawal."""

import logging
from collections.abc import Iterable, Mapping

from bot.core.briefs.brief import Brief
from bot.core.changes.change_set import ChangeSet
from bot.core.changes.rename import renames
from bot.store.publications import Publication
from bot.store.store import Transaction

logger = logging.getLogger(__name__)

Renames = tuple[tuple[str, str], ...]
"""(slug before, slug now) of renamed briefs, in order."""


def follow_renames(tx: Transaction, current: Mapping[str, str], briefs: Mapping[str, Brief | None]) -> Renames:
    """The briefs that the next publication renames, moved to their new slugs. `current` are the published revisions by
    slug, `briefs` those that differ from them (None: gone). Call it before the publication is added."""
    before = {slug: tx.brief(slug, current.get(slug)) for slug in briefs}
    pairs = renames(_without_drafts(before), _without_drafts(briefs))
    # A slug that readers know has a history, and posts, of its own.
    followed = tuple((old, new) for old, new in pairs.items() if tx.renames.may_take(new))
    for old, new in followed:
        tx.rename_brief(old, new)
        logger.info("the brief %s is called %s from now on", old, new)
    return followed


def _without_drafts(briefs: Mapping[str, Brief | None]) -> dict[str, Brief]:
    """Readers see no drafts, and have nothing that could follow them."""
    return {slug: brief for slug, brief in briefs.items() if brief is not None and brief.status != "draft"}


def change_sets_told(
    tx: Transaction, change_sets: Iterable[ChangeSet | None], publication: Publication
) -> list[ChangeSet]:
    """Those that readers can see, in their order: none of a renamed brief, and each with what it publishes again. None
    stands for a brief in which readers see no change."""
    renamed = {slug for pair in publication.renames for slug in pair}
    visible = (each for each in change_sets if each is not None and each.slug not in renamed)
    return [tx.reinstated(each, publication.number) for each in visible]
