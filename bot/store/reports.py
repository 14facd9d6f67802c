"""Reports of mistakes: kept first, then told to maintainers, then answered."""

from collections.abc import Sequence
from dataclasses import asdict, fields
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, Select, exists, func, literal, select, update

from bot.core.reports.report import NewReport, Report, ReportState
from bot.store.deletion import delete_found
from bot.store.dialect import insert
from bot.store.nth_newest import nth_newest
from bot.store.schema import change_set, report


class Reports:
    """Reports within one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, new: NewReport, *, told: bool) -> int | None:
        """The number of a new report; None where the same form was submitted already. `told`: a message to the
        maintainers is owed in the same transaction."""
        query = insert(self._connection, report).values(**asdict(new), state="open", told=told)
        return self._connection.execute(query.on_conflict_do_nothing().returning(report.c.id)).scalar()

    def is_submitted(self, team: str, view_id: str) -> bool:
        """Whether a form was submitted already."""
        query = select(report.c.id).where(report.c.team == team, report.c.view_id == view_id)
        return self._connection.execute(query).first() is not None

    def nth_newest(self, team: str, user: str | None, n: int) -> datetime | None:
        """When the n-th newest report (from 1) of a person, of the whole workspace for None, was sent; None: there are
        fewer."""
        return nth_newest(self._connection, report.c.reported_at, report.c.team == team, report.c.reporter, user, n)

    def find(self, number: int) -> Report | None:
        """A report by its number; None for one that is so old that it is forgotten."""
        row = self._connection.execute(select(report).where(report.c.id == number)).one_or_none()
        return _report(row) if row is not None else None

    def count_open(self, team: str | None = None) -> int:
        """How many reports of a workspace, of all where None is given, are not answered."""
        query = select(func.count()).select_from(report).where(_is_open())
        query = query if team is None else query.where(report.c.team == team)
        return self._connection.execute(query).scalar() or 0

    def untold(self, most: int) -> list[Report]:
        """Open reports of which no message to maintainers was owed yet, oldest first; at most so many."""
        return self._reports(select(report).where(_is_open(), ~report.c.told).order_by(report.c.id).limit(most))

    def mark_told(self, numbers: Sequence[int]) -> None:
        """The messages about these reports are owed."""
        self._connection.execute(update(report).where(report.c.id.in_(numbers)).values(told=True))

    def any_outdated(self) -> bool:
        """Whether there is a report for `outdated`."""
        query = select(report.c.id).where(_is_open(), _has_changed()).limit(1)
        return self._connection.execute(query).first() is not None

    def outdated(self, most: int) -> list[Report]:
        """Open reports whose brief was changed by a publication that they were not compared with, oldest first; at most
        so many. Their rows are locked until the end of the transaction; those that others have locked are theirs."""
        query = select(report).where(_is_open(), _has_changed()).order_by(report.c.id).limit(most)
        return self._reports(query.with_for_update(skip_locked=True))

    def follow(self, number: int, slug: str, claim: str, publication: int) -> None:
        """Up to a publication it is known what became of the claim of a report, which has this slug and id now."""
        query = update(report).where(report.c.id == number)
        self._connection.execute(query.values(slug=slug, claim=claim, publication=publication))

    def close(self, number: int, state: ReportState, at: datetime, word: str | None = None) -> bool:
        """Whether an open report is answered from now on; False where it was already."""
        query = update(report).where(report.c.id == number, report.c.state == "open")
        return self._connection.execute(query.values(state=state, closed_at=at, word=word)).rowcount == 1

    def rename_brief(self, before: str, now: str) -> None:
        """Reports of a brief belong to another slug from now on."""
        self._connection.execute(update(report).where(report.c.slug == before).values(slug=now))

    def delete_before(self, before: datetime, most: int) -> int:
        """Forgets reports that were answered before an instant; how many, at most so many."""
        some = select(report.c.id).where(report.c.closed_at < before).order_by(report.c.closed_at).limit(most)
        return delete_found(self._connection, report, some)

    def _reports(self, query: Select[Any]) -> list[Report]:
        return [_report(row) for row in self._connection.execute(query)]


def _is_open() -> ColumnElement[bool]:
    # Written out: the index of open reports is used only where the statement itself has its condition.
    return report.c.state == literal("open", literal_execute=True)


def _has_changed() -> ColumnElement[bool]:
    return exists().where(change_set.c.slug == report.c.slug, change_set.c.publication > report.c.publication)


def _report(row: Row[Any]) -> Report:
    return Report(**{each.name: getattr(row, each.name) for each in fields(Report)})
