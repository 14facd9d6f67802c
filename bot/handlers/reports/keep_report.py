"""Trigger: somebody submits a report. It is kept first; in the same transaction the maintainers are owed a message."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from bot.core.briefs.brief import URL_PATTERN, Brief, Claim
from bot.core.commands.outcome import CommandRejected
from bot.core.commands.report_commands import ReportMistake
from bot.core.delivery.content import ReportNotice
from bot.core.reports.report import SOURCE_MAX, WRONG_MAX, NewReport
from bot.handlers.budgets import Exceeded, exceeded
from bot.handlers.context import Services
from bot.handlers.delivery.wake_workers import add_and_wake
from bot.handlers.permissions import permit
from bot.handlers.ports import Caller
from bot.render.document.document import Line, line
from bot.render.document.phrases import claim_text
from bot.render.reports.report_form import CLAIM, SOURCE, WRONG, Entry, FormContext
from bot.store.outbox import NewDelivery
from bot.store.store import Transaction


@dataclass(frozen=True, slots=True)
class FormProblem:
    """What is wrong with an entry; it stands beside the field, by its block id, and the form stays open."""

    field: str
    words: str


@dataclass(frozen=True, slots=True)
class _Found:
    """A claim as it stood at a publication, in a brief that readers saw."""

    brief: Brief
    section: str
    claim: Claim
    publication: int


GONE = FormProblem(CLAIM, "Readers do not see this claim any more. If another one is wrong, pick that.")


def keep_report(
    entry: Entry, context: FormContext, view_id: str, caller: Caller, services: Services
) -> FormProblem | Sequence[Line]:
    """Keeps a report once, however often its form is submitted; what to thank with, or what is wrong with the entry.
    Raises: DatabaseFailureError, and nothing is confirmed then."""
    problem = _problem_of(entry)
    if problem is not None:
        return problem
    # Asked before the transaction: Slack may take a second.
    person = permit(ReportMistake(entry.slug), caller, services)
    if isinstance(person, CommandRejected):
        return FormProblem(WRONG, f"{person.reason[:1].upper()}{person.reason[1:]}. {person.advice}")
    with services.store.transaction() as tx:
        # What Slack or a second click sends again is no other report.
        if tx.reports.is_submitted(caller.team, view_id):
            return _thanks(services)
        if too_many := exceeded(services.policy.reports, tx.reports, caller, services):
            return _too_many(too_many)
        found = _as_read(tx, entry, context.publication)
        if found is None:
            return GONE
        _keep(tx, found, entry, view_id, caller, services)
    return _thanks(services)


def _problem_of(entry: Entry) -> FormProblem | None:
    if not entry.wrong.strip():
        return FormProblem(WRONG, "Say in a sentence what is wrong.")
    if len(entry.wrong) > WRONG_MAX:
        return FormProblem(WRONG, f"At most {WRONG_MAX:,} characters.")
    source = entry.source.strip()
    if source and (len(source) > SOURCE_MAX or not re.fullmatch(URL_PATTERN, source)):
        return FormProblem(SOURCE, "This is no address of a page: it begins with https:// or http://, without blanks.")
    return None


def _too_many(found: Exceeded) -> FormProblem:
    of = "" if found.who == "you" else f" of {found.who}"
    thanks = f"Thank you: these are {found.number:,} reports{of} within a day, and no more are taken for now."
    return FormProblem(
        WRONG, f"{thanks} Copy your words, and send them in {found.wait}; or tell the maintainers directly."
    )


def _as_read(tx: Transaction, entry: Entry, publication: int) -> _Found | None:
    """The claim as it stood when the form was opened, else as it stands now; None where readers see neither."""
    slug = tx.renames.current_slug(entry.slug, publication)
    for number in dict.fromkeys((publication, tx.publications.newest_number())):
        brief = _published(tx, slug, number)
        for section, claim in brief.claims() if brief else ():
            if brief and claim.id == entry.claim:
                return _Found(brief, section, claim, number)
    return None


def _published(tx: Transaction, slug: str, number: int) -> Brief | None:
    """A brief at a publication; None where it was not to be seen, or its version is not kept."""
    try:
        brief = tx.brief(slug, tx.publications.revision_at(slug, number))
    except LookupError:
        return None
    return brief if brief is not None and brief.status == "published" else None


def _keep(tx: Transaction, found: _Found, entry: Entry, view_id: str, caller: Caller, services: Services) -> None:
    now, maintainers = services.now(), services.policy.maintainers
    report = NewReport(
        team=caller.team,
        enterprise=caller.enterprise,
        reporter=caller.user,
        view_id=view_id,
        slug=found.brief.slug,
        claim=found.claim.id,
        place=f"{found.brief.title} · {services.corpus.corpus.section_title(found.section)}",
        shown=claim_text(found.claim),
        wrong=entry.wrong.strip(),
        source=entry.source.strip() or None,
        publication=found.publication,
        reported_at=now,
    )
    number = tx.reports.add(report, told=maintainers is not None)
    if number is not None and maintainers is not None:
        team, channel = maintainers
        add_and_wake(tx, services, [NewDelivery(team, None, channel, ReportNotice(number), now)])


def _thanks(services: Services) -> Sequence[Line]:
    if services.policy.maintainers is None:
        first = "Your report is kept. No channel of maintainers is set, so they hear of it once there is one."
    else:
        first = "Your report is kept, and the maintainers are told."
    return (line(first), line("The bot writes to you when the claim changes, or when they see no need for that."))
