"""Replies in the outbox; notes that waited for edits which were given up are sent."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

GIVEN_UP = "given up"


def upgrade() -> None:
    op.add_column("delivery", sa.Column("refused_since", sa.DateTime(timezone=True)))
    # Of what earlier versions remembered, the work was done, or was never to be.
    op.add_column("seen_event", sa.Column("done", sa.Boolean(), nullable=False, server_default=sa.true()))
    _release_notes(op.get_bind())


def _release_notes(connection: sa.Connection) -> None:
    dead = "SELECT key, error FROM delivery WHERE kind = 'edit' AND state = 'dead'"
    for key, error in connection.execute(sa.text(dead)).all():
        _, post, publication = key.split("|")
        connection.execute(
            sa.text("UPDATE delivery SET state = 'pending' WHERE key = :key AND state = 'waiting'"),
            {"key": f"note|{post}|{publication}"},
        )
        connection.execute(
            sa.text("UPDATE posted_message SET error = :error WHERE id = :id AND error IS NULL"),
            {"error": error or GIVEN_UP, "id": int(post)},
        )
