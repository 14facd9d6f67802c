"""The worker role: follows the brief files, publishes changes, and sends deliveries and digests."""

import logging
from contextlib import ExitStack
from functools import partial
from threading import Event, Thread
from typing import get_args

from bot.app.brief_files import publish_request
from bot.app.file_reporter import FileReporter
from bot.app.periodic import worker_tasks
from bot.app.services import AppServices
from bot.content.watch import ReloadResult, WatchCadence, watch
from bot.errors import DatabaseFailureError
from bot.handlers.briefs.publishing import AlreadySuperseded, Publisher, PublishRequest
from bot.handlers.briefs.report_files import report_publication
from bot.handlers.context import Cadence
from bot.handlers.delivery.delivery_worker import run_worker
from bot.handlers.delivery.wake_workers import wake_stalled_workers
from bot.jobs.periodic_tasks import RUN_MAX, PeriodicRunner
from bot.settings import Settings
from bot.store.outbox import QueueName
from bot.store.publications import Publication

logger = logging.getLogger(__name__)

JOIN_S = 5


class WorkerRole:
    """`start` returns once the files are published, or waiting for the database."""

    def __init__(self, services: AppServices, settings: Settings) -> None:
        self._services, self._settings = services, settings
        self._publisher = Publisher(services.store, services.queue, services.now, services.policy.posts_per_publication)
        self._reporter = FileReporter(services.repository, services)
        self._tasks = PeriodicRunner(
            worker_tasks(services, self._publisher), services.now, services.end_process, services.health
        )
        self._stop = Event()
        self._watcher = Thread(
            target=watch,
            args=(services.repository, self._stop, self._reloaded, _watch_cadence(services.cadence), self._before_look),
            name="watch files",
            daemon=True,
        )

    def start(self) -> None:
        """Raises: SettingsError where another process uses the same SQLite database."""
        services = self._services
        # Before the queue starts, which may have jobs of an earlier run at once: what they owe is to be told together
        # with what has changed meanwhile.
        changes = services.repository.load(services.repository.missing())
        for queue in get_args(QueueName):
            services.queue.handler(queue, partial(run_worker, services, queue))
        services.queue.start()
        self._publish(publish_request(changes, self._settings, allow_revert=False))
        # As of a later time: runs that ended with the last process seem alive until their heartbeat is old.
        wake_stalled_workers(services, services.now() + services.cadence.stale_after)
        self._report()
        # After the first load: only one thread may read the repository.
        self._watcher.start()
        self._tasks.start()

    def stop(self) -> None:
        """Ends its threads and runs; whoever starts next sends what is left."""
        # Called in reverse, each whatever the others raise: the watcher ends first, the queue last.
        with ExitStack() as stack:
            stack.callback(self._services.queue.stop)
            stack.callback(self._tasks.stop)
            self._stop.set()
            if self._watcher.is_alive():
                self._watcher.join(JOIN_S)

    def _reloaded(self, result: ReloadResult) -> None:
        if result.changes or result.changes.lines:
            # What was missing at the start may be newer than these files, as after any start.
            allow_revert = not result.was_missing
            self._publish(publish_request(result.changes, self._settings, allow_revert=allow_revert))
        if result.is_news:
            self._report()

    def _report(self) -> None:
        """What the database does not take now is reported with a later look."""
        try:
            self._reporter.report()
        except DatabaseFailureError:
            logger.exception("could not report the brief files; trying again")

    def _report_publication(self, publication: Publication) -> None:
        try:
            report_publication(publication, self._services)
        except DatabaseFailureError:
            logger.exception(
                "could not tell maintainers of renamed and missing briefs: %s, %s",
                publication.renames,
                publication.gone,
            )

    def _before_look(self) -> None:
        self._services.health.expect("watch files", RUN_MAX)
        self._reporter.retry()
        if self._services.repository.waits_for_force:
            # Somebody may have published by force, in another process.
            self._services.corpus.refresh()
            corpus = self._services.corpus.corpus
            self._services.repository.drop_unpublished(corpus.briefs, corpus.vocabulary)

    def _publish(self, request: PublishRequest) -> None:
        """What the database does not take now is published by a later retry."""
        try:
            outcome = self._publisher.publish(request)
        except Exception:
            logger.exception("could not publish the brief files; trying again")
            return
        if isinstance(outcome, AlreadySuperseded):
            logger.warning(
                "%s equals an earlier publication than %d, which readers go on seeing. To publish these files all the "
                "same: briefbot publish --force",
                self._settings.briefs,
                outcome.number,
            )
        if outcome is not None:
            self._services.corpus.refresh()
        if isinstance(outcome, Publication):
            self._report_publication(outcome)


def _watch_cadence(cadence: Cadence) -> WatchCadence:
    return WatchCadence(cadence.look, cadence.file_settle, cadence.absence_grace)
