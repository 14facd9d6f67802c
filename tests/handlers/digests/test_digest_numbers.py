"""No digest gets the number of another: keys of deliveries, posts and buttons name digests by it."""

import re
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import delete

from bot.core.delivery.content import PostEdit
from bot.core.retention import Retention
from bot.handlers.clean_up import CleanUp
from bot.store.outbox import NewDelivery
from bot.store.schema import delivery, digest, posted_claim, posted_message
from bot.store.store import Store
from tests.handlers.desk import TEAM, Desk, ferries
from tests.handlers.replica import MONDAY
from tests.store.moments import rows

DAY_S = 24 * 3600
SHORT = Retention(questions=timedelta(days=2))


@pytest.fixture
def desk(store: Store, tmp_path: Path) -> Desk:
    desk = Desk(tmp_path / "briefs", store, ferries(0))
    desk.subscribe("all deliver:digest")
    with desk.store.transaction() as tx:
        tx.digests.ensure_cursor(TEAM, None, "C1", MONDAY)
    return desk


def send(desk: Desk, day: int, number: int) -> int:
    """A change, and a digest of it; the number of the digest."""
    desk.set_clock(day * DAY_S)
    desk.edit(ferries(number))
    desk.set_clock(day * DAY_S + 60)
    desk.ask("digest now")
    desk.wake()
    return max(int(row.id) for row in rows(desk.store, digest))


def told(desk: Desk) -> list[int]:
    """The number of ferries of each digest."""
    return [int(each) for entry in desk.entries() for each in re.findall(r"Now: There were (\d+)", entry.text)]


def clean(desk: Desk, day: int) -> None:
    desk.set_clock(day * DAY_S)
    CleanUp(desk.services).run(desk.replica.at)


@pytest.mark.parametrize("kept", [Retention(), SHORT, Retention(deliveries=timedelta(days=999))])
def test_after_all_digests_were_deleted_the_next_has_another_number(desk: Desk, kept: Retention) -> None:
    desk.decide(retention=kept)
    numbers = []
    for n in range(3):
        numbers.append(send(desk, 1 + 100 * n, n + 1))
        clean(desk, 100 + 100 * n)
    assert len(set(numbers)) == 3
    assert told(desk) == [1, 2, 3]
    answers = [desk.ask(f"digest show {number}") for number in numbers]
    assert ["or it was long ago" in each.text for each in answers if each] == [True, True, True]


def test_a_clock_that_was_ahead_gives_no_number_back(desk: Desk) -> None:
    first = send(desk, 1, 1)
    with desk.store.transaction() as tx:
        cursor = tx.digests.cursor(TEAM, "C1")
        assert cursor is not None
        tx.digests.skip(cursor, [MONDAY + timedelta(days=day) for day in (200, 201)])
        tx.digests.delete_before(MONDAY + timedelta(days=150), 9)
        tx.digests.set_back(cursor, MONDAY + timedelta(days=2))
        assert not tx.digests.fired_after(TEAM, "C1", MONDAY + timedelta(days=2))
    assert send(desk, 3, 2) > first + 2
    assert told(desk) == [1, 2]


@pytest.mark.parametrize("kept", ["keys", "posts"])
def test_numbers_that_an_earlier_version_would_give_again_are_passed_over(desk: Desk, kept: str) -> None:
    first = send(desk, 1, 1)
    with desk.store.transaction() as tx:
        tx.connection.execute(delete(digest))
        if kept == "posts":
            tx.connection.execute(delete(delivery))
        else:
            tx.connection.execute(delete(posted_claim))
            tx.connection.execute(delete(posted_message))
    assert send(desk, 2, 2) > first
    assert told(desk) == [1, 2]


def test_an_edit_of_a_forgotten_post_reaches_no_other(desk: Desk) -> None:
    send(desk, 1, 1)
    (post,) = rows(desk.store, posted_message)
    edit = NewDelivery(TEAM, None, "C1", PostEdit(post.id, 3), desk.replica.at, "waiting")
    with desk.store.transaction() as tx:
        tx.outbox.add([edit])
    for _ in range(2):
        clean(desk, 500)
    assert not rows(desk.store, posted_claim)
    with desk.store.transaction() as tx:
        assert tx.posted_messages.find(post.id) is tx.posted_messages.at(TEAM, "C1", post.ts) is None
        tx.outbox.unblock(edit.key, desk.replica.at)
    send(desk, 500, 2)
    assert {row.id for row in rows(desk.store, posted_message)} > {post.id}
    desk.wake()
    assert [row.state for row in desk.rows() if row.kind == "edit"] == ["void"]
    assert [each.edits for each in desk.entries()] == [0, 0]
