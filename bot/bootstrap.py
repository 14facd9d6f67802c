"""The composition root: puts the parts together from the settings."""

import logging
import os
import signal
import tempfile
import time
from collections.abc import Callable, Mapping
from contextlib import ExitStack
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from threading import Event, Thread

from slack_bolt import App
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError
from starlette.types import ASGIApp

from bot.content.git import commit_of
from bot.content.repository import FileChanges, Repository
from bot.content.watch import ReloadResult, watch
from bot.core.complete import complete
from bot.core.corpus import Corpus
from bot.core.diagnostic import is_error
from bot.core.pace import Limit
from bot.core.shelf import Shelf
from bot.errors import SettingsError
from bot.handlers.desk import Desk
from bot.handlers.lanes import sweep
from bot.handlers.office import Office
from bot.handlers.on_broken import on_broken
from bot.handlers.on_lane import on_lane
from bot.handlers.on_revision import Kept, Proposal, Proposer, publish
from bot.handlers.on_tick import count_questions, on_tick
from bot.handlers.pause import recheck
from bot.handlers.readers import Readers
from bot.jobs.engine import KEPT, DbosQueue
from bot.jobs.ticker import Every, Ticker
from bot.settings import Settings, SlackSettings
from bot.slack.app import Identity, build
from bot.slack.http import ENDPOINT, front
from bot.slack.sender import WebSender, client
from bot.slack.socket import Connection
from bot.store import digests, events, outbox, questions, subscriptions
from bot.store.database import connect, migrate
from bot.store.outbox import QueueName
from bot.store.publications import Publication, known_files
from bot.store.store import Store
from bot.workspace.clock import MovableClock
from bot.workspace.deliver import HttpDelivery
from bot.workspace.page import Page
from bot.workspace.serve import Served
from bot.workspace.server import application
from bot.workspace.workspace import Workspace

logger = logging.getLogger(__name__)

UPDATES = Limit(per_minute=50)
"""`chat.update` is of Tier 3. Source: docs.slack.dev, rate limits."""

CHANNEL_GAP = timedelta(seconds=1.05)
"""`chat.postMessage`: about one a second and channel, and a little more, as the network stretches and shrinks gaps."""


DIGESTS_KEPT = timedelta(days=90)


def corpus_of(settings: Settings) -> Corpus:
    """What the files hold, without a database. Raises: SettingsError where there is no such directory."""
    repository, shelf = Repository(settings.briefs), Shelf()
    found = repository.load()
    return shelf.put(found.briefs, repository.vocabulary)


# The database, and files that propose


def opened(settings: Settings) -> Store:
    """The database, with its tables up to date. Raises: SettingsError."""
    engine = connect(settings.database_url)
    migrate(engine)
    return Store(engine)


def files(settings: Settings, store: Store, readers: Readers) -> Repository:
    """The files, not yet read: what is published stands in for broken ones, and is not parsed again."""
    briefs = readers.corpus.briefs
    with store.reading() as connection:
        known = {
            key: briefs[slug]
            for key, (slug, revision) in known_files(connection).items()
            if slug in briefs and briefs[slug].revision == revision
        }
    return Repository(settings.briefs, briefs, readers.corpus.vocabulary, known)


def proposal(found: FileChanges, settings: Settings, *, again: bool) -> Proposal:
    """What files propose; `again`: readers may have seen it before."""
    return Proposal(
        found.briefs, found.previous_revisions, found.vocabulary, found.files, commit_of(settings.briefs), again
    )


def publish_once(settings: Settings, *, force: bool) -> tuple[Publication | Kept | None, Repository]:
    """Publishes the files, for a deploy; a running bot posts what is owed. Raises: SettingsError."""
    store = opened(settings)
    try:
        readers = Readers(store)
        readers.refresh()
        repository = files(settings, store, readers)
        made = proposal(repository.load(), settings, again=force)
        return publish(made, store, DbosQueue(store.engine), instant()), repository
    finally:
        store.engine.dispose()


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


def instant() -> datetime:
    """This instant."""
    return datetime.now(UTC)


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
    sender = WebSender(lambda team: clients.get(team, web))
    with store.writing() as connection:
        for team in {me.team, *clients}:
            subscriptions.known(connection, team, None)
        if settings.unconfirmed_posts == "resend":
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
        unknown=settings.unconfirmed_posts,
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
        tell(ReloadResult(dict(repository.broken), frozenset()))

    def changed(outcome: ReloadResult) -> None:
        if outcome.changes:
            _propose(office, proposer, proposal(outcome.changes, settings, again=True), settings)
        if outcome.broken or outcome.fixed:
            tell(outcome)

    app = build(
        command=settings.command,
        office=office,
        token=lambda team: (tokens or {}).get(team, slack.bot_token),
        api_url=slack.api_url,
        identity=lambda team: replace(me, team=team) if team else me,
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


def _chores(office: Office, queue: DbosQueue, proposer: Proposer) -> list[Every]:
    """What has to happen every so often."""

    def tidying(at: datetime) -> None:
        queue.prune((at - KEPT).isoformat())
        with office.store.writing() as connection:
            outbox.forget(connection, at - timedelta(days=30))
            events.forget(connection, at)
            digests.forget(connection, at - DIGESTS_KEPT)
            questions.forget(connection, at - DIGESTS_KEPT)

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


def _die(error: Exception) -> None:
    """Ends the process in order, as its supervisor would."""
    logger.critical("%s", error)
    os.kill(os.getpid(), signal.SIGTERM)


def _first(store: Store, event_id: str, now: datetime) -> bool:
    with store.writing() as connection:
        return events.first(connection, event_id, now)


def identity(web: WebClient) -> Identity:
    """Who the bot is. The one `auth.test`, at the start. Raises: SettingsError."""
    try:
        found = web.auth_test()
    except SlackApiError as error:
        raise SettingsError(f"Slack refuses SLACK_BOT_TOKEN ({error.response['error']}); copy it again") from None
    except OSError as error:
        raise SettingsError(
            f"{web.base_url} cannot be reached ({error}); check the network and SLACK_API_URL"
        ) from None
    return Identity(str(found["team_id"]), str(found["user_id"]), str(found["bot_id"]))


def teller(channel: str | None, team: str, sender: WebSender) -> Callable[[ReloadResult], None]:
    """Tells the log, and the maintainers' channel where there is one."""

    def tell(outcome: ReloadResult) -> None:
        for found in outcome.broken.values():
            for d in filter(is_error, found):
                logger.error("%s:%d:%d: %s %s", d.path, d.line, d.column, d.code, d.message)
        if channel:
            on_broken(outcome.broken, outcome.fixed, team, channel, sender)

    return tell


# The demo

CLOCK_JUMP = timedelta(days=400)
"""A clock that is moved is no outage: what became due meanwhile is posted."""


@dataclass
class Demo:
    """A local workspace with its page, and the bot in it, all in this process and over loopback."""

    url: str
    page: Page
    served: Served
    front: Served
    bot: Bot
    kept: ExitStack

    def close(self) -> None:
        """Lets open pages go, ends both servers and the bot, and forgets everything."""
        self.page.closed = True
        self.front.close()
        self.bot.close()
        self.served.close()
        self.kept.close()


def demo(settings: Settings, port: int) -> Demo:
    """The local workspace of one person, who shares channels with another. Takes another port if this one is taken. The
    workspace is new each time, and so is its database; its clock can be moved forward on the page."""
    clock = MovableClock()
    workspace = Workspace(clock=clock)
    you = workspace.add_user("you", "You")
    ann = workspace.add_user("ann", "Ann")
    for name in ("general", "legal-desk"):
        workspace.add_channel(name, you, ann)
    maintainers = workspace.add_channel("brief-maintainers", you)
    workspace.state.direct(you)
    desks: list[Callable[[], Desk]] = []
    page = Page(workspace, you, settings.command, lambda typed: complete(typed, desks[0]().corpus), clock)
    served = Served(application(workspace, page.routes()), port)
    workspace.base_url = served.url
    app = workspace.state.app
    slack = SlackSettings(
        bot_token=app.bot_token,
        app_token=None,
        signing_secret=app.signing_secret,
        api_url=f"{served.url}/api/",
        host="127.0.0.1",
        port=0,
        maintainers_channel=maintainers,
    )
    kept = ExitStack()
    directory = kept.enter_context(tempfile.TemporaryDirectory(prefix="briefbot-"))
    kept_in = f"sqlite:///{Path(directory)}/demo.db"
    patient = settings.model_copy(update={"database_url": kept_in, "digest_grace": CLOCK_JUMP})
    running = bot(patient, slack, now=lambda: datetime.fromtimestamp(clock(), UTC))
    desks.append(running.office.desk)
    front_server = Served(running.asgi(app.signing_secret))
    workspace.delivery = HttpDelivery(front_server.url + ENDPOINT, app.signing_secret, time.time)
    return Demo(served.url, page, served, front_server, running, kept)
