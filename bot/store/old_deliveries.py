"""Deliveries that are still to be sent although what they tell is so old that its versions are not kept."""

import json
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, and_, select, update

from bot.store.outbox import OPEN, UNSETTLED, in_states
from bot.store.schema import delivery

TOO_OLD = "too old"
"""The error of a delivery that is given up because of it: it is counted as failed."""

ANNOUNCING = ("change", "summary")
"""They name the publication after which they begin, and are given up by it; others by when they were due."""


class OldDeliveries:
    """Within one transaction that holds the publishing lock, so that no new delivery begins where an old one did."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def settle(self, number: int, before: datetime, now: datetime) -> int:
        """Of what is still to be told, what came up to the publication of this number, before an instant, is told no
        more: announcements begin after it, and what is left without anything is given up. How many were changed."""
        open_ = and_(in_states(UNSETTLED), delivery.c.state.in_(OPEN))
        old = and_(open_, delivery.c.kind.in_(("digest", "reply")), delivery.c.due_at < before)
        ended = self._connection.execute(update(delivery).where(old).values(**_given_up(now))).rowcount
        columns = select(delivery.c.id, delivery.c.publication, delivery.c.content)
        rows = self._connection.execute(columns.where(open_, delivery.c.kind.in_(ANNOUNCING))).all()
        changed = [(row.id, self._later(row, number, now)) for row in rows if _start(row.content) < number]
        for each, values in changed:
            self._connection.execute(update(delivery).where(delivery.c.id == each).values(**values))
        return ended + len(changed)

    def _later(self, row: Any, number: int, now: datetime) -> dict[str, Any]:
        if row.publication <= number:
            return _given_up(now)
        fields = json.loads(row.content)
        if "starts" in fields:
            later: dict[str, Any] = {"starts": [[slug, max(start, number)] for slug, start in fields["starts"]]}
        else:
            later = {"after_publication": number}
        return {"content": json.dumps({**fields, **later}, ensure_ascii=False)}


def _given_up(now: datetime) -> dict[str, Any]:
    # Due now: it is counted for as long as others that have failed.
    return {"state": "dead", "error": TOO_OLD, "attempt_at": None, "due_at": now}


def _start(content: str) -> int:
    """After which publication that begins which a delivery tells."""
    fields = json.loads(content)
    starts = [start for _, start in fields.get("starts", ())]
    return int(min(starts, default=fields.get("after_publication", 0)))
