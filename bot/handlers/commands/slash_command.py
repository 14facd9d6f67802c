"""Trigger: somebody typed the command, mentioned the bot, or wrote to it."""

from dataclasses import replace

from bot.core.answers.answer import Answer, Disambiguation, Help, NoMatch, Reply, SearchResults
from bot.core.commands.address import without_address
from bot.core.commands.command import Command, Greet, ListBriefs, ShareAbove, Show
from bot.core.commands.digest_commands import ShowDigests
from bot.core.commands.outcome import Announced, CommandRejected, Outcome
from bot.core.commands.report_commands import ReportMistake
from bot.core.commands.verb_names import verb_of
from bot.handlers.answers.answer_cache import AnswerCache
from bot.handlers.budgets import too_many_commands
from bot.handlers.commands.share import share
from bot.handlers.commands.share_above import share_above
from bot.handlers.commands.table import handle
from bot.handlers.commands.welcome import with_welcome
from bot.handlers.context import Services
from bot.handlers.delivery import posted_messages
from bot.handlers.delivery.replies import post_reply
from bot.handlers.digests import manage_digests
from bot.handlers.digests.digest_choices import with_profile_zone
from bot.handlers.ports import Caller
from bot.handlers.reports.open_report import open_report
from bot.handlers.request import note
from bot.render.document.message import Message
from bot.render.reply_message import render_reply


def answer_slash_command(text: str, caller: Caller, services: Services) -> Message | None:
    """The body of the acknowledgement: the answer itself, or how sharing it went; None where the answer was posted in
    the channel or a form was opened. `text` is what was typed behind the slash command's name, unescaped."""
    if too_many := too_many_commands(caller, services):
        return message_of(too_many, None, services)
    answers = services.answers()
    command = with_profile_zone(answers.parse(text), caller, services)
    note(verb=verb_of(command))
    if answers.needs_store(command):
        return _answer_from_store(command, text, caller, services, answers)
    default = services.default_brief(caller)
    reply = answers.answer(command, default)
    count_unanswered(reply, caller, services)
    if isinstance(reply, Answer) and reply.share:
        return share(reply, 1, caller, services, answers.number)
    return answers.render_page(command, default)


def _answer_from_store(
    command: Command, text: str, caller: Caller, services: Services, answers: AnswerCache
) -> Message | None:
    # Before anything else: the trigger of a form is valid for three seconds.
    if isinstance(command, ShowDigests) and manage_digests.open_form(caller, services) is None:
        return None
    if isinstance(command, ReportMistake):
        instead = open_report(command, caller, services)
        return message_of(instead, command, services, typed=text) if instead else None
    reply = handle(command, caller, services, answers)
    count_unanswered(reply, caller, services)
    if isinstance(reply, Answer) and reply.share:
        return share(reply, 1, caller, services, answers.number)
    return message_of(reply, command, services, typed=text)


def count_unanswered(reply: Reply | Outcome, caller: Caller, services: Services) -> None:
    """Counts a query that found nothing; who asked is not stored."""
    note(outcome=outcome_of(reply))
    if words := _unanswered(reply):
        services.aside.run("counting a query without results", lambda: _count(words, caller, services))


def _count(words: str, caller: Caller, services: Services) -> None:
    with services.store.transaction() as tx:
        tx.unanswered_queries.add(caller.team, words, services.now())


def _unanswered(reply: Reply | Outcome) -> str | None:
    match reply:
        case NoMatch(typed=words) | SearchResults(words=words, only_related=True):
            return words
    return None


def outcome_of(reply: Reply | Outcome) -> str:
    """What became of a command, as one of a few words."""
    match reply:
        case NoMatch():
            return "nothing"
        case SearchResults(only_related=True):
            return "related"
        case CommandRejected():
            return "rejected"
        case Disambiguation(command=asked) if not isinstance(asked, ListBriefs):
            return "choice"
        case Help(reason=str()):
            return "usage"
        case _:
            return "done"


def render_page(command: Command, caller: Caller, services: Services, page: int = 1) -> Message | None:
    """One page (from 1) of the reply to a command, or how sharing it went; None where it was announced in the
    channel."""
    answers = services.answers()
    # Messages are cached as they read outside of threads.
    if answers.needs_store(command) or caller.thread_ts or (isinstance(command, Show) and command.share):
        reply = handle(command, caller, services, answers)
        if isinstance(reply, Answer) and reply.share:
            return share(reply, page, caller, services, answers.number)
        return message_of(reply, command, services, page=page)
    return answers.render_page(command, services.default_brief(caller), page)


def message_of(
    reply: Reply | Outcome, command: Command | None, services: Services, *, typed: str | None = None, page: int = 1
) -> Message | None:
    """A reply as a message; None for what was announced in the channel. A rejection of the words quotes what was
    typed, or the command of the button."""
    if isinstance(reply, Announced):
        return None
    note(outcome=outcome_of(reply))
    if isinstance(reply, CommandRejected) and reply.typed is not None:
        attempt = str(command) if typed is None else without_address(typed, services.policy.command)
        reply = replace(reply, typed=attempt)
    return render_reply(reply, command=services.policy.command, page=page)


def answer_mention(text: str, caller: Caller, ts: str, services: Services) -> None:
    """Answers where the question was asked: a mention in its thread, a direct message in the conversation. What was
    asked in private is not recorded."""
    # Ids of direct messages begin with D.
    private = caller.channel.startswith("D")
    where = replace(caller, thread_ts=caller.thread_ts or (None if private else ts))
    if too_many := too_many_commands(caller, services):
        post_reply(services, where, render_reply(too_many, command=services.policy.command), "answer", tell=False)
        return
    answers = services.answers()
    command = with_profile_zone(answers.parse(text), caller, services)
    note(verb=verb_of(command))
    if isinstance(command, ShareAbove) and (outcome := share_above(where, services)):
        post_reply(services, where, outcome, "outcome", tell=False)
        return
    services = services.speaking_in(where.thread_ts)
    reply = handle(command, where, services, answers)
    count_unanswered(reply, caller, services)
    answer = message_of(reply, command, services, typed=text)
    if answer is None:
        return
    if private:
        answer = with_welcome(answer, caller, services, greeted=isinstance(command, Greet))
    record = None if private else posted_messages.record_of_reply(reply, 1, services.policy.command, None)
    post_reply(services, where, answer, "answer", record, answers.number, tell=False)
