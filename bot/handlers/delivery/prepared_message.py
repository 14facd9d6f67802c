"""What a delivery becomes before it is sent."""

from dataclasses import dataclass
from typing import Literal

from bot.handlers.delivery.posted_messages import PostRecord
from bot.render.document.message import Message
from bot.store.outbox import NewDelivery

NotSent = Literal["void", "later", "held", "bug"] | NewDelivery
"""Why nothing was sent: already covered by another message; waits for the parent of its thread, or for one that is
held; composing raised; or the parent itself, which has to be owed first."""


@dataclass(frozen=True, slots=True)
class PreparedMessage:
    """A message to send. `ts` is that of the posted message which it replaces, None for a new one; `record` is what the
    store keeps of it, None for what is never corrected; `follow_up` is the delivery to add once it is sent."""

    message: Message
    thread_ts: str | None = None
    broadcast: bool = False
    ts: str | None = None
    record: PostRecord | None = None
    follow_up: NewDelivery | None = None
