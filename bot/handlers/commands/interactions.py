"""Trigger: somebody pressed a button, picked from a menu, or submitted a form. Each comes with a decoded command."""

from dataclasses import replace

from bot.core.answers.answer import Answer, Disambiguation, QuoteList, Reply, Withdrawn
from bot.core.answers.corpus import Corpus
from bot.core.commands.button_value import ButtonValue, encode_command
from bot.core.commands.command import Command, Show, ShowExport, ShowHelp, ShowSources
from bot.core.commands.digest_commands import PreviewDigest, SetDigest
from bot.core.commands.outcome import CommandRejected, Outcome
from bot.core.commands.report_commands import ReportMistake
from bot.handlers.commands.export import open_export
from bot.handlers.commands.share import share
from bot.handlers.commands.slash_command import message_of, render_page
from bot.handlers.commands.table import handle
from bot.handlers.context import Services
from bot.handlers.digests import manage_digests
from bot.handlers.ports import Caller
from bot.handlers.reports.dismiss_report import open_dismissal
from bot.handlers.reports.open_report import PointedMessage, open_report, open_report_of_message
from bot.render.document.document import Option
from bot.render.document.message import Message, notice, with_banner
from bot.render.reply_message import modal

CHANGED = "This has changed since you asked"
CHANGED_SHARE = "This has changed since you asked. Look at it once more, then press Share again."
# Slack takes no more options than this.
TYPEAHEAD_MAX = 100


def open_command(command: Command, caller: Caller, services: Services) -> None:
    """Answers a pick or a press as if its command had been typed; sources and exports have windows of their own."""
    if isinstance(command, ShowSources):
        open_sources(command, caller, services)
    elif isinstance(command, ReportMistake):
        _respond_instead(open_report(command, caller, services), command, caller, services)
    elif not (isinstance(command, ShowExport) and open_export(command, caller, services)):
        respond(caller, render_page(command, caller, services), services)


def undo(command: Command, caller: Caller, services: Services) -> None:
    """Does what takes a change back; a digest that was ended is set beside those that there are."""
    # Values of versions before 0.2 do not say so.
    if isinstance(command, SetDigest) and command.existing is None:
        command = replace(command, existing="add")
    open_command(command, caller, services)


def continue_answer(value: ButtonValue, caller: Caller, services: Services) -> None:
    """Shows the page behind *Continue*; the first page of the current text where the brief has changed."""
    value = _unshared(value)
    # Without a revision no single brief was shown, and there is nothing to compare.
    reply = handle(value.command, caller, services, services.answers()) if value.revision else None
    # Earlier versions numbered the pages of a preview.
    if isinstance(value.command, PreviewDigest) or (reply is not None and has_changed(value, reply)):
        respond(caller, _under_banner(CHANGED, value, caller, services), services)
    else:
        respond(caller, render_page(value.command, caller, services, value.page), services)


def share_answer(value: ButtonValue, caller: Caller, services: Services) -> None:
    """Shares the page above the button; asks once more where the brief has changed meanwhile."""
    value, answers = _unshared(value), services.answers()
    reply = handle(value.command, caller, services, answers)
    if not isinstance(reply, Answer):
        respond(caller, render_page(value.command, caller, services), services)
    # Whoever shares must have seen the words that are posted under their name.
    elif has_changed(value, reply):
        respond(caller, _under_banner(CHANGED_SHARE, value, caller, services), services)
    else:
        respond(caller, share(reply, value.page, caller, services, answers.number), services)


def open_sources(command: Command, caller: Caller, services: Services) -> None:
    """Shows all sources of a brief in a modal, which holds them in one piece; as a message where it cannot be
    opened."""
    answers = services.answers()
    view = modal(answers.answer(command), "Sources", services.policy.command)
    # A press that is answered after more than three seconds cannot open a modal: its `trigger_id` has expired.
    if services.slack.open_modal(caller, view) is not None:
        respond(caller, answers.render_page(command), services)


def open_digest_form(_: Command, caller: Caller, services: Services) -> None:
    """Opens the form that sets a digest; says what to type where no form can be opened."""
    if manage_digests.open_form(caller, services) is not None:
        respond(caller, render_page(ShowHelp("digest"), caller, services), services)


def report_message(message: PointedMessage, caller: Caller, services: Services) -> None:
    """Opens the form that reports a mistake in what a message shows; says why not otherwise."""
    instead = open_report_of_message(message, caller, services)
    _respond_instead(instead, ReportMistake(), caller, services)


def close_report(number: int, caller: Caller, services: Services) -> None:
    """Opens the form that closes a report as one that needs no change; says why not otherwise."""
    _respond_instead(open_dismissal(number, caller, services), ReportMistake(), caller, services)


def _respond_instead(reply: Reply | Outcome | None, command: Command, caller: Caller, services: Services) -> None:
    """What somebody reads in place of a form; nothing where that is open (None)."""
    if reply is not None:
        respond(caller, message_of(reply, command, services), services)


def submit_form(command: Command, caller: Caller, services: Services) -> str | None:
    """Does what was entered in a form, as if it had been typed; the error to show in the form, None where it is
    done."""
    reply = handle(command, caller, services, services.answers())
    if isinstance(reply, Disambiguation):
        return f"{reply.title}. Close this, and type {services.policy.command} {command}"
    if not isinstance(reply, CommandRejected):
        return None
    # A form has no room for a button.
    ask = f" To ask an admin, type {services.policy.command} {command}" if reply.ask else ""
    return f"{reply.reason[:1].upper()}{reply.reason[1:]}. {reply.advice}{ask}"


def respond(caller: Caller, message: Message | None, services: Services) -> None:
    """Answers the person who pressed; nothing for None, where the answer stands in the channel or in a form."""
    if message is not None:
        services.slack.respond(caller, message)


def _unshared(value: ButtonValue) -> ButtonValue:
    """The same answer for one reader, as no button of an answer holds the word `share`."""
    if not isinstance(value.command, Show):
        return value
    return replace(value, command=replace(value.command, share=False))


def _under_banner(banner: str, value: ButtonValue, caller: Caller, services: Services) -> Message | None:
    message = render_page(value.command, caller, services)
    return with_banner(message, banner) if message else None


def has_changed(value: ButtonValue, reply: Reply | Outcome) -> bool:
    """Whether another revision would be shown than the one above the button."""
    revision = reply.brief.revision if isinstance(reply, Answer | QuoteList | Withdrawn) else value.revision
    return value.revision is not None and revision != value.revision


def outdated(services: Services) -> Message:
    """The answer to a button whose value no version of the bot wrote."""
    return notice(
        f"This button is of another version of the bot and works no more. Type {services.policy.command} to ask again."
    )


def suggest_briefs(typed: str, corpus: Corpus) -> tuple[Option, ...]:
    """At most `TYPEAHEAD_MAX` published briefs whose title, slug or alias contains what was typed; those that begin
    with it first, then by title."""
    wanted = typed.casefold().strip()
    ranked = []
    for brief in corpus.published:
        phrases = [phrase.casefold() for phrase in (brief.title, brief.slug, *brief.aliases)]
        if any(wanted in phrase for phrase in phrases):
            starts = any(phrase.startswith(wanted) for phrase in phrases)
            option = Option(brief.title, encode_command(Show(None, brief.slug)))
            ranked.append((not starts, brief.title, option))
    return tuple(option for *_, option in sorted(ranked, key=lambda each: each[:2])[:TYPEAHEAD_MAX])
