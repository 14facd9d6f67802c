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

from bot.app.periodic import _chores
from bot.app.publishing import files, instant, opened, proposal
from bot.app.slack_identity import identity
from bot.content.repository import Repository
from bot.content.watch import Outcome, watch
from bot.core.delivery.rate_limit import Limit
from bot.core.linting.diagnostic import is_error
from bot.handlers.answers.answer_cache import Desk
from bot.handlers.answers.published_corpus import Readers
from bot.handlers.briefs.broken_files import on_broken
from bot.handlers.briefs.publishing import Kept, Proposal, Proposer
from bot.handlers.context import Office
from bot.handlers.delivery.delivery_worker import on_lane
from bot.handlers.delivery.wake_workers import sweep
from bot.handlers.digests.unanswered_queries import count_questions
from bot.jobs.dbos_queue import DbosQueue
from bot.jobs.periodic_tasks import Ticker
from bot.settings import Settings, SlackSettings
from bot.slack.app import build
from bot.slack.http import front
from bot.slack.sender import WebSender, client
from bot.slack.socket import Connection
from bot.store import outbox, seen_events, subscriptions
from bot.store.outbox import QueueName
from bot.store.store import Store

logger = logging.getLogger(__name__)

UPDATES = Limit(per_minute=50)
"""`chat.update` is of Tier 3. Source: docs.slack.dev, rate limits."""

CHANNEL_GAP = timedelta(seconds=1.05)
"""`chat.postMessage`: about one a second and channel, and a little more, as the network stretches and shrinks gaps."""


# The database, and files that propose


class Desks:
    """The desk of now: a new one whenever the corpus or the day has changed."""

    def __init__(self, readers: Readers, command: str, now: Callable[[], datetime] | None = None) -> None:
        self._readers, self._command, self._now = readers, command, now or instant
        self._desk = self._new()

    def __call__(self) -> Desk:
        desk = self._desk
        if desk.number != self._readers.number or desk.today != self._now().date():
            self._desk = desk = self._new()
        return desk

    def _new(self) -> Desk:
        corpus, number = self._readers.published
        return Desk(corpus, self._command, self._now().date(), number)


# The running bot


@dataclass
class Bot:
    """The running bot, but for how requests reach it."""

    app: App
    client: WebClient
    office: Office
    repository: Repository
    stop: Event
    watcher: Thread
    ticker: Ticker

    def asgi(self, secret: str) -> ASGIApp:
        """The HTTP front."""
        return front(self.app, secret, clock=time.time, ready=lambda: bool(self.office.readers.corpus.briefs))

    def socket(self, app_token: str) -> Connection:
        """A Socket Mode connection, not yet open."""
        return Connection(self.app, app_token, self.client)

    def close(self) -> None:
        """Ends the watcher, the tick and the lanes; what is owed is sent by whoever starts next."""
        self.office.stopping.set()
        self.stop.set()
        self.watcher.join(5)
        self.ticker.stop()
        count_questions(self.office, self.office.now())
        self.office.queue.stop()
        self.office.store.engine.dispose()


def bot(
    settings: Settings,
    slack: SlackSettings,
    tokens: Mapping[str, str] | None = None,
    now: Callable[[], datetime] = instant,
) -> Bot:
    """A bot that follows its files from now on. `tokens` are those of several workspaces by their ids; without them the
    one of the settings serves. `now` is its clock. Raises: SettingsError where Slack does not know the token, or the
    database is not usable."""
    store = opened(settings)
    web = client(slack.bot_token, slack.api_url)
    me = identity(web)
    clients = {team: client(token, slack.api_url) for team, token in (tokens or {}).items()}
    identities = {team: identity(each) for team, each in clients.items()}
    sender = WebSender(lambda team: clients.get(team, web))
    with store.writing() as connection:
        for team in {me.team, *clients}:
            subscriptions.known(connection, team, None)
        if settings.unknown == "resend":
            outbox.release(connection, now())
    readers = Readers(store)
    readers.refresh()
    repository, queue = files(settings, store, readers), DbosQueue(store.engine)
    desks = Desks(readers, settings.command, now)
    office = Office(
        store=store,
        queue=queue,
        sender=sender,
        readers=readers,
        desk=desks,
        command=settings.command,
        now=now,
        limits={"post": Limit(settings.posts_per_minute, CHANNEL_GAP), "update": UPDATES},
        unknown=settings.unknown,
        admins=settings.admins,
        broken=lambda: len(repository.broken),
        grace=settings.digest_grace,
        empty_digests=settings.empty_digests,
        maintainers=(me.team, slack.maintainers_channel) if slack.maintainers_channel else None,
    )
    proposer = Proposer(store, queue, now)
    tell = teller(slack.maintainers_channel, me.team, sender)
    _start(office, queue)
    _propose(office, proposer, proposal(repository.load(), settings, again=False), settings)
    if repository.broken:
        tell(Outcome(dict(repository.broken), frozenset()))

    def changed(outcome: Outcome) -> None:
        if outcome.reloaded:
            _propose(office, proposer, proposal(outcome.reloaded, settings, again=True), settings)
        if outcome.broken or outcome.mended:
            tell(outcome)

    app = build(
        command=settings.command,
        office=office,
        token=lambda team: (tokens or {}).get(team, slack.bot_token),
        api_url=slack.api_url,
        identity=lambda team: identities.get(team) or replace(me, team=team) if team else me,
        first=lambda event_id: _first(store, event_id, now()),
    )
    stop = Event()
    watcher = Thread(target=watch, args=(repository, stop, changed), name="watch", daemon=True)
    watcher.start()
    ticker = Ticker(_chores(office, queue, proposer), now, _die)
    ticker.start()
    return Bot(app, web, office, repository, stop, watcher, ticker)


def _start(office: Office, queue: DbosQueue) -> None:
    names: tuple[QueueName, ...] = ("post", "update")
    for name in names:
        queue.handler(name, partial(on_lane, office, name))
    queue.start()
    sweep(office.store, queue, office.now(), timedelta(0))


def _propose(office: Office, proposer: Proposer, made: Proposal, settings: Settings) -> None:
    """A database that is away for a moment loses no proposal: it is tried again."""
    try:
        found = proposer.propose(made)
    except Exception:
        logger.exception("could not publish; trying again")
        return
    if isinstance(found, Kept):
        logger.warning(
            "%s holds what was published before publication %d; readers go on with that one. To publish the files "
            "all the same: briefbot publish --force",
            settings.briefs,
            found.number,
        )
    if found is not None:
        office.readers.refresh()


def _die(error: Exception) -> None:
    """Ends the process in order, as its supervisor would."""
    logger.critical("%s", error)
    os.kill(os.getpid(), signal.SIGTERM)


def _first(store: Store, event_id: str, now: datetime) -> bool:
    with store.writing() as connection:
        return seen_events.first(connection, event_id, now)


def teller(channel: str | None, team: str, sender: WebSender) -> Callable[[Outcome], None]:
    """Tells the log, and the maintainers' channel where there is one."""

    def tell(outcome: Outcome) -> None:
        for found in outcome.broken.values():
            for d in filter(is_error, found):
                logger.error("%s:%d:%d: %s %s", d.path, d.line, d.column, d.code, d.message)
        if channel:
            on_broken(outcome.broken, outcome.mended, team, channel, sender)

    return tell


# The demo
