"""Renamed briefs: what is stored under which slug, and the slug of now for each that a brief had."""

from collections.abc import Iterable
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, and_, bindparam, delete, literal, or_, select, update

from bot.core.briefs import canonical
from bot.store.dialect import insert
from bot.store.schema import brief_version, change_set

RENAME = "editorial"
"""The kind of the two rows of a renamed brief, which is never announced: under its older slug without a revision
after it, and under the newer one with those before and after. No other change has this kind."""


def is_no_rename() -> ColumnElement[bool]:
    """The condition of all changes but the row that a renamed brief leaves under its older slug."""
    return or_(change_set.c.kind.is_(None), change_set.c.kind != RENAME, change_set.c.after.is_not(None))


def _next_slug() -> Select[Any]:
    away = change_set.alias("away")
    is_away = and_(away.c.slug == bindparam("slug"), away.c.publication > bindparam("number"))
    return (
        select(change_set.c.slug)
        .join(away, and_(away.c.publication == change_set.c.publication, away.c.before == change_set.c.before))
        .where(is_away, away.c.kind == RENAME, away.c.after.is_(None))
        .where(change_set.c.kind == RENAME, change_set.c.after.is_not(None))
        .order_by(away.c.publication)
        .limit(1)
    )


# Built once: it is asked for each brief of each message.
_NEXT_SLUG = _next_slug()


class Renames:
    """Renamed briefs within one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def may_take(self, slug: str) -> bool:
        """Whether a renamed brief may take this slug: readers never saw another brief under it."""
        query = (
            select(brief_version.c.revision, brief_version.c.content)
            .select_from(change_set)
            .outerjoin(brief_version, _is_after())
            .where(change_set.c.slug == slug, change_set.c.after.is_not(None), is_no_rename())
        )
        # Of a version that is not kept nobody knows.
        rows = self._connection.execute(query)
        return all(row.content and canonical.load(slug, row.revision, row.content).status == "draft" for row in rows)

    def move_history(self, before: str, now: str) -> None:
        """The history of a brief goes on under another slug, which it `may_take`. Its versions stay under the older one
        as well: by them a process with older files sees that it would undo a publication."""
        earlier = select(change_set.c.publication).where(change_set.c.slug == before)
        # Drafts, and that this very brief was renamed away from the slug.
        in_the_way = or_(is_no_rename(), change_set.c.publication.in_(earlier))
        self._connection.execute(delete(change_set).where(change_set.c.slug == now, in_the_way))
        moved = update(change_set).where(change_set.c.slug == before, is_no_rename())
        self._connection.execute(moved.values(slug=now))
        copied = select(literal(now), brief_version.c.revision, brief_version.c.content)
        query = insert(self._connection, brief_version).from_select(
            ["slug", "revision", "content"], copied.where(brief_version.c.slug == before)
        )
        self._connection.execute(query.on_conflict_do_nothing())

    def current_slug(self, slug: str, number: int) -> str:
        """The slug of now of the brief that had this one at the publication of a number; the same where it was not
        renamed since."""
        found: str | None = self._connection.execute(_NEXT_SLUG, {"slug": slug, "number": number}).scalar()
        return found or slug

    def current_starts(self, starts: Iterable[tuple[str, int]], number: int) -> tuple[tuple[str, int], ...]:
        """The publications after which the changes of briefs begin, by the slugs of now, in their order; `starts` has
        the slugs of the publication of a number."""
        former = self.renamed_slugs()
        current: dict[str, int] = {}
        for slug, start in starts:
            now = self.current_slug(slug, number) if slug in former else slug
            current[now] = min(start, current.get(now, start))
        return tuple(sorted(current.items()))

    def renamed_slugs(self) -> set[str]:
        """The slugs that renamed briefs had before, in one query: whatever they are called now."""
        return set(self._connection.execute(select(change_set.c.slug).where(~is_no_rename())).scalars())

    def former_slugs(self) -> dict[str, str]:
        """The slugs of now of renamed briefs, by each slug that they had; by one that several had, that of the last
        renamed."""
        query = select(change_set.c.slug, change_set.c.publication)
        rows = self._connection.execute(query.where(~is_no_rename()).order_by(change_set.c.publication)).all()
        return {row.slug: self.current_slug(row.slug, row.publication - 1) for row in rows}


def _is_after() -> ColumnElement[bool]:
    """The condition of the version that a change led to."""
    return and_(brief_version.c.slug == change_set.c.slug, brief_version.c.revision == change_set.c.after)
