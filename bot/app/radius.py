"""The blast radius of brief files: they are published in a copy of the database, by what publishes them for readers."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import UTC, datetime, timedelta
from itertools import groupby
from pathlib import Path

from bot.app.brief_files import open_repository, publish_request
from bot.core.answers.corpus import Corpus
from bot.core.briefs.brief import Brief
from bot.core.delivery.content import CorrectionNote, PostEdit, ThreadParentEdit
from bot.core.delivery.radius import Audience, DigestEntry, EditedPosts, Place, Radius
from bot.errors import DatabaseFailureError, SettingsError
from bot.handlers.answers.current_answers import CurrentAnswers
from bot.handlers.answers.published_corpus import PublishedCorpus
from bot.handlers.briefs.publishing import AlreadySuperseded, publish
from bot.handlers.context import Policy, Services
from bot.handlers.digests.digest_entries import EnteredDigest, entered_digests
from bot.render.document.phrases import count
from bot.settings import Settings
from bot.slack.sender import WebSlackClient
from bot.store.copy_in_memory import Copy, copied
from bot.store.outbox import NewDelivery, QueueName
from bot.store.publications import Publication
from bot.store.store import Transaction

READ_WAIT = timedelta(seconds=20)
NAMED_MAX = 5
NOTHING_PUBLISHED = "Nothing is published in this database yet; the first publication is told to nobody."


class NoQueue:
    """The port `Queue` of a copy, which sends nothing."""

    def enqueue(self, tx: Transaction, queue: QueueName, team: str, job_id: str) -> None:
        """See `Queue`."""

    def is_waiting(self, tx: Transaction, queue: QueueName, team: str) -> bool:  # noqa: ARG002  port
        """See `Queue`."""
        return False

    def handler(self, queue: QueueName, run: Callable[[str], None]) -> None:
        """See `Queue`."""

    def start(self) -> None:
        """See `Queue`."""

    def stop(self) -> None:
        """See `Queue`."""


def radius(directory: Path, before: Mapping[str, Brief], settings: Settings, now: datetime | None = None) -> Radius:
    """Who would hear if the brief files of a directory were published at `now` (None: now) over what the database has
    published; `before` are the briefs that they are compared with elsewhere. Where the database cannot be read, the
    result says why."""
    try:
        with copied(settings.database_url, READ_WAIT) as copy:
            return _radius(copy, before, settings.model_copy(update={"briefs": directory}), now or datetime.now(UTC))
    except DatabaseFailureError as error:
        return Radius(unknown=f"the database cannot be read ({error}); {error.remedy}")
    except SettingsError as error:
        return Radius(unknown=str(error))


def _radius(copy: Copy, before: Mapping[str, Brief], settings: Settings, now: datetime) -> Radius:
    published = PublishedCorpus(copy.store)
    published.refresh()
    if not published.number:
        return Radius(remarks=(NOTHING_PUBLISHED,))
    remarks = tuple(_differences(published.corpus, before))
    repository = open_repository(settings, copy.store, published)
    changes = repository.load()
    if repository.held:
        return Radius(remarks=(f"The bot would publish nothing: {repository.held}.",))
    copy.add_history(changes.briefs)
    request = publish_request(changes, settings, allow_revert=True)
    match publish(request, copy.store, NoQueue(), now, settings.posts_per_publication):
        case Publication() as publication:
            published.refresh()
            return _measured(copy, publication, _services(copy, published, settings, now), remarks)
        case AlreadySuperseded(number):
            return Radius(remarks=(*remarks, f"These files are older than publication {number}, which stays."))
        case None:
            return Radius(remarks=remarks)


def _differences(published: Corpus, before: Mapping[str, Brief]) -> Iterator[str]:
    """What is published is not always what the files are compared with."""
    there = {slug: brief.revision for slug, brief in published.briefs.items()}
    compared = {slug: brief.revision for slug, brief in before.items()}
    if slugs := sorted(slug for slug in there.keys() | compared.keys() if there.get(slug) != compared.get(slug)):
        more = len(slugs) - NAMED_MAX
        names = ", ".join([*slugs[:NAMED_MAX], *([f"{more} more"] if more > 0 else [])])
        briefs = count(len(slugs), "brief")
        yield f"It is counted from what is published, which is another version of {briefs}: {names}."


def _services(copy: Copy, published: PublishedCorpus, settings: Settings, now: datetime) -> Services:
    return Services(
        store=copy.store,
        queue=NoQueue(),
        slack=WebSlackClient(lambda _: None),
        corpus=published,
        answers=CurrentAnswers(published, settings.command, lambda: now),
        policy=Policy(settings.command, limits={}, digest_grace=settings.digest_grace),
        now=lambda: now,
    )


def _measured(copy: Copy, publication: Publication, services: Services, remarks: tuple[str, ...]) -> Radius:
    deliveries = copy.new_deliveries()
    with copy.store.snapshot() as tx:
        digests = list(entered_digests(tx, services, publication))
        edited = tuple(_edited(tx, copy, deliveries))
    asking = publication.audience.union(*(each.subscriptions for each in digests))
    return Radius(len(asking), tuple(_audiences(deliveries)), edited, tuple(map(_entry, digests)), remarks)


def _audiences(deliveries: Iterable[NewDelivery]) -> Iterator[Audience]:
    """The places that get posts about changes; a paused one stands behind those that get them at once."""
    posts = [each for each in deliveries if each.content.kind in ("change", "summary")]

    def rank(each: NewDelivery) -> tuple[bool, str, bool, str]:
        place = Place.of(each.team, each.channel)
        return each.state == "paused", place.team, place.channel is None, place.channel or ""

    for (is_paused, team, is_direct, channel), group in groupby(sorted(posts, key=rank), key=rank):
        several = list(group)
        place = Place(team, None if is_direct else channel)
        yield Audience(place, len(several), len({each.channel for each in several}), is_paused)


def _edited(tx: Transaction, copy: Copy, deliveries: Iterable[NewDelivery]) -> Iterator[EditedPosts]:
    """The earlier posts that are edited, the heads of live threads among them, by place."""
    posts, notes, numbers = set[tuple[Place, str]](), Counter[Place](), dict[int, Place]()
    for each in deliveries:
        place, content = Place.of(each.team, each.channel), each.content
        if isinstance(content, PostEdit):
            numbers[content.post_id] = place
        elif isinstance(content, CorrectionNote):
            notes[place] += 1
        elif isinstance(content, ThreadParentEdit):
            ts = tx.posted_messages.thread(each.team, each.channel, content.slug)
            posts |= {(place, ts)} if ts else set()
    posts |= {(numbers[number], ts) for number, ts in copy.posted_at(numbers).items()}
    for place in sorted({place for place, _ in posts} | {*notes}, key=_by_place):
        shown = sorted(ts for where, ts in posts if where == place)
        yield EditedPosts(place, len(shown), notes[place], tuple(shown) if place.channel else ())


def _by_place(place: Place) -> tuple[str, bool, str]:
    return place.team, place.channel is None, place.channel or ""


def _entry(digest: EnteredDigest) -> DigestEntry:
    return DigestEntry(Place.of(digest.team, digest.channel), digest.at, digest.zone, digest.briefs)
