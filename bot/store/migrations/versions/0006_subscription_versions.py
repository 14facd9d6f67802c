"""Who changed a subscription last, and how often it was changed; who chose a default brief."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("subscription", sa.Column("version", sa.Integer(), nullable=False, server_default="1"))
    op.add_column("subscription", sa.Column("changed_by", sa.String(length=32)))
    op.add_column("default_brief", sa.Column("chosen_by", sa.String(length=32)))
