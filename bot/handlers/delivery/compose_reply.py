"""Composes replies, and the notices of what became of those that were not posted."""

from datetime import timedelta

from bot.core.delivery.content import RefusalNotice, Reply, ReplyNotice
from bot.handlers.context import Services
from bot.handlers.delivery.posted_messages import PostRecord
from bot.handlers.delivery.prepared_message import NotSent, PreparedMessage
from bot.handlers.delivery.slack_errors import advice
from bot.handlers.ports import ApiFailure
from bot.render.delivery.refusal_notices import refusal_notice, reply_notice, unconfirmed_notice
from bot.render.document.message import Message
from bot.store.outbox import Delivery
from bot.store.posted_messages import PostedClaim
from bot.store.store import Transaction

REPLY_MAX_AGE = timedelta(days=1)
"""After this nobody waits for a reply any more."""


def compose_reply(services: Services, delivery: Delivery, content: Reply) -> PreparedMessage | NotSent:
    """The message of a reply, if somebody may still wait for it."""
    return prepared_reply(delivery) if services.now() - content.asked_at < REPLY_MAX_AGE else "void"


def prepared_reply(delivery: Delivery) -> PreparedMessage:
    """The message of a reply, as it was composed."""
    reply = delivery.content
    if not isinstance(reply, Reply):
        raise TypeError(f"a {reply.kind} is no reply")
    stored = reply.record
    record = PostRecord(stored.content, tuple(PostedClaim(*each) for each in stored.claims)) if stored else None
    message = Message(reply.text, list(reply.blocks), "in_channel")
    return PreparedMessage(message, reply.thread_ts, record=record)


def notice_to_asker(content: ReplyNotice) -> PreparedMessage:
    """What who asked for a reply reads where it was not posted, or nobody knows."""
    if content.error is None:
        return PreparedMessage(unconfirmed_notice(content.channel, content.purpose))
    remedy = advice(ApiFailure(content.error))
    return PreparedMessage(reply_notice(content.channel, content.purpose, content.error, remedy))


def refusal_notice_to_maintainers(
    tx: Transaction, services: Services, content: RefusalNotice
) -> PreparedMessage | NotSent:
    """What maintainers read of messages that were given up."""
    number = tx.delivery_counts.dead(content.team, content.error)
    return PreparedMessage(refusal_notice(number, content.error, services.policy.command)) if number else "void"
