"""What is due in an outbox, of all channels."""

from datetime import datetime

from sqlalchemy import select

from bot.store.outbox import Delivery, QueueName, is_due
from bot.store.schema import delivery
from bot.store.store import Transaction


def due(tx: Transaction, queue: QueueName, team: str, at: datetime) -> list[Delivery]:
    """The due deliveries of a worker, in the order in which they became due."""
    theirs = select(delivery.c.id).where(delivery.c.queue == queue, delivery.c.team == team)
    query = theirs.where(is_due(), delivery.c.due_at <= at).order_by(delivery.c.due_at, delivery.c.id)
    return tx.outbox.read(tx.connection.execute(query).scalars().all())
