"""Who is told of a publication: its announcements and corrections as deliveries."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from itertools import groupby

from bot.core.changes.change_set import ChangeSet
from bot.core.delivery.content import ChangePost, DeliveryContent, ThreadParent, ThreadParentEdit
from bot.core.subscriptions.subscription import Subscription, matches
from bot.handlers.delivery import correct_posts
from bot.handlers.delivery.wake_workers import Worker, workers_of
from bot.store.outbox import NewDelivery, State
from bot.store.publications import Publication
from bot.store.store import Transaction


def announce_changes(
    tx: Transaction, change_sets: Sequence[ChangeSet], publication: Publication, now: datetime
) -> set[Worker]:
    """Adds the deliveries that announce the changes of a publication, and those that correct earlier posts; the workers
    that have to send them. Call it in the transaction of the publication."""
    subscriptions = (
        [each for each in tx.subscriptions.all_subscriptions() if not each.muted(now)] if change_sets else []
    )
    workers: set[Worker] = set()
    for change_set in change_sets:
        workers |= _announce(tx, change_set, publication, subscriptions)
        workers |= correct_posts.enqueue_corrections(tx, change_set, publication)
    return workers


def _announce(
    tx: Transaction, change_set: ChangeSet, publication: Publication, subscriptions: Iterable[Subscription]
) -> set[Worker]:
    """Adds the announcements of a change set to the channels that follow it; the workers that have to send them."""
    if change_set.is_silent:
        return set()
    starts = tx.outbox.supersede(change_set.slug)
    interested = sorted(filter(lambda each: _is_interested(each, change_set, starts), subscriptions), key=_destination)
    deliveries = [
        each
        for (team, channel), group in groupby(interested, key=_destination)
        for each in _deliveries(
            list(group), change_set.slug, publication, starts.get((team, channel), publication.number - 1)
        )
    ]
    tx.outbox.add(deliveries)
    return workers_of(deliveries)


def _is_interested(subscription: Subscription, change_set: ChangeSet, starts: Mapping[tuple[str, str], int]) -> bool:
    """Whether it asks for the change, or for an earlier one that was not posted yet and now goes out with this."""
    asks = matches(subscription.spec, change_set) or _destination(subscription) in starts
    return asks and subscription.spec.deliver != "digest"


def _destination(subscription: Subscription) -> tuple[str, str]:
    return subscription.team, subscription.channel


def _deliveries(group: list[Subscription], slug: str, publication: Publication, after: int) -> list[NewDelivery]:
    """One message for a channel, whichever of its subscriptions asked for it; with a live thread three."""
    first, number = group[0], publication.number
    contents: list[DeliveryContent] = [ChangePost(slug, after, number)]
    if not any(each.spec.deliver == "channel" for each in group):
        # The parent comes first, and is void where the thread exists; the edit brings it up to date.
        contents = [ThreadParent(slug, number), *contents, ThreadParentEdit(slug, number)]
    # Added although paused: what changed meanwhile is posted when the channel can be reached again.
    state: State = "paused" if all(each.paused for each in group) else "pending"
    at = publication.published_at
    return [NewDelivery(first.team, first.enterprise, first.channel, each, at, state) for each in contents]
