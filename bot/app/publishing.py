"""The database, the files, and one publication from the command line."""

from datetime import UTC, datetime

from bot.content.git import commit_of
from bot.content.repository import FileChanges, Repository
from bot.core.answers.corpus import Corpus, CurrentCorpus
from bot.handlers.answers.published_corpus import PublishedCorpus
from bot.handlers.briefs.publishing import AlreadySuperseded, PublishRequest, publish
from bot.jobs.dbos_queue import DbosQueue
from bot.settings import Settings
from bot.store.database import connect, migrate
from bot.store.publications import Publication
from bot.store.store import Store


def corpus_of(settings: Settings) -> Corpus:
    """What the files hold, without a database. Raises: SettingsError where there is no such directory."""
    repository, shelf = Repository(settings.briefs), CurrentCorpus()
    found = repository.load()
    return shelf.put(found.briefs, repository.vocabulary)


def open_store(settings: Settings) -> Store:
    """The database, with its tables up to date. Raises: SettingsError."""
    engine = connect(settings.database_url)
    migrate(engine)
    return Store(engine)


def open_repository(settings: Settings, store: Store, readers: PublishedCorpus) -> Repository:
    """The files, not yet read: what is published stands in for broken ones, and is not parsed again."""
    briefs = readers.corpus.briefs
    with store.snapshot() as tx:
        known = {
            key: briefs[slug]
            for key, (slug, revision) in tx.publications.parsed_files().items()
            if slug in briefs and briefs[slug].revision == revision
        }
    return Repository(settings.briefs, briefs, readers.corpus.vocabulary, known)


def publish_request(changes: FileChanges, settings: Settings, *, allow_revert: bool) -> PublishRequest:
    """What files propose; `again`: readers may have seen it before."""
    return PublishRequest(
        changes.briefs,
        changes.previous_revisions,
        changes.vocabulary,
        changes.files,
        commit_of(settings.briefs),
        allow_revert,
    )


def publish_once(settings: Settings, *, force: bool) -> tuple[Publication | AlreadySuperseded | None, Repository]:
    """Publishes the files, for a deploy; a running bot posts what is owed. Raises: SettingsError."""
    store = open_store(settings)
    try:
        readers = PublishedCorpus(store)
        readers.refresh()
        repository = open_repository(settings, store, readers)
        made = publish_request(repository.load(), settings, allow_revert=force)
        return publish(made, store, DbosQueue(store.engine), utc_now()), repository
    finally:
        store.engine.dispose()


def utc_now() -> datetime:
    """This instant."""
    return datetime.now(UTC)
