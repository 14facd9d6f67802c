"""A process with brief files of its own, over a database that it may share with others."""

import os
import subprocess
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import Row

from bot.app.brief_files import open_repository, publish_request
from bot.content.evidence_lock import LOCK_FILE, write_evidence_lock
from bot.content.repository import Repository
from bot.core.briefs import canonical
from bot.core.briefs.brief import Brief
from bot.core.briefs.vocabulary import Vocabulary
from bot.core.delivery.content import CONTENT, ChangePost
from bot.core.evidence.lock import EvidenceLock
from bot.core.subscriptions.subscription import Filter, Subscription, SubscriptionSpec, Target
from bot.handlers.answers.current_answers import CurrentAnswers
from bot.handlers.answers.published_corpus import PublishedCorpus
from bot.handlers.briefs.publishing import AlreadySuperseded, Publisher
from bot.handlers.context import Policy, Services
from bot.settings import Settings
from bot.store.publications import Publication
from bot.store.schema import delivery
from bot.store.store import Store
from tests.fake_queue import FakeQueue
from tests.fake_slack import FakeSlack
from tests.make import VOCABULARY

MONDAY = datetime(2026, 5, 11, 9, 0, tzinfo=UTC)


class Replica:
    """`at` is its clock; its Slack and its queue are fakes. It follows its files from `start` on; `edit` and `remove`
    change them under it."""

    def __init__(self, directory: Path, store: Store) -> None:
        directory.mkdir(exist_ok=True)
        self.directory, self.store = directory, store
        self.settings = Settings(briefs=directory)
        self.at = MONDAY
        self.slack, self.queue = FakeSlack(now=lambda: self.at), FakeQueue()
        self.readers = PublishedCorpus(store)
        self.repository = Repository(directory)
        self.proposer = Publisher(store, self.queue, lambda: self.at)
        self.words(VOCABULARY)

    def posts_max(self, number: int) -> None:
        """From now on a publication makes at most so many posts in a channel."""
        self.proposer = Publisher(self.store, self.queue, lambda: self.at, number)

    def words(self, vocabulary: Vocabulary) -> None:
        """Writes the file of section names."""
        self.save("_store", canonical.VOCABULARY.dump_json(vocabulary, exclude_defaults=True).decode())

    def write(self, *briefs: Brief) -> None:
        """Writes brief files; nobody looks at them yet. JSON is YAML."""
        for brief in briefs:
            self.save(brief.slug, canonical.dump(brief))

    def save(self, name: str, text: str) -> Path:
        """Writes one file."""
        path = self.directory / f"{name}.yaml"
        path.write_text(text, encoding="utf-8")
        return path

    def start(self, *briefs: Brief, force: bool = False) -> Publication | AlreadySuperseded | None:
        """Starts, or starts again, with these files changed meanwhile."""
        self.write(*briefs)
        self.readers = PublishedCorpus(self.store)
        self.readers.refresh()
        self.repository = open_repository(self.settings, self.store, self.readers)
        return self._propose(self.repository.load(), allow_revert=force)

    def edit(self, *briefs: Brief) -> Publication | AlreadySuperseded | None:
        """Files change under the running process."""
        self.write(*briefs)
        return self.look(*(brief.slug for brief in briefs))

    def remove(self, slug: str) -> Publication | AlreadySuperseded | None:
        """A file is removed under the running process."""
        (self.directory / f"{slug}.yaml").unlink()
        return self.look(slug)

    def verify(self, lock: EvidenceLock | None) -> Publication | AlreadySuperseded | None:
        """What is known of quotes changes under the running process; None: its file is removed."""
        if lock is None:
            (self.directory / LOCK_FILE).unlink()
        else:
            write_evidence_lock(self.directory, lock)
        return self._propose(self.repository.reload([self.directory / LOCK_FILE]), allow_revert=True)

    def look(self, *names: str) -> Publication | AlreadySuperseded | None:
        """Something has happened to these files."""
        found = self.repository.reload(self.directory / f"{name}.yaml" for name in names)
        return self._propose(found, allow_revert=True)

    def look_at_all(self) -> Publication | AlreadySuperseded | None:
        """Something has happened to the directory."""
        return self.look(*(path.stem for path in self.directory.glob("*.yaml")), *self.repository.briefs)

    def _propose(self, found: Any, *, allow_revert: bool) -> Publication | AlreadySuperseded | None:
        made = self.proposer.publish(publish_request(found, self.settings, allow_revert=allow_revert))
        self.readers.refresh()
        return made

    def commit(self, at: datetime) -> None:
        """Commits all files to git, into a repository that is made where there is none."""
        when = {"GIT_AUTHOR_DATE": at.isoformat(), "GIT_COMMITTER_DATE": at.isoformat()}
        who = ("-c", "user.name=Ann", "-c", "user.email=ann@example.org")
        commands = (("init", "--quiet"), ("add", "."), (*who, "commit", "--quiet", "--message", "Edit"))
        for command in commands:
            subprocess.run(["git", "-C", self.directory, *command], check=True, env={**os.environ, **when})

    @property
    def services(self) -> Services:
        """What handlers work with."""
        return Services(
            store=self.store,
            queue=self.queue,
            slack=self.slack,
            corpus=self.readers,
            answers=CurrentAnswers(self.readers, "/brief", lambda: self.at),
            policy=Policy(command="/brief", limits={}),
            now=lambda: self.at,
        )


def follow(store: Store, wish: str = "all", channel: str = "C1", team: str = "T1") -> Subscription:
    """A channel follows something, in the words of a command."""
    aim, *options = wish.split()
    way = next((option.removeprefix("deliver:") for option in options if option.startswith("deliver:")), "channel")
    conditions = Filter.parse_all(" ".join(option for option in options if not option.startswith("deliver:")))
    with store.transaction() as tx:
        made = SubscriptionSpec(Target.parse(aim), conditions, way)  # type: ignore[arg-type]
        return tx.subscriptions.add(made, team, None, channel, by="U1", at=MONDAY)


def owed(store: Store) -> list[tuple[str, str, int, int, str]]:
    """Every delivery as (kind, channel, publication before, publication, state), in the order in which they were made;
    the one before is 0 but for changes."""
    with store.snapshot() as tx:
        rows = tx.connection.execute(delivery.select().order_by(delivery.c.id)).all()
    return [(row.kind, row.channel, after_publication(row), row.publication, row.state) for row in rows]


def after_publication(row: Row[Any]) -> int:
    """The publication after which the change begins that a delivery tells; 0 for other kinds."""
    content = CONTENT.validate_json(row.content)
    return content.after_publication if isinstance(content, ChangePost) else 0


def steps(store: Store, after: int = 0) -> list[tuple[int, str, str | None]]:
    """What publications did, as (publication, slug, kind of the announcement)."""
    with store.snapshot() as tx:
        return [(step.publication, step.slug, step.kind) for step in tx.publications.revision_changes(after=after)]


def seen(store: Store) -> dict[str, str]:
    """What any reader sees: revisions by slug."""
    with store.snapshot() as tx:
        return tx.publications.revisions()
