"""The tables. What belongs to a workspace carries its `team`; migrations/ holds how the tables came to be."""

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import (
    Boolean,
    Column,
    DateTime,
    Dialect,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    PrimaryKeyConstraint,
    String,
    Table,
    Text,
    TypeDecorator,
    UniqueConstraint,
)


class UtcDateTime(TypeDecorator[datetime]):
    """An aware UTC datetime. SQLite has no zones and hands naive ones back; this column takes and gives aware ones."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> Any:
        return value.astimezone(UTC) if value is not None else None

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


METADATA = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)


def _team() -> list[Column[Any]]:
    """Whose row it is; `enterprise` where Slack names one."""
    return [Column("team", String(32), nullable=False), Column("enterprise", String(32))]


# Content: one for the whole installation

publication = Table(
    "publication",
    METADATA,
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("predecessor", Integer, nullable=False, unique=True),
    Column("fingerprint", String(16), nullable=False, index=True),
    Column("vocabulary", Text, nullable=False),
    Column("commit_id", String(64)),
    Column("committed_at", UtcDateTime),
    Column("published_at", UtcDateTime, nullable=False),
)

brief_version = Table(
    "version",
    METADATA,
    Column("slug", String(60), primary_key=True),
    Column("revision", String(8), primary_key=True),
    Column("content", Text, nullable=False),
)
"""Every version of a brief that was ever published, as canonical JSON."""

current_revision = Table(
    "brief",
    METADATA,
    Column("slug", String(60), primary_key=True),
    Column("revision", String(8), nullable=False),
)
"""The briefs of the latest publication."""

change_set = Table(
    "change_set",
    METADATA,
    Column("publication", Integer, ForeignKey("publication.number"), primary_key=True),
    Column("slug", String(60), primary_key=True),
    Column("before", String(8)),
    Column("after", String(8)),
    Column("kind", String(16)),
    Index("ix_change_set_slug_publication", "slug", "publication"),
)
"""What a publication changed: revisions before and after; null where the brief was or is not there. `kind` is null
where there is nothing to announce."""

parse_cache = Table(
    "parsed",
    METADATA,
    Column("hash", String(64), primary_key=True),
    Column("slug", String(60), nullable=False),
    Column("revision", String(8), nullable=False),
)
"""Which version a file of these bytes is: the parse cache."""

# Workspaces

workspace = Table(
    "workspace",
    METADATA,
    Column("team", String(32), primary_key=True),
    Column("enterprise", String(32)),
    Column("stopped", String(64)),
)
"""`stopped` is the error with which Slack refuses everything of this workspace."""

subscription = Table(
    "subscription",
    METADATA,
    Column("id", Integer, primary_key=True),
    *_team(),
    Column("channel", String(32), nullable=False),
    Column("target", String(130), nullable=False),
    Column("filters", Text, nullable=False),
    Column("deliver", String(8), nullable=False),
    Column("made_by", String(32), nullable=False),
    Column("made_at", UtcDateTime, nullable=False),
    Column("muted_until", UtcDateTime),
    Column("paused", String(64)),
    UniqueConstraint("team", "channel", "target"),
    sqlite_autoincrement=True,  # buttons name a subscription by its number, which no other must get
)

default_brief = Table(
    "default_brief",
    METADATA,
    *_team(),
    Column("channel", String(32), nullable=False),
    Column("slug", String(60)),
    Column("stamp", Integer, nullable=False, unique=True),
    PrimaryKeyConstraint("team", "channel"),
)
"""The brief that answers in a channel; `stamp` grows with every change, so that replicas see what is new."""

seen_event = Table(
    "seen_event",
    METADATA,
    Column("id", String(64), primary_key=True),
    Column("seen_at", UtcDateTime, nullable=False, index=True),
)

# The outbox

delivery = Table(
    "delivery",
    METADATA,
    Column("id", Integer, primary_key=True),
    Column("key", String(200), nullable=False, unique=True),
    Column("queue", String(8), nullable=False),
    *_team(),
    Column("channel", String(32), nullable=False),
    Column("kind", String(12), nullable=False),
    Column("slug", String(60)),
    Column("base", Integer),
    Column("publication", Integer),
    Column("about", String(64)),
    Column("state", String(10), nullable=False),
    Column("due_at", UtcDateTime, nullable=False),
    Column("attempts", Integer, nullable=False, default=0),
    Column("attempt_at", UtcDateTime),
    Column("ts", String(32)),
    Column("error", String(64)),
    Column("again", Boolean, nullable=False, default=False),
    Index("ix_delivery_lane", "queue", "team", "state", "due_at", "id"),
    Index("ix_delivery_pace", "queue", "team", "attempt_at"),
    Index("ix_delivery_waiting", "slug", "kind", "state"),
    Index("ix_delivery_place", "team", "channel", "slug"),
)
"""One message owed to one channel. `again`: it was sent a second time without knowing whether the first had arrived."""

delivery_worker = Table(
    "lane",
    METADATA,
    Column("queue", String(8), primary_key=True),
    Column("team", String(32), primary_key=True),
    Column("epoch", Integer, nullable=False),
    Column("run", Integer, nullable=False),
    Column("seen_at", UtcDateTime, nullable=False),
)
"""`epoch` goes up whenever a lane starts, which ends an older one; `run` numbers the jobs; `seen_at`: it lives."""

slack_backoff = Table(
    "gate",
    METADATA,
    Column("team", String(32), primary_key=True),
    Column("method", String(40), primary_key=True),
    Column("opens_at", UtcDateTime, nullable=False),
)
"""`Retry-After`: until when a workspace must not call a method."""

# Digests

digest_cursor = Table(
    "digest_calendar",
    METADATA,
    Column("id", Integer, primary_key=True),
    *_team(),
    Column("channel", String(32), nullable=False),
    Column("since", UtcDateTime, nullable=False),
    Column("base", Integer, nullable=False),
    Column("looked_at", UtcDateTime, nullable=False),
    Column("next_at", UtcDateTime, index=True),
    Column("rules", String(16)),
    UniqueConstraint("team", "channel"),
)
"""Where the next digest of a channel begins (`since`, and the publication `base`), up to when its fire times are dealt
with (`looked_at`), and the next one as the rules of time zones had it. Whoever changes any of a channel's digests locks
its row."""

digest_schedule = Table(
    "digest_schedule",
    METADATA,
    Column("id", Integer, primary_key=True),
    *_team(),
    Column("channel", String(32), nullable=False),
    Column("schedule", String(80), nullable=False),
    Column("made_by", String(32), nullable=False),
    Column("made_at", UtcDateTime, nullable=False),
    UniqueConstraint("team", "channel", "schedule"),
    sqlite_autoincrement=True,  # buttons name a schedule by its number, which no other must get
)

digest = Table(
    "digest",
    METADATA,
    Column("id", Integer, primary_key=True),
    *_team(),
    Column("channel", String(32), nullable=False),
    Column("fire_at", UtcDateTime, nullable=False),
    Column("since", UtcDateTime, nullable=False),
    Column("base", Integer, nullable=False),
    Column("publication", Integer, nullable=False),
    Column("state", String(8), nullable=False),
    Column("plan", Text),
    UniqueConstraint("team", "channel", "fire_at"),
    Index("ix_digest_state", "team", "state", "fire_at"),
)
"""What became of a fire time: `owed`, `empty` or `skipped`. It covers the publications after `base` up to another,
those that were made in `[since, fire_at)`. `plan` is what is needed to make an owed one, as JSON."""

unanswered_query = Table(
    "question",
    METADATA,
    Column("team", String(32), nullable=False),
    Column("asked_at", UtcDateTime, nullable=False),
    Column("words", String(120), nullable=False),
    Column("count", Integer, nullable=False),
    PrimaryKeyConstraint("team", "asked_at", "words"),
)
"""Questions that found nothing, counted every few seconds. Who asked is not kept."""

# The ledger

posted_message = Table(
    "shown",
    METADATA,
    Column("id", Integer, primary_key=True),
    *_team(),
    Column("channel", String(32), nullable=False),
    Column("ts", String(32), nullable=False),
    Column("thread_ts", String(32)),
    Column("publication", Integer, nullable=False),
    Column("content", Text, nullable=False),
    Column("shown_at", UtcDateTime, nullable=False),
    Column("error", String(64)),
    UniqueConstraint("team", "channel", "ts"),
)
"""A post of the bot's own that shows claims. `content` says how to make it again; `error` why it cannot be edited."""

posted_claim = Table(
    "shown_claim",
    METADATA,
    Column("shown", Integer, ForeignKey("shown.id", ondelete="CASCADE"), primary_key=True),
    Column("place", Integer, primary_key=True),
    Column("slug", String(60), nullable=False),
    Column("claim", String(60), nullable=False),
    Column("now", String(60), nullable=False),
    Index("ix_shown_claim_slug_now", "slug", "now"),
)
"""The claims of a post in reading order: by the id under which they were shown, and under which they are now."""

live_thread = Table(
    "live_thread",
    METADATA,
    *_team(),
    Column("channel", String(32), nullable=False),
    Column("slug", String(60), nullable=False),
    Column("ts", String(32), nullable=False),
    PrimaryKeyConstraint("team", "channel", "slug"),
)
"""The parent message under which a channel gets the changes of a brief."""
