"""When the n-th newest row of somebody was made."""

from datetime import datetime
from typing import Any

from sqlalchemy import Column, ColumnElement, Connection, select


def nth_newest(
    connection: Connection, made_at: Column[Any], here: ColumnElement[bool], by: Column[Any], user: str | None, n: int
) -> datetime | None:
    """The instant `made_at` of the n-th newest (from 1) among the rows `here`, those `by` one user, of everybody for
    None; None where there are fewer."""
    query = select(made_at).where(here).order_by(made_at.desc()).offset(n - 1).limit(1)
    found: datetime | None = connection.execute(query if user is None else query.where(by == user)).scalar()
    return found
