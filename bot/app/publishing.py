"""Opens the database and the brief files; publishes the files once, for the command line."""

import logging
import time
from contextlib import ExitStack
from datetime import UTC, datetime, timedelta

from bot.app.start_wait import wait_for_start
from bot.content.git import commit_of
from bot.content.repository import FileChanges, Repository
from bot.handlers.answers.published_corpus import PublishedCorpus
from bot.handlers.briefs.publishing import AlreadySuperseded, PublishRequest, publish
from bot.jobs.dbos_queue import DbosQueue
from bot.settings import Settings
from bot.store.clock import clock_of
from bot.store.database import connect, migrate, opening
from bot.store.publications import Publication
from bot.store.store import Store

logger = logging.getLogger(__name__)

LOOK_S = 0.1
"""Between two looks for missing files."""
MISSING_NAMED_MAX = 5


def open_store(settings: Settings) -> Store:
    """Opens the database and migrates its tables. Raises: SettingsError; NotYetError while it is away."""
    engine = connect(settings.database_url)
    with ExitStack() as stack:
        stack.callback(engine.dispose)
        migrate(engine)
        stack.pop_all()
    return Store(engine)


def open_repository(settings: Settings, store: Store, published: PublishedCorpus) -> Repository:
    """The brief files, not yet read: published briefs stand in for broken files, and unchanged files are not parsed
    again."""
    briefs = published.corpus.briefs
    with store.snapshot() as tx:
        known = {
            key: briefs[slug]
            for key, (slug, revision) in tx.publications.parsed_files().items()
            if slug in briefs and briefs[slug].revision == revision
        }
    return Repository(settings.briefs, briefs, published.corpus.vocabulary, known)


def publish_request(changes: FileChanges, settings: Settings, *, allow_revert: bool) -> PublishRequest:
    """The request to publish file changes; `allow_revert`: also content that readers saw before."""
    return PublishRequest(
        changes.briefs,
        changes.previous_revisions,
        changes.vocabulary,
        changes.files,
        commit_of(settings.briefs),
        allow_revert,
        changes.lines,
    )


def publish_once(settings: Settings, *, force: bool) -> tuple[Publication | AlreadySuperseded | None, Repository]:
    """Publishes the files for a deploy; a running bot sends the deliveries. Returns the outcome, None where nothing
    differs, and the files that were read. Raises: SettingsError."""
    store = wait_for_start(lambda: open_store(settings), settings.start_wait)
    with opening(), ExitStack() as stack:
        stack.callback(store.engine.dispose)
        published = PublishedCorpus(store)
        published.refresh()
        repository = open_repository(settings, store, published)
        if not force:
            _wait_for_missing(repository, settings.absence_grace)
        request = publish_request(repository.load(force=force), settings, allow_revert=force)
        # A queue that was not started takes no jobs: the sweep of a running bot finds the deliveries.
        now = clock_of(store, utc_now)()
        outcome = publish(request, store, DbosQueue(store.engine), now, settings.posts_per_publication)
        return outcome, repository


def _wait_for_missing(repository: Repository, grace: timedelta) -> None:
    """Returns when no file of a published brief is missing, at the latest after `grace`."""
    deadline = time.monotonic() + grace.total_seconds()
    if missing := repository.missing():
        logger.warning(
            "waiting %g s for missing files, %d in all: %s",
            grace.total_seconds(),
            len(missing),
            ", ".join(f"{stem}.yaml" for stem in sorted(missing)[:MISSING_NAMED_MAX]),
        )
    while repository.missing() and time.monotonic() < deadline:
        time.sleep(LOOK_S)


def utc_now() -> datetime:
    """The time of this machine, in UTC."""
    return datetime.now(UTC)
