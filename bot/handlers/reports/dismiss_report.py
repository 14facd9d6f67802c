"""Trigger: maintainers see no need for a change, and close a report with a word to its sender."""

from bot.core.commands.outcome import CommandRejected
from bot.core.reports.report import WORD_MAX
from bot.handlers.context import Services
from bot.handlers.delivery.wake_workers import add_and_wake
from bot.handlers.permissions import MEMBERS_ONLY, check_can_post, require_member
from bot.handlers.ports import Caller
from bot.handlers.reports.answer_reports import answers_owed
from bot.handlers.reports.keep_report import FormProblem
from bot.render.reports.report_form import WORD, dismissal_form

CLOSED = CommandRejected("this report is closed already", "Its sender was told.")
ELSEWHERE = CommandRejected("a report is closed in the channel of the maintainers", "Press the button there.")
NO_FORM = CommandRejected("the form could not be opened", "Press the button once more.")


def open_dismissal(number: int, caller: Caller, services: Services) -> CommandRejected | None:
    """Opens the form that closes a report, by its number; None once it is open, else what to say instead."""
    if caller.external:
        return MEMBERS_ONLY
    if not _is_here(caller, services):
        return ELSEWHERE
    with services.store.snapshot() as tx:
        report = tx.reports.find(number)
    if report is None or report.state != "open":
        return CLOSED
    view = dismissal_form(report.shown, f"{caller.place}\n{number}")
    return NO_FORM if services.slack.open_modal(caller, view) is not None else None


def dismiss_report(number: int, word: str, caller: Caller, services: Services) -> FormProblem | None:
    """Closes a report, and owes its sender the maintainers' word; what is wrong, None where it is closed. Raises:
    DatabaseFailureError."""
    if not word.strip() or len(word) > WORD_MAX:
        return FormProblem(WORD, f"Write why, in at most {WORD_MAX:,} characters.")
    # The form remembers where it was opened, and who sends it may have left since.
    here = _is_here(caller, services) and check_can_post(caller, services) is None
    person = require_member(caller, services) if here else ELSEWHERE
    if isinstance(person, CommandRejected):
        return FormProblem(WORD, f"{person.reason[:1].upper()}{person.reason[1:]}. {person.advice}")
    now = services.now()
    with services.store.transaction() as tx:
        report = tx.reports.find(number)
        if report is None or not tx.reports.close(number, "declined", now, word.strip()):
            return FormProblem(WORD, "This report is closed already, and its sender was told.")
        add_and_wake(tx, services, answers_owed(tx, report, now))
    return None


def _is_here(caller: Caller, services: Services) -> bool:
    return (caller.team, caller.channel) == services.policy.maintainers
