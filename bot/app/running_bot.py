"""The composition root: puts the parts together from the settings."""

import logging
import os
import signal
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import partial
from threading import Event, Thread

from slack_bolt import App
from slack_sdk import WebClient
from starlette.types import ASGIApp

from bot.app.periodic import periodic_tasks
from bot.app.publishing import open_repository, open_store, publish_request, utc_now
from bot.app.slack_identity import identity
from bot.content.repository import Repository
from bot.content.watch import ReloadResult, watch
from bot.core.delivery.rate_limit import RateLimit
from bot.core.linting.diagnostic import is_error
from bot.handlers.answers.answer_cache import AnswerCache
from bot.handlers.answers.published_corpus import PublishedCorpus
from bot.handlers.briefs.broken_files import report_broken_files
from bot.handlers.briefs.publishing import AlreadySuperseded, Publisher, PublishRequest
from bot.handlers.context import Services
from bot.handlers.delivery.delivery_worker import run_worker
from bot.handlers.delivery.wake_workers import wake_stalled_workers
from bot.handlers.digests.unanswered_queries import count_questions
from bot.jobs.dbos_queue import DbosQueue
from bot.jobs.periodic_tasks import PeriodicRunner
from bot.settings import Settings, SlackSettings
from bot.slack.app import build_app
from bot.slack.http import build_http_app
from bot.slack.sender import WebSlackClient, client
from bot.slack.socket import Connection
from bot.store import outbox, seen_events, subscriptions
from bot.store.outbox import QueueName
from bot.store.store import Store

logger = logging.getLogger(__name__)

UPDATE_LIMIT = RateLimit(per_minute=50)
"""`chat.update` is of Tier 3. Source: docs.slack.dev, rate limits."""

POST_GAP = timedelta(seconds=1.05)
"""`chat.postMessage`: about one a second and channel, and a little more, as the network stretches and shrinks gaps."""


# The database, and files that propose


class CurrentAnswers:
    """The desk of now: a new one whenever the corpus or the day has changed."""

    def __init__(self, readers: PublishedCorpus, command: str, now: Callable[[], datetime] | None = None) -> None:
        self._readers, self._command, self._now = readers, command, now or utc_now
        self._desk = self._new()

    def __call__(self) -> AnswerCache:
        desk = self._desk
        if desk.number != self._readers.number or desk.today != self._now().date():
            self._desk = desk = self._new()
        return desk

    def _new(self) -> AnswerCache:
        corpus, number = self._readers.published
        return AnswerCache(corpus, self._command, self._now().date(), number)


# The running bot


@dataclass
class Bot:
    """The running bot, but for how requests reach it."""

    app: App
    client: WebClient
    services: Services
    repository: Repository
    stop: Event
    watcher: Thread
    ticker: PeriodicRunner

    def asgi(self, secret: str) -> ASGIApp:
        """The HTTP front."""
        return build_http_app(self.app, secret, clock=time.time, ready=lambda: bool(self.services.corpus.corpus.briefs))

    def socket(self, app_token: str) -> Connection:
        """A Socket Mode connection, not yet open."""
        return Connection(self.app, app_token, self.client)

    def close(self) -> None:
        """Ends the watcher, the tick and the lanes; what is owed is sent by whoever starts next."""
        self.services.stopping.set()
        self.stop.set()
        self.watcher.join(5)
        self.ticker.stop()
        count_questions(self.services, self.services.now())
        self.services.queue.stop()
        self.services.store.engine.dispose()


def bot(
    settings: Settings,
    slack: SlackSettings,
    tokens: Mapping[str, str] | None = None,
    now: Callable[[], datetime] = utc_now,
) -> Bot:
    """A bot that follows its files from now on. `tokens` are those of several workspaces by their ids; without them the
    one of the settings serves. `now` is its clock. Raises: SettingsError where Slack does not know the token, or the
    database is not usable."""
    store = open_store(settings)
    web = client(slack.bot_token, slack.api_url)
    me = identity(web)
    clients = {team: client(token, slack.api_url) for team, token in (tokens or {}).items()}
    identities = {team: identity(each) for team, each in clients.items()}
    sender = WebSlackClient(lambda team: clients.get(team, web))
    with store.writing() as connection:
        for team in {me.team, *clients}:
            subscriptions.mark_active(connection, team, None)
        if settings.unconfirmed_posts == "resend":
            outbox.retry_held(connection, now())
    readers = PublishedCorpus(store)
    readers.refresh()
    repository, queue = open_repository(settings, store, readers), DbosQueue(store.engine)
    desks = CurrentAnswers(readers, settings.command, now)
    services = Services(
        store=store,
        queue=queue,
        slack=sender,
        corpus=readers,
        answers=desks,
        command=settings.command,
        now=now,
        limits={"post": RateLimit(settings.posts_per_minute, POST_GAP), "update": UPDATE_LIMIT},
        unconfirmed_posts=settings.unconfirmed_posts,
        admins=settings.admins,
        broken_files=lambda: len(repository.broken),
        digest_grace=settings.digest_grace,
        empty_digests=settings.empty_digests,
        maintainers=(me.team, slack.maintainers_channel) if slack.maintainers_channel else None,
    )
    proposer = Publisher(store, queue, now)
    tell = teller(slack.maintainers_channel, me.team, sender)
    _start(services, queue)
    _propose(services, proposer, publish_request(repository.load(), settings, again=False), settings)
    if repository.broken:
        tell(ReloadResult(dict(repository.broken), frozenset()))

    def changed(outcome: ReloadResult) -> None:
        if outcome.changes:
            _propose(services, proposer, publish_request(outcome.changes, settings, again=True), settings)
        if outcome.broken or outcome.fixed:
            tell(outcome)

    app = build_app(
        command=settings.command,
        services=services,
        token=lambda team: (tokens or {}).get(team, slack.bot_token),
        api_url=slack.api_url,
        identity=lambda team: identities.get(team) or replace(me, team=team) if team else me,
        first=lambda event_id: mark_event_seen(store, event_id, now()),
    )
    stop = Event()
    watcher = Thread(target=watch, args=(repository, stop, changed), name="watch", daemon=True)
    watcher.start()
    ticker = PeriodicRunner(periodic_tasks(services, queue, proposer), now, terminate)
    ticker.start()
    return Bot(app, web, services, repository, stop, watcher, ticker)


def _start(services: Services, queue: DbosQueue) -> None:
    names: tuple[QueueName, ...] = ("post", "update")
    for name in names:
        queue.handler(name, partial(run_worker, services, name))
    queue.start()
    wake_stalled_workers(services.store, queue, services.now(), timedelta(0))


def _propose(services: Services, proposer: Publisher, made: PublishRequest, settings: Settings) -> None:
    """A database that is away for a moment loses no proposal: it is tried again."""
    try:
        found = proposer.publish(made)
    except Exception:
        logger.exception("could not publish; trying again")
        return
    if isinstance(found, AlreadySuperseded):
        logger.warning(
            "%s holds what was published before publication %d; readers go on with that one. To publish the files "
            "all the same: briefbot publish --force",
            settings.briefs,
            found.number,
        )
    if found is not None:
        services.corpus.refresh()


def terminate(error: Exception) -> None:
    """Ends the process in order, as its supervisor would."""
    logger.critical("%s", error)
    os.kill(os.getpid(), signal.SIGTERM)


def mark_event_seen(store: Store, event_id: str, now: datetime) -> bool:
    with store.writing() as connection:
        return seen_events.mark_event_seen(connection, event_id, now)


def teller(channel: str | None, team: str, sender: WebSlackClient) -> Callable[[ReloadResult], None]:
    """Tells the log, and the maintainers' channel where there is one."""

    def tell(outcome: ReloadResult) -> None:
        for found in outcome.broken.values():
            for d in filter(is_error, found):
                logger.error("%s:%d:%d: %s %s", d.path, d.line, d.column, d.code, d.message)
        if channel:
            report_broken_files(outcome.broken, outcome.fixed, team, channel, sender)

    return tell


# The demo
