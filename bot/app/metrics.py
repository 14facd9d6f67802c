"""The numbers of a process in the text format of Prometheus. Source: prometheus.io, exposition formats."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import accumulate
from typing import Any, get_args

from prometheus_client import CollectorRegistry, ProcessCollector, generate_latest
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, HistogramMetricFamily, Metric
from prometheus_client.registry import Collector

from bot import __version__
from bot.app.services import AppServices
from bot.core.linting.diagnostic import Severity
from bot.handlers.delivery.stored_figures import StoredFigures, StoredFiguresReader
from bot.handlers.measures import BUCKETS_S, PROCESS, Figures, TaskRuns, Timings
from bot.store.outbox import UNSETTLED


class BotCollector(Collector):
    """Reads everything anew for each scrape; the database with little patience, and only every few seconds."""

    def __init__(self, services: AppServices) -> None:
        self._services = services
        self._stored = StoredFiguresReader(services)

    def describe(self) -> Iterator[Metric]:
        """Nothing, so that a registry does not collect when it is made."""
        return iter(())

    def collect(self) -> Iterator[Metric]:
        """All metrics of the bot."""
        yield _gauge("briefbot_info", "The version, as a label.", {(__version__,): 1}, "version")
        figures, stored = PROCESS.figures(), self._stored.figures()
        yield from _requests(figures)
        yield from _tasks(figures.tasks)
        yield _gauge(
            "briefbot_diagnostics",
            "Problems of brief files.",
            _one(dict.fromkeys(get_args(Severity), 0) | {**figures.problems}),
            "severity",
        )
        yield _gauge("briefbot_connections", "Open connections of Slack.", _one(figures.connections), "front")
        corpus, number = self._services.corpus.published
        yield _gauge("briefbot_publication", "The number of the publication that readers see.", {(): number})
        yield _gauge("briefbot_briefs", "Briefs that readers see.", {(): len(corpus.published)})
        yield _gauge("briefbot_workspaces", "Workspaces with a token.", {(): len(self._services.tokens)})
        yield _gauge("briefbot_database_up", "Whether the database answers.", {(): int(stored is not None)})
        if stored is not None:
            yield from self._of_database(stored)

    def _of_database(self, stored: StoredFigures) -> Iterator[Metric]:
        now = self._services.now()

        yield _gauge(
            "briefbot_deliveries",
            "Messages that are not done with.",
            _one(dict.fromkeys(UNSETTLED, 0) | {**stored.deliveries}),
            "state",
        )
        oldest = (now - stored.oldest_due).total_seconds() if stored.oldest_due else 0
        yield _gauge(
            "briefbot_oldest_owed_seconds", "For how long the oldest message has been due.", {(): max(0.0, oldest)}
        )
        if stored.published_at:
            age_s = max(0.0, (now - stored.published_at).total_seconds())
            yield _gauge("briefbot_publication_age_seconds", "The age of the latest publication.", {(): age_s})


def _requests(figures: Figures) -> Iterator[Metric]:
    yield _counter("briefbot_commands", "Requests of Slack.", _several(figures.requests), "verb", "outcome")
    yield _histogram("briefbot_request_seconds", "Until a request was answered.", figures.timings)
    yield _counter(
        "briefbot_slack_errors", "Calls that Slack did not take.", _several(figures.slack_errors), "method", "word"
    )


def _tasks(tasks: Mapping[str, TaskRuns]) -> Iterator[Metric]:
    def by_task(value: Callable[[TaskRuns], float]) -> dict[tuple[str, ...], float]:
        return {(name,): value(runs) for name, runs in tasks.items()}

    yield _counter("briefbot_task_runs", "Runs of periodic tasks.", by_task(lambda t: t.runs), "task")
    yield _counter("briefbot_task_failures", "Runs that failed.", by_task(lambda t: t.failures), "task")
    ended = by_task(lambda t: t.ended_at)
    yield _gauge("briefbot_task_last_run_timestamp_seconds", "When a task last ran.", ended, "task")
    yield _gauge("briefbot_task_seconds", "How long its last run took.", by_task(lambda t: t.seconds), "task")


Values = Mapping[tuple[str, ...], float]
"""By the values of the labels."""


def _several(values: Mapping[tuple[str, str], float]) -> Values:
    return {(*key,): value for key, value in values.items()}


def _one(values: Mapping[Any, float]) -> Values:
    """Of a single label."""
    return {(name,): value for name, value in values.items()}


def _all(names: Iterable[str], values: Mapping[Any, float]) -> Values:
    """Of a single label, 0 where there is none: who watches for some need not know that there were ever any."""
    return {(name,): values.get(name, 0) for name in names}


def _gauge(name: str, help_: str, values: Values, *labels: str) -> Metric:
    family = GaugeMetricFamily(name, help_, labels=labels)
    for key, value in values.items():
        family.add_metric(key, value)
    return family


def _counter(name: str, help_: str, values: Values, *labels: str) -> Metric:
    family = CounterMetricFamily(name, help_, labels=labels)
    for key, value in values.items():
        family.add_metric(key, value)
    return family


def _histogram(name: str, help_: str, values: Mapping[str, Timings]) -> Metric:
    family = HistogramMetricFamily(name, help_, labels=["kind"])
    for key, timings in values.items():
        totals = zip((*map(str, BUCKETS_S), "+Inf"), accumulate(timings.counts), strict=True)
        family.add_metric([key], [(bound, total) for bound, total in totals], timings.total_s)
    return family


def metrics_of(services: AppServices) -> Callable[[], bytes]:
    """Gives the text of all metrics of this process."""
    registry = CollectorRegistry()
    ProcessCollector(registry=registry)
    registry.register(BotCollector(services))
    return lambda: generate_latest(registry)
