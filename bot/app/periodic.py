"""What the running bot does every so often."""

from datetime import datetime, timedelta

from bot.handlers.briefs.publishing import Proposer
from bot.handlers.context import Office
from bot.handlers.delivery.channel_pausing import recheck
from bot.handlers.delivery.wake_workers import sweep
from bot.handlers.digests.fire_due_digests import on_tick
from bot.handlers.digests.unanswered_queries import count_questions
from bot.jobs.dbos_queue import KEPT, DbosQueue
from bot.jobs.periodic_tasks import Every
from bot.store import digests, outbox, seen_events, unanswered_queries

DIGESTS_KEPT = timedelta(days=90)


def _chores(office: Office, queue: DbosQueue, proposer: Proposer) -> list[Every]:
    """What has to happen every so often."""

    def tidying(at: datetime) -> None:
        queue.prune((at - KEPT).isoformat())
        with office.store.writing() as connection:
            outbox.forget(connection, at - timedelta(days=30))
            seen_events.forget(connection, at)
            digests.forget(connection, at - DIGESTS_KEPT)
            unanswered_queries.forget(connection, at - DIGESTS_KEPT)

    second = timedelta(seconds=1)
    return [
        Every(second, lambda _: office.readers.refresh()),
        Every(second, lambda _: proposer.retry()),
        Every(second, lambda _: queue.adopt()),
        Every(2 * second, lambda at: sweep(office.store, office.queue, at)),
        Every(2 * second, lambda at: on_tick(office, at)),
        Every(10 * second, lambda at: count_questions(office, at)),
        Every(timedelta(minutes=15), lambda _: recheck(office)),
        Every(timedelta(hours=1), tidying),
    ]
