"""What a delivery contains: one of a few kinds of message, stored as JSON until it is composed and sent."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Annotated, Any, Literal, get_args

from pydantic import Field, TypeAdapter


@dataclass(frozen=True, slots=True)
class ChangePost:
    """What changed in a brief after one publication (not included) up to another."""

    slug: str
    after_publication: int
    publication: int
    kind: Literal["change"] = "change"


@dataclass(frozen=True, slots=True)
class ChangeSummary:
    """What changed in many briefs up to one publication, in one message. `starts` gives, in order of slugs, the slug of
    each brief and the publication after which its changes begin."""

    starts: tuple[tuple[str, int], ...]
    publication: int
    kind: Literal["summary"] = "summary"


@dataclass(frozen=True, slots=True)
class ThreadParent:
    """The first message of a brief's live thread; `publication` is that of the change that waits for it."""

    slug: str
    publication: int
    kind: Literal["parent"] = "parent"


@dataclass(frozen=True, slots=True)
class ThreadParentEdit:
    """The first message of a live thread, brought up to date."""

    slug: str
    publication: int
    kind: Literal["refresh"] = "refresh"


@dataclass(frozen=True, slots=True)
class PostEdit:
    """An edit of a posted message because of a publication; it shows all corrections at the time of sending. `post_id`
    is the number of the posted message in the store. `is_silent`: no note tells of it, as later posts tell the same
    claims."""

    post_id: int
    publication: int
    kind: Literal["edit"] = "edit"
    is_silent: bool = False


@dataclass(frozen=True, slots=True)
class CorrectionNote:
    """A reply under a posted message that says what this publication corrected of it, and of `others` in the same
    thread. `post_id` and `others` are the numbers of the posted messages in the store."""

    post_id: int
    publication: int
    kind: Literal["note"] = "note"
    others: tuple[int, ...] = ()

    @property
    def posts(self) -> tuple[int, ...]:
        """The numbers of all posts that it is about."""
        return (self.post_id, *self.others)


@dataclass(frozen=True, slots=True)
class PauseNotice:
    """Tells one person who subscribed that posts to a channel are paused. `channel` is the id of the paused channel,
    not of the conversation with the person; `reason` is the code of a `PauseReason`."""

    channel: str
    reason: str
    kind: Literal["notice"] = "notice"


@dataclass(frozen=True, slots=True)
class DigestPage:
    """One message of a digest; pages count from 1. The digest ends with `publication`."""

    digest_id: int
    page: int
    publication: int
    kind: Literal["digest"] = "digest"


@dataclass(frozen=True, slots=True)
class FileNotice:
    """Tells maintainers which brief files are not published, and which are again; one text a line."""

    lines: tuple[str, ...]
    kind: Literal["files"] = "files"


@dataclass(frozen=True, slots=True)
class ReplyRecord:
    """What the store keeps of a reply once it is posted: how to make it again (JSON values), the claims that it shows
    as (slug, id), in order, and the publication that it was made from."""

    content: dict[str, Any]
    claims: tuple[tuple[str, str], ...]
    publication: int


Purpose = Literal["answer", "confirm", "resume", "share", "welcome", "outcome"]
"""What a reply is to a question, command or press, each of which owes at most one of a kind. `confirm` tells of a
change; so does `resume`, which also shows that a channel can be posted to again."""

CONFIRMING: tuple[Purpose, ...] = ("confirm", "resume")


@dataclass(frozen=True, slots=True)
class Reply:
    """A message as it was composed for a question, a command or a press; `id` is unique in its channel. `thread_ts` is
    the thread's, None outside one; `record` None for what is never corrected; `asked_by` the id of the person, None
    where nobody asked."""

    id: str
    purpose: Purpose
    text: str
    blocks: tuple[dict[str, Any], ...]
    asked_at: datetime
    thread_ts: str | None = None
    record: ReplyRecord | None = None
    asked_by: str | None = None
    kind: Literal["reply"] = "reply"


@dataclass(frozen=True, slots=True)
class ReplyNotice:
    """Tells one person that what they asked for could not be posted in `channel`, with Slack's `error`; None where
    nobody can find out whether it was. `id` and `purpose` are those of the `Reply`."""

    channel: str
    error: str | None
    id: str
    purpose: Purpose
    kind: Literal["unposted"] = "unposted"


@dataclass(frozen=True, slots=True)
class RefusalNotice:
    """Tells maintainers, once a day, which messages of a workspace were given up, as Slack refuses them with `error`,
    or why they cannot be composed. `team` is the id of that workspace."""

    team: str
    error: str
    on: date
    kind: Literal["refusal"] = "refusal"


@dataclass(frozen=True, slots=True)
class ReportNotice:
    """Tells maintainers of a reported mistake, by the number of the report in the store."""

    report_id: int
    kind: Literal["report"] = "report"


@dataclass(frozen=True, slots=True)
class ReportNoticeEdit:
    """An edit of that message, once the report is answered."""

    report_id: int
    kind: Literal["report-edit"] = "report-edit"


@dataclass(frozen=True, slots=True)
class ReportAnswer:
    """Tells the person who reported a mistake what became of it."""

    report_id: int
    kind: Literal["report-reply"] = "report-reply"


@dataclass(frozen=True, slots=True)
class AskNotice:
    """Tells one admin what somebody asks for, by the number of the ask in the store."""

    ask_id: int
    admin: str
    kind: Literal["ask"] = "ask"


@dataclass(frozen=True, slots=True)
class AskEdit:
    """An edit of that message, of the ask as it is at one of its versions."""

    ask_id: int
    admin: str
    version: int
    kind: Literal["ask-edit"] = "ask-edit"


@dataclass(frozen=True, slots=True)
class AskAnswer:
    """Tells the person who asked what was decided, unless that was taken back."""

    ask_id: int
    version: int
    kind: Literal["ask-reply"] = "ask-reply"


# Stored in the outbox: a `kind` or field under another name could not be read back.
DeliveryContent = Annotated[
    ChangePost
    | ChangeSummary
    | ThreadParent
    | ThreadParentEdit
    | PostEdit
    | CorrectionNote
    | PauseNotice
    | DigestPage
    | FileNotice
    | RefusalNotice
    | Reply
    | ReplyNotice
    | ReportNotice
    | ReportNoticeEdit
    | ReportAnswer
    | AskNotice
    | AskEdit
    | AskAnswer,
    Field(discriminator="kind"),
]
CONTENT: TypeAdapter[DeliveryContent] = TypeAdapter(DeliveryContent)

Kind = Literal[
    "change",
    "summary",
    "parent",
    "refresh",
    "edit",
    "note",
    "notice",
    "digest",
    "files",
    "refusal",
    "reply",
    "unposted",
    "report",
    "report-edit",
    "report-reply",
    "ask",
    "ask-edit",
    "ask-reply",
]
KINDS: tuple[Kind, ...] = get_args(Kind)
"""The kinds that this version composes. It leaves others alone: a newer version that shares the database sends them."""
