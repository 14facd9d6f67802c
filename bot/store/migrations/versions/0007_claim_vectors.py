"""Vectors of claims, by the model that made them and the revision of the brief."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "claim_vectors",
        sa.Column("model", sa.String(length=16), nullable=False),
        sa.Column("revision", sa.String(length=8), nullable=False),
        sa.Column("vectors", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("model", "revision", name=op.f("pk_claim_vectors")),
    )
