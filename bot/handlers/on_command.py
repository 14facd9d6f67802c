"""Trigger: somebody typed the command."""

from datetime import date

from bot.core.answer import Reply
from bot.core.command import parse
from bot.core.corpus import Corpus
from bot.core.lookup import reply


def on_command(text: str, corpus: Corpus, *, default: str | None, today: date) -> Reply:
    """The reply to a command's text over one corpus. `default` is this channel's brief, if one was chosen."""
    return reply(parse(text, corpus.names), corpus, default=default, today=today)
