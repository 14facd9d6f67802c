"""A copy in memory of what the next publication touches: it is published there, and the database is only read."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any
from urllib.parse import quote

from sqlalchemy import ColumnElement, Connection, Select, Table, and_, create_engine, func, or_, select, tuple_
from sqlalchemy.pool import NullPool, StaticPool

from bot.core.batches import batches
from bot.core.delivery.content import CONTENT
from bot.errors import DatabaseFailureError
from bot.store import patience, schema, upgrade
from bot.store.database import connect, parsed_url, reading
from bot.store.dialect import insert
from bot.store.failures import CHECK_ADDRESS, hide_details, translated
from bot.store.outbox import OPEN, NewDelivery
from bot.store.publications import CHUNK
from bot.store.schema import METADATA, brief_version, current_revision, delivery, posted_claim, posted_message
from bot.store.store import Store

ROWS_AT_ONCE = 1000
KIND_LENGTH = 40
"""Characters of a post's content that tell of which kind it is."""

WHOLE = (
    *(schema.publication, schema.change_set, current_revision, schema.workspace, schema.subscription),
    *(schema.live_thread, schema.digest_cursor, schema.digest_schedule),
)
"""The tables that are copied as they are; the others as far as a publication looks at them."""


class Copy:
    """`store` is the copy. It has the briefs of now; `add_history` adds the earlier versions of some, and the posts
    that show them."""

    def __init__(self, source: Connection) -> None:
        self._source = source
        engine = create_engine("sqlite://", poolclass=StaticPool, connect_args={"check_same_thread": False})
        hide_details(engine)
        METADATA.create_all(engine)
        self.store = Store(engine)
        for table in WHOLE:
            self._add(table, select(table))
        of_now = tuple_(brief_version.c.slug, brief_version.c.revision).in_(select(current_revision))
        self._add(brief_version, select(brief_version).where(of_now))
        self._add(schema.digest, select(schema.digest).where(schema.digest.c.state == "owed"))
        self._add(delivery, select(delivery).where(_is_unsettled()))
        self._last = self._last_delivery()

    def add_history(self, slugs: Collection[str]) -> None:
        """Adds the earlier versions of some briefs, and the posts that show their claims."""
        ordered = sorted(slugs)
        for some in batches(ordered, CHUNK):
            self._add(brief_version, select(brief_version).where(brief_version.c.slug.in_(some)))
            claims = select(posted_claim).where(posted_claim.c.slug.in_(some))
            of_them = select(posted_claim.c.message_id).where(posted_claim.c.slug.in_(some))
            self._add(posted_message, _posts().where(posted_message.c.id.in_(of_them)))
            self._add(posted_claim, claims)

    def _add(self, table: Table, query: Select[Any]) -> None:
        with self.store.engine.begin() as target:
            statement = insert(target, table).on_conflict_do_nothing()
            for rows in self._source.execute(query).mappings().partitions(ROWS_AT_ONCE):
                target.execute(statement, [dict(row) for row in rows])

    def _last_delivery(self) -> int:
        with self.store.engine.connect() as connection:
            return connection.execute(select(func.max(delivery.c.id))).scalar() or 0

    def new_deliveries(self) -> Sequence[NewDelivery]:
        """What was added to the outbox of the copy, in order."""
        with self.store.engine.connect() as connection:
            rows = connection.execute(delivery.select().where(delivery.c.id > self._last).order_by(delivery.c.id)).all()
        return [_new_delivery(row) for row in rows]

    def posted_at(self, numbers: Iterable[int]) -> dict[int, str]:
        """The `ts` of some posts by their numbers."""
        query = select(posted_message.c.id, posted_message.c.ts).where(posted_message.c.id.in_(list(numbers)))
        with self.store.engine.connect() as connection:
            return {row.id: row.ts for row in connection.execute(query)}


def _new_delivery(row: Any) -> NewDelivery:
    content = CONTENT.validate_json(row.content)
    return NewDelivery(row.team, row.enterprise, row.channel, content, row.due_at, row.state)


def _posts() -> Select[Any]:
    """Posts without what they are made from, which may be long."""
    columns = [column for column in posted_message.c if column.name != "content"]
    return select(*columns, func.substr(posted_message.c.content, 1, KIND_LENGTH).label("content"))


def _is_unsettled() -> ColumnElement[bool]:
    """The condition of deliveries that are not sent yet, and of all of a channel in which a change waits: which of them
    a newer one replaces depends on what was sent."""
    waiting = delivery.alias("of_waiting")
    waits = and_(waiting.c.state.in_(("pending", "paused")), waiting.c.kind.in_(("change", "summary")))
    channels = select(waiting.c.team, waiting.c.channel).where(waits)
    return or_(delivery.c.state.in_(OPEN), tuple_(delivery.c.team, delivery.c.channel).in_(channels))


@contextmanager
def copied(url: str, wait: timedelta) -> Iterator[Copy]:
    """The copy of a database, which is read in one state, and neither created nor migrated. Raises: SettingsError for
    an address that is not valid; DatabaseFailureError for a database that cannot be read within `wait`, or that has
    other tables than this version."""
    with translated(), patience.within(wait), _source(url) as source:
        upgrade.require_readable(source)
        copy = Copy(source)
        try:
            yield copy
        finally:
            copy.store.engine.dispose()


@contextmanager
def _source(url: str) -> Iterator[Connection]:
    parsed = parsed_url(url)
    if parsed.drivername.startswith("sqlite"):
        engine = create_engine(_readonly_file(parsed.database or ""), poolclass=NullPool, hide_parameters=True)
        hide_details(engine)
    else:
        engine = connect(url).execution_options(postgresql_readonly=True)
    try:
        with reading(engine) as connection:
            yield connection
    finally:
        engine.dispose()


def _readonly_file(name: str) -> str:
    path = Path(name)
    if not path.is_file():
        raise DatabaseFailureError(f"{path} is not there", CHECK_ADDRESS)
    # Without a log beside it nobody has the file open, and SQLite would create one to read it.
    how = "mode=ro" if Path(f"{path}-wal").exists() else "immutable=1"
    return f"sqlite:///file:{quote(str(path.absolute()))}?{how}&uri=true"
