"""No statement that runs often looks at a whole table, on both databases: each finds its rows by an index."""

import json
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from sqlalchemy import Connection, Engine, Table, event

from bot.core.delivery.content import Reply
from bot.core.subscriptions.subscription import SubscriptionSpec, Target
from bot.store.schema import brief_version, change_set, digest, posted_claim, posted_message, publication
from bot.store.store import Store, Transaction
from tests.store.deliveries import change, message
from tests.store.moments import NOW, later

SENT, OPEN, CHANNELS, HISTORY = 6000, 40, 30, 1000
LONG_AGO = later(days=-400 * HISTORY)
BIG = ("brief_version", "change_set", "delivery", "digest", "posted_claim", "posted_message", "subscription")
"""Tables that grow with use."""
PARTIAL = (
    *("ix_delivery_channel_due", "ix_delivery_due", "ix_delivery_reply", "ix_delivery_unsettled"),
    *("ix_digest_owed", "ix_subscription_tags"),
)
"""Indexes of a few rows, which may be read as a whole."""

WORK: dict[str, Callable[[Transaction], object]] = {
    "the first of each channel": lambda tx: tx.outbox.heads("post", "T1", NOW),
    "when the next is due": lambda tx: tx.outbox.next_due("post", "T1"),
    "which workers stand still": lambda tx: tx.delivery_workers.stalled(NOW),
    "which workers have stood still": lambda tx: tx.delivery_workers.standing(NOW),
    "instants of a wrong clock": lambda tx: tx.delivery_workers.correct_instants("post", "T1", NOW),
    "attempts of the last minute": lambda tx: tx.outbox.recent_attempts("post", "T1", NOW),
    "whether a channel was written to": lambda tx: tx.outbox.attempted_in("T1", "C1", NOW, later(seconds=1)),
    "whether a confirmation is open": lambda tx: tx.outbox.open_confirmation("T1", "C1"),
    "the parent that a change waits for": lambda tx: tx.outbox.parent_state("T1", "C1", "b1", 1),
    "the notes of a channel that wait": lambda tx: tx.outbox.unsent_notes("T1", "C1", 1),
    "the changes that wait for a thread": lambda tx: tx.outbox.unblock_changes("T1", "C1", "b1", NOW),
    "the notes of a channel": lambda tx: tx.outbox.notes("T1", "C1", 1),
    "the edits that a note waits for": lambda tx: tx.outbox.open_among(["edit|1|1", "edit|2|1"]),
    "what readers were told of since": lambda tx: tx.publications.announced_slugs(10**6),
    "which briefs have posts that wait": lambda tx: tx.outbox.waiting_briefs(["b1", "b2"]),
    "posts that a newer one replaces": lambda tx: tx.outbox.supersede("b1"),
    "posts that a summary replaces": lambda tx: tx.outbox.supersede_channel("T1", "C1"),
    "who follows a brief": lambda tx: tx.subscriptions.of_briefs(["b1", "b2"], ["tag-1"]),
    "who follows a renamed brief": lambda tx: tx.subscriptions.rename_brief("b1", "b2"),
    "what is not done with": lambda tx: tx.delivery_counts.by_state("T1", {"change", "note"}),
    "what is open in a channel": lambda tx: tx.delivery_counts.open_in("T1", "C1", {"change", "note"}),
    "what failed": lambda tx: tx.delivery_counts.dead_by_error("T1", NOW, later(days=1)),
    "what failed for one reason": lambda tx: tx.delivery_counts.dead("T1", "invalid_blocks"),
    "what was sent blindly": lambda tx: tx.delivery_counts.resent("T1"),
    "what was corrected today": lambda tx: tx.delivery_counts.edited("T1", NOW),
    "what cannot be edited": lambda tx: tx.posted_messages.count_uneditable("T1"),
    "which channels are paused": lambda tx: tx.subscriptions.count_paused_channels("T1"),
    "digests that were skipped": lambda tx: tx.digests.skipped("T1", NOW, 3),
    "deliveries that are old": lambda tx: tx.outbox.delete_before(LONG_AGO, 9),
    "digests that are old": lambda tx: tx.digests.delete_before(LONG_AGO, 9, [1]),
    "posts that are old": lambda tx: tx.posted_messages.delete_before(LONG_AGO, 9),
    "posts whose beginning is not stored": lambda tx: tx.posted_messages.without_start(9),
    "posts of a clock ahead": lambda tx: tx.posted_messages.set_back(NOW, 9),
    "what waits since long ago": lambda tx: tx.old_deliveries.settle(5, LONG_AGO, NOW),
    "where what is kept begins": lambda tx: tx.brief_versions.horizon(later(days=-9), 0, NOW),
    "versions that nothing shows": lambda tx: tx.brief_versions.delete_unused(0, 20),
    "what a channel follows": lambda tx: tx.subscriptions.of_channel("T1", "C1"),
}


@pytest.fixture
def used(store: Store) -> Store:
    """A store that was used for long."""
    with store.transaction() as tx:
        sent = (
            change(f"b{n}", channel=f"C{n % CHANNELS}", publication=n, due_at=later(days=-n), state="sent")
            for n in range(SENT)
        )
        tx.outbox.add(sent)
        tx.outbox.add(change(f"open-{n}", channel=f"C{n % 3}", publication=SENT + n) for n in range(OPEN))
        tx.outbox.add([message(Reply("1.1", "answer", "Hello.", (), NOW), channel="C9")])
        for n in range(1500):
            target = Target(tag=f"tag-{n}") if n % 3 == 0 else Target(f"b{n}", "key-facts" if n % 3 == 1 else None)
            tx.subscriptions.add(SubscriptionSpec(target), "T1", None, f"C{n % 500}", by="U1", at=NOW)
        fill_history(tx.connection)
    with store.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.exec_driver_sql("ANALYZE")
    return store


def fill_history(connection: Connection) -> None:
    """What a thousand publications leave, with two posts for each and a digest."""
    numbers = range(1, HISTORY + 1)
    made = {"fingerprint": "f", "vocabulary": "{}"}
    days = {n: later(days=n - HISTORY) for n in numbers}
    place = {"team": "T1", "channel": "C1"}
    filled: dict[Table, list[dict[str, Any]]] = {
        publication: [{"number": n, "predecessor": n - 1, "published_at": days[n], **made} for n in numbers],
        change_set: [
            {"publication": n, "slug": f"b{n % 50}", "before": f"r{n - 50}", "after": f"r{n}", "kind": "update"}
            for n in numbers
        ],
        brief_version: [{"slug": f"b{n % 50}", "revision": f"r{n}", "content": "{}"} for n in numbers],
        posted_message: [
            {**place, "id": n, "ts": f"{n}.0", "publication": n, "content": "{}", "posted_at": days[n]}
            | {"after_publication": n - 1}
            for n in numbers
        ],
        posted_claim: [
            {"message_id": n, "position": at, "slug": f"b{n % 50}", "claim": "a", "current_claim": "a"}
            for n in numbers
            for at in range(2)
        ],
        digest: [
            {**place, "fire_at": days[n], "since": days[n], "after_publication": n, "publication": n, "state": "empty"}
            for n in numbers
        ],
    }
    for table, rows in filled.items():
        connection.execute(table.insert(), rows)


@contextmanager
def statements(engine: Engine) -> Iterator[list[tuple[str, Any]]]:
    """The statements that are run meanwhile, with their parameters."""
    found: list[tuple[str, Any]] = []

    def note(_: Connection, __: object, statement: str, parameters: Any, ___: object, many: bool) -> None:
        found.append((statement, parameters[0] if many else parameters))

    event.listen(engine, "before_cursor_execute", note)
    yield found
    event.remove(engine, "before_cursor_execute", note)


def test_no_statement_reads_a_whole_table(used: Store) -> None:
    whole = {}
    for name, work in WORK.items():
        with statements(used.engine) as found, used.transaction() as tx:
            work(tx)
        assert found, name
        whole[name] = [scan for statement in found for scan in whole_tables(used.engine, *statement)]
    assert {name: scans for name, scans in whole.items() if scans} == {}, whole


def whole_tables(engine: Engine, statement: str, parameters: Any) -> list[str]:
    """What a statement would read from its beginning to its end, as the database words it."""
    with engine.connect() as connection:
        if engine.dialect.name == "sqlite":
            rows = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", parameters)
            return [row.detail for row in rows if scans(row.detail)]
        (plan,) = connection.exec_driver_sql(f"EXPLAIN (FORMAT JSON) {statement}", parameters).scalar_one()
        return [found for found in map(json.dumps, nodes(plan["Plan"])) if "Seq Scan" in found]


def scans(detail: str) -> bool:
    """Whether a step of SQLite's plan reads a whole table, or a whole index of one."""
    step = re.match(r"SCAN (\w+)(?: USING (?:COVERING )?INDEX (\w+))?", detail)
    return step is not None and step[1] in BIG and step[2] not in PARTIAL


def nodes(plan: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """The steps of a plan of Postgres at tables that are big, and read without a condition on an index."""
    if plan.get("Relation Name") in BIG:
        yield {name: plan.get(name) for name in ("Node Type", "Relation Name", "Index Name", "Filter")}
    for each in plan.get("Plans", ()):
        yield from nodes(each)
