"""What the running bot does every so often."""

from datetime import datetime, timedelta

from bot.handlers.briefs.publishing import Publisher
from bot.handlers.context import Services
from bot.handlers.delivery.channel_pausing import recheck_paused_channels
from bot.handlers.delivery.wake_workers import wake_stalled_workers
from bot.handlers.digests.fire_due_digests import fire_due_digests
from bot.handlers.digests.unanswered_queries import count_questions
from bot.jobs.dbos_queue import JOB_RETENTION, DbosQueue
from bot.jobs.periodic_tasks import PeriodicTask
from bot.store import digests, outbox, seen_events, unanswered_queries

DIGEST_RETENTION = timedelta(days=90)


def periodic_tasks(services: Services, queue: DbosQueue, proposer: Publisher) -> list[PeriodicTask]:
    """What has to happen every so often."""

    def tidying(at: datetime) -> None:
        queue.prune((at - JOB_RETENTION).isoformat())
        with services.store.writing() as connection:
            outbox.delete_before(connection, at - timedelta(days=30))
            seen_events.delete_before(connection, at)
            digests.delete_before(connection, at - DIGEST_RETENTION)
            unanswered_queries.delete_before(connection, at - DIGEST_RETENTION)

    second = timedelta(seconds=1)
    return [
        PeriodicTask(second, lambda _: services.corpus.refresh()),
        PeriodicTask(second, lambda _: proposer.retry()),
        PeriodicTask(second, lambda _: queue.recover_orphaned_jobs()),
        PeriodicTask(2 * second, lambda at: wake_stalled_workers(services.store, services.queue, at)),
        PeriodicTask(2 * second, lambda at: fire_due_digests(services, at)),
        PeriodicTask(10 * second, lambda at: count_questions(services, at)),
        PeriodicTask(timedelta(minutes=15), lambda _: recheck_paused_channels(services)),
        PeriodicTask(timedelta(hours=1), tidying),
    ]
