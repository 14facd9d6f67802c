"""Two runs of a worker at once: the older one ends at its next step. The clock is injected."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

from bot.handlers.delivery.send_delivery import send_delivery
from bot.handlers.delivery.worker_run import WorkerRun
from bot.store.outbox import Delivery
from tests.due import due
from tests.handlers.desk import TEAM, Desk, Row, ferries


def change(state: str, **values: object) -> Row:
    return Row("change", "C1", state, **values)  # type: ignore[arg-type]


def test_a_run_that_a_newer_one_has_replaced_sends_nothing(desk: Desk) -> None:
    desk.subscribe("all")
    desk.edit(ferries(1))
    older, newer = begin(desk), begin(desk)
    (delivery,) = due_here(desk)
    send_delivery(delivery, older)
    assert (desk.rows(), desk.entries(), older.stopped) == ([change("pending")], [], True)
    send_delivery(delivery, newer)
    assert (desk.rows(), newer.stopped) == ([change("sent", attempts=1, attempt_s=0)], False)


def test_a_delivery_that_was_marked_since_it_was_read_is_not_sent_again(desk: Desk) -> None:
    desk.subscribe("all")
    desk.edit(ferries(1))
    run, (delivery,) = begin(desk), due_here(desk)
    send_delivery(delivery, run)
    send_delivery(delivery, run)
    assert desk.rows() == [change("sent", attempts=1, attempt_s=0)]
    assert desk.changes() == [(0, 1)]


def test_a_run_that_is_replaced_between_mark_and_call_does_not_call(desk: Desk) -> None:
    desk.subscribe("all")
    desk.edit(ferries(1))

    def newer_run_begins() -> None:
        desk.set_clock(2)
        begin(desk)

    older = begin(desk)
    older.services = replace(desk.services, now=after_mark(desk, newer_run_begins))
    (delivery,) = due_here(desk)
    send_delivery(delivery, older)
    assert desk.rows() == [change("unknown", attempts=1, attempt_s=0)]
    assert (desk.entries(), older.stopped) == ([], True)
    desk.wake_at(6)
    assert desk.rows() == [change("sent", attempts=2, attempt_s=6)]
    assert desk.changes() == [(0, 1)]


def test_an_attempt_that_took_long_to_mark_is_marked_again_before_the_call(desk: Desk) -> None:
    desk.subscribe("all")
    desk.edit(ferries(1))
    run = begin(desk)
    run.services = replace(desk.services, now=after_mark(desk, lambda: desk.set_clock(2)))
    (delivery,) = due_here(desk)
    send_delivery(delivery, run)
    assert desk.rows() == [change("sent", attempts=2, attempt_s=2)]
    assert desk.changes() == [(0, 1)]


def begin(desk: Desk) -> WorkerRun:
    """A run of the worker of posts."""
    with desk.store.transaction() as tx:
        return WorkerRun(tx, desk.services, "post", TEAM)


def due_here(desk: Desk) -> list[Delivery]:
    with desk.store.snapshot() as tx:
        return due(tx, "post", TEAM, desk.replica.at)


def after_mark(desk: Desk, happen: Callable[[], None]) -> Callable[[], datetime]:
    """A clock, at whose first look after an attempt was marked something happens."""
    events = [happen]

    def now() -> datetime:
        if events and desk.rows()[0].state == "unknown":
            events.pop()()
        return desk.replica.at

    return now
