"""`Queue` over DBOS Transact: partitioned queues, jobs enqueued in our own transactions, recovery after a crash.

Its schedules, limiters, steps and versions are not used. The outbox is the source of truth and a job only triggers a
delivery worker: a job that runs twice does no harm, and the sweep replaces one that is lost.
"""

import logging
from collections.abc import Callable
from datetime import timedelta
from typing import Any

from dbos import DBOS, DBOSClient
from sqlalchemy import Engine

from bot.jobs.process_lease import ProcessLease
from bot.store.outbox import QueueName
from bot.store.store import Transaction

logger = logging.getLogger(__name__)

VERSION = "stable"
"""Work that was queued before a deploy is run after it: jobs have no steps whose order could have changed."""

WORKFLOW = "briefbot.lane"
QUEUE = "lanes"
"""One queue with a partition per delivery worker, as every queue costs a thread that polls the database."""

LANES_AT_ONCE = 40
PRUNED_AT_ONCE, PRUNED_MAX = 500, 20_000
JOB_RETENTION = timedelta(days=1)
"""Finished jobs are deleted after this time; the open library keeps them for ever."""

Run = Callable[[str], None]


class DbosQueue:
    """Jobs in the application's own database. One per process, which DBOS demands. `poll`: how often a worker's queue
    is looked at; a job starts within that."""

    def __init__(self, engine: Engine, *, poll: timedelta = timedelta(seconds=0.5)) -> None:
        self._engine, self._poll = engine, poll
        self._handlers: dict[str, Run] = {}
        self._running: set[object] = set()
        """The jobs under way in this process."""
        self._lease = ProcessLease(engine)
        self._launched = False
        self._url = engine.url.render_as_string(hide_password=False)
        self._client: DBOSClient | None = None

    def enqueue(self, tx: Transaction, queue: QueueName, team: str, job_id: str) -> None:
        """See `ports.Queue`. Before `start` nothing is queued; the sweep then finds what is due."""
        if self._client is None:
            return
        options: dict[str, Any] = {
            "queue_name": QUEUE,
            "workflow_name": WORKFLOW,
            "workflow_id": job_id,
            "queue_partition_key": f"{queue} {team}",
            "app_version": VERSION,
        }
        self._client.enqueue_in_transaction(tx.connection, options, queue, team)  # type: ignore[arg-type]

    def handler(self, queue: QueueName, run: Run) -> None:
        """See `ports.Queue`."""
        self._handlers[queue] = run

    def start(self) -> None:
        """Raises: SettingsError where another process has this database, and shares it with nobody (SQLite)."""
        # First: at its launch DBOS takes up the open jobs of this executor id.
        self._lease.take()
        # Set before the launch, so that `stop` ends one that failed half-way.
        self._launched = True
        DBOS(
            config={
                "name": "briefbot",
                "system_database_url": self._url,
                "system_database_engine": self._engine,
                "application_version": VERSION,
                # The default is the same in every process, and each would run the jobs of the others.
                "executor_id": self._lease.id,
                # At INFO it advertises its console.
                "log_level": "WARNING",
                "max_executor_threads": LANES_AT_ONCE,
                # No job waits for a message of another, so no session has to listen.
                "use_listen_notify": False,
                "notification_listener_polling_interval_sec": 0.1,  # it asks for nothing, and is waited for at the end
            }
        )
        DBOS.workflow(name=WORKFLOW)(self._runner())
        DBOS.launch()
        DBOS.register_queue(
            QUEUE,
            partition_concurrency=1,
            worker_concurrency=LANES_AT_ONCE,
            polling_interval_sec=self._poll.total_seconds(),
            # The default goes by DBOS's application versions, which are not used.
            on_conflict="always_update",
        )
        self._client = DBOSClient(system_database_url=self._url, system_database_engine=self._engine)

    def _runner(self) -> Callable[..., None]:
        """What a job is: a plain function, since DBOS writes on it."""
        handlers, running = self._handlers, self._running

        def run(queue: str, team: str, *_: str) -> None:  # jobs of earlier versions carry a number as well
            job = object()
            running.add(job)
            try:
                handlers[queue](team)
            finally:
                running.discard(job)

        return run

    def stop(self) -> None:
        """See `ports.Queue`. Where DBOS waits for jobs it waits a second at least."""
        self._client = None
        try:
            if self._launched:
                DBOS.destroy(destroy_registry=True, workflow_completion_timeout_sec=1 if self._running else 0)
        finally:
            self._launched = False
            self._lease.release()

    def recover_orphaned_jobs(self) -> None:
        """Takes over the jobs of dead processes, as an open job of theirs would block its worker for ever. Does nothing
        on SQLite, which has one process. Raises: LeaseLostError where this process has lost its own lock."""
        if not self._lease.shared:
            return
        self._lease.verify()
        owned = DBOS.list_workflows(status="PENDING", load_input=False, load_output=False)
        for owner in sorted({w.executor_id for w in owned if w.executor_id not in (None, self._lease.id)}):
            with self._lease.owner_is_dead(str(owner)) as dead:
                ids = [w.workflow_id for w in owned if w.executor_id == owner]
                if dead and ids:
                    logger.info("taking over %d jobs of a process that has ended", len(ids))
                    # Without the name they would go to an internal queue, which has no limits.
                    DBOS.resume_workflows(ids, queue_name=QUEUE)

    def prune(self, before: str) -> None:
        """Deletes jobs that were finished before an instant (ISO 8601)."""
        for _ in range(PRUNED_MAX // PRUNED_AT_ONCE):
            done = DBOS.list_workflows(
                status=["SUCCESS", "ERROR", "CANCELLED"],
                completed_before=before,
                limit=PRUNED_AT_ONCE,
                load_input=False,
                load_output=False,
            )
            if not done:
                return
            DBOS.delete_workflows([w.workflow_id for w in done])
