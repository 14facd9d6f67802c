"""Digests."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "digest_calendar",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("team", sa.String(length=32), nullable=False),
        sa.Column("enterprise", sa.String(length=32), nullable=True),
        sa.Column("channel", sa.String(length=32), nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.Column("base", sa.Integer(), nullable=False),
        sa.Column("looked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("next_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("rules", sa.String(length=16), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_digest_calendar")),
        sa.UniqueConstraint("team", "channel", name=op.f("uq_digest_calendar_team_channel")),
    )
    op.create_index(op.f("ix_digest_calendar_next_at"), "digest_calendar", ["next_at"], unique=False)
    op.create_table(
        "digest_schedule",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("team", sa.String(length=32), nullable=False),
        sa.Column("enterprise", sa.String(length=32), nullable=True),
        sa.Column("channel", sa.String(length=32), nullable=False),
        sa.Column("schedule", sa.String(length=80), nullable=False),
        sa.Column("made_by", sa.String(length=32), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_digest_schedule")),
        sa.UniqueConstraint("team", "channel", "schedule", name=op.f("uq_digest_schedule_team_channel_schedule")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "digest",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("team", sa.String(length=32), nullable=False),
        sa.Column("enterprise", sa.String(length=32), nullable=True),
        sa.Column("channel", sa.String(length=32), nullable=False),
        sa.Column("fire_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.Column("base", sa.Integer(), nullable=False),
        sa.Column("publication", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=8), nullable=False),
        sa.Column("plan", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_digest")),
        sa.UniqueConstraint("team", "channel", "fire_at", name=op.f("uq_digest_team_channel_fire_at")),
    )
    op.create_index("ix_digest_state", "digest", ["team", "state", "fire_at"], unique=False)
    op.create_table(
        "question",
        sa.Column("team", sa.String(length=32), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("words", sa.String(length=120), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("team", "asked_at", "words", name=op.f("pk_question")),
    )
    op.execute(KEPT)


KEPT = """
    INSERT INTO digest_calendar (team, enterprise, channel, since, base, looked_at)
    SELECT found.team, found.enterprise, found.channel, found.since,
           (SELECT COALESCE(MAX(p.number), 0) FROM publication p WHERE p.published_at <= found.since), found.since
    FROM (
        SELECT team, MAX(enterprise) AS enterprise, channel, MIN(made_at) AS since
        FROM subscription WHERE deliver = 'digest' GROUP BY team, channel
    ) found
"""
"""Those who subscribed with `deliver:digest` before there were digests were told that changes are kept for them."""
