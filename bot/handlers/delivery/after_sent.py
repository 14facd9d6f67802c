"""What follows once Slack has taken a delivery, or has refused it for good."""

import logging
from collections.abc import Iterator
from datetime import timedelta

from bot.core.delivery.content import (
    AskAnswer,
    AskEdit,
    AskNotice,
    ChangePost,
    ChangeSummary,
    DigestPage,
    PauseNotice,
    PostEdit,
    RefusalNotice,
    Reply,
    ReplyNotice,
    ReplyRecord,
    ReportAnswer,
    ThreadParent,
    ThreadParentEdit,
)
from bot.handlers.context import Services
from bot.handlers.delivery import channel_pausing, correct_posts, posted_messages
from bot.handlers.delivery.current_content import current_content
from bot.handlers.delivery.posted_messages import PostRecord
from bot.handlers.delivery.prepared_message import PreparedMessage
from bot.handlers.delivery.settle_ask import ask_notice_sent
from bot.handlers.delivery.wake_workers import add_and_wake
from bot.handlers.ports import Caller, Posted
from bot.store.outbox import Delivery, NewDelivery, State
from bot.store.store import Transaction

logger = logging.getLogger(__name__)

TO_PERSONS = (PauseNotice, RefusalNotice, ReplyNotice, ReportAnswer, AskNotice, AskEdit, AskAnswer)
"""Notices: where one cannot be posted no channel is paused, and nobody is told of it."""

NOTICE_AFTER = timedelta(seconds=10)
"""Maintainers are told so much later: what is refused for one reason is seldom alone, and one notice counts all."""


def after_sent(
    tx: Transaction, services: Services, delivery: Delivery, prepared: PreparedMessage, posted: Posted
) -> None:
    """Records the post and adds what follows from it, in the transaction that marks the delivery as sent."""
    if prepared.follow_up is not None:
        tx.outbox.add([prepared.follow_up])
    match current_content(tx, delivery.content):
        case ChangePost() | ChangeSummary() | DigestPage() as content if prepared.record is not None:
            _record(tx, services, delivery, prepared.record, posted, content.publication)
            if prepared.thread_ts is not None and posted.thread_ts is None and isinstance(content, ChangePost):
                # The thread is shut: the next change begins another.
                tx.posted_messages.end_thread(delivery.team, delivery.channel, content.slug)
        case AskNotice() as notice:
            ask_notice_sent(tx, services, notice, posted)
        case Reply(purpose="resume"):
            channel_pausing.resume_channel(tx, services, delivery.team, delivery.channel)
        case Reply(record=ReplyRecord(publication=publication)) if prepared.record is not None:
            _record(tx, services, delivery, prepared.record, posted, publication)
        case ThreadParent(slug):
            tx.posted_messages.start_thread(delivery.team, delivery.enterprise, delivery.channel, slug, posted.ts)
            tx.outbox.unblock_changes(delivery.team, delivery.channel, slug, services.now())
        # The note waited for the edit: it must not speak of a correction that the post does not show yet.
        case PostEdit() as edit:
            # It may have been refused for a while, so that a note went out alone.
            tx.posted_messages.set_error(edit.post_id, None)
            _unblock_note(tx, services, delivery, edit)
        case _:
            pass


def _record(
    tx: Transaction, services: Services, delivery: Delivery, record: PostRecord, posted: Posted, publication: int
) -> None:
    caller = Caller(delivery.team, delivery.enterprise, "", delivery.channel, posted.thread_ts)
    posted_messages.record_post(tx, services, record, posted, caller, publication)


def leave_unsaid(tx: Transaction, services: Services, delivery: Delivery) -> None:
    """Nothing is left to say. The note that waits for an edit is looked at by itself, as is what waits for a thread."""
    tx.outbox.set_state(delivery.id, "void")
    _unblock_changes(tx, services, delivery)
    if isinstance(delivery.content, PostEdit):
        _unblock_note(tx, services, delivery, delivery.content)


def give_up(tx: Transaction, services: Services, delivery: Delivery, error: str) -> None:
    """Nothing more is sent of a delivery. The correction note of an edit goes out alone, and says so; a live thread
    gets another parent with the next change; of what is lost, maintainers are told."""
    content = current_content(tx, delivery.content)
    if isinstance(content, DigestPage) and content.page == 1:
        # First: whoever cuts digests locks the cursor before any delivery.
        _reopen_window(tx, delivery, content.digest_id)
    state: State = "void" if isinstance(content, ThreadParentEdit) else "dead"
    tx.outbox.set_state(delivery.id, state, error=error, attempt_at=None)
    _unblock_changes(tx, services, delivery)
    match content:
        case PostEdit():
            note_alone(tx, services, delivery, error)
        case ThreadParentEdit(slug):
            tx.posted_messages.end_thread(delivery.team, delivery.channel, slug)
        case _:
            logger.error("delivery %s is given up: %s", delivery.key, error)
            add_and_wake(
                tx, services, [*_for_maintainers(services, delivery, error), *_for_asker(services, delivery, error)]
            )


def _reopen_window(tx: Transaction, delivery: Delivery, number: int) -> None:
    """The next digest of the channel begins where one began that was not posted, however long ago that was, unless
    another was made meanwhile."""
    cursor = tx.digests.cursor(delivery.team, delivery.channel, lock=True)
    last = tx.digests.last_owed(delivery.team, delivery.channel)
    if cursor is not None and last is not None and last.id == number:
        tx.digests.start_window(cursor.id, last.since, last.after_publication)


def note_alone(tx: Transaction, services: Services, delivery: Delivery, error: str) -> None:
    """The correction note of an edit that Slack refuses, for good or for long, goes out without it."""
    edit = current_content(tx, delivery.content)
    if isinstance(edit, PostEdit):
        tx.posted_messages.set_error(edit.post_id, error)
        post = tx.posted_messages.find(edit.post_id)
        # Readers would be left with the old words, but of a post that is gone.
        if edit.is_silent and post is not None and error != correct_posts.GONE:
            correct_posts.tell_in_thread(tx, post.ref, edit.publication, services.now())
        _unblock_note(tx, services, delivery, edit)


def _for_maintainers(services: Services, delivery: Delivery, error: str) -> Iterator[NewDelivery]:
    """Once a day and error: what was given up may be many messages, for one reason."""
    if services.policy.maintainers is not None and not isinstance(delivery.content, TO_PERSONS):
        team, channel = services.policy.maintainers
        now = services.now()
        yield NewDelivery(team, None, channel, RefusalNotice(delivery.team, error, now.date()), now + NOTICE_AFTER)


def reply_refused(tx: Transaction, services: Services, delivery: Delivery, error: str) -> None:
    """A channel does not take a reply: it ends, and who asked for it is told."""
    logger.warning("reply %s is given up: %s", delivery.key, error)
    tx.outbox.set_state(delivery.id, "dead", error=error, attempt_at=None)
    add_and_wake(tx, services, [*_for_asker(services, delivery, error)])


def reply_unconfirmed(tx: Transaction, services: Services, delivery: Delivery, error: str) -> None:
    """Nobody can find out whether a reply was posted: it ends, and who asked for it is told to look."""
    tx.outbox.set_state(delivery.id, "void", error=error)
    add_and_wake(tx, services, [*_for_asker(services, delivery, None)])


def _for_asker(services: Services, delivery: Delivery, error: str | None) -> Iterator[NewDelivery]:
    """A direct message: a user's id stands for the conversation with them."""
    reply = delivery.content
    if isinstance(reply, Reply) and reply.asked_by is not None:
        notice = ReplyNotice(delivery.channel, error, reply.id, reply.purpose)
        yield NewDelivery(delivery.team, delivery.enterprise, reply.asked_by, notice, services.now())


def _unblock_changes(tx: Transaction, services: Services, delivery: Delivery) -> None:
    parent = current_content(tx, delivery.content)
    if isinstance(parent, ThreadParent):
        tx.outbox.unblock_changes(delivery.team, delivery.channel, parent.slug, services.now())


def _unblock_note(tx: Transaction, services: Services, delivery: Delivery, edit: PostEdit) -> None:
    correct_posts.unblock_notes(tx, delivery.team, delivery.channel, edit, services.now())
