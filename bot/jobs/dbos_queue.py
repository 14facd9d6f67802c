"""`Queue` over DBOS Transact: partitioned queues, jobs enqueued in our own transactions, recovery after a crash.

Its schedules, limiters, steps and versions are not used. The outbox is the source of truth and a job only triggers a
delivery worker: a job that runs twice does no harm, and the sweep replaces one that is lost.
"""

import logging
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

from dbos import DBOS, DBOSClient, WorkflowStatus
from sqlalchemy import Connection, Engine, inspect, text

from bot.jobs.process_lease import IDLE, lease_of
from bot.jobs.seldom import Seldom
from bot.store.outbox import QueueName
from bot.store.store import Transaction

logger = logging.getLogger(__name__)

DBOS_LOG = logging.getLogger("dbos")
SELDOM = Seldom()

VERSION = "stable"
"""Work that was queued before a deploy is run after it: jobs have no steps whose order could have changed."""

WORKFLOW = "briefbot.lane"
QUEUE = "lanes"
"""One queue with a partition per delivery worker, as every queue costs a thread that polls the database."""

WORKERS_AT_ONCE = 40
PRUNED_AT_ONCE, PRUNED_MAX = 500, 20_000
JOB_RETENTION = timedelta(days=1)
"""Finished jobs are deleted after this time; the open library keeps them for ever."""

START = timedelta(seconds=1)
"""A job that was taken from the queue is under way within this time, and one that has ended is recorded as ended."""

HANGS = timedelta(minutes=3)
"""A job that is under way for so long will not end: a run of a delivery worker ends after a minute."""

_WAITING = (
    "SELECT 1 FROM {schema}workflow_status "
    "WHERE queue_name = :queue AND status = 'ENQUEUED' AND queue_partition_key = :worker "
    "AND application_version = :version LIMIT 1"
)

Run = Callable[[str], None]


@contextmanager
def _unlogged() -> Iterator[None]:
    """DBOS logs nothing inside: what it raises would be logged with its traceback as well."""
    level = DBOS_LOG.level
    DBOS_LOG.setLevel(logging.CRITICAL)
    try:
        yield
    finally:
        DBOS_LOG.setLevel(level)


class DbosQueue:
    """Jobs in the application's own database. One per process, which DBOS demands. `poll`: how often a worker's queue
    is looked at; a job starts within that. `idle`: for how long a process may stand still before others take over.
    `hangs`: for how long a job may be under way."""

    def __init__(
        self,
        engine: Engine,
        *,
        poll: timedelta = timedelta(seconds=0.5),
        idle: timedelta = IDLE,
        hangs: timedelta = HANGS,
    ) -> None:
        self._engine, self._poll, self._hangs = engine, poll, hangs.total_seconds()
        self._handlers: dict[str, Run] = {}
        self._running: dict[object, tuple[str | None, float]] = {}
        """The jobs under way in this process: their ids, and since when (monotonic, seconds)."""
        self._unmoved: dict[str, float] = {}
        """Since when (monotonic, seconds) jobs are this process's and not under way."""
        self._lease = lease_of(engine, idle)
        self._schema = "dbos" if engine.dialect.name == "postgresql" else None
        self._waiting = text(_WAITING.format(schema=f"{self._schema}." if self._schema else ""))
        self._launched = False
        self._url = engine.url.render_as_string(hide_password=False)
        self._client: DBOSClient | None = None
        self._connects = False

    def connect(self) -> None:
        """From now on jobs are queued; where `start` was not called, for other processes. While there is nothing to
        queue them in, as none of these has ever started, the sweep of the first finds what is due."""
        self._connects = True
        with self._engine.connect() as connection:
            self._connect(connection)

    def _connect(self, connection: Connection) -> None:
        if self._client is None and inspect(connection).has_table("workflow_status", schema=self._schema):
            self._client = DBOSClient(system_database_url=self._url, system_database_engine=self._engine)

    def enqueue(self, tx: Transaction, queue: QueueName, team: str, job_id: str) -> None:
        """See `ports.Queue`. Before `start` or `connect` nothing is queued; the sweep then finds what is due."""
        if self._connects:
            self._connect(tx.connection)
        if self._client is None:
            return
        options: dict[str, Any] = {
            "queue_name": QUEUE,
            "workflow_name": WORKFLOW,
            "workflow_id": job_id,
            "queue_partition_key": _worker(queue, team),
            "app_version": VERSION,
        }
        self._client.enqueue_in_transaction(tx.connection, options, queue, team)  # type: ignore[arg-type]

    def is_waiting(self, tx: Transaction, queue: QueueName, team: str) -> bool:
        """See `ports.Queue`."""
        if self._client is None:
            return False
        sought = {"queue": QUEUE, "worker": _worker(queue, team), "version": VERSION}
        return tx.connection.execute(self._waiting, sought).first() is not None

    def handler(self, queue: QueueName, run: Run) -> None:
        """See `ports.Queue`."""
        self._handlers[queue] = run

    def start(self) -> None:
        """Raises: SettingsError where another process has this database, and shares it with nobody (SQLite)."""
        # First: at its launch DBOS takes up the open jobs of this executor id.
        self._lease.take()
        # Set before the launch, so that `stop` ends one that failed half-way.
        self._launched = True
        engine = DBOS(
            config={
                "name": "briefbot",
                "system_database_url": self._url,
                "system_database_engine": self._engine,
                "application_version": VERSION,
                # The default is the same in every process, and each would run the jobs of the others.
                "executor_id": self._lease.id,
                # At INFO it advertises its console.
                "log_level": "WARNING",
                "max_executor_threads": WORKERS_AT_ONCE,
                # No job waits for a message of another, so no session has to listen.
                "use_listen_notify": False,
                "notification_listener_polling_interval_sec": 0.1,  # it asks for nothing, and is waited for at the end
            }
        )
        DBOS.workflow(name=WORKFLOW)(self._runner())
        DBOS_LOG.addFilter(SELDOM)
        with _unlogged():
            DBOS.launch()
        # It would sleep for up to 90 seconds between two tries, and hold a worker and its thread; `recover_jobs` frees
        # them as soon as the database is back.
        engine._sys_db._retry_connection_errors = False
        DBOS.register_queue(
            QUEUE,
            partition_concurrency=1,
            worker_concurrency=WORKERS_AT_ONCE,
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
            running[job] = DBOS.workflow_id, time.monotonic()
            try:
                handlers[queue](team)
            finally:
                del running[job]

        return run

    def stop(self) -> None:
        """See `ports.Queue`. Where DBOS waits for jobs it waits a second at least."""
        self._client, self._connects = None, False
        try:
            if self._launched:
                DBOS.destroy(destroy_registry=True, workflow_completion_timeout_sec=1 if self._running else 0)
        finally:
            self._launched = False
            self._lease.release()

    def recover_jobs(self) -> None:
        """Frees the workers of jobs that nobody runs: those of dead processes run again here, and those of this process
        that are not under way are ended; the sweep wakes their workers. Raises: LeaseLostError where this process must
        end, DBAPIError where the database is away."""
        leads = self._lease.verify()
        open_jobs = DBOS.list_workflows(status="PENDING", load_input=False, load_output=False)
        self._end_unmoved([job.workflow_id for job in open_jobs if job.executor_id == self._lease.id])
        if leads:
            self._take_over([job for job in open_jobs if job.executor_id not in (None, self._lease.id)])

    def _end_unmoved(self, mine: Sequence[str]) -> None:
        """Ends jobs of this process whose end could not be recorded, whose start was cut short, or that hang: an open
        job of a process that lives would block its worker for ever. A job that goes on all the same is fenced."""
        now = time.monotonic()
        under_way = {job for job, since in list(self._running.values()) if now - since < self._hangs}
        # A job that has just been taken is not yet under way.
        self._unmoved = {job: self._unmoved.get(job, now) for job in mine if job not in under_way}
        if over := [job for job, since in self._unmoved.items() if now - since >= START.total_seconds()]:
            logger.warning("ending %d jobs that hang, or whose end could not be recorded", len(over))
            DBOS.cancel_workflows(over)

    def _take_over(self, others: Sequence[WorkflowStatus]) -> None:
        for owner in sorted({str(job.executor_id) for job in others}):
            with self._lease.owner_is_dead(owner) as dead:
                if dead:
                    ids = [job.workflow_id for job in others if job.executor_id == owner]
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


def _worker(queue: QueueName, team: str) -> str:
    """The partition of a delivery worker's jobs."""
    return f"{queue} {team}"
