"""Answers commands from one corpus snapshot on one day, and caches parsed commands, replies and messages."""

from dataclasses import replace
from datetime import date
from functools import lru_cache
from typing import get_args

from bot.core.answers.answer import Answer, Help, Reply
from bot.core.answers.corpus import Corpus
from bot.core.answers.lookup import reply
from bot.core.commands.address import without_address
from bot.core.commands.command import Command, ContentQuery, Show
from bot.core.commands.parser import parse
from bot.render.document.message import Message
from bot.render.reply_message import render_reply

CACHE_SIZE = 512
"""Entries of each of the three caches: the same few questions are asked again and again, and a corpus never changes."""

CONTENT_QUERIES = get_args(ContentQuery)


class AnswerCache:
    """Thread-safe. `command` is the slash command's name, `number` that of the publication, 0 without one; `today`
    (UTC) decides whether a review is overdue. `folds`: answers hold their quotes, folded."""

    def __init__(self, corpus: Corpus, command: str, today: date, number: int = 0, *, folds: bool = False) -> None:
        self.corpus, self.command, self.today, self.number = corpus, command, today, number
        self._folds = folds
        self.parse = lru_cache(CACHE_SIZE)(self._parse)
        self.answer = lru_cache(CACHE_SIZE)(self._answer)
        self.render_page = lru_cache(CACHE_SIZE)(self._render_page)

    def _parse(self, text: str) -> Command:
        """The command that a reader typed, behind the slash command's name or with it."""
        names = self.corpus.names
        # A brief or section may be called as the command is.
        return parse(text if names.exact(text) else without_address(text, self.command), names)

    def needs_store(self, command: Command) -> bool:
        """Whether the current briefs alone cannot answer a command."""
        return not isinstance(command, CONTENT_QUERIES) or (isinstance(command, Show) and command.revision is not None)

    def _answer(self, command: Command, default: str | None = None) -> Reply:
        """The reply from the current briefs; help for a command that needs the store. `default` is the slug of the
        brief that answers where none is named."""
        if isinstance(command, CONTENT_QUERIES):
            return self._folded(reply(command, self.corpus, default=default, today=self.today))
        # `briefbot ask` reads files alone and has no database.
        return Help((), str(command), "only the running bot keeps that; ask it in Slack, or in the demo")

    def _folded(self, answer: Reply) -> Reply:
        if self._folds and isinstance(answer, Answer) and answer.view is None:
            return replace(answer, view="fold")
        return answer

    def _render_page(self, command: Command, default: str | None = None, page: int = 1) -> Message:
        """One page of the reply; pages count from 1."""
        return render_reply(self.answer(command, default), command=self.command, page=page)
