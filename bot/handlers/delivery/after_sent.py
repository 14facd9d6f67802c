"""What follows once Slack has taken a delivery, or has refused an edit for good."""

from bot.core.delivery.content import (
    ChangePost,
    ChangeSummary,
    CorrectionNote,
    DigestPage,
    PostEdit,
    ThreadParent,
    ThreadParentEdit,
)
from bot.handlers.context import Services
from bot.handlers.delivery import posted_messages
from bot.handlers.delivery.compose_delivery import PreparedMessage
from bot.handlers.delivery.current_content import current_content
from bot.handlers.ports import Caller, Posted
from bot.store.outbox import Delivery, delivery_key
from bot.store.store import Transaction


def after_sent(
    tx: Transaction, services: Services, delivery: Delivery, prepared: PreparedMessage, posted: Posted
) -> None:
    """Records the post and adds what follows from it, in the transaction that marks the delivery as sent."""
    if prepared.follow_up is not None:
        tx.outbox.add([prepared.follow_up])
    match current_content(tx, delivery.content):
        case ChangePost() | ChangeSummary() | DigestPage() as content if prepared.record is not None:
            caller = Caller(delivery.team, delivery.enterprise, "", delivery.channel, prepared.thread_ts)
            posted_messages.record_post(tx, services, prepared.record, posted, caller, content.publication)
        case ThreadParent(slug):
            tx.posted_messages.start_thread(delivery.team, delivery.enterprise, delivery.channel, slug, posted.ts)
        # The note waited for the edit: it must not speak of a correction that the post does not show yet.
        case PostEdit() as edit:
            _unblock_note(tx, services, delivery, edit)
        case _:
            pass


def not_editable(tx: Transaction, services: Services, delivery: Delivery, error: str) -> None:
    """Slack does not let a message be edited any more: its correction note goes out alone, and says so; a live thread
    gets another parent with the next change. Raises: TypeError for a delivery that edits nothing."""
    match current_content(tx, delivery.content):
        case PostEdit() as edit:
            tx.outbox.set_state(delivery.id, "dead", error=error, attempt_at=None)
            tx.posted_messages.mark_uneditable(edit.post_id, error)
            _unblock_note(tx, services, delivery, edit)
        case ThreadParentEdit(slug):
            tx.outbox.set_state(delivery.id, "void", error=error, attempt_at=None)
            tx.posted_messages.end_thread(delivery.team, delivery.channel, slug)
        case content:
            raise TypeError(f"a {content.kind} is no edit")


def _unblock_note(tx: Transaction, services: Services, delivery: Delivery, edit: PostEdit) -> None:
    note = CorrectionNote(edit.post_id, edit.publication)
    tx.outbox.unblock(delivery_key(delivery.team, delivery.channel, note, delivery.due_at), services.now())
