"""A counter at which mistakes are reported: a desk whose maintainers read C9, and people who fill in forms."""

from collections.abc import Sequence
from itertools import count
from typing import Any

from bot.core.briefs.brief import ChangeNote
from bot.core.reports.report import Report
from bot.handlers.ports import Caller
from bot.handlers.reports.answer_reports import attend_to_reports
from bot.handlers.reports.dismiss_report import dismiss_report
from bot.handlers.reports.keep_report import FormProblem, keep_report
from bot.render.document.document import Line
from bot.render.reports.report_form import Entry, FormContext
from bot.store.schema import report
from tests.handlers.desk import TEAM, Desk
from tests.handlers.replica import MONDAY

MAINTAINERS = "C9"
WITHDRAWN: dict[str, Any] = {
    "status": "withdrawn",
    "changes": (ChangeNote(date=MONDAY.date(), kind="withdrawal", note="It was not so."),),
}
NUMBERS = count(1)


class Counter:
    """`wrong` is told of claim `a` of the ferries unless a report says otherwise."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        desk.slack.add_channel(MAINTAINERS)
        desk.decide(maintainers=(TEAM, MAINTAINERS))

    def context(self) -> FormContext:
        """Of a form that is opened now."""
        return FormContext("C1", self.desk.services.answers().number)

    def report(
        self,
        wrong: str = "It was four.",
        *,
        claim: str = "ferries/a",
        source: str = "",
        user: str = "U1",
        context: FormContext | None = None,
        view: str | None = None,
        caller: Caller | None = None,
    ) -> FormProblem | Sequence[Line]:
        """Somebody fills in a form, and submits it."""
        slug, _, claim_id = claim.partition("/")
        caller = caller or self.desk.slack.caller(user, "C1")
        entry = Entry(slug, claim_id, wrong, source)
        view_id = view or f"V{next(NUMBERS)}"
        return keep_report(entry, context or self.context(), view_id, caller, self.desk.services)

    def dismiss(self, number: int, word: str = "It was six.", user: str = "U2", channel: str = MAINTAINERS) -> Any:
        """A maintainer sees no need for a change."""
        return dismiss_report(number, word, self.desk.slack.caller(user, channel), self.desk.services)

    def attend(self) -> None:
        """The task comes by, and all jobs run."""
        attend_to_reports(self.desk.services)
        self.desk.wake()

    def reports(self) -> list[Report]:
        """All that are kept, oldest first."""
        with self.desk.store.snapshot() as tx:
            numbers = tx.connection.execute(report.select().order_by(report.c.id)).scalars("id").all()
            return [found for number in numbers if (found := tx.reports.find(number))]

    def states(self) -> list[str]:
        """What became of each, oldest first."""
        return [each.state for each in self.reports()]

    def told(self) -> list[str]:
        """What the maintainers read."""
        return self.desk.slack.texts(MAINTAINERS)

    def answers(self, user: str = "U1") -> list[str]:
        """The direct messages of a person."""
        return self.desk.slack.texts(user)
