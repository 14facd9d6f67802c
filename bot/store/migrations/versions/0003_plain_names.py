"""Plain names for tables and columns; what a delivery contains becomes one JSON value."""

import json
from collections.abc import Mapping
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

ROWS_AT_ONCE = 500


def upgrade() -> None:
    _rename_columns()
    _move_tables()
    _fill_contents()
    _rename_indexes()


# Columns of tables that keep their names

COLUMNS = (
    ("subscription", "made_by", "created_by"),
    ("subscription", "made_at", "created_at"),
    ("digest_schedule", "made_by", "created_by"),
    ("digest_schedule", "made_at", "created_at"),
    ("digest", "base", "after_publication"),
    ("delivery", "again", "resent_blindly"),
)


def _rename_columns() -> None:
    for table, before, after in COLUMNS:
        op.execute(f"ALTER TABLE {table} RENAME COLUMN {before} TO {after}")


# Tables that get another name: a new one is filled, so that its constraints are named after it as well

TABLES: tuple[tuple[str, str, Mapping[str, str]], ...] = (
    ("parsed", "parse_cache", {}),
    ("brief", "current_revision", {}),
    ("version", "brief_version", {}),
    ("lane", "delivery_worker", {"fencing_token": "epoch", "wake_after": "seen_at"}),
    ("gate", "slack_backoff", {}),
    (
        "digest_calendar",
        "digest_cursor",
        {"after_publication": "base", "processed_until": "looked_at", "tzdata_version": "rules"},
    ),
    ("question", "unanswered_query", {}),
    ("shown", "posted_message", {"posted_at": "shown_at"}),
    ("shown_claim", "posted_claim", {"message_id": "shown", "position": "place", "current_claim": "now"}),
)


def _move_tables() -> None:
    _create_tables()
    for old, new, columns in TABLES:
        names = [column["name"] for column in sa.inspect(op.get_bind()).get_columns(new)]
        values = ", ".join(columns.get(name, name) for name in names)
        op.execute(f"INSERT INTO {new} ({', '.join(names)}) SELECT {values} FROM {old}")  # noqa: S608  constants
    for old, _, _ in reversed(TABLES):
        op.drop_table(old)
    if op.get_bind().dialect.name == "postgresql":
        for table in ("digest_cursor", "posted_message"):
            sequence = f"pg_get_serial_sequence('{table}', 'id')"
            op.execute(f"SELECT setval({sequence}, (SELECT COALESCE(MAX(id), 0) + 1 FROM {table}), false)")  # noqa: S608  constants


def _revision_columns() -> list[Any]:
    return [
        sa.Column("slug", sa.String(length=60), nullable=False),
        sa.Column("revision", sa.String(length=8), nullable=False),
    ]


def _channel_columns() -> list[Any]:
    return [
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("team", sa.String(length=32), nullable=False),
        sa.Column("enterprise", sa.String(length=32), nullable=True),
        sa.Column("channel", sa.String(length=32), nullable=False),
    ]


def _create_tables() -> None:
    _create_brief_tables()
    _create_pace_tables()
    _create_digest_tables()
    _create_posted_tables()


def _create_brief_tables() -> None:
    op.create_table(
        "parse_cache",
        sa.Column("hash", sa.String(length=64), nullable=False),
        *_revision_columns(),
        sa.PrimaryKeyConstraint("hash", name=op.f("pk_parse_cache")),
    )
    op.create_table(
        "current_revision", *_revision_columns(), sa.PrimaryKeyConstraint("slug", name=op.f("pk_current_revision"))
    )
    op.create_table(
        "brief_version",
        *_revision_columns(),
        sa.Column("content", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("slug", "revision", name=op.f("pk_brief_version")),
    )


def _create_pace_tables() -> None:
    op.create_table(
        "delivery_worker",
        sa.Column("queue", sa.String(length=8), nullable=False),
        sa.Column("team", sa.String(length=32), nullable=False),
        sa.Column("fencing_token", sa.Integer(), nullable=False),
        sa.Column("wake_after", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("queue", "team", name=op.f("pk_delivery_worker")),
    )
    op.create_table(
        "slack_backoff",
        sa.Column("team", sa.String(length=32), nullable=False),
        sa.Column("method", sa.String(length=40), nullable=False),
        sa.Column("opens_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("team", "method", name=op.f("pk_slack_backoff")),
    )


def _create_digest_tables() -> None:
    op.create_table(
        "digest_cursor",
        *_channel_columns(),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.Column("after_publication", sa.Integer(), nullable=False),
        sa.Column("processed_until", sa.DateTime(timezone=True), nullable=False),
        sa.Column("next_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("tzdata_version", sa.String(length=16), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_digest_cursor")),
        sa.UniqueConstraint("team", "channel", name=op.f("uq_digest_cursor_team_channel")),
    )
    op.create_index(op.f("ix_digest_cursor_next_at"), "digest_cursor", ["next_at"], unique=False)
    op.create_table(
        "unanswered_query",
        sa.Column("team", sa.String(length=32), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("words", sa.String(length=120), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("team", "asked_at", "words", name=op.f("pk_unanswered_query")),
    )


def _create_posted_tables() -> None:
    op.create_table(
        "posted_message",
        *_channel_columns(),
        sa.Column("ts", sa.String(length=32), nullable=False),
        sa.Column("thread_ts", sa.String(length=32), nullable=True),
        sa.Column("publication", sa.Integer(), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("posted_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("error", sa.String(length=64), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_posted_message")),
        sa.UniqueConstraint("team", "channel", "ts", name=op.f("uq_posted_message_team_channel_ts")),
    )
    op.create_table(
        "posted_claim",
        sa.Column("message_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("slug", sa.String(length=60), nullable=False),
        sa.Column("claim", sa.String(length=60), nullable=False),
        sa.Column("current_claim", sa.String(length=60), nullable=False),
        sa.ForeignKeyConstraint(
            ["message_id"], ["posted_message.id"], name=op.f("fk_posted_claim_message_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("message_id", "position", name=op.f("pk_posted_claim")),
    )
    op.create_index("ix_posted_claim_slug_current_claim", "posted_claim", ["slug", "current_claim"], unique=False)


# What a delivery contains


def _fill_contents() -> None:
    op.add_column("delivery", sa.Column("content", sa.Text(), nullable=False, server_default="{}"))
    bind, last = op.get_bind(), 0
    while rows := bind.execute(_NEXT_ROWS, {"last": last, "limit": ROWS_AT_ONCE}).all():
        bind.execute(_SET_CONTENT, [{"id": row.id, "content": json.dumps(_content(row))} for row in rows])
        last = rows[-1].id
    op.drop_column("delivery", "about")
    op.drop_column("delivery", "base")


_NEXT_ROWS = sa.text(
    "SELECT id, kind, slug, base, publication, about FROM delivery WHERE id > :last ORDER BY id LIMIT :limit"
)
_SET_CONTENT = sa.text("UPDATE delivery SET content = :content WHERE id = :id")


def _content(row: Any) -> dict[str, Any]:
    match row.kind:
        case "change":
            fields = {"slug": row.slug, "after_publication": row.base, "publication": row.publication}
        case "parent" | "refresh":
            fields = {"slug": row.slug, "publication": row.publication}
        case "edit" | "note":
            fields = {"post_id": int(row.about), "publication": row.publication}
        case "notice":
            channel, _, reason = row.about.partition(" ")
            fields = {"channel": channel, "reason": reason}
        case "digest":
            digest_id, _, page = row.about.partition(" ")
            fields = {"digest_id": int(digest_id), "page": int(page), "publication": row.publication}
        case _:
            fields = {}
    return {"kind": row.kind, **fields}


INDEXES = (
    ("ix_delivery_lane", "ix_delivery_due", ["queue", "team", "state", "due_at", "id"]),
    ("ix_delivery_pace", "ix_delivery_attempt", ["queue", "team", "attempt_at"]),
    ("ix_delivery_waiting", "ix_delivery_brief", ["slug", "kind", "state"]),
    ("ix_delivery_place", "ix_delivery_channel", ["team", "channel", "slug"]),
)


def _rename_indexes() -> None:
    for old, new, columns in INDEXES:
        op.drop_index(old, table_name="delivery")
        op.create_index(new, "delivery", columns, unique=False)
