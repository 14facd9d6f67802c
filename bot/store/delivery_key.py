"""The idempotency key of a delivery: the same message is owed once."""

from datetime import datetime
from typing import assert_never

from bot.core.delivery.content import (
    AskAnswer,
    AskEdit,
    AskNotice,
    ChangePost,
    ChangeSummary,
    CorrectionNote,
    DeliveryContent,
    DigestPage,
    FileNotice,
    PauseNotice,
    PostEdit,
    RefusalNotice,
    Reply,
    ReplyNotice,
    ReportAnswer,
    ReportNotice,
    ReportNoticeEdit,
    ThreadParent,
    ThreadParentEdit,
)


def edit_key(edit: PostEdit) -> str:
    """The key of an edit, wherever its post is."""
    return f"{edit.kind}|{edit.post_id}|{edit.publication}"


def report_key(content: ReportNotice | ReportNoticeEdit | ReportAnswer) -> str:
    """The key of a message about a report, wherever it goes."""
    return f"{content.kind}|{content.report_id}"


def delivery_key(team: str, channel: str, content: DeliveryContent, due_at: datetime) -> str:
    """The idempotency key of a delivery, e.g. `change|T1|C1|el-salvador|7`. Only those of notices
    have `due_at`."""
    match content:
        case ChangePost() | ThreadParent() | ThreadParentEdit():
            return f"{content.kind}|{team}|{channel}|{content.slug}|{content.publication}"
        case ChangeSummary():
            return f"{content.kind}|{team}|{channel}|{content.publication}"
        case PostEdit():
            return edit_key(content)
        case CorrectionNote():
            return f"{content.kind}|{content.post_id}|{content.publication}"
        case DigestPage():
            return f"{content.kind}|{content.digest_id}|{content.page}"
        case RefusalNotice():
            return f"{content.kind}|{content.team}|{content.error}|{content.on.isoformat()}"
        case Reply() | ReplyNotice():
            return f"{content.kind}|{team}|{channel}|{content.id}"
        case ReportNotice() | ReportNoticeEdit() | ReportAnswer():
            return report_key(content)
        case AskNotice():
            return f"{content.kind}|{content.ask_id}|{content.admin}"
        case AskEdit():
            return f"{content.kind}|{content.ask_id}|{content.admin}|{content.version}"
        case AskAnswer():
            return f"{content.kind}|{content.ask_id}|{content.version}"
        case FileNotice():
            # The same file can be broken more than once in the same way.
            return f"{content.kind}|{team}|{channel}|{due_at.isoformat()}"
        case PauseNotice():
            # A channel can be paused more than once, and each time is worth a notice.
            return f"{content.kind}|{team}|{content.channel}|{channel}|{due_at.isoformat()}"
        case _:
            assert_never(content)
