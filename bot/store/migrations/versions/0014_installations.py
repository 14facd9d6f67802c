"""Where the bot is installed, with tokens, and the states of installations that are under way."""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "installation",
        sa.Column("team", sa.String(32), nullable=False),
        sa.Column("enterprise", sa.String(32)),
        sa.Column("whole", sa.Boolean, nullable=False),
        *(sa.Column(name, sa.String(32), nullable=False) for name in ("app", "bot_user", "bot")),
        sa.Column("token", sa.Text, nullable=False),
        sa.Column("refresh_token", sa.Text),
        sa.Column("expires_at", sa.DateTime(timezone=True)),
        sa.Column("scopes", sa.Text, nullable=False),
        sa.Column("installed_by", sa.String(32), nullable=False),
        sa.Column("installed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("removed_at", sa.DateTime(timezone=True)),
        sa.Column("stamp", sa.Integer, nullable=False),
        sa.PrimaryKeyConstraint("team", name=op.f("pk_installation")),
        sa.UniqueConstraint("stamp", name=op.f("uq_installation_stamp")),
    )
    for name in ("expires_at", "removed_at"):
        where = sa.text(f"{name} IS NOT NULL")
        op.create_index(f"ix_installation_{name}", "installation", [name], sqlite_where=where, postgresql_where=where)
    op.create_table(
        "oauth_state",
        sa.Column("hash", sa.String(64), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("hash", name=op.f("pk_oauth_state")),
    )
    op.create_table(
        "last_stamp",
        sa.Column("name", sa.String(32), nullable=False),
        sa.Column("stamp", sa.Integer, nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_last_stamp")),
    )
    op.create_index("ix_oauth_state_expires_at", "oauth_state", ["expires_at"])
