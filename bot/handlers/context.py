"""What handlers work with: values and ports, put together once by the composition root."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from threading import Event
from typing import Any, Literal

from bot.core.answers.unanswered_counter import Tally
from bot.core.delivery.rate_limit import RateLimit
from bot.core.lru_cache import LruCache
from bot.handlers.answers.answer_cache import AnswerCache
from bot.handlers.answers.published_corpus import PublishedCorpus
from bot.handlers.ports import Caller, Queue, SlackClient
from bot.store.outbox import QueueName
from bot.store.store import Store

UnconfirmedPosts = Literal["resend", "hold"]

ANNOUNCEMENTS_CACHED = 256


@dataclass(frozen=True)
class Services:
    """`command` is the slash command's name; `admins` may change what channels follow, everybody where it is empty;
    `unknown` is what happens to a message of which nobody can say whether it arrived; `stopping` is set when the
    process ends; `desk` gives where answers are made now, `broken` how many files are broken."""

    store: Store
    queue: Queue
    slack: SlackClient
    corpus: PublishedCorpus
    answers: Callable[[], AnswerCache]
    command: str
    now: Callable[[], datetime]
    limits: Mapping[QueueName, RateLimit]
    unconfirmed_posts: UnconfirmedPosts = "resend"
    admins: frozenset[str] = frozenset()
    stopping: Event = field(default_factory=Event)
    broken_files: Callable[[], int] = lambda: 0
    digest_grace: timedelta = timedelta(hours=6)
    """A digest that is later than this is skipped; its changes come with the next."""
    empty_digests: bool = False
    """Whether a digest is posted where nothing has changed."""
    maintainers: tuple[str, str] | None = None
    """The workspace and the channel of the maintainers."""
    unanswered: Tally = field(default_factory=Tally)
    announcement_cache: LruCache[Any] = field(default_factory=lambda: LruCache(ANNOUNCEMENTS_CACHED))
    """Posts that were made already, but for which subscription caused them: most channels are told the same."""

    def default_brief(self, caller: Caller) -> str | None:
        """The brief that answers where the caller is, if one was chosen."""
        return self.corpus.default_brief(caller.team, caller.channel)
