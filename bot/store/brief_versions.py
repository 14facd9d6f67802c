"""Versions of briefs that nothing shows any more, and what still begins with an earlier publication."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, and_, bindparam, delete, func, literal, or_, select

from bot.core.changes.change_set import CORRECTING
from bot.store.publications import Publications
from bot.store.renames import is_no_rename
from bot.store.schema import (
    brief_version,
    change_set,
    current_revision,
    digest,
    digest_cursor,
    posted_message,
)

PUBLICATIONS_AT_ONCE = 50
CHANGES_AT_ONCE = 500
"""Of several publications: nobody publishes while they are looked at."""

# Written out, as the condition of its index is.
OWED = literal("owed", literal_execute=True)


class BriefVersions:
    """Versions of briefs within one transaction that holds the publishing lock: nobody else goes back to a version, or
    begins to tell of one, until its end."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def horizon(self, before: datetime, after: int, now: datetime) -> int:
        """The number of a publication: all that is kept, and that was made from `before` on, begins after it or
        later. At least `after`, which is an earlier result."""
        number = Publications(self._connection).last_made_before(before, after, now)
        for earliest in (self._of_windows, self._of_posts):
            number = number if number <= after else min(number, earliest(number))
        return max(number, after)

    def _of_windows(self, number: int) -> int:
        windows = select(func.min(digest_cursor.c.after_publication))
        fired = select(func.min(digest.c.after_publication)).where(digest.c.state == OWED)
        return min(self._value(query, number) for query in (windows, fired))

    def _of_posts(self, number: int) -> int:
        unknown = select(posted_message.c.id).where(posted_message.c.after_publication.is_(None)).limit(1)
        if self._connection.execute(unknown).first() is not None:
            return 0
        return self._value(select(func.min(posted_message.c.after_publication)), number)

    def _value(self, query: Select[tuple[int]], default: int) -> int:
        value: Any = self._connection.execute(query).scalar_one()
        return default if value is None else int(value)

    def delete_unused(self, after: int, horizon: int) -> int:
        """Deletes versions that publications after one number replaced, and that nothing has shown since the `horizon`;
        the number up to which none is left, which the next call goes on from."""
        until = self._end(after, min(after + PUBLICATIONS_AT_ONCE, horizon))
        window = and_(change_set.c.publication > after, change_set.c.publication <= until)
        replaced = self._connection.execute(_replaced(horizon).where(window)).all()
        names = self._connection.execute(_names_left(window)).scalars().all()
        self._delete([(row.slug, row.before) for row in replaced])
        if names:
            current = select(current_revision.c.revision).where(current_revision.c.slug == brief_version.c.slug)
            former = and_(brief_version.c.slug.in_(names), brief_version.c.revision.not_in(current))
            self._connection.execute(delete(brief_version).where(former))
        return until

    def _end(self, after: int, until: int) -> int:
        """Up to which publication one transaction goes: more than one only while they have changed few briefs."""
        window = and_(change_set.c.publication > after, change_set.c.publication <= until)
        counted = select(change_set.c.publication, func.count()).where(window).group_by(change_set.c.publication)
        changes = 0
        for number, count in self._connection.execute(counted.order_by(change_set.c.publication)):
            changes += count
            if changes > CHANGES_AT_ONCE:
                return max(after + 1, int(number) - 1)
        return until

    def _delete(self, versions: Sequence[tuple[str, str]]) -> None:
        if versions:
            same = and_(brief_version.c.slug == bindparam("name"), brief_version.c.revision == bindparam("version"))
            rows = [{"name": slug, "version": revision} for slug, revision in versions]
            self._connection.execute(delete(brief_version).where(same), rows)


def _replaced(horizon: int) -> Select[tuple[str, str]]:
    """The versions that change sets replaced, of those that nothing needs."""
    other = change_set.alias("other")
    same = or_(other.c.before == change_set.c.before, other.c.after == change_set.c.before)
    # What comes back after a correction or a withdrawal is told by the versions around that.
    needed = or_(other.c.publication > horizon, other.c.kind.in_(CORRECTING))
    current = and_(current_revision.c.slug == change_set.c.slug, current_revision.c.revision == change_set.c.before)
    return (
        select(change_set.c.slug, change_set.c.before)
        .where(change_set.c.before.is_not(None), is_no_rename(), ~_is_last())
        .where(_none(other.c.slug == change_set.c.slug, same, needed), _none(current))
    )


def _none(*conditions: ColumnElement[bool]) -> ColumnElement[bool]:
    """Whether no row fulfils these. Not with EXISTS: Postgres may read a whole table to answer it for all at once."""
    return select(func.count()).where(*conditions).correlate(change_set).scalar_subquery() == 0


def _names_left(window: ColumnElement[bool]) -> Select[tuple[str]]:
    """The names that briefs had before they were renamed, unless another brief has used them since."""
    return select(change_set.c.slug).where(window, ~is_no_rename(), _is_last())


def _is_last() -> ColumnElement[bool]:
    """The condition of the last change set of its brief."""
    later = change_set.alias("later")
    return _none(later.c.slug == change_set.c.slug, later.c.publication > change_set.c.publication)
