"""The brief files of a process: opened beside what is published, and what changed in them as a request to publish."""

from bot.content.git import commit_of
from bot.content.repository import FileChanges, Repository
from bot.handlers.answers.published_corpus import PublishedCorpus
from bot.handlers.briefs.publishing import PublishRequest
from bot.settings import Settings
from bot.store.store import Store


def open_repository(settings: Settings, store: Store, published: PublishedCorpus) -> Repository:
    """The brief files, not yet read: published briefs stand in for broken files, and unchanged files are not parsed
    again."""
    corpus = published.corpus
    briefs = corpus.briefs
    with store.snapshot() as tx:
        known = {
            key: briefs[slug]
            for key, (slug, revision) in tx.publications.parsed_files().items()
            if slug in briefs and briefs[slug].revision == revision
        }
    return Repository(settings.briefs, briefs, corpus.vocabulary, known, corpus.evidence)


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
        changes.evidence,
    )
