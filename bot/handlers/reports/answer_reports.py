"""Trigger: time has passed. Answers the reports whose claim has changed, and tells maintainers of those that they were
not told of, as there was no channel for it."""

from collections.abc import Sequence
from datetime import datetime
from itertools import chain

from bot.core.delivery.content import ReportAnswer, ReportNotice, ReportNoticeEdit
from bot.core.reports.report import Report
from bot.handlers.context import Services
from bot.handlers.delivery.claim_tracker import ClaimTracker
from bot.handlers.delivery.wake_workers import add_and_wake
from bot.store.delivery_key import report_key
from bot.store.outbox import NewDelivery
from bot.store.store import Transaction

AT_ONCE = 50
"""Reports of one transaction."""


def attend_to_reports(services: Services) -> None:
    """Does what is due for reports, a few at a time. Safe beside other processes that do the same, and beside
    publications: each report is answered once. Raises: DatabaseFailureError."""
    while not services.stopping.is_set() and _is_due(services) and _attend(services):
        pass


def _attend(services: Services) -> bool:
    """Whether anything was done: what another process has locked is its to do."""
    with services.store.transaction() as tx:
        told = _told(tx, services)
        # The earliest first: what is read for it serves for the others.
        outdated = sorted(tx.reports.outdated(AT_ONCE), key=lambda each: each.publication)
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
    # First of all: what is compared below must not be newer.
    newest = tx.publications.newest_number() if reports else 0
    tracker = ClaimTracker(tx, newest)
    answers = (_answer(tx, report, tracker, newest, services.now()) for report in reports)
    return list(chain.from_iterable(answers))


def _answer(tx: Transaction, report: Report, tracker: ClaimTracker, newest: int, now: datetime) -> list[NewDelivery]:
    it = tracker.follow(report.slug, report.claim, report.publication)
    tx.reports.follow(report.id, it.slug, it.claim, newest)
    if it.state == "open" or not tx.reports.close(report.id, it.state, now):
        return []
    return answers_owed(tx, report, now)


def answers_owed(tx: Transaction, report: Report, now: datetime) -> list[NewDelivery]:
    """What is owed once a report is answered: a direct message to its sender, and an edit of what maintainers read."""
    owed = [NewDelivery(report.team, report.enterprise, report.reporter, ReportAnswer(report.id), now)]
    place = tx.outbox.place_of(report_key(ReportNotice(report.id)))
    return [*owed, *([NewDelivery(*place, ReportNoticeEdit(report.id), now)] if place else [])]
