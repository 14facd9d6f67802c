"""Says where the file of a brief is edited."""

from bot.core.answers.answer import Reply
from bot.core.commands.command import Show
from bot.core.commands.outcome import CommandRejected, EditLink
from bot.core.commands.report_commands import EditBrief
from bot.handlers.context import Services
from bot.handlers.delivery.compose_report import place_in_file
from bot.handlers.ports import Caller

NO_ADDRESS = CommandRejected(
    "this store does not say where its files are edited", "Whoever keeps it can set `edit_url` in `_store.yaml`."
)


def show_edit_link(command: EditBrief, _: Caller, services: Services) -> Reply | CommandRejected | EditLink:
    """Where a section of a brief is edited, by the line that it has in the file of the published version."""
    answers = services.answers()
    brief = answers.corpus.briefs.get(command.brief)
    if brief is None or brief.status != "published":
        return answers.answer(Show(None, command.brief))
    with services.store.snapshot() as tx:
        place = place_in_file(tx, brief.slug, section=command.section or "")
    return EditLink(brief.title, place) if place.url else NO_ADDRESS
