"""A note without a change is told to those who follow a section that it is about, and counted for nobody else."""

from pathlib import Path

import pytest

from bot.core.briefs.brief import Brief, ChangeKind, ChangeNote
from bot.store.store import Store
from tests.handlers.desk import TEAM, Desk, counted
from tests.handlers.replica import MONDAY
from tests.make import brief

MANY = 12
"""More than are posted one by one."""


def pier(number: int, *notes: ChangeNote) -> Brief:
    sections = {"legal": [counted("a", 1, "ferries")], "reactions": [counted("b", 2, "boats")]}
    return brief(f"pier-{number:02}", sections, changes=notes)


@pytest.mark.parametrize("databases", ["sqlite"], indirect=True)
@pytest.mark.parametrize("kind", ["update", "correction"])
@pytest.mark.parametrize("briefs", [1, MANY])
@pytest.mark.parametrize("deliver", ["channel", "digest"])
@pytest.mark.parametrize(("spec", "about", "told"), [("legal", "a", True), ("legal", "b", False), ("", "b", True)])
def test_it_is_told_where_it_belongs(
    tmp_path: Path, store: Store, kind: ChangeKind, briefs: int, deliver: str, spec: str, about: str, told: bool
) -> None:
    desk = Desk(tmp_path / "briefs", store, *map(pier, range(briefs)))
    desk.subscribe(f"all/{spec} deliver:{deliver}" if spec else f"all deliver:{deliver}")
    with desk.store.transaction() as tx:
        tx.digests.ensure_cursor(TEAM, None, "C1", MONDAY)
    desk.set_clock(60)
    note = ChangeNote(date=MONDAY.date(), kind=kind, note="Looked again.", claims=(about,))
    desk.edit(*(pier(number, note) for number in range(briefs)))
    desk.set_clock(120)
    if deliver == "digest":
        desk.ask("digest now")
    desk.wake()
    assert bool(desk.entries()) == told
    assert not any("Nothing changed" in each.text for each in desk.entries())
