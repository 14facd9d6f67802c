"""Deliveries that the store's tests add, and what became of them."""

from datetime import datetime
from typing import Any

from sqlalchemy import Row

from bot.core.delivery.content import CONTENT, ChangePost, DeliveryContent
from bot.store.outbox import Delivery, NewDelivery, State
from bot.store.schema import delivery
from bot.store.store import Transaction
from tests.store.moments import NOW


def change(
    slug: str = "ferries",
    *,
    channel: str = "C1",
    team: str = "T1",
    after: int = 1,
    publication: int = 2,
    due_at: datetime = NOW,
    state: State = "pending",
) -> NewDelivery:
    """What changed in a brief."""
    content = ChangePost(slug, after, publication)
    return message(content, channel=channel, team=team, due_at=due_at, state=state)


def message(
    content: DeliveryContent,
    *,
    channel: str = "C1",
    team: str = "T1",
    due_at: datetime = NOW,
    state: State = "pending",
) -> NewDelivery:
    """A message of any kind."""
    return NewDelivery(team, "E1", channel, content, due_at, state)


def added(tx: Transaction, *messages: NewDelivery) -> list[Delivery]:
    """The messages as they are once they are added."""
    tx.outbox.add(messages)
    return [delivery_of(row) for row in rows_of(tx)][-len(messages) :]


def delivery_of(row: Row[Any]) -> Delivery:
    """A row as handlers see it."""
    names = (name for name in Delivery.__dataclass_fields__ if name != "content")
    return Delivery(**{name: getattr(row, name) for name in names}, content=CONTENT.validate_json(row.content))


def again(tx: Transaction, row: Delivery) -> Delivery:
    """The row as it is now."""
    return delivery_of(tx.connection.execute(delivery.select().where(delivery.c.id == row.id)).one())


def rows_of(tx: Transaction) -> list[Row[Any]]:
    """All deliveries, in the order in which they were added."""
    return list(tx.connection.execute(delivery.select().order_by(delivery.c.id)))


def states(tx: Transaction) -> list[State]:
    """The states of all deliveries."""
    return [row.state for row in rows_of(tx)]


def slugs(deliveries: list[Delivery]) -> list[str]:
    """The briefs that changes are about."""
    return [each.content.slug for each in deliveries if isinstance(each.content, ChangePost)]
