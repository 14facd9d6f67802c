"""What readers get where Slack does not take an edit: at most one note a thread and publication."""

from pathlib import Path

import pytest

from bot.store.store import Store
from tests.handlers.desk import Desk, ferries


def told(tmp_path: Path, store: Store, wish: str, edits: int) -> Desk:
    """A channel with a post for each edit."""
    desk = Desk(tmp_path / "briefs", store, ferries(0))
    desk.subscribe(wish)
    for number in range(1, edits + 1):
        publish(desk, number)
    return desk


def publish(desk: Desk, number: int, kind: str = "update") -> None:
    desk.set_clock(100 * number)
    desk.edit(ferries(number, kind))  # type: ignore[arg-type]
    desk.run()
    for second in (5, 10, 20):
        desk.wake_at(100 * number + second)


def notes(desk: Desk) -> list[str]:
    return [entry.text for entry in desk.entries() if "cannot be edited" in entry.text]


def test_a_superseded_post_that_is_gone_says_nothing(tmp_path: Path, store: Store) -> None:
    desk = told(tmp_path, store, "ferries", 2)
    desk.slack.delete("C1", desk.entries()[0].ts)
    publish(desk, 3, "correction")
    assert notes(desk) == []


def test_a_thread_gets_one_note_of_a_publication(tmp_path: Path, store: Store) -> None:
    desk = told(tmp_path, store, "ferries deliver:thread", 2)
    replies = [entry for entry in desk.entries() if entry.thread_ts]
    desk.slack.lock("C1", replies[0].ts)
    publish(desk, 3, "correction")
    assert [row.state for row in desk.rows() if row.kind == "note"] == ["sent"]


@pytest.mark.parametrize("gone", [1, 3])
def test_posts_that_are_gone_have_no_note_at_each_correction(tmp_path: Path, store: Store, gone: int) -> None:
    desk = told(tmp_path, store, "ferries", 3)
    for entry in desk.entries()[:gone]:
        desk.slack.delete("C1", entry.ts)
    publish(desk, 4, "correction")
    before = len(notes(desk))
    publish(desk, 5, "correction")
    assert (before <= 1, len(notes(desk)) - before) == (True, 0)
