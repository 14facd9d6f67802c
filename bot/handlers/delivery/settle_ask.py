"""An ask is decided: its messages to admins are brought up to date, and who asked is told."""

from collections.abc import Iterator

from bot.core.asks.ask import Ask, AskNoticePlace, AskState
from bot.core.delivery.content import AskAnswer, AskEdit, AskNotice
from bot.handlers.context import Services
from bot.handlers.delivery.wake_workers import add_and_wake
from bot.handlers.ports import Posted
from bot.store.outbox import NewDelivery
from bot.store.store import Transaction


def settle_ask(tx: Transaction, services: Services, number: int, state: AskState, by: str | None) -> bool:
    """Whether an open ask is decided by this; False where it was already. What follows is `owe_decision`."""
    return tx.asks.close(number, state, by, services.now())


def owe_decision(tx: Transaction, services: Services, number: int) -> None:
    """Owes the messages about the decision of an ask, in the transaction that decides it."""
    ask = tx.asks.find(number)
    if ask is not None:
        add_and_wake(tx, services, [*_edits(tx, ask, services), _answer(ask, services)])


def reopen_ask(tx: Transaction, services: Services, number: int) -> None:
    """What was allowed could not be done: an admin can allow it once more."""
    tx.asks.reopen(number)
    ask = tx.asks.find(number)
    if ask is not None:
        add_and_wake(tx, services, list(_edits(tx, ask, services)))


def ask_notice_sent(tx: Transaction, services: Services, content: AskNotice, posted: Posted) -> None:
    """Remembers where an admin was told. The message may show a state that has passed meanwhile."""
    ask = tx.asks.find(content.ask_id, lock=True)
    place = AskNoticePlace(content.admin, posted.channel, posted.ts)
    tx.asks.mark_notice(content.ask_id, place)
    if ask is not None and ask.version:
        add_and_wake(tx, services, [_edit(ask, place, services)])


def _edits(tx: Transaction, ask: Ask, services: Services) -> Iterator[NewDelivery]:
    """Of the messages that were sent; others are composed as the ask then is."""
    yield from (_edit(ask, each, services) for each in tx.asks.notices(ask.id) if each.conversation)


def _edit(ask: Ask, place: AskNoticePlace, services: Services) -> NewDelivery:
    content = AskEdit(ask.id, place.admin, ask.version)
    return NewDelivery(ask.team, ask.enterprise, place.conversation or place.admin, content, services.now())


def _answer(ask: Ask, services: Services) -> NewDelivery:
    # Not before the announcement of what was allowed has been taken or refused: the decision may be taken back with it.
    due_at = services.now() + services.cadence.settle if ask.state == "allowed" else services.now()
    return NewDelivery(ask.team, ask.enterprise, ask.asker, AskAnswer(ask.id, ask.version), due_at)
