"""Indexes of what is not done with, and of what grows old; where the story of a post begins."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

UNSETTLED = "state IN ('pending', 'unknown', 'waiting', 'paused', 'held', 'dead')"
ENDED = "state IN ('sent', 'superseded', 'void', 'dead')"


def upgrade() -> None:
    _partial("delivery", "unsettled", ["team", "state", "kind", "channel"], UNSETTLED)
    _partial("delivery", "ended", ["due_at"], ENDED)
    _partial("delivery", "resent", ["team"], "resent_blindly")
    _partial("subscription", "paused", ["team", "channel"], "paused IS NOT NULL")
    _partial("digest", "owed", ["after_publication"], "state = 'owed'")
    op.create_index("ix_digest_fire_at", "digest", ["fire_at"])
    op.create_index("ix_unanswered_query_asked_at", "unanswered_query", ["asked_at"])
    op.add_column("posted_message", sa.Column("after_publication", sa.Integer))
    op.create_index("ix_posted_message_posted_at", "posted_message", ["posted_at"])
    op.create_index("ix_posted_message_after_publication", "posted_message", ["after_publication"])
    _partial("posted_message", "error", ["team"], "error IS NOT NULL")


def _partial(table: str, name: str, columns: list[str], condition: str) -> None:
    where = sa.text(condition)
    op.create_index(f"ix_{table}_{name}", table, columns, sqlite_where=where, postgresql_where=where)
