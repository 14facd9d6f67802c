"""Publications: what readers saw and see, by number; the versions of briefs; the parse cache."""

import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import ColumnElement, Connection, and_, delete, exists, func, or_, select, tuple_, update

from bot.core.batches import batches
from bot.core.briefs import canonical
from bot.core.briefs.brief import Brief
from bot.core.briefs.commit import Commit
from bot.core.briefs.file_place import FileLines
from bot.core.briefs.vocabulary import Vocabulary
from bot.core.changes.change_set import ChangeSet
from bot.core.delivery.waiting import AHEAD_MAX
from bot.store.deletion import delete_found
from bot.store.dialect import insert
from bot.store.renames import RENAME, Renames, is_no_rename
from bot.store.schema import brief_version, change_set, current_revision, parse_cache, publication

NO_LINES: Mapping[str, FileLines] = {}

CHUNK = 500
"""Values in one IN: SQLite takes 32,766 parameters, and plans stay small."""


@dataclass(frozen=True, slots=True)
class Publication:
    """One publication, at `published_at` in UTC. Numbers count from 1 without gaps; `commit` is None where the files
    were not in git or differed from it. `renames` are the (slug before, slug now) of briefs that it renamed, in order;
    `announced` the change sets that readers are told of, `audience` the ids of the subscriptions that get a post. They
    are known to whoever made the publication, and empty in one that was read back."""

    number: int
    fingerprint: str
    published_at: datetime
    commit: Commit | None = None
    renames: tuple[tuple[str, str], ...] = ()
    announced: tuple[ChangeSet, ...] = field(default=(), compare=False, repr=False)
    audience: frozenset[int] = field(default=frozenset(), compare=False, repr=False)

    @property
    def gone(self) -> list[str]:
        """The slugs of the briefs that it withdrew as their files are gone."""
        return [each.slug for each in self.announced if each.after is None]


@dataclass(frozen=True, slots=True)
class RevisionChange:
    """What one publication did to one brief: its revisions before and after, None where it was or is not there; `kind`
    is None where nothing was announced."""

    publication: int
    slug: str
    before: str | None
    after: str | None
    kind: str | None
    published_at: datetime


class Publications:
    """Publications, versions of briefs and the parse cache within one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def lock_publishing(self) -> None:
        """Takes the publishing lock until commit (a Postgres table lock; SQLite serialises writers anyway). Does not
        block readers."""
        if self._connection.dialect.name == "postgresql":
            self._connection.exec_driver_sql("LOCK TABLE publication IN SHARE ROW EXCLUSIVE MODE")

    def latest(self) -> Publication | None:
        """The newest publication."""
        row = self._connection.execute(select(publication).order_by(publication.c.number.desc()).limit(1)).one_or_none()
        if row is None:
            return None
        commit = Commit(row.commit_id, row.committed_at) if row.commit_id else None
        return Publication(row.number, row.fingerprint, row.published_at, commit)

    def newest_number(self) -> int:
        """The number of the newest publication; 0 where there is none."""
        return self._connection.execute(select(func.max(publication.c.number))).scalar() or 0

    def vocabulary(self, number: int | None = None) -> Vocabulary:
        """The section names of a publication, by default of the latest. Raises: LookupError where it was not made."""
        query = select(publication.c.vocabulary).order_by(publication.c.number.desc()).limit(1)
        if number is not None:
            query = query.where(publication.c.number == number)
        text = self._connection.execute(query).scalar()
        if text is None:
            raise LookupError("nothing was published yet")
        return canonical.VOCABULARY.validate_json(text)

    def was_published(self, fingerprint: str) -> bool:
        """Whether readers ever saw just this."""
        return (
            self._connection.execute(
                select(publication.c.number).where(publication.c.fingerprint == fingerprint)
            ).first()
            is not None
        )

    def was_revision_published(self, slug: str, revision: str) -> bool:
        """Whether readers ever saw this version of a brief, kept or not."""
        kept = select(brief_version.c.slug).where(brief_version.c.slug == slug, brief_version.c.revision == revision)
        return self._connection.execute(kept).first() is not None or self._was_published(slug, revision)

    def _was_published(self, slug: str, revision: str) -> bool:
        """By the history, which goes on under the slug of now."""
        slugs = (slug, Renames(self._connection).current_slug(slug, 0))
        query = select(change_set.c.slug).where(change_set.c.slug.in_(slugs), change_set.c.after == revision)
        return self._connection.execute(query.limit(1)).first() is not None

    def revisions(self) -> dict[str, str]:
        """The revision of every brief of the latest publication."""
        return {row.slug: row.revision for row in self._connection.execute(select(current_revision))}

    def current_revision(self, slug: str) -> str | None:
        """The revision of a brief of the latest publication; None where that has none."""
        query = select(current_revision.c.revision).where(current_revision.c.slug == slug)
        return self._connection.execute(query).scalar()

    def announced_slugs(self, after: int) -> set[str]:
        """The slugs of briefs of which publications after a number announced a change, whether they are there or
        not."""
        query = select(change_set.c.slug).where(change_set.c.publication > after)
        told = query.where(change_set.c.kind.is_not(None), change_set.c.kind != RENAME).distinct()
        return set(self._connection.execute(told).scalars())

    def version(self, slug: str, revision: str) -> Brief:
        """A version of a brief that readers saw once. Raises: LookupError for one that was never published, or is not
        kept."""
        query = select(brief_version.c.content).where(
            brief_version.c.slug == slug, brief_version.c.revision == revision
        )
        content = self._connection.execute(query).scalar()
        if content is None:
            gone = self._was_published(slug, revision)
            raise LookupError(f"{slug}@{revision} {'is so old that it is not kept' if gone else 'was never published'}")
        return canonical.load(slug, revision, content)

    def versions(self, wanted: Sequence[tuple[str, str]]) -> list[Brief]:
        """Versions of briefs by (slug, revision), in no order, without those that were never published."""
        briefs: list[Brief] = []
        for some in batches(wanted, CHUNK):
            pair = tuple_(brief_version.c.slug, brief_version.c.revision)
            query = select(brief_version).where(pair.in_(some))
            briefs += [canonical.load(*row) for row in self._connection.execute(query)]
        return briefs

    def load_briefs(self, revisions: Mapping[str, str]) -> dict[str, Brief]:
        """Briefs by slug; `revisions` gives the revision to load by slug."""
        briefs: dict[str, Brief] = {}
        slugs = sorted(revisions)
        for some in batches(slugs, CHUNK):
            query = select(brief_version).where(brief_version.c.slug.in_(some))
            for row in self._connection.execute(query):
                if revisions[row.slug] == row.revision:
                    briefs[row.slug] = canonical.load(row.slug, row.revision, row.content)
        return briefs

    def add(
        self,
        new: Publication,
        vocabulary: Vocabulary,
        briefs: Mapping[str, Brief | None],
        kinds: Mapping[str, str],
    ) -> None:
        """Adds a publication that changes these briefs (None: gone). `kinds` gives the kind of each change set that is
        announced, by slug. Raises: AlreadyPublishedError where another process published on the same
        predecessor first."""
        row = {"number": new.number, "predecessor": new.number - 1, "fingerprint": new.fingerprint}
        origin = {"commit_id": new.commit and new.commit.id, "committed_at": new.commit and new.commit.at}
        text = canonical.VOCABULARY.dump_json(vocabulary).decode()
        self._connection.execute(
            # The first write: of two processes on the same predecessor one fails here and leaves nothing behind.
            publication.insert().values(**row, **origin, vocabulary=text, published_at=new.published_at)
        )
        # Read before `_replace` overwrites them.
        before = self.revisions()
        before |= {now: before[slug] for slug, now in new.renames}
        kinds = {**kinds, **dict.fromkeys((slug for pair in new.renames for slug in pair), RENAME)}
        present = [brief for brief in briefs.values() if brief is not None]
        if present:
            # A brief that goes back to an earlier version has its row already.
            versions = [{"slug": b.slug, "revision": b.revision, "content": canonical.dump(b)} for b in present]
            self._connection.execute(insert(self._connection, brief_version).on_conflict_do_nothing(), versions)
        self._replace(briefs.keys(), present)
        changes = [
            {
                "publication": new.number,
                "slug": slug,
                "before": before.get(slug),
                "after": brief.revision if brief else None,
                "kind": kinds.get(slug),
            }
            for slug, brief in briefs.items()
        ]
        if changes:
            self._connection.execute(change_set.insert(), changes)

    def _replace(self, slugs: Iterable[str], present: Sequence[Brief]) -> None:
        changed = list(slugs)
        for some in batches(changed, CHUNK):
            self._connection.execute(delete(current_revision).where(current_revision.c.slug.in_(some)))
        if present:
            self._connection.execute(
                current_revision.insert(), [{"slug": b.slug, "revision": b.revision} for b in present]
            )

    def never_public(self, slugs: Sequence[str]) -> set[str]:
        """Those of these slugs under which no published version ever was, and nothing was ever announced."""
        told = select(change_set.c.slug).where(change_set.c.slug.in_(slugs), change_set.c.kind.is_not(None)).distinct()
        unknown = set(slugs) - set(self._connection.execute(told).scalars()) if slugs else set()
        query = select(brief_version).where(brief_version.c.slug.in_(unknown))
        versions = self._connection.execute(query).all() if unknown else []
        public = (v.slug for v in versions if canonical.load(v.slug, v.revision, v.content).status == "published")
        return unknown - set(public)

    # Looking back

    def number_before(self, at: datetime, after: int, now: datetime | None = None) -> int:
        """Highest publication number to include in a window ending at `at` (not included) that begins behind `after`.
        Publications committed late with an older timestamp go to the next window; where `now` is given, those that a
        clock has put ahead of it hold up no other."""
        query = select(func.min(publication.c.number)).where(
            publication.c.number > after, publication.c.published_at >= at
        )
        if now is not None:
            query = query.where(publication.c.published_at <= now + AHEAD_MAX)
        first = self._connection.execute(query).scalar()
        return first - 1 if first is not None else self.newest_number()

    def last_made_before(self, at: datetime, after: int, now: datetime) -> int:
        """The last publication behind `after` that was made before an instant, with all before it; `after` if none was.
        One that a clock has put ahead of `now` is as old as the next that it has not: not old before there is one."""
        last = self.number_before(at, after, now)
        made = and_(publication.c.number > after, publication.c.number <= last, publication.c.published_at < at)
        return int(self._connection.execute(select(func.max(publication.c.number)).where(made)).scalar() or after)

    def revision_changes(
        self,
        *,
        slug: str | None = None,
        slugs: Collection[str] | None = None,
        after: int = 0,
        until: int | None = None,
    ) -> list[RevisionChange]:
        """The revision changes of one brief, of some (at most `CHUNK`) or of all, oldest first: of the publications
        after one number (not included) up to another (included)."""
        query = select(change_set, publication.c.published_at).join(publication)
        query = query.where(change_set.c.publication > after, is_no_rename())
        if slug is not None:
            query = query.where(change_set.c.slug == slug)
        if slugs is not None:
            query = query.where(change_set.c.slug.in_(slugs))
        if until is not None:
            query = query.where(change_set.c.publication <= until)
        ordered = query.order_by(change_set.c.publication, change_set.c.slug)
        return [_revision_change(row) for row in self._connection.execute(ordered)]

    def kept_changes(self, *slugs: str, after: int = 0, until: int | None = None) -> list[RevisionChange]:
        """The revision changes of some briefs (at most `CHUNK`) whose versions are kept, oldest first: of the
        publications after one number (not included) up to another (included)."""
        query = select(change_set, publication.c.published_at).join(publication)
        query = query.where(change_set.c.slug.in_(slugs), change_set.c.publication > after, is_no_rename(), _are_kept())
        if until is not None:
            query = query.where(change_set.c.publication <= until)
        return [_revision_change(row) for row in self._connection.execute(query.order_by(change_set.c.publication))]

    def announced(self, *, slug: str | None, since: datetime | None, limit: int, skip: int = 0) -> list[RevisionChange]:
        """Announced revision changes whose versions are kept, newest first without the first `skip`, none of them
        editorial; of one brief or of all."""
        query = select(change_set, publication.c.published_at).join(publication)
        query = query.where(change_set.c.kind.is_not(None), change_set.c.kind != "editorial", _are_kept())
        if slug is not None:
            query = query.where(change_set.c.slug == slug)
        if since is not None:
            query = query.where(publication.c.published_at >= since)
        ordered = query.order_by(change_set.c.publication.desc(), change_set.c.slug).offset(skip).limit(limit)
        return [_revision_change(row) for row in self._connection.execute(ordered)]

    def revision_at(self, slug: str, number: int) -> str | None:
        """The revision of a brief that readers saw at a publication; None where it was not there."""
        query = select(change_set.c.after).where(change_set.c.slug == slug, change_set.c.publication <= number)
        query = query.where(is_no_rename())
        return self._connection.execute(query.order_by(change_set.c.publication.desc()).limit(1)).scalar()

    def with_revision(self, revision: str, slug: str | None) -> list[RevisionChange]:
        """The changes that led to a revision or away from it, oldest first; of any brief where `slug` is None."""
        query = select(change_set, publication.c.published_at).join(publication)
        query = query.where(or_(change_set.c.after == revision, change_set.c.before == revision), is_no_rename())
        if slug is not None:
            query = query.where(change_set.c.slug == slug)
        return [_revision_change(row) for row in self._connection.execute(query.order_by(change_set.c.publication))]

    def set_kind(self, slug: str, number: int, kind: str) -> None:
        """What a publication did to a brief is of another kind than was stored."""
        where = (change_set.c.slug == slug, change_set.c.publication == number)
        self._connection.execute(update(change_set).where(*where).values(kind=kind))

    # The parse cache

    def parsed_files(self) -> dict[str, tuple[str, str]]:
        """(slug, revision) by the hash of a file's bytes."""
        return {row.hash: (row.slug, row.revision) for row in self._connection.execute(select(parse_cache))}

    def forget_parsed(self, most: int) -> int:
        """Forgets the files of briefs that are gone; how many, at most so many."""
        gone = parse_cache.c.slug.not_in(select(current_revision.c.slug))
        some = select(parse_cache.c.hash).where(gone).limit(most)
        return delete_found(self._connection, parse_cache, some)

    def remember_parsed(self, files: Mapping[str, tuple[str, str]], lines: Mapping[str, FileLines] = NO_LINES) -> None:
        """Stores the (slug, revision) of files by the hash of their bytes, and their lines as far as they are given, in
        place of what these slugs had before. What is known of the same bytes stays."""
        rows = [
            {"hash": key, "slug": slug, "revision": revision, "lines": _lines_json(lines.get(key))}
            for key, (slug, revision) in files.items()
        ]
        for some in batches(rows, CHUNK):
            slugs, keys = ({row[name] for row in some} for name in ("slug", "hash"))
            former = and_(parse_cache.c.slug.in_(slugs), parse_cache.c.hash.not_in(keys))
            self._connection.execute(delete(parse_cache).where(former))
        if rows:
            self._connection.execute(insert(self._connection, parse_cache).on_conflict_do_nothing(), rows)

    def lines(self, slug: str, revision: str) -> FileLines | None:
        """Where the parts of a version of a brief begin in its file; None where the file has another version by now, or
        was last read by a version of the bot that kept no lines."""
        query = select(parse_cache.c.lines).where(parse_cache.c.slug == slug, parse_cache.c.revision == revision)
        text = self._connection.execute(query.limit(1)).scalar()
        return FileLines(**json.loads(text)) if text else None


def _lines_json(lines: FileLines | None) -> str | None:
    return json.dumps({"sections": dict(lines.sections), "claims": dict(lines.claims)}) if lines else None


def _are_kept() -> ColumnElement[bool]:
    """The condition of changes of which both versions are kept."""
    return and_(*(or_(each.is_(None), _is_version(each)) for each in (change_set.c.before, change_set.c.after)))


def _is_version(revision: ColumnElement[str]) -> ColumnElement[bool]:
    same = and_(brief_version.c.slug == change_set.c.slug, brief_version.c.revision == revision)
    return exists().where(same)


def _revision_change(row: object) -> RevisionChange:
    return RevisionChange(**{name: getattr(row, name) for name in RevisionChange.__dataclass_fields__})
