"""Many briefs of one claim each, which says how often a boat went."""

from typing import Any

from bot.core.briefs.brief import Brief, ChangeKind, ChangeNote
from tests.handlers.replica import MONDAY
from tests.make import brief, claim


def boat(number: int, trips: int, kind: ChangeKind | None = None, **fields: Any) -> Brief:
    """Boat n went so often; with a note of this kind for each time."""
    times = range(trips, 0, -1) if kind else ()
    notes = (ChangeNote(date=MONDAY.date(), kind=kind or "new", note=f"Trip {n}.", claims=("a",)) for n in times)
    claims = {"legal": [claim("a", f"Boat {number} went out {trips} times.")]}
    return brief(f"boat-{number:02}", claims, changes=tuple(notes), **fields)


def boats(numbers: range, trips: int, kind: ChangeKind | None = None, **fields: Any) -> list[Brief]:
    """Some of them."""
    return [boat(number, trips, kind, **fields) for number in numbers]
