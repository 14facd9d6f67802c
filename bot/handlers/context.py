"""What handlers work with: values and ports, put together once by the composition root."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from threading import Event
from typing import Any, Literal

from bot.core.answers.unanswered_counter import Tally
from bot.core.delivery.rate_limit import Limit
from bot.core.lru_cache import Memo
from bot.handlers.answers.answer_cache import Desk
from bot.handlers.answers.published_corpus import Readers
from bot.handlers.ports import Caller, Queue, Sender
from bot.store.outbox import QueueName
from bot.store.store import Store

Unknown = Literal["resend", "hold"]

TOLD_KEPT = 256


@dataclass(frozen=True)
class Office:
    """`command` is the slash command's name; `admins` may change what channels follow, everybody where it is empty;
    `unknown` is what happens to a message of which nobody can say whether it arrived; `stopping` is set when the
    process ends; `desk` gives where answers are made now, `broken` how many files are broken."""

    store: Store
    queue: Queue
    sender: Sender
    readers: Readers
    desk: Callable[[], Desk]
    command: str
    now: Callable[[], datetime]
    limits: Mapping[QueueName, Limit]
    unknown: Unknown = "resend"
    admins: frozenset[str] = frozenset()
    stopping: Event = field(default_factory=Event)
    broken: Callable[[], int] = lambda: 0
    grace: timedelta = timedelta(hours=6)
    """A digest that is later than this is skipped; its changes come with the next."""
    empty_digests: bool = False
    """Whether a digest is posted where nothing has changed."""
    maintainers: tuple[str, str] | None = None
    """The workspace and the channel of the maintainers."""
    unanswered: Tally = field(default_factory=Tally)
    told: Memo[Any] = field(default_factory=lambda: Memo(TOLD_KEPT))
    """Posts that were made already, but for which subscription caused them: most channels are told the same."""

    def default(self, caller: Caller) -> str | None:
        """The brief that answers where the caller is, if one was chosen."""
        return self.readers.default(caller.team, caller.channel)
