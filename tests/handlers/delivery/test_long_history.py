"""What a publication looks at does not grow with the history of its brief, on both databases."""

from pathlib import Path

import pytest

from bot.core.briefs.brief import Brief, ChangeNote
from bot.core.changes.diff import diff_brief
from bot.store import store as store_module
from bot.store.store import Store
from tests.handlers.desk import Desk, counted
from tests.handlers.replica import MONDAY
from tests.make import brief
from tests.store.test_plans import statements


def version(number: int, *others: str, kind: str | None = None) -> Brief:
    """A brief of a claim with this number and others that stay, with a note of this kind."""
    claims = [counted("a", number, "ferries"), *(counted(name, 7, "boats") for name in others)]
    notes = (ChangeNote(date=MONDAY.date(), kind=kind, note="It was otherwise."),) if kind else ()  # type: ignore[arg-type]
    return brief("ferries", {"legal": claims}, changes=notes)


def versions_read(desk: Desk, edit: Brief) -> int:
    with statements(desk.store.engine) as found:
        desk.edit(edit)
    return sum("SELECT brief_version.content" in statement for statement, _ in found)


@pytest.mark.parametrize("kind", [None, "withdrawal"])
def test_an_edit_reads_as_many_versions_after_a_long_history(
    tmp_path: Path, store: Store, monkeypatch: pytest.MonkeyPatch, kind: str | None
) -> None:
    """Posts of long ago show the claims; nothing was ever corrected, or only before all of them."""
    monkeypatch.setattr(store_module, "VERSIONS_CACHED", 2)
    desk = Desk(tmp_path / "briefs", Store(store.engine), version(0, "x", "y"))
    desk.edit(version(0, "x", kind=kind))
    desk.subscribe("all")
    desk.edit(version(1, "x", kind=kind))
    desk.run()
    reads = []
    for at in (10, 30, 50):
        for number in range(at, at + 6):
            desk.edit(version(number, "x", kind=kind))
        adding = versions_read(desk, version(at, "x", f"new-{at}", kind=kind))
        reads.append((adding, versions_read(desk, version(at + 1, "x", f"new-{at}", kind=kind))))
    # The first look of a process is at all of it.
    assert reads[2] == reads[1]


def test_what_is_known_of_a_slug_is_not_taken_for_another_brief(tmp_path: Path, store: Store) -> None:
    """A process goes on with a history from where it stopped; a renamed brief leaves its slug to others."""
    desk = Desk(tmp_path / "briefs", store, version(0, "x", "y"))
    desk.edit(version(0, "x", kind="withdrawal"))
    back = diff_brief(version(0, "x"), version(0, "x", "y"))
    assert back is not None
    with store.transaction() as tx:
        assert tx.reinstated(back, 3) != back
        tx.rename_brief("ferries", "boats")
        assert tx.reinstated(back, 3) == back
