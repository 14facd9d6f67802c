"""Where answers are made: one corpus on one day, and what has been asked of it already."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from functools import lru_cache
from typing import get_args

from bot.core.answers.answer import Help, Reply
from bot.core.answers.corpus import Corpus
from bot.core.answers.lookup import reply
from bot.core.commands import command
from bot.core.commands.command import VERBS_BY_NAME, Command, ContentQuery
from bot.core.commands.parser import parse
from bot.handlers.answers.published_corpus import PublishedCorpus
from bot.render.document.message import Message
from bot.render.reply_message import render_reply

CACHE_SIZE = 512
"""Replies and messages that are kept; the same few questions are asked over and over, and a corpus never changes."""

VERBS_THAT_KEEP: dict[type, str] = {
    command.ShowChanges: "changes",
    command.ShowSubscriptions: "subscriptions",
    command.ShowStatus: "status",
    command.Subscribe: "subscribe",
    command.Unsubscribe: "unsubscribe",
    command.Mute: "mute",
    command.SetDefaultBrief: "use",
    command.ShowDigests: "digest",
    command.SetDigest: "digest",
    command.EndDigests: "digest",
    command.PreviewDigest: "digest",
    command.SendDigest: "digest",
}


class AnswerCache:
    """Thread-safe. `command` is the slash command's name, `number` that of the publication, 0 without one."""

    def __init__(self, corpus: Corpus, command: str, today: date, number: int = 0) -> None:
        self.corpus, self.command, self.today, self.number = corpus, command, today, number
        self.asked = lru_cache(CACHE_SIZE)(self._asked)
        self.reply = lru_cache(CACHE_SIZE)(self._reply)
        self.shown = lru_cache(CACHE_SIZE)(self._shown)

    def _asked(self, text: str) -> Command:
        """What a command's text asks for."""
        return parse(text, self.corpus.names)

    def is_answered_here(self, text: str) -> bool:
        """Whether a command is answered from the briefs as they are now, and needs nothing that is kept elsewhere."""
        asked = self.asked(text)
        return isinstance(asked, get_args(ContentQuery)) and getattr(asked, "revision", None) is None

    def _reply(self, text: str, default: str | None = None) -> Reply:
        """The reply to a command's text. `default` is the brief that answers where none is named."""
        asked = self.asked(text)
        if isinstance(asked, get_args(ContentQuery)):
            return reply(asked, self.corpus, default=default, today=self.today)
        verb = VERBS_BY_NAME[VERBS_THAT_KEEP[type(asked)]]
        return Help((verb,), text, "only the running bot keeps that; ask it in Slack, or in the demo")

    def _shown(self, text: str, default: str | None = None, page: int = 1) -> Message:
        """One page of the reply to a command's text."""
        return render_reply(self.reply(text, default), command=self.command, page=page)


class CurrentAnswers:
    """The cache of now: a new one whenever the corpus or the day (UTC) has changed."""

    def __init__(self, corpus: PublishedCorpus, command: str, now: Callable[[], datetime]) -> None:
        self._corpus, self._command, self._now = corpus, command, now
        self._answers = self._new()

    def __call__(self) -> AnswerCache:
        answers = self._answers
        if answers.number != self._corpus.number or answers.today != self._now().astimezone(UTC).date():
            self._answers = answers = self._new()
        return answers

    def _new(self) -> AnswerCache:
        corpus, number = self._corpus.published
        return AnswerCache(corpus, self._command, self._now().astimezone(UTC).date(), number)
