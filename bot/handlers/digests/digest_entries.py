"""Which digests tell of a publication, before they are due."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from bot.core.batches import batches
from bot.core.changes.change_set import ChangeSet
from bot.core.digests.digest import Plan
from bot.core.subscriptions.subscription import SubscriptionSpec, matches
from bot.handlers.changes.announcements import announcements_in_digest
from bot.handlers.context import Services
from bot.handlers.digests.digest_windows import build_plan, digest_subscriptions, next_fire_time
from bot.store.digests import DigestCursor
from bot.store.publications import Publication
from bot.store.store import AT_ONCE, Transaction


@dataclass(frozen=True, slots=True)
class EnteredDigest:
    """The next digest of a channel, due at an instant (UTC), tells of these briefs, by slug. `subscriptions` are the
    ids of those that ask for it; `zone` is the IANA name of the digest's."""

    team: str
    channel: str
    at: datetime
    zone: str
    briefs: tuple[str, ...]
    subscriptions: frozenset[int]


def entered_digests(tx: Transaction, services: Services, publication: Publication) -> Iterator[EnteredDigest]:
    """The next digests that the newest publication changes, in the order of their channels: those that would say
    something else without it."""
    briefs = _EnteredBriefs(tx, services, publication)
    for cursor in tx.digests.scheduled() if publication.announced else ():
        at = next_fire_time(tx, cursor, services.now())
        if at is not None:
            plan = build_plan(tx, services, cursor, at)
            if entered := briefs.of(plan):
                yield EnteredDigest(
                    cursor.team, cursor.channel, at, plan.zone, entered, _asking(tx, cursor, at, publication.announced)
                )


def _asking(tx: Transaction, cursor: DigestCursor, at: datetime, announced: Sequence[ChangeSet]) -> frozenset[int]:
    subscriptions = digest_subscriptions(tx, cursor, at)
    return frozenset(each.id for each in subscriptions if any(matches(each.spec, one) for one in announced))


class _EnteredBriefs:
    """Channels that ask for the same since the same publication are looked at once."""

    def __init__(self, tx: Transaction, services: Services, publication: Publication) -> None:
        self._tx, self._services, self._number = tx, services, publication.number
        self._slugs = sorted(each.slug for each in publication.announced)
        self._known: dict[tuple[tuple[SubscriptionSpec, ...], int, int], tuple[str, ...]] = {}

    def of(self, plan: Plan) -> tuple[str, ...]:
        """The briefs of which the digest of a plan would say something else without the publication."""
        key = plan.specs, plan.after_publication, plan.publication
        if key not in self._known:
            after, before = self._told(plan), self._told(replace(plan, publication=self._number - 1))
            self._known[key] = tuple(slug for slug in self._slugs if after.get(slug) != before.get(slug))
        return self._known[key]

    def _told(self, plan: Plan) -> dict[str, Any]:
        """What a digest tells of each brief."""
        return {
            each.change_set.slug: (each.changes, each.notes)
            for some in batches(self._slugs, AT_ONCE)
            for each in announcements_in_digest(self._tx, self._services, plan, some)
        }
