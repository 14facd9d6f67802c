"""Reports of mistakes; the lines on which the parts of a brief begin in its file."""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("parse_cache", sa.Column("lines", sa.Text))
    op.create_table(
        "report",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("team", sa.String(32), nullable=False),
        sa.Column("enterprise", sa.String(32)),
        sa.Column("reporter", sa.String(32), nullable=False),
        sa.Column("view_id", sa.String(64), nullable=False),
        sa.Column("slug", sa.String(60), nullable=False),
        sa.Column("claim", sa.String(60), nullable=False),
        *(sa.Column(name, sa.Text, nullable=False) for name in ("place", "shown", "wrong")),
        sa.Column("source", sa.Text),
        sa.Column("publication", sa.Integer, nullable=False),
        sa.Column("reported_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("state", sa.String(8), nullable=False),
        sa.Column("told", sa.Boolean, nullable=False),
        sa.Column("closed_at", sa.DateTime(timezone=True)),
        sa.Column("word", sa.Text),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_report")),
        sa.UniqueConstraint("team", "view_id", name=op.f("uq_report_team_view_id")),
        sqlite_autoincrement=True,
    )
    open_ = sa.text("state = 'open'")
    op.create_index("ix_report_open", "report", ["slug", "publication"], sqlite_where=open_, postgresql_where=open_)
    op.create_index("ix_report_reporter", "report", ["team", "reporter", "reported_at"])
    op.create_index("ix_report_closed_at", "report", ["closed_at"])
