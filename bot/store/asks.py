"""Asks of those who may not change what a channel follows: kept first, then told to admins, then answered."""

from collections.abc import Collection
from dataclasses import asdict, fields
from datetime import datetime
from hashlib import sha256
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, and_, delete, literal, select, update

from bot.core.asks.ask import Ask, AskNoticePlace, AskState, NewAsk
from bot.store.dialect import insert
from bot.store.nth_newest import nth_newest
from bot.store.schema import ask, ask_notice


class Asks:
    """Asks within one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, new: NewAsk, admins: Collection[str]) -> int | None:
        """The number of a new ask, of which these admins are told; None where the same person has asked for the same
        in the channel and nobody has decided yet."""
        # A command can be longer than what an index holds.
        key = sha256(new.command.encode()).hexdigest()[:16]
        query = insert(self._connection, ask).values(**asdict(new), command_key=key, state="open", version=0)
        number = self._connection.execute(query.on_conflict_do_nothing().returning(ask.c.id)).scalar()
        if number is not None and admins:
            self._connection.execute(ask_notice.insert(), [{"ask_id": number, "admin": each} for each in admins])
        return number

    def find(self, number: int, *, lock: bool = False) -> Ask | None:
        """An ask by its number; None for one that is so old that it is forgotten. `lock`: until the end of the
        transaction nobody else decides."""
        query = select(ask).where(ask.c.id == number)
        row = self._connection.execute(query.with_for_update() if lock else query).one_or_none()
        return _ask(row) if row is not None else None

    def nth_newest(self, team: str, user: str | None, n: int) -> datetime | None:
        """When the n-th newest ask (from 1) of a person, of the whole workspace for None, was made; None: there are
        fewer."""
        return nth_newest(self._connection, ask.c.asked_at, ask.c.team == team, ask.c.asker, user, n)

    def close(self, number: int, state: AskState, by: str | None, at: datetime) -> bool:
        """Whether an open ask is decided from now on; False where it was already."""
        values = {"state": state, "decided_by": by, "decided_at": at, "version": ask.c.version + 1}
        query = update(ask).where(ask.c.id == number, ask.c.state == "open").values(**values)
        return self._connection.execute(query).rowcount == 1

    def reopen(self, number: int) -> None:
        """A decision is taken back, as what was allowed could not be done."""
        values = {"state": "open", "decided_by": None, "decided_at": None, "version": ask.c.version + 1}
        self._connection.execute(update(ask).where(ask.c.id == number, ask.c.state == "allowed").values(**values))

    def notices(self, number: int) -> list[AskNoticePlace]:
        """Where the admins were told, by their ids."""
        query = select(ask_notice).where(ask_notice.c.ask_id == number).order_by(ask_notice.c.admin)
        return [AskNoticePlace(row.admin, row.conversation, row.ts) for row in self._connection.execute(query)]

    def mark_notice(self, number: int, place: AskNoticePlace) -> None:
        """An admin was told there."""
        its = and_(ask_notice.c.ask_id == number, ask_notice.c.admin == place.admin)
        self._connection.execute(update(ask_notice).where(its).values(conversation=place.conversation, ts=place.ts))

    def lapsed(self, before: datetime, most: int, *, lock: bool = False) -> list[int]:
        """The numbers of open asks that were made before an instant (included), oldest first; at most so many. `lock`:
        their rows are locked until the end of the transaction, and those that others have locked are theirs."""
        query = select(ask.c.id).where(_is_open(), ask.c.asked_at <= before).order_by(ask.c.asked_at).limit(most)
        query = query.with_for_update(skip_locked=True) if lock else query
        return list(self._connection.execute(query).scalars())

    def delete_before(self, before: datetime, most: int) -> int:
        """Forgets asks that were decided before an instant; how many, at most so many."""
        query = select(ask.c.id).where(ask.c.decided_at < before).order_by(ask.c.decided_at).limit(most)
        numbers = self._connection.execute(query).scalars().all()
        if numbers:
            self._connection.execute(delete(ask_notice).where(ask_notice.c.ask_id.in_(numbers)))
            self._connection.execute(delete(ask).where(ask.c.id.in_(numbers)))
        return len(numbers)


def _is_open() -> ColumnElement[bool]:
    # Written out: the index of open asks is used only where the statement itself has its condition.
    return ask.c.state == literal("open", literal_execute=True)


def _ask(row: Row[Any]) -> Ask:
    return Ask(**{each.name: getattr(row, each.name) for each in fields(Ask)})
