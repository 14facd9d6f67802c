"""First tables."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "brief",
        sa.Column("slug", sa.String(length=60), nullable=False),
        sa.Column("revision", sa.String(length=8), nullable=False),
        sa.PrimaryKeyConstraint("slug", name=op.f("pk_brief")),
    )
    op.create_table(
        "default_brief",
        sa.Column("team", sa.String(length=32), nullable=False),
        sa.Column("enterprise", sa.String(length=32), nullable=True),
        sa.Column("channel", sa.String(length=32), nullable=False),
        sa.Column("slug", sa.String(length=60), nullable=True),
        sa.Column("stamp", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("team", "channel", name=op.f("pk_default_brief")),
        sa.UniqueConstraint("stamp", name=op.f("uq_default_brief_stamp")),
    )
    op.create_table(
        "delivery",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=200), nullable=False),
        sa.Column("queue", sa.String(length=8), nullable=False),
        sa.Column("team", sa.String(length=32), nullable=False),
        sa.Column("enterprise", sa.String(length=32), nullable=True),
        sa.Column("channel", sa.String(length=32), nullable=False),
        sa.Column("kind", sa.String(length=12), nullable=False),
        sa.Column("slug", sa.String(length=60), nullable=True),
        sa.Column("base", sa.Integer(), nullable=True),
        sa.Column("publication", sa.Integer(), nullable=True),
        sa.Column("about", sa.String(length=64), nullable=True),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("attempt_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ts", sa.String(length=32), nullable=True),
        sa.Column("error", sa.String(length=64), nullable=True),
        sa.Column("again", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_delivery")),
        sa.UniqueConstraint("key", name=op.f("uq_delivery_key")),
    )
    op.create_index("ix_delivery_lane", "delivery", ["queue", "team", "state", "due_at", "id"], unique=False)
    op.create_index("ix_delivery_pace", "delivery", ["queue", "team", "attempt_at"], unique=False)
    op.create_index("ix_delivery_place", "delivery", ["team", "channel", "slug"], unique=False)
    op.create_index("ix_delivery_waiting", "delivery", ["slug", "kind", "state"], unique=False)

    op.create_table(
        "gate",
        sa.Column("team", sa.String(length=32), nullable=False),
        sa.Column("method", sa.String(length=40), nullable=False),
        sa.Column("opens_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("team", "method", name=op.f("pk_gate")),
    )
    op.create_table(
        "lane",
        sa.Column("queue", sa.String(length=8), nullable=False),
        sa.Column("team", sa.String(length=32), nullable=False),
        sa.Column("epoch", sa.Integer(), nullable=False),
        sa.Column("run", sa.Integer(), nullable=False),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("queue", "team", name=op.f("pk_lane")),
    )
    op.create_table(
        "live_thread",
        sa.Column("team", sa.String(length=32), nullable=False),
        sa.Column("enterprise", sa.String(length=32), nullable=True),
        sa.Column("channel", sa.String(length=32), nullable=False),
        sa.Column("slug", sa.String(length=60), nullable=False),
        sa.Column("ts", sa.String(length=32), nullable=False),
        sa.PrimaryKeyConstraint("team", "channel", "slug", name=op.f("pk_live_thread")),
    )
    op.create_table(
        "parsed",
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.Column("slug", sa.String(length=60), nullable=False),
        sa.Column("revision", sa.String(length=8), nullable=False),
        sa.PrimaryKeyConstraint("hash", name=op.f("pk_parsed")),
    )
    op.create_table(
        "publication",
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("predecessor", sa.Integer(), nullable=False),
        sa.Column("fingerprint", sa.String(length=16), nullable=False),
        sa.Column("vocabulary", sa.Text(), nullable=False),
        sa.Column("commit_id", sa.String(length=64), nullable=True),
        sa.Column("committed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_publication")),
        sa.UniqueConstraint("predecessor", name=op.f("uq_publication_predecessor")),
    )
    op.create_index(op.f("ix_publication_fingerprint"), "publication", ["fingerprint"], unique=False)

    op.create_table(
        "seen_event",
        sa.Column("id", sa.String(length=64), nullable=False),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_seen_event")),
    )
    op.create_index(op.f("ix_seen_event_seen_at"), "seen_event", ["seen_at"], unique=False)

    op.create_table(
        "shown",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("team", sa.String(length=32), nullable=False),
        sa.Column("enterprise", sa.String(length=32), nullable=True),
        sa.Column("channel", sa.String(length=32), nullable=False),
        sa.Column("ts", sa.String(length=32), nullable=False),
        sa.Column("thread_ts", sa.String(length=32), nullable=True),
        sa.Column("publication", sa.Integer(), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("shown_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("error", sa.String(length=64), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_shown")),
        sa.UniqueConstraint("team", "channel", "ts", name=op.f("uq_shown_team_channel_ts")),
    )
    op.create_table(
        "subscription",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("team", sa.String(length=32), nullable=False),
        sa.Column("enterprise", sa.String(length=32), nullable=True),
        sa.Column("channel", sa.String(length=32), nullable=False),
        sa.Column("target", sa.String(length=130), nullable=False),
        sa.Column("filters", sa.Text(), nullable=False),
        sa.Column("deliver", sa.String(length=8), nullable=False),
        sa.Column("made_by", sa.String(length=32), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("muted_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("paused", sa.String(length=64), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_subscription")),
        sa.UniqueConstraint("team", "channel", "target", name=op.f("uq_subscription_team_channel_target")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "version",
        sa.Column("slug", sa.String(length=60), nullable=False),
        sa.Column("revision", sa.String(length=8), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("slug", "revision", name=op.f("pk_version")),
    )
    op.create_table(
        "workspace",
        sa.Column("team", sa.String(length=32), nullable=False),
        sa.Column("enterprise", sa.String(length=32), nullable=True),
        sa.Column("stopped", sa.String(length=64), nullable=True),
        sa.PrimaryKeyConstraint("team", name=op.f("pk_workspace")),
    )
    op.create_table(
        "change_set",
        sa.Column("publication", sa.Integer(), nullable=False),
        sa.Column("slug", sa.String(length=60), nullable=False),
        sa.Column("before", sa.String(length=8), nullable=True),
        sa.Column("after", sa.String(length=8), nullable=True),
        sa.Column("kind", sa.String(length=16), nullable=True),
        sa.ForeignKeyConstraint(["publication"], ["publication.number"], name=op.f("fk_change_set_publication")),
        sa.PrimaryKeyConstraint("publication", "slug", name=op.f("pk_change_set")),
    )
    op.create_index("ix_change_set_slug_publication", "change_set", ["slug", "publication"], unique=False)

    op.create_table(
        "shown_claim",
        sa.Column("shown", sa.Integer(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("slug", sa.String(length=60), nullable=False),
        sa.Column("claim", sa.String(length=60), nullable=False),
        sa.Column("now", sa.String(length=60), nullable=False),
        sa.ForeignKeyConstraint(["shown"], ["shown.id"], name=op.f("fk_shown_claim_shown"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("shown", "place", name=op.f("pk_shown_claim")),
    )
    op.create_index("ix_shown_claim_slug_now", "shown_claim", ["slug", "now"], unique=False)
