"""The tables. What belongs to a workspace carries its `team`; migrations/ holds how the tables came to be."""

from typing import Any

from sqlalchemy import (
    Boolean,
    Column,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    PrimaryKeyConstraint,
    String,
    Table,
    Text,
    UniqueConstraint,
    literal_column,
    text,
    true,
)

from bot.store.dialect import UtcDateTime

# Alembic can change or drop only constraints that have a name.
METADATA = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)


def _channel() -> list[Column[Any]]:
    """The channel of a row and its workspace, by Slack's ids; `enterprise` is null where Slack names none."""
    team, enterprise = Column("team", String(32), nullable=False), Column("enterprise", String(32))
    return [team, enterprise, Column("channel", String(32), nullable=False)]


def _partial_index(name: str, *columns: str, where: str, unique: bool = False) -> Index:
    """An index of the few rows that fulfil a condition; it serves statements that have this very condition."""
    return Index(name, *columns, unique=unique, sqlite_where=text(where), postgresql_where=text(where))


def _open_index(name: str, *columns: str, **values: str) -> Index:
    """An index of the deliveries that a worker has still to look at, with these `values` in other columns; of those
    that it has sent there are a thousand times as many."""
    where = " AND ".join(["state IN ('pending', 'unknown')", *(f"{key} = '{values[key]}'" for key in values)])
    return _partial_index(name, *columns, where=where)


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
    "brief_version",
    METADATA,
    Column("slug", String(60), primary_key=True),
    Column("revision", String(8), primary_key=True),
    Column("content", Text, nullable=False),
)
"""The versions of briefs that were published, as canonical JSON; those that nothing shows any more are deleted."""

current_revision = Table(
    "current_revision",
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
    "parse_cache",
    METADATA,
    Column("hash", String(64), primary_key=True),
    Column("slug", String(60), nullable=False),
    Column("revision", String(8), nullable=False),
    Column("lines", Text),
)
"""Which version a file of these bytes is: the parse cache. `lines` says where the parts of the brief begin in the file,
as JSON; null in rows of earlier versions."""

file_report = Table(
    "file_report",
    METADATA,
    Column("name", String(255), primary_key=True),
    Column("lines", Text, nullable=False),
    Column("reported_at", UtcDateTime, nullable=False),
)
"""Brief files that are not published, and what maintainers were told of each, as a JSON list of lines. The empty name
stands for the whole directory."""

claim_vectors = Table(
    "claim_vectors",
    METADATA,
    Column("model", String(16), primary_key=True),
    Column("revision", String(8), primary_key=True),
    Column("vectors", LargeBinary, nullable=False),
)
"""What a sentence model makes of the claims of a brief, in order; `model` is its fingerprint. Rows that are missing are
made again."""

evidence_lock = Table(
    "evidence_lock",
    METADATA,
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("fingerprint", String(16), nullable=False, index=True),
    Column("last_run", String(10)),
    Column("committed_at", UtcDateTime),
    Column("taken_at", UtcDateTime, nullable=False),
)
"""The locks of quotes that were taken in, the newest of which counts; `last_run` is a day, YYYY-MM-DD."""

quote_check = Table(
    "quote_check",
    METADATA,
    Column("brief", String(60), primary_key=True),
    Column("claim", String(60), primary_key=True),
    Column("source", String(60), primary_key=True),
    Column("quote", String(16), primary_key=True),
    Column("content", Text, nullable=False),
    Column("number", Integer, nullable=False, index=True),
    Column("vanished_number", Integer, index=True),
)
"""What the newest lock says of each quote, as JSON. `number` is that of the first lock that said just this;
`vanished_number` that of the first that had the quote missing, or its page gone, null for all others."""


# Workspaces

workspace = Table(
    "workspace",
    METADATA,
    Column("team", String(32), primary_key=True),
    Column("enterprise", String(32)),
    Column("stopped", String(64)),
)
"""`stopped` is the error with which Slack refuses everything of this workspace."""

installation = Table(
    "installation",
    METADATA,
    Column("team", String(32), primary_key=True),
    Column("enterprise", String(32)),
    Column("whole", Boolean, nullable=False),
    Column("app", String(32), nullable=False),
    Column("bot_user", String(32), nullable=False),
    Column("bot", String(32), nullable=False),
    Column("token", Text, nullable=False),
    Column("refresh_token", Text),
    Column("expires_at", UtcDateTime),
    Column("scopes", Text, nullable=False),
    Column("installed_by", String(32), nullable=False),
    Column("installed_at", UtcDateTime, nullable=False),
    Column("removed_at", UtcDateTime),
    Column("stamp", Integer, nullable=False, unique=True),
    _partial_index("ix_installation_expires_at", "expires_at", where="expires_at IS NOT NULL"),
    _partial_index("ix_installation_removed_at", "removed_at", where="removed_at IS NOT NULL"),
)
"""Where the bot is installed by OAuth; `team` is an organisation where it is `whole`. Tokens are encrypted, see
`TokenCipher`. `stamp` grows with every change but that of a key."""

last_stamp = Table(
    "last_stamp",
    METADATA,
    Column("name", String(32), primary_key=True),
    Column("stamp", Integer, nullable=False),
)
"""By table the newest stamp that rows had which are deleted."""

oauth_state = Table(
    "oauth_state",
    METADATA,
    Column("hash", String(64), primary_key=True),
    Column("expires_at", UtcDateTime, nullable=False, index=True),
)
"""Installations by OAuth that are under way, by the SHA-256 of their state."""

# Written out, as indexes of expressions are used only where a statement has the same.
BRIEF_OF_SECTION = literal_column("rtrim(target, 'abcdefghijklmnopqrstuvwxyz0123456789-')", String)
"""Of a subscription to a section the slug of its brief, or `all`, with `/` behind it."""
HAS_TAGS = literal_column("target", String).like(literal_column("'tag:%,%'"))
"""Subscriptions to one of several tags."""

subscription = Table(
    "subscription",
    METADATA,
    Column("id", Integer, primary_key=True),
    *_channel(),
    Column("target", String(130), nullable=False),
    Column("filters", Text, nullable=False),
    Column("deliver", String(8), nullable=False),
    Column("created_by", String(32), nullable=False),
    Column("created_at", UtcDateTime, nullable=False),
    Column("muted_until", UtcDateTime),
    Column("paused", String(64)),
    Column("version", Integer, nullable=False, server_default="1"),
    Column("changed_by", String(32)),
    UniqueConstraint("team", "channel", "target"),
    Index("ix_subscription_target", "target"),
    Index("ix_subscription_section", BRIEF_OF_SECTION),
    Index("ix_subscription_tags", "id", sqlite_where=HAS_TAGS, postgresql_where=HAS_TAGS),
    _partial_index("ix_subscription_paused", "team", "channel", where="paused IS NOT NULL"),
    sqlite_autoincrement=True,  # buttons name a subscription by its number, which no other must get
)

default_brief = Table(
    "default_brief",
    METADATA,
    *_channel(),
    Column("slug", String(60)),
    Column("stamp", Integer, nullable=False, unique=True),
    Column("chosen_by", String(32)),
    PrimaryKeyConstraint("team", "channel"),
)
"""The brief that answers in a channel; `stamp` grows with every change, so that replicas see what is new."""

seen_event = Table(
    "seen_event",
    METADATA,
    Column("id", String(64), primary_key=True),
    Column("seen_at", UtcDateTime, nullable=False, index=True),
    Column("done", Boolean, nullable=False, server_default=true()),
)
"""Events and messages; one that is not `done` was taken, and is being handled or was lost with its process."""

welcome = Table(
    "welcome",
    METADATA,
    Column("team", String(32), primary_key=True),
    Column("channel", String(32), primary_key=True),
    Column("welcomed_at", UtcDateTime, nullable=False),
)
"""Channels and direct conversations in which the bot has said what it is for."""

report = Table(
    "report",
    METADATA,
    Column("id", Integer, primary_key=True),
    Column("team", String(32), nullable=False),
    Column("enterprise", String(32)),
    Column("reporter", String(32), nullable=False),
    Column("view_id", String(64), nullable=False),
    Column("slug", String(60), nullable=False),
    Column("claim", String(60), nullable=False),
    Column("place", Text, nullable=False),
    Column("shown", Text, nullable=False),
    Column("wrong", Text, nullable=False),
    Column("source", Text),
    Column("publication", Integer, nullable=False),
    Column("reported_at", UtcDateTime, nullable=False),
    Column("state", String(8), nullable=False),
    Column("told", Boolean, nullable=False),
    Column("closed_at", UtcDateTime),
    Column("word", Text),
    UniqueConstraint("team", "view_id"),
    _partial_index("ix_report_open", "slug", "publication", where="state = 'open'"),
    Index("ix_report_reporter", "team", "reporter", "reported_at"),
    Index("ix_report_closed_at", "closed_at"),
    sqlite_autoincrement=True,  # messages name a report by its number, which no other must get
)
"""Reports of mistakes, each once for the form that it was submitted in. `claim` is the id of now, `shown` the claim as
it was read; up to `publication` it is known to read so still. `told`: a message to the maintainers is owed, or was;
`word` is theirs to the reporter."""

ask = Table(
    "ask",
    METADATA,
    Column("id", Integer, primary_key=True),
    *_channel(),
    Column("asker", String(32), nullable=False),
    Column("command", Text, nullable=False),
    Column("command_key", String(16), nullable=False),
    Column("zone", String(64)),
    Column("asked_at", UtcDateTime, nullable=False),
    Column("state", String(8), nullable=False),
    Column("version", Integer, nullable=False),
    Column("decided_by", String(32)),
    Column("decided_at", UtcDateTime),
    _partial_index("ix_ask_open", "team", "channel", "asker", "command_key", where="state = 'open'", unique=True),
    _partial_index("ix_ask_open_since", "asked_at", where="state = 'open'"),
    Index("ix_ask_asker", "team", "asker", "asked_at"),
    Index("ix_ask_decided_at", "decided_at"),
    sqlite_autoincrement=True,  # buttons name an ask by its number, which no other must get
)
"""What somebody asks admins to change in a channel; `command` is the value of a button, `command_key` a hash of it."""

ask_notice = Table(
    "ask_notice",
    METADATA,
    Column("ask_id", Integer, ForeignKey("ask.id", ondelete="CASCADE"), primary_key=True, autoincrement=False),
    Column("admin", String(32), primary_key=True),
    Column("conversation", String(32)),
    Column("ts", String(32)),
)
"""The admins who are told of an ask, and the message that each got; null while it is not sent."""

channel_change = Table(
    "channel_change",
    METADATA,
    Column("id", Integer, primary_key=True),
    Column("team", String(32), nullable=False),
    Column("author", String(32), nullable=False),
    Column("changed_at", UtcDateTime, nullable=False),
    Index("ix_channel_change_author", "team", "author", "changed_at"),
    Index("ix_channel_change_team", "team", "changed_at"),
    Index("ix_channel_change_changed_at", "changed_at"),
)
"""Who changed what channels follow within the last day, to count it."""

# The outbox

delivery = Table(
    "delivery",
    METADATA,
    Column("id", Integer, primary_key=True),
    Column("key", String(200), nullable=False, unique=True),
    Column("queue", String(8), nullable=False),
    *_channel(),
    Column("kind", String(12), nullable=False),
    Column("slug", String(60)),
    Column("publication", Integer),
    Column("content", Text, nullable=False),
    Column("state", String(10), nullable=False),
    Column("due_at", UtcDateTime, nullable=False),
    Column("attempts", Integer, nullable=False, default=0),
    Column("attempt_at", UtcDateTime),
    Column("ts", String(32)),
    Column("error", String(64)),
    Column("resent_blindly", Boolean, nullable=False, default=False),
    Column("refused_since", UtcDateTime),
    _open_index("ix_delivery_channel_due", "queue", "team", "channel", "due_at", "id"),
    _open_index("ix_delivery_due", "queue", "team", "due_at"),
    _open_index("ix_delivery_reply", "queue", "team", "due_at", kind="reply"),
    _partial_index(
        "ix_delivery_unsettled",
        *("team", "state", "kind", "channel"),
        where="state IN ('pending', 'unknown', 'waiting', 'paused', 'held', 'dead')",
    ),
    _partial_index("ix_delivery_ended", "due_at", where="state IN ('sent', 'superseded', 'void', 'dead')"),
    _partial_index("ix_delivery_resent", "team", where="resent_blindly"),
    Index("ix_delivery_attempt", "queue", "team", "attempt_at"),
    Index("ix_delivery_brief", "slug", "kind", "state"),
    Index("ix_delivery_channel", "team", "channel", "slug"),
)
"""The outbox: one row per message to post. `content` is what the message is made from, as JSON; `kind`, `slug` and
`publication` repeat what queries need of it. `resent_blindly`: it was sent again without knowing whether the first
attempt had arrived."""

delivery_worker = Table(
    "delivery_worker",
    METADATA,
    Column("queue", String(8), primary_key=True),
    Column("team", String(32), primary_key=True),
    Column("fencing_token", Integer, nullable=False),
    Column("wake_after", UtcDateTime, nullable=False),
)
"""One row per worker, which sends a workspace's deliveries of one queue. `fencing_token` grows with each run, which
ends an older one; after `wake_after` a worker with due deliveries is woken by the sweep: its run has ended or died."""

slack_backoff = Table(
    "slack_backoff",
    METADATA,
    Column("team", String(32), primary_key=True),
    Column("method", String(40), primary_key=True),
    Column("opens_at", UtcDateTime, nullable=False),
    Column("asked_at", UtcDateTime),
)
"""Slack's `Retry-After`: a workspace must not call the method before `opens_at`. `asked_at` is null in rows of earlier
versions."""

# Digests

digest_cursor = Table(
    "digest_cursor",
    METADATA,
    Column("id", Integer, primary_key=True),
    *_channel(),
    Column("since", UtcDateTime, nullable=False),
    Column("after_publication", Integer, nullable=False),
    Column("processed_until", UtcDateTime, nullable=False),
    Column("next_at", UtcDateTime, index=True),
    Column("tzdata_version", String(16)),
    UniqueConstraint("team", "channel"),
)
"""Digest cursor of a channel: the start of the next window (`since`, `after_publication`), the last processed fire
time, and the next one with the tzdata version that it was computed by. Whoever changes any of a channel's digests locks
its row."""

digest_schedule = Table(
    "digest_schedule",
    METADATA,
    Column("id", Integer, primary_key=True),
    *_channel(),
    Column("schedule", String(80), nullable=False),
    Column("created_by", String(32), nullable=False),
    Column("created_at", UtcDateTime, nullable=False),
    UniqueConstraint("team", "channel", "schedule"),
    sqlite_autoincrement=True,  # buttons name a schedule by its number, which no other must get
)

digest = Table(
    "digest",
    METADATA,
    Column("id", Integer, primary_key=True),
    *_channel(),
    Column("fire_at", UtcDateTime, nullable=False),
    Column("since", UtcDateTime, nullable=False),
    Column("after_publication", Integer, nullable=False),
    Column("publication", Integer, nullable=False),
    Column("state", String(8), nullable=False),
    Column("plan", Text),
    UniqueConstraint("team", "channel", "fire_at"),
    Index("ix_digest_state", "team", "state", "fire_at"),
    Index("ix_digest_fire_at", "fire_at"),
    _partial_index("ix_digest_owed", "after_publication", where="state = 'owed'"),
)
"""A processed fire time: `owed`, `empty` or `skipped`. Its window holds the publications after `after_publication` up
to `publication`, made in `[since, fire_at)`. `plan` is what an owed digest is composed from, as JSON."""

unanswered_query = Table(
    "unanswered_query",
    METADATA,
    Column("team", String(32), nullable=False),
    Column("asked_at", UtcDateTime, nullable=False),
    Column("words", String(120), nullable=False),
    Column("count", Integer, nullable=False),
    PrimaryKeyConstraint("team", "asked_at", "words"),
    Index("ix_unanswered_query_asked_at", "asked_at"),
)
"""How often each query found nothing. Who asked is not stored."""

# Posted messages

posted_message = Table(
    "posted_message",
    METADATA,
    Column("id", Integer, primary_key=True),
    *_channel(),
    Column("ts", String(32), nullable=False),
    Column("thread_ts", String(32)),
    Column("publication", Integer, nullable=False),
    Column("content", Text, nullable=False),
    Column("posted_at", UtcDateTime, nullable=False),
    Column("error", String(64)),
    Column("after_publication", Integer),
    UniqueConstraint("team", "channel", "ts"),
    Index("ix_posted_message_posted_at", "posted_at"),
    Index("ix_posted_message_after_publication", "after_publication"),
    _partial_index("ix_posted_message_error", "team", where="error IS NOT NULL"),
)
"""A post of the bot's own that shows claims. `content` says how to make it again; `error` why it cannot be edited.
`after_publication` is where what it tells begins, so that the versions from there on are kept: null in rows of earlier
versions, until it is filled in."""

posted_claim = Table(
    "posted_claim",
    METADATA,
    Column("message_id", Integer, ForeignKey("posted_message.id", ondelete="CASCADE"), primary_key=True),
    Column("position", Integer, primary_key=True),
    Column("slug", String(60), nullable=False),
    Column("claim", String(60), nullable=False),
    Column("current_claim", String(60), nullable=False),
    Index("ix_posted_claim_slug_current_claim", "slug", "current_claim"),
)
"""The claims of a post in reading order: by the id under which they were shown, and under which they are now."""

live_thread = Table(
    "live_thread",
    METADATA,
    *_channel(),
    Column("slug", String(60), nullable=False),
    Column("ts", String(32), nullable=False),
    PrimaryKeyConstraint("team", "channel", "slug"),
)
"""The parent message under which a channel gets the changes of a brief."""
