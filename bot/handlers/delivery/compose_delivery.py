"""Composes the message of a delivery, from what is known at the time of sending."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from functools import partial
from typing import assert_never

from bot.core.changes.announcement import Announcement
from bot.core.changes.change_set import CORRECTING
from bot.core.changes.summary import Summary
from bot.core.commands.command import Show
from bot.core.delivery.content import (
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
    ThreadParent,
    ThreadParentEdit,
)
from bot.core.delivery.pause_reason import pause_reason
from bot.core.subscriptions.subscription import Subscription, SubscriptionSpec
from bot.handlers.changes import announcements
from bot.handlers.changes.digest_contents import DigestContents
from bot.handlers.context import Services
from bot.handlers.delivery import correct_posts, posted_messages
from bot.handlers.delivery.compose_reply import compose_reply, notice_to_asker, refusal_notice_to_maintainers
from bot.handlers.delivery.current_content import current_content
from bot.handlers.delivery.prepared_message import NotSent, PreparedMessage
from bot.handlers.delivery.slack_errors import is_passing
from bot.handlers.ports import ApiFailure
from bot.render.changes.announcement import announcement_layout
from bot.render.changes.summary import SummaryItem, fitting_items, summary_items, summary_layout
from bot.render.delivery import pause_notice, thread_parent
from bot.render.delivery.correction_notes import EditState, note
from bot.render.digests.digest import DigestPart, message_document
from bot.render.digests.messages import first_message, next_message
from bot.render.document.message import Message, message_from, problems, with_footer
from bot.render.document.paging import page_of
from bot.render.subscriptions import confirmations
from bot.store.delivery_key import delivery_key
from bot.store.outbox import Delivery, NewDelivery
from bot.store.store import Transaction


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
            return _correction_note(tx, services, content)
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
        case DigestPage():
            return _digest_page(tx, services, delivery, content)
        case _:
            assert_never(content)


# Changes of a brief


def _change_post(
    tx: Transaction, services: Services, delivery: Delivery, content: ChangePost
) -> PreparedMessage | NotSent:
    subscriptions = _subscriptions(tx, delivery, services.now())
    specs = tuple(each.spec for each in subscriptions)
    announcement, asking, message = _cached_announcement(tx, services, content, specs)
    if announcement is None or message is None:
        return "void"
    thread_ts = None
    if _in_thread(asking):
        thread_ts = tx.posted_messages.thread(delivery.team, delivery.channel, content.slug)
        # Without an open parent there will be no thread: the change is then posted in the channel.
        place = (delivery.team, delivery.channel, content.slug)
        if thread_ts is None and tx.outbox.is_parent_open(*place, content.publication):
            return "later"
    reason = confirmations.reason_for_post(
        [each for each in subscriptions if each.spec in asking], services.policy.command
    )
    record = posted_messages.record_of_announcement(
        replace(announcement, reason=reason), content.after_publication, asking
    )
    # Replies are easily overlooked, and a correction must not be.
    broadcast = thread_ts is not None and announcement.kind in CORRECTING
    return PreparedMessage(with_footer(message, reason), thread_ts, broadcast=broadcast, record=record)


ComposedAnnouncement = tuple[Announcement | None, Sequence[SubscriptionSpec], Message | None]
"""What changed as some specs ask for it, the specs that do, and the message without its reason."""


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
    # By the slug of now: a waiting change keeps that of a brief that was renamed.
    changes = [
        replace(change, slug=content.slug)
        for change in tx.outbox.open_changes(delivery.team, delivery.channel, content.slug)
    ]
    specs = tuple(each.spec for each in _subscriptions(tx, delivery, services.now()))
    # A thread that nothing would go into is not started.
    if not any(_goes_into_thread(tx, services, change, specs) for change in changes):
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


def _post_edit(tx: Transaction, services: Services, content: PostEdit) -> PreparedMessage:
    post = tx.posted_messages.get(content.post_id)
    return PreparedMessage(posted_messages.rerender(tx, services, post), ts=post.ts)


def _correction_note(tx: Transaction, services: Services, content: CorrectionNote) -> PreparedMessage | NotSent:
    post = tx.posted_messages.get(content.post_id)
    by_claim = correct_posts.corrections_since(tx, post)
    corrections = [
        correction
        for number, correction in posted_messages.corrections_of(tx, services, post, by_claim)
        if number == content.publication
    ]
    if not corrections:
        return "void"
    sections = posted_messages.corrected_sections(tx, services, post, by_claim, content.publication)
    # A withdrawn brief has no sections to open.
    opened = () if any(each.brief and each.effect != "reinstated" for each in corrections) else sections
    message = message_from(note(corrections, opened, _state_of_edit(post.error)))
    # A post that is itself a reply has no thread of its own.
    return PreparedMessage(message, post.thread_ts or post.ts)


def _state_of_edit(error: str | None) -> EditState:
    if error is None:
        return "done"
    return "open" if is_passing(ApiFailure(error)) else "never"


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
