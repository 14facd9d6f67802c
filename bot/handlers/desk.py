"""Where answers are made: one corpus on one day, and what has been asked of it already."""

from datetime import date
from functools import lru_cache

from bot.core.answer import Answer, Reply
from bot.core.command import parse
from bot.core.corpus import Corpus
from bot.core.lookup import reply
from bot.render.message import Message, message

REMEMBERED = 512
"""Replies and messages that are kept; the same few questions are asked over and over, and a corpus never changes."""


class Desk:
    """Thread-safe. `command` is the slash command's name. No channel has a default brief yet."""

    def __init__(self, corpus: Corpus, command: str, today: date) -> None:
        self.corpus, self.command, self.today = corpus, command, today
        self.reply = lru_cache(REMEMBERED)(self._reply)
        self.shown = lru_cache(REMEMBERED)(self._shown)

    def _reply(self, text: str) -> Reply:
        """The reply to a command's text."""
        return reply(parse(text, self.corpus.names), self.corpus, default=None, today=self.today)

    def _shown(self, text: str, page: int = 1) -> Message:
        """One page of the reply to a command's text."""
        return message(self.reply(text), command=self.command, page=page)

    def to_share(self, text: str) -> Answer | None:
        """The answer, if the text asks for one that is to be shared."""
        found = self.reply(text)
        return found if isinstance(found, Answer) and found.share else None
