"""A database that an earlier version left is restored and opened, on both kinds."""

from collections.abc import Iterator
from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import Engine, inspect, select, text

from bot.core.delivery.content import CONTENT
from bot.store.database import migrate
from bot.store.delivery_key import delivery_key
from bot.store.schema import METADATA, delivery, posted_message
from bot.store.store import Store
from tests import before
from tests.databases import Databases, opened
from tests.subscriptions import all_subscriptions

NEW_NAMES = {
    "brief": "current_revision",
    "digest_calendar": "digest_cursor",
    "gate": "slack_backoff",
    "lane": "delivery_worker",
    "parsed": "parse_cache",
    "question": "unanswered_query",
    "shown": "posted_message",
    "shown_claim": "posted_claim",
    "version": "brief_version",
}

ADDED = dict.fromkeys(
    "ask ask_notice channel_change claim_vectors evidence_lock file_report installation last_stamp oauth_state "
    "quote_check report welcome".split(),
    0,
)
"""Tables that were not there, with their rows."""

RENAMED_COLUMNS = {
    "again": "resent_blindly",
    "base": "after_publication",
    "epoch": "fencing_token",
    "looked_at": "processed_until",
    "made_at": "created_at",
    "made_by": "created_by",
    "now": "current_claim",
    "place": "position",
    "rules": "tzdata_version",
    "seen_at": "wake_after",
    "shown": "message_id",
    "shown_at": "posted_at",
}

KEPT = ("key", "queue", "team", "channel", "kind", "slug", "publication", "state", "attempts", "ts", "error")
"""The columns of a delivery that stay as they are."""


@pytest.fixture
def earlier(databases: Databases) -> Iterator[Engine]:
    """The engine of a database as the earlier version left it."""
    with opened(databases.empty()) as engine:
        before.restore(engine)
        yield engine


@pytest.fixture
def migrated(earlier: Engine) -> Engine:
    """The same with the tables of this version."""
    migrate(earlier)
    return earlier


def row_counts(engine: Engine) -> dict[str, int]:
    """How many rows each table holds, the job engine's own tables among them."""
    names = inspect(engine).get_table_names()
    if engine.dialect.name == "postgresql":
        names += [f"dbos.{name}" for name in inspect(engine).get_table_names(schema="dbos")]
    with engine.connect() as connection:
        return {name: connection.execute(text(f"SELECT count(*) FROM {name}")).scalar_one() for name in names}  # noqa: S608


def rows(engine: Engine, table: str) -> list[dict[str, Any]]:
    """All rows of a table as the database holds them, in an order that the values alone decide."""
    with engine.connect() as connection:
        found = [dict(row) for row in connection.execute(text(f"SELECT * FROM {table}")).mappings()]  # noqa: S608
    return sorted(found, key=repr)


ADDED_COLUMNS: dict[str, dict[str, Any]] = {
    "subscription": {"version": 1, "changed_by": None},
    "default_brief": {"chosen_by": None},
    "seen_event": {"done": True},
    "slack_backoff": {"asked_at": None},
    "parse_cache": {"lines": None},
    "posted_message": {"after_publication": None},
}
"""Columns that the earlier version did not have, and what they hold of its rows."""


def renamed(row: dict[str, Any], columns: set[str]) -> dict[str, Any]:
    """A row of the earlier version by the names that its columns have now; `columns` are those of the table now. The
    numbers of runs are gone."""
    by_name = {name if name in columns else RENAMED_COLUMNS.get(name, name): value for name, value in row.items()}
    return {name: value for name, value in by_name.items() if name != "run"}


def test_the_database_of_an_earlier_version_is_restored_whole(earlier: Engine, databases: Databases) -> None:
    assert row_counts(earlier) == before.read("contents")["rows"][databases.kind]


def test_migrations_keep_every_row(migrated: Engine, databases: Databases) -> None:
    counts = before.read("contents")["rows"][databases.kind]
    assert row_counts(migrated) == {NEW_NAMES.get(name, name): count for name, count in counts.items()} | ADDED


def test_migrations_keep_every_value(earlier: Engine) -> None:
    names = set(inspect(earlier).get_table_names()) & {*METADATA.tables, *NEW_NAMES} - {"delivery"}
    kept = {name: rows(earlier, name) for name in names}
    migrate(earlier)
    for name, old_rows in kept.items():
        now = NEW_NAMES.get(name, name)
        columns = {column["name"] for column in inspect(earlier).get_columns(now)}
        expected = [renamed(row, columns) | ADDED_COLUMNS.get(now, {}) for row in old_rows]
        assert {now: by_column(rows(earlier, now))} == {now: by_column(expected)}


def by_column(found: list[dict[str, Any]]) -> list[list[tuple[str, Any]]]:
    """Rows whose columns and order are those of the alphabet."""
    return sorted((sorted(row.items()) for row in found), key=repr)


# Of SQLite it is not reflected.
@pytest.mark.filterwarnings("ignore:.*expression-based index")
def test_the_migrated_tables_are_those_of_the_schema(migrated: Engine) -> None:
    with migrated.connect() as connection:
        context = MigrationContext.configure(
            connection, opts={"compare_type": True, "include_name": lambda name, kind, _: is_ours(name, kind)}
        )
        assert compare_metadata(context, METADATA) == []


def is_ours(name: str | None, kind: str) -> bool:
    """Whether a thing in the database is of this project; on SQLite the job engine's tables stand beside it."""
    return kind != "table" or name in METADATA.tables


# What is owed


def test_every_delivery_keeps_its_state_and_gets_its_content(earlier: Engine) -> None:
    old_rows = {row["id"]: row for row in rows(earlier, "delivery")}
    migrate(earlier)
    with earlier.connect() as connection:
        new_rows = connection.execute(select(delivery)).all()
    assert len(new_rows) == len(old_rows)
    for row in new_rows:
        old = old_rows[row.id]
        content = CONTENT.validate_json(row.content)
        for name in KEPT:
            assert getattr(row, name) == old[name]
        assert row.resent_blindly == bool(old["again"])
        assert content.kind == row.kind
        assert delivery_key(row.team, row.channel, content, row.due_at) == row.key
        assert old["base"] == getattr(content, "after_publication", old["base"])


def test_every_row_is_read_as_the_store_reads_it(migrated: Engine) -> None:
    store = Store(migrated)
    with store.snapshot() as tx:
        numbers = list(tx.connection.execute(select(posted_message.c.id)).scalars())
        assert {tx.posted_messages.get(number).id for number in numbers} == set(numbers)
        assert len(all_subscriptions(tx)) == before.read("contents")["rows"]["sqlite"]["subscription"]
        revisions = tx.publications.revisions()
        assert tx.publications.load_briefs(revisions).keys() == revisions.keys()


def test_new_rows_get_numbers_of_their_own(migrated: Engine) -> None:
    store = Store(migrated)
    with store.transaction() as tx:
        highest = max(tx.connection.execute(select(posted_message.c.id)).scalars())
        number = tx.posted_messages.add(
            team="T1",
            enterprise=None,
            channel="C1",
            ts="1.0",
            thread_ts=None,
            publication=1,
            content={},
            claims=(),
            at=tx.publications.announced(slug=None, since=None, limit=1)[0].published_at,
        )
        assert number is not None
        assert number > highest


def test_every_post_that_the_database_refers_to_is_in_its_workspace() -> None:
    workspaces = before.workspaces(lambda: 0.0)
    places = before.read("contents")["channels"]
    lost = [
        (channel, post["ts"])
        for channel, place in places.items()
        for post in place["posted"]
        if workspaces[place["team"]].state.messages.get(channel, post["ts"]) is None
    ]
    assert lost == []
    assert sum(len(place["posted"]) for place in places.values()) == before.read("contents")["rows"]["sqlite"]["shown"]


def test_notes_that_waited_for_edits_which_were_given_up_are_sent(earlier: Engine) -> None:
    """Earlier versions took such an edit for done, and its note waited for ever."""
    with earlier.begin() as connection:
        edits = "SELECT key FROM delivery WHERE kind = 'edit' ORDER BY id LIMIT 1"
        edit = connection.execute(text(edits)).scalar_one()
        note = edit.replace("edit|", "note|")
        for key, state, error in ((edit, "dead", "update_failed"), (note, "waiting", None)):
            values = {"key": key, "state": state, "error": error}
            changed = text("UPDATE delivery SET state = :state, error = :error WHERE key = :key")
            assert connection.execute(changed, values).rowcount == 1
    migrate(earlier)
    with earlier.begin() as connection:
        states = select(delivery.c.key, delivery.c.state).where(delivery.c.key.in_((edit, note)))
        assert {row.key: row.state for row in connection.execute(states)} == {edit: "dead", note: "pending"}
        post = select(posted_message.c.error).where(posted_message.c.id == int(edit.split("|")[1]))
        assert connection.execute(post).scalar_one() == "update_failed"
