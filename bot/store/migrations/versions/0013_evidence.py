"""What is known of the quotes of briefs, and the locks that it came with."""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "evidence_lock",
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("fingerprint", sa.String(length=16), nullable=False),
        sa.Column("last_run", sa.String(length=10)),
        sa.Column("committed_at", sa.DateTime(timezone=True)),
        sa.Column("taken_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_evidence_lock")),
    )
    op.create_index("ix_evidence_lock_fingerprint", "evidence_lock", ["fingerprint"])
    op.create_table(
        "quote_check",
        sa.Column("brief", sa.String(length=60), nullable=False),
        sa.Column("claim", sa.String(length=60), nullable=False),
        sa.Column("source", sa.String(length=60), nullable=False),
        sa.Column("quote", sa.String(length=16), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("vanished_number", sa.Integer()),
        sa.PrimaryKeyConstraint("brief", "claim", "source", "quote", name=op.f("pk_quote_check")),
    )
    for column in ("number", "vanished_number"):
        op.create_index(f"ix_quote_check_{column}", "quote_check", [column])
