"""Opens a section of a brief as text to copy, for who asked alone."""

from bot.core.answers.answer import Answer
from bot.core.answers.extract import extract
from bot.core.commands.command import ShowExport
from bot.handlers.context import Services
from bot.handlers.ports import Caller
from bot.render.document.message import notice
from bot.render.export.export_window import export_window

NOT_OPENED = "Slack did not open the window with the text. Pick it in the menu again."


def open_export(command: ShowExport, caller: Caller, services: Services) -> bool:
    """Shows the text in a modal; False where the section is not there to export, and its command says why."""
    answers = services.answers()
    reply = answers.answer(command)
    if not isinstance(reply, Answer):
        return False
    view = export_window(extract(reply.brief, answers.corpus.vocabulary, reply.section), command.format)
    # A press that is answered after more than three seconds cannot open a modal: its `trigger_id` has expired.
    if services.slack.open_modal(caller, view) is not None:
        services.slack.respond(caller, notice(NOT_OPENED))
    return True
