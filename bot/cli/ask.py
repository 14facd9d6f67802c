"""`briefbot ask`: prints the answer that Slack would show."""

from dataclasses import replace
from datetime import UTC, datetime
from typing import assert_never

from bot.cli.formats import AskFormat, AskView
from bot.cli.output import print_text, to_json
from bot.cli.reply_record import record
from bot.content.repository import Repository
from bot.core.answers.answer import Answer, Disambiguation, Help, NoMatch, Reply, SearchResults, Withdrawn
from bot.core.answers.corpus import Corpus, CurrentCorpus
from bot.core.commands.address import without_address
from bot.core.commands.command import ListBriefs, Show
from bot.errors import SettingsError
from bot.handlers.answers.answer_cache import AnswerCache
from bot.render.document import terminal
from bot.render.document.paging import single_page
from bot.render.reply_layout import layout
from bot.render.reply_message import render_reply
from bot.settings import Settings


def ask(words: str, format: AskFormat, settings: Settings, view: AskView | None = None) -> int:
    """Prints the reply to `<command> <words>`; `view` is as the word of that name behind them. Returns 1 if nothing
    matches or the words are not a valid command. Raises: SettingsError where there is nothing to view so."""
    command, corpus = settings.command, corpus_of(settings)
    answers = AnswerCache(corpus, command, datetime.now(UTC).date())
    reply = _answer(words, answers, view)
    match format:
        case "text":
            print_text(terminal.text(single_page(layout(reply, command))))
        case "json":
            print_text(to_json(record(reply, command)))
        case "blocks":
            print_text(to_json(render_reply(reply, command=command).payload()))
        case _:
            assert_never(format)
    return 1 if isinstance(reply, NoMatch) or (isinstance(reply, Help) and reply.reason) else 0


def corpus_of(settings: Settings) -> Corpus:
    """The corpus of the brief files, without a database. Raises: SettingsError where the directory does not exist."""
    repository = Repository(settings.briefs)
    changes = repository.load()
    corpus = CurrentCorpus()
    corpus.put_evidence(repository.evidence)
    return corpus.put(changes.briefs, repository.vocabulary)


def _answer(words: str, answers: AnswerCache, view: AskView | None) -> Reply:
    """The reply; one that asks for the running bot quotes what was typed."""
    command = answers.parse(words)
    if isinstance(command, Show) and view:
        # Quotes stand below all claims.
        command = replace(command, view="quotes" if command.view == "quotes" else view)
    reply = answers.answer(command)
    if view and not _takes(reply, view):
        raise SettingsError(
            f"--{view} is for a section of a brief, e.g. briefbot ask legal --{view}; leave it out here"
        )
    if isinstance(reply, Help) and answers.needs_store(command):
        return replace(reply, typed=without_address(words, answers.command))
    return reply


def _takes(reply: Reply, view: AskView) -> bool:
    """Whether a view can apply. A reply that says why there is no section is more to the point than an error."""
    match reply:
        case Answer() | NoMatch() | Withdrawn():
            return True
        case SearchResults():
            return view == "quotes" or reply.only_related
        case Disambiguation():
            return not isinstance(reply.command, ListBriefs)
        case Help():
            return reply.reason is not None
        case _:
            return False
