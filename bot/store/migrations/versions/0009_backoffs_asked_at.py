"""When Slack asked to wait: one who asked later than now was noted by a clock that has stepped back since."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("slack_backoff", sa.Column("asked_at", sa.DateTime(timezone=True)))
