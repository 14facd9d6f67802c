"""`briefbot ask`: prints the answer that Slack would show."""

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any, assert_never

from bot.cli.formats import AskFormat
from bot.cli.output import print_text, to_json
from bot.content.repository import Repository
from bot.core.answers.answer import (
    Answer,
    Citation,
    Disambiguation,
    Excerpt,
    Greeting,
    Help,
    HomePage,
    NoMatch,
    Reply,
    SearchResults,
    SourceList,
    Withdrawn,
)
from bot.core.answers.corpus import Corpus, CurrentCorpus
from bot.core.commands.address import without_address
from bot.handlers.answers.answer_cache import AnswerCache
from bot.render.document import terminal
from bot.render.document.paging import single_page
from bot.render.reply_layout import layout
from bot.render.reply_message import render_reply
from bot.settings import Settings


def ask(words: str, format: AskFormat, settings: Settings) -> int:
    """Prints the reply to `<command> <words>`. Returns 1 if nothing matches or the words are not a valid command."""
    command, corpus = settings.command, corpus_of(settings)
    answers = AnswerCache(corpus, command, datetime.now(UTC).date())
    reply = _answer(words, answers)
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
    return CurrentCorpus().put(changes.briefs, repository.vocabulary)


def _answer(words: str, answers: AnswerCache) -> Reply:
    """The reply; one that asks for the running bot quotes what was typed."""
    command = answers.parse(words)
    reply = answers.answer(command)
    if isinstance(reply, Help) and answers.needs_store(command):
        return replace(reply, typed=without_address(words, answers.command))
    return reply


def record(reply: Reply, command: str) -> dict[str, Any]:
    """The reply as JSON values; all keys are always present."""
    brief = reply.brief if isinstance(reply, Answer | SourceList | Withdrawn) else None
    return {
        "status": _status(reply),
        "brief": brief.slug if brief else None,
        "section": reply.section if isinstance(reply, Answer) else None,
        "revision": brief.revision if brief else None,
        "as_of": brief.as_of.isoformat() if brief else None,
        "excerpts": [_excerpt(e) for e in reply.excerpts] if isinstance(reply, Answer | SearchResults) else [],
        "suggestions": _suggestions(reply, command),
        "text": terminal.text(single_page(layout(reply, command))),
    }


def _status(reply: Reply) -> str:
    match reply:
        case Answer() | SourceList() | Withdrawn():
            return "answer"
        case SearchResults():
            return "none" if reply.only_related else "hits"
        case Disambiguation() | HomePage():
            return "choice"
        case NoMatch():
            return "none"
        case Help() | Greeting():
            return "help"
        case _:
            assert_never(reply)


def _suggestions(reply: Reply, command: str) -> list[dict[str, str]]:
    match reply:
        case Disambiguation() | NoMatch():
            suggestions = reply.suggestions
        case SearchResults():
            suggestions = reply.briefs
        case HomePage():
            suggestions = (*reply.sections, *reply.briefs)
        case Greeting():
            suggestions = reply.examples
        case _:
            suggestions = ()
    return [{"text": s.text, "command": f"{command} {s.command}"} for s in suggestions]


def _excerpt(excerpt: Excerpt) -> dict[str, Any]:
    claim = excerpt.claim
    return {
        "id": claim.id,
        "brief": excerpt.brief.slug,
        "section": excerpt.section,
        "text": claim.text,
        "standing": claim.standing,
        "note": claim.note,
        "citations": [_citation(citation) for citation in excerpt.citations],
    }


def _citation(citation: Citation) -> dict[str, Any]:
    source = citation.source
    return {
        "n": citation.n,
        "source": citation.source_id,
        "title": source.title,
        "publisher": source.publisher,
        "url": source.url,
        "date": source.date,
        "quote": citation.quote,
    }
