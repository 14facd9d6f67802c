"""Trigger: time has passed. Answers the reports whose claim has changed, and tells maintainers of those that they were
not told of, as there was no channel for it."""

from collections.abc import Sequence
from datetime import datetime
from itertools import groupby

from bot.core.changes.change_set import ChangeSet
from bot.core.delivery.content import ReportAnswer, ReportNotice, ReportNoticeEdit
from bot.core.reports.claim_follow import follow_claim
from bot.core.reports.report import Report
from bot.handlers.context import Services
from bot.handlers.delivery.wake_workers import add_and_wake
from bot.store.delivery_key import report_key
from bot.store.outbox import NewDelivery
from bot.store.store import Transaction

AT_ONCE = 50
"""Reports of one transaction."""

Steps = Sequence[tuple[int, ChangeSet]]
"""What readers saw change in a brief, each with the number of its publication, oldest first."""


def attend_to_reports(services: Services) -> None:
    """Does what is due for reports, a few at a time. Safe beside other processes that do the same, and beside
    publications: each report is answered once. Raises: DatabaseFailureError."""
    while not services.stopping.is_set() and _is_due(services) and _attend(services):
        pass


def _attend(services: Services) -> bool:
    """Whether anything was done: what another process has locked is its to do."""
    with services.store.transaction() as tx:
        told = _told(tx, services)
        outdated = sorted(tx.reports.outdated(AT_ONCE), key=lambda each: each.slug)
        add_and_wake(tx, services, [*told, *_answered(tx, outdated, services)])
    return bool(told or outdated)


def _is_due(services: Services) -> bool:
    """Read without a lock, as most often there is nothing to do."""
    with services.store.snapshot() as tx:
        untold = services.policy.maintainers is not None and bool(tx.reports.untold(1))
        return untold or tx.reports.any_outdated()


def _told(tx: Transaction, services: Services) -> list[NewDelivery]:
    if services.policy.maintainers is None:
        return []
    reports = tx.reports.untold(AT_ONCE)
    tx.reports.mark_told([each.id for each in reports])
    team, channel = services.policy.maintainers
    return [NewDelivery(team, None, channel, ReportNotice(each.id), services.now()) for each in reports]


def _answered(tx: Transaction, reports: Sequence[Report], services: Services) -> list[NewDelivery]:
    """`reports` are in order of slugs."""
    # First of all: what is compared below must not be newer.
    newest = tx.publications.newest_number() if reports else 0
    deliveries: list[NewDelivery] = []
    for slug, some in groupby(reports, key=lambda each: each.slug):
        of_brief = list(some)
        steps = _steps(tx, slug, min(each.publication for each in of_brief), newest)
        for report in of_brief:
            deliveries += _answer(tx, report, steps, newest, services.now())
    return deliveries


def _steps(tx: Transaction, slug: str, after: int, until: int) -> Steps:
    changes = tx.publications.kept_changes(slug, after=after, until=until)
    change_sets = ((each.publication, tx.change_set(slug, each.before, each.after)) for each in changes)
    return [(number, change_set) for number, change_set in change_sets if change_set is not None]


def _answer(tx: Transaction, report: Report, steps: Steps, newest: int, now: datetime) -> list[NewDelivery]:
    later = (change_set for number, change_set in steps if number > report.publication)
    claim, state = follow_claim(report.claim, later)
    tx.reports.follow(report.id, claim, newest)
    if state == "open" or not tx.reports.close(report.id, state, now):
        return []
    return answers_owed(tx, report, now)


def answers_owed(tx: Transaction, report: Report, now: datetime) -> list[NewDelivery]:
    """What is owed once a report is answered: a direct message to its sender, and an edit of what maintainers read."""
    owed = [NewDelivery(report.team, report.enterprise, report.reporter, ReportAnswer(report.id), now)]
    place = tx.outbox.place_of(report_key(ReportNotice(report.id)))
    return [*owed, *([NewDelivery(*place, ReportNoticeEdit(report.id), now)] if place else [])]
