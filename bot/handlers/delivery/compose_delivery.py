"""Composes the message of a delivery, from what is known at the time of sending."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial
from typing import assert_never

from bot.core.changes.announcement import Announcement
from bot.core.changes.change_set import CORRECTING
from bot.core.changes.summary import Summary
from bot.core.commands.command import Show
from bot.core.delivery.content import (
    AskAnswer,
    AskEdit,
    AskNotice,
    ChangePost,
    ChangeSummary,
    CorrectionNote,
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
from bot.core.delivery.pause_reason import pause_reason
from bot.core.subscriptions.subscription import Subscription, SubscriptionSpec, Target
from bot.handlers.changes import announcements
from bot.handlers.changes.digest_contents import DigestContents
from bot.handlers.context import Services
from bot.handlers.delivery import posted_messages
from bot.handlers.delivery.compose_ask import compose_ask
from bot.handlers.delivery.compose_reply import compose_reply, notice_to_asker, refusal_notice_to_maintainers
from bot.handlers.delivery.compose_report import compose_report
from bot.handlers.delivery.current_content import current_content
from bot.handlers.delivery.prepared_message import NotSent, PreparedMessage
from bot.handlers.delivery.thread_note import correction_note
from bot.render.changes.announcement import announcement_layout
from bot.render.changes.summary import SummaryItem, fitting_items, summary_items, summary_layout
from bot.render.delivery import pause_notice, thread_parent
from bot.render.digests.digest import DigestPart, message_document
from bot.render.digests.messages import first_message, next_message
from bot.render.document.message import Message, message_from, problems, with_footer
from bot.render.document.paging import page_of
from bot.render.subscriptions import confirmations
from bot.store.delivery_key import delivery_key
from bot.store.outbox import OPEN, Delivery, NewDelivery
from bot.store.store import Transaction
from bot.store.superseding import BEGUN


def prepare(tx: Transaction, services: Services, delivery: Delivery) -> PreparedMessage | NotSent:
    """The message of a delivery. Raises: LookupError where what it is made from is not stored."""
    content = current_content(tx, delivery.content)
    match content:
        case ChangePost():
            return _change_post(tx, services, delivery, content)
        case ChangeSummary():
            return _change_summary(tx, services, delivery, content)
        case ThreadParent():
            return _thread_parent(tx, services, delivery, content)
        case ThreadParentEdit():
            return _thread_parent_edit(tx, services, delivery, content)
        case PostEdit():
            return _post_edit(tx, services, content)
        case CorrectionNote():
            return correction_note(tx, services, content)
        case PauseNotice():
            return _pause_notice(tx, services, delivery, content)
        case FileNotice():
            return PreparedMessage(problems(content.lines))
        case RefusalNotice():
            return refusal_notice_to_maintainers(tx, services, content)
        case ReplyNotice():
            return notice_to_asker(content)
        case Reply():
            return compose_reply(services, delivery, content)
        case ReportNotice() | ReportNoticeEdit() | ReportAnswer():
            return compose_report(tx, services, content)
        case AskNotice() | AskEdit() | AskAnswer():
            return compose_ask(tx, services, content)
        case DigestPage():
            return _digest_page(tx, services, delivery, content)
        case _:
            assert_never(content)


# Changes of a brief

WHOLE_BRIEF = SubscriptionSpec(Target(), deliver="thread")

ComposedAnnouncement = tuple[Announcement | None, Sequence[SubscriptionSpec], Message | None]
"""What changed as some specs ask for it, the specs that do, and the message without its reason."""

NOTHING: ComposedAnnouncement = (None, (), None)


def _change_post(
    tx: Transaction, services: Services, delivery: Delivery, content: ChangePost
) -> PreparedMessage | NotSent:
    place = (delivery.team, delivery.channel, content.slug)
    parent = tx.outbox.parent_state(*place, content.publication)
    is_begun = parent in BEGUN
    announcement, asking, message = _asked_for(tx, services, delivery, content, whatever=is_begun)
    if announcement is None or message is None:
        return "void"
    in_thread = _in_thread(asking)
    thread_ts = tx.posted_messages.thread(*place) if in_thread or is_begun else None
    # A parent that Slack has refused, or that somebody has deleted, has no thread: the change stands in the channel.
    if thread_ts is None and (in_thread or is_begun) and parent in (None, "void", *OPEN):
        if parent == "held":
            return "held"
        return "later" if parent in OPEN else _parent_of(delivery, content)
    reason = _reason(tx, services, delivery, asking)
    record = posted_messages.record_of_announcement(
        replace(announcement, reason=reason), content.after_publication, asking
    )
    # Replies are easily overlooked, and a correction must not be, nor what the channel asks for by now.
    broadcast = thread_ts is not None and (announcement.kind in CORRECTING or not in_thread)
    message = with_footer(message, reason) if reason else message
    return PreparedMessage(message, thread_ts, broadcast=broadcast, record=record)


def _parent_of(delivery: Delivery, change: ChangePost) -> NewDelivery:
    """It is due before the change, as the worker goes by that."""
    due_at = delivery.due_at - timedelta(microseconds=1)
    parent = ThreadParent(change.slug, change.publication)
    return NewDelivery(delivery.team, delivery.enterprise, delivery.channel, parent, due_at)


def _asked_for(
    tx: Transaction, services: Services, delivery: Delivery, content: ChangePost, *, whatever: bool
) -> ComposedAnnouncement:
    """What the channel's subscriptions ask for. `whatever`: a thread was begun for it, which is not left empty where
    they are muted, changed or ended by now."""
    wishes = [[each.spec for each in _subscriptions(tx, delivery, services.now())]]
    if whatever:
        every = tx.subscriptions.of_channel(delivery.team, delivery.channel)
        wishes += [[each.spec for each in every if each.spec.deliver != "digest"], [WHOLE_BRIEF]]
    composed = (_cached_announcement(tx, services, content, tuple(specs)) for specs in wishes)
    return next((each for each in composed if each[0] is not None), NOTHING)


def _reason(tx: Transaction, services: Services, delivery: Delivery, asking: Sequence[SubscriptionSpec]) -> str | None:
    subscriptions = tx.subscriptions.of_channel(delivery.team, delivery.channel)
    because = [each for each in subscriptions if each.spec in asking]
    return confirmations.reason_for_post(because, services.policy.command) if because else None


def _cached_announcement(
    tx: Transaction, services: Services, content: ChangePost, specs: tuple[SubscriptionSpec, ...]
) -> ComposedAnnouncement:
    # Neither channel nor reason is in the key: channels with the same specifications share one rendered message.
    key = (content, specs, services.corpus.number)
    announcement, asking, message = services.announcement_cache.get(
        key, lambda: _announcement(tx, services, content, specs)
    )
    return announcement, asking, message


def _announcement(
    tx: Transaction, services: Services, content: ChangePost, specs: Sequence[SubscriptionSpec]
) -> ComposedAnnouncement:
    announcement, asking = announcements.announcement_for(
        tx, services, content.slug, content.after_publication, content.publication, specs
    )
    if announcement is None:
        return None, asking, None
    layout = announcement_layout(announcement, services.policy.command)
    return announcement, asking, message_from(page_of(layout, 1, 1))


def _subscriptions(tx: Transaction, delivery: Delivery, now: datetime) -> list[Subscription]:
    subscriptions = tx.subscriptions.of_channel(delivery.team, delivery.channel)
    return [each for each in subscriptions if each.spec.deliver != "digest" and not each.muted(now)]


def _in_thread(asking: Sequence[SubscriptionSpec]) -> bool:
    """Whether a change goes into a live thread: none of the specs that ask for it wants it in the channel."""
    return not any(spec.deliver == "channel" for spec in asking)


# Changes of many briefs


def _change_summary(
    tx: Transaction, services: Services, delivery: Delivery, content: ChangeSummary
) -> PreparedMessage | NotSent:
    subscriptions, command = _subscriptions(tx, delivery, services.now()), services.policy.command
    summary, asking, items = _cached_summary(tx, services, content, tuple(each.spec for each in subscriptions))
    if summary is None:
        return "void"
    reason = confirmations.reason_for_post([each for each in subscriptions if each.spec in asking], command)
    summary = replace(summary, reason=reason)
    number = fitting_items(summary, items, command)
    message = message_from(page_of(summary_layout(summary, items, command, number), 1, 1))
    record = posted_messages.record_of_summary(summary, items[:number], content, asking)
    return PreparedMessage(message, record=record)


ComposedSummary = tuple[Summary | None, Sequence[SubscriptionSpec], Sequence[SummaryItem]]
"""What changed as some specs ask for it, the specs that do, and the items that may be shown."""


def _cached_summary(
    tx: Transaction, services: Services, content: ChangeSummary, specs: tuple[SubscriptionSpec, ...]
) -> ComposedSummary:
    # As of announcements: a flood is told to many channels, and is made from thousands of briefs.
    key = (content, specs, services.corpus.number)
    summary, asking, items = services.announcement_cache.get(key, lambda: _summary(tx, services, content, specs))
    return summary, asking, items


def _summary(
    tx: Transaction, services: Services, content: ChangeSummary, specs: Sequence[SubscriptionSpec]
) -> ComposedSummary:
    summary, asking = announcements.summary_for(tx, services, content, specs)
    return summary, asking, summary_items(summary) if summary is not None else ()


# Live threads


def _thread_parent(
    tx: Transaction, services: Services, delivery: Delivery, content: ThreadParent
) -> PreparedMessage | NotSent:
    if tx.posted_messages.thread(delivery.team, delivery.channel, content.slug) is not None:
        return "void"
    # It may be there, and then is the thread of all that waits.
    if tx.outbox.is_other_parent_unknown(delivery, content.slug):
        return "later"
    # The change that waits for it, or none: each has a parent of its own. By the slug of now, as it keeps that of a
    # brief that was renamed.
    changes = [
        replace(change, slug=content.slug)
        for change in tx.outbox.open_changes(delivery.team, delivery.channel, content.slug)
        if change.publication == content.publication
    ]
    specs = tuple(each.spec for each in _subscriptions(tx, delivery, services.now()))
    # A thread that nothing would go into is not started. A parent that may be there gets its reply whatever happens.
    if delivery.attempt_at is None and not any(_goes_into_thread(tx, services, change, specs) for change in changes):
        return "void"
    return PreparedMessage(_live_parent(tx, services, content.slug))


def _goes_into_thread(
    tx: Transaction, services: Services, content: ChangePost, specs: tuple[SubscriptionSpec, ...]
) -> bool:
    announcement, asking, _ = _cached_announcement(tx, services, content, specs)
    return announcement is not None and _in_thread(asking)


def _thread_parent_edit(
    tx: Transaction, services: Services, delivery: Delivery, content: ThreadParentEdit
) -> PreparedMessage | NotSent:
    ts = tx.posted_messages.thread(delivery.team, delivery.channel, content.slug)
    return PreparedMessage(_live_parent(tx, services, content.slug), ts=ts) if ts is not None else "void"


def _live_parent(tx: Transaction, services: Services, slug: str) -> Message:
    """The parent of a brief's live thread, as the brief is now."""
    last = tx.publications.revision_changes(slug=slug)[-1]
    brief = tx.brief(slug, last.after or last.before)
    if brief is None:
        raise LookupError(f"{slug} was never there")
    corpus = services.corpus.corpus
    sections = [(corpus.section_title(key), Show(key, slug)) for key in corpus.section_keys(brief)]
    return thread_parent.live_parent(brief, sections, gone=last.after is None, on=last.published_at.date())


# Corrections of posted messages


def _post_edit(tx: Transaction, services: Services, content: PostEdit) -> PreparedMessage | NotSent:
    post = tx.posted_messages.find(content.post_id)
    if post is None:
        return "void"
    return PreparedMessage(posted_messages.rerender(tx, services, post), ts=post.ts)


# Paused channels and digests


def _pause_notice(tx: Transaction, services: Services, delivery: Delivery, content: PauseNotice) -> PreparedMessage:
    subscriptions = tx.subscriptions.of_channel(delivery.team, content.channel)
    reason = pause_reason(content.reason)
    return PreparedMessage(pause_notice.pause_notice(content.channel, reason, subscriptions, services.policy.command))


def _digest_page(tx: Transaction, services: Services, delivery: Delivery, content: DigestPage) -> PreparedMessage:
    """One message of a digest, in the thread of the first; the next is added once it is sent."""
    plan = tx.digests.get_run(content.digest_id).plan
    if plan is None:
        raise LookupError(f"digest {content.digest_id} has nothing to say")
    contents = DigestContents(tx, services, plan)
    before = _posted_part(tx, delivery, replace(content, page=content.page - 1)) if content.page > 1 else None
    make = first_message if before is None else partial(next_message, before=before)
    message = make(contents, services.policy.command, content.digest_id)
    # One page at a time: the next needs the `ts` of the first as its thread.
    follow_up = _next_page(delivery, content) if message.part.number < message.part.count else None
    thread_ts = tx.outbox.posted_ts(_page_key(delivery, replace(content, page=1))) if before is not None else None
    document = message_document(message, services.policy.command)
    record = posted_messages.record_of_digest(message)
    return PreparedMessage(message_from(document), thread_ts, record=record, follow_up=follow_up)


def _posted_part(tx: Transaction, delivery: Delivery, content: DigestPage) -> DigestPart:
    """The part of a digest that a message of it shows, which was posted. Raises: LookupError."""
    ts = tx.outbox.posted_ts(_page_key(delivery, content))
    post = tx.posted_messages.at(delivery.team, delivery.channel, ts) if ts is not None else None
    if post is None:
        raise LookupError(f"message {content.page} of digest {content.digest_id} was not posted")
    return DigestPart(**post.content["part"])


def _page_key(delivery: Delivery, content: DigestPage) -> str:
    return delivery_key(delivery.team, delivery.channel, content, delivery.due_at)


def _next_page(delivery: Delivery, content: DigestPage) -> NewDelivery:
    following = replace(content, page=content.page + 1)
    return NewDelivery(delivery.team, delivery.enterprise, delivery.channel, following, delivery.due_at)
