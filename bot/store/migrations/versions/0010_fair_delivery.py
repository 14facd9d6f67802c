"""Indexes of what is still to be sent, the first of each channel and replies, and of who follows which briefs."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

OPEN = "state IN ('pending', 'unknown')"


def upgrade() -> None:
    op.drop_index("ix_delivery_due", "delivery")
    _create("ix_delivery_channel_due", ["queue", "team", "channel", "due_at", "id"])
    _create("ix_delivery_due", ["queue", "team", "due_at"])
    _create("ix_delivery_reply", ["queue", "team", "due_at"], " AND kind = 'reply'")
    brief = sa.text("rtrim(target, 'abcdefghijklmnopqrstuvwxyz0123456789-')")
    tags = sa.text("target LIKE 'tag:%,%'")
    op.create_index("ix_subscription_target", "subscription", ["target"])
    op.create_index("ix_subscription_section", "subscription", [brief])
    op.create_index("ix_subscription_tags", "subscription", ["id"], sqlite_where=tags, postgresql_where=tags)


def _create(name: str, columns: list[str], condition: str = "") -> None:
    where = sa.text(OPEN + condition)
    op.create_index(name, "delivery", columns, sqlite_where=where, postgresql_where=where)
