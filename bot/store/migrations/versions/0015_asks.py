"""Asks of admins, and where these were told of them; who changed what channels follow."""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "ask",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("team", sa.String(32), nullable=False),
        sa.Column("enterprise", sa.String(32)),
        sa.Column("channel", sa.String(32), nullable=False),
        sa.Column("asker", sa.String(32), nullable=False),
        sa.Column("command", sa.Text, nullable=False),
        sa.Column("command_key", sa.String(16), nullable=False),
        sa.Column("zone", sa.String(64)),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("state", sa.String(8), nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("decided_by", sa.String(32)),
        sa.Column("decided_at", sa.DateTime(timezone=True)),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ask")),
        sqlite_autoincrement=True,
    )
    open_ = sa.text("state = 'open'")
    op.create_index(
        "ix_ask_open",
        "ask",
        ["team", "channel", "asker", "command_key"],
        unique=True,
        sqlite_where=open_,
        postgresql_where=open_,
    )
    op.create_index("ix_ask_open_since", "ask", ["asked_at"], sqlite_where=open_, postgresql_where=open_)
    op.create_index("ix_ask_asker", "ask", ["team", "asker", "asked_at"])
    op.create_index("ix_ask_decided_at", "ask", ["decided_at"])
    op.create_table(
        "ask_notice",
        sa.Column("ask_id", sa.Integer, autoincrement=False, nullable=False),
        sa.Column("admin", sa.String(32), nullable=False),
        sa.Column("conversation", sa.String(32)),
        sa.Column("ts", sa.String(32)),
        sa.PrimaryKeyConstraint("ask_id", "admin", name=op.f("pk_ask_notice")),
        sa.ForeignKeyConstraint(["ask_id"], ["ask.id"], name=op.f("fk_ask_notice_ask_id"), ondelete="CASCADE"),
    )
    op.create_table(
        "channel_change",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("team", sa.String(32), nullable=False),
        sa.Column("author", sa.String(32), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_channel_change")),
    )
    op.create_index("ix_channel_change_author", "channel_change", ["team", "author", "changed_at"])
    op.create_index("ix_channel_change_team", "channel_change", ["team", "changed_at"])
    op.create_index("ix_channel_change_changed_at", "channel_change", ["changed_at"])
