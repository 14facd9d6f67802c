"""What is old is deleted, and nothing else: all that is still shown, owed or told goes on as before."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from random import Random
from threading import Thread

import pytest
from sqlalchemy import event

from bot.core.briefs.brief import Brief, ChangeKind
from bot.core.delivery.content import CorrectionNote, PostEdit
from bot.core.retention import Retention
from bot.handlers.clean_up import AT_ONCE, CleanUp
from bot.handlers.digests.digest_windows import create_digest
from bot.render.document.mrkdwn import unescape
from bot.store.brief_versions import CHANGES_AT_ONCE
from bot.store.old_deliveries import TOO_OLD
from bot.store.outbox import NewDelivery
from bot.store.schema import brief_version, change_set, digest_cursor, parse_cache, posted_message, publication
from bot.store.store import Store
from tests.conftest import members
from tests.databases import Databases, opened
from tests.handlers.desk import TEAM, Desk, counted, ferries, harbour
from tests.handlers.replica import MONDAY
from tests.make import brief
from tests.store.deliveries import change
from tests.store.moments import rows

DAY_S = 24 * 60 * 60
KINDS: tuple[ChangeKind | None, ...] = (None, None, "correction", "withdrawal")


@pytest.fixture
def desk(store: Store, tmp_path: Path) -> Desk:
    desk = Desk(tmp_path / "briefs", store, ferries(0))
    desk.subscribe("all")
    return desk


def on_day(desk: Desk, day: int, *briefs: Brief) -> None:
    """Briefs are published on a day, and the channel hears of it."""
    desk.set_clock(day * DAY_S)
    if briefs:
        desk.edit(*briefs)
        desk.run()


def clean(desk: Desk, day: int) -> None:
    on_day(desk, day)
    CleanUp(desk.services).run(desk.replica.at)
    forget(desk)


def forget(desk: Desk) -> None:
    """As a process that starts: nothing of the versions that it has read is in its memory."""
    desk.replica.store = Store(desk.store.engine)
    desk.services = replace(desk.services, store=desk.replica.store)
    desk.decide()


def versions(desk: Desk, slug: str = "ferries") -> set[str]:
    """The revisions of a brief that are kept."""
    return {row.revision for row in rows(desk.store, brief_version) if row.slug == slug}


def revisions(*briefs: Brief) -> set[str]:
    return {each.revision for each in briefs}


def text(desk: Desk, typed: str) -> str:
    message = desk.ask(typed)
    assert message is not None
    return unescape(message.text)


def test_old_posts_and_what_only_they_showed_are_dropped_and_the_others_corrected(desk: Desk) -> None:
    for day, number in ((1, 1), (300, 2), (301, 3)):
        on_day(desk, day, ferries(number))
    clean(desk, 500)
    assert versions(desk) == revisions(ferries(1), ferries(2), ferries(3))
    assert len(rows(desk.store, posted_message)) == 2
    on_day(desk, 501, ferries(4, "correction"))
    assert [each.edits for each in desk.entries() if each.thread_ts is None] == [0, 1, 1, 0]
    assert {row.state for row in desk.rows()} == {"sent"}


def test_who_asks_for_what_is_gone_is_told_so_in_plain_words(desk: Desk) -> None:
    for day, number in ((1, 1), (2, 2), (300, 3)):
        on_day(desk, day, ferries(number))
    before, after = ferries(0).revision, ferries(1).revision
    clean(desk, 500)
    assert "is so old that it is not kept" in text(desk, f"changes ferries @{before}..{after}")
    assert f"revision {after} is so old that it is not kept" in text(desk, f"legal ferries @{after}")
    assert f"no revision {before} is kept" in text(desk, f"legal ferries @{before}")
    with desk.store.snapshot() as tx:
        listed = tx.publications.announced(slug="ferries", since=None, limit=9)
    assert [step.after for step in listed] == [ferries(3).revision]
    assert "There were 2 ferries" in text(desk, f"legal ferries @{ferries(2).revision}")


def test_what_is_still_owed_is_told_from_where_what_is_kept_begins(desk: Desk) -> None:
    desk.hear("channel_archive")
    for day, number in ((1, 1), (2, 2), (300, 3)):
        on_day(desk, day, ferries(number))
    clean(desk, 500)
    assert versions(desk) == revisions(ferries(2), ferries(3))
    desk.hear("channel_unarchive")
    desk.wake()
    assert desk.changes() == [(2, 3)]


@pytest.mark.parametrize("spec", ["all", "all deliver:digest"])
def test_what_is_owed_for_too_long_is_given_up_and_counted(desk: Desk, spec: str) -> None:
    desk.slack.add_channel("C2")
    desk.subscribe(spec, "C2")
    with desk.store.transaction() as tx:
        tx.digests.ensure_cursor(TEAM, None, "C2", MONDAY)
    for number in (1, 2):
        desk.set_clock(number * DAY_S)
        desk.edit(ferries(number))
    with desk.store.transaction() as tx:
        cursor = tx.digests.cursor(TEAM, "C2")
        assert cursor is not None
        create_digest(tx, desk.services, cursor, desk.replica.at + timedelta(hours=1), desk.replica.at)
    desk.hear("channel_archive", "C2")
    desk.wake()
    clean(desk, 500)
    assert versions(desk) == revisions(ferries(1), ferries(2))
    assert desk.status().dead >= 1
    desk.hear("channel_unarchive", "C2")
    on_day(desk, 501, ferries(3))
    desk.ask("digest now", channel="C2")
    desk.wake()
    assert all("There were 0" not in each.text for each in desk.entries("C2"))
    assert {row.error for row in desk.rows() if row.state == "dead"} == {TOO_OLD}
    clean(desk, 540)
    assert desk.status().dead == 0


@pytest.mark.parametrize("databases", ["sqlite"], indirect=True)
@pytest.mark.parametrize("held_by", ["archived", "stopped", "clock", "post", "digest"])
def test_nothing_that_stays_open_keeps_the_versions_of_others(desk: Desk, held_by: str) -> None:
    on_day(desk, 1, harbour(0))
    match held_by:
        case "archived":
            desk.slack.add_channel("C2")
            desk.subscribe("harbour", "C2")
            desk.hear("channel_archive", "C2")
        case "stopped":
            desk.slack.refuse("post", "account_inactive")
        case "digest":
            with desk.store.transaction() as tx:
                tx.digests.ensure_cursor(TEAM, None, "C1", MONDAY)
    on_day(desk, 3650 if held_by in ("clock", "post") else 2, harbour(1))
    if held_by == "clock":
        with desk.store.transaction() as tx:
            tx.connection.execute(posted_message.update().values(posted_at=MONDAY))
    for number in range(1, 6):
        on_day(desk, 200 * number, ferries(number))
        clean(desk, 200 * number + 100)
    assert versions(desk) == revisions(*map(ferries, range(3, 6)))
    assert all(row.error == TOO_OLD for row in desk.rows() if row.state == "dead")


@pytest.mark.parametrize("ahead", [1, 5000])
def test_what_a_clock_has_put_ahead_is_not_old(desk: Desk, ahead: int) -> None:
    """It may step back by hours or years, with everything published and owed stamped in what is the future by now."""
    on_day(desk, 0, ferries(1))
    desk.slack.refuse("post", "http_503")
    on_day(desk, 0, ferries(2))
    owed, before = [row for row in desk.rows() if row.state == "pending"], versions(desk)
    clean(desk, -ahead)
    assert len(owed) == 1
    assert [row for row in desk.rows() if row.state == "pending"] == owed
    assert versions(desk) == before


def test_a_window_of_a_digest_ends_with_what_is_kept(desk: Desk) -> None:
    with desk.store.transaction() as tx:
        tx.digests.ensure_cursor(TEAM, None, "C1", MONDAY)
    for day, number in ((1, 1), (2, 2), (300, 3)):
        on_day(desk, day, ferries(number))
    clean(desk, 500)
    (cursor,) = rows(desk.store, digest_cursor)
    assert (cursor.after_publication, cursor.since) == (3, MONDAY + timedelta(days=100))
    assert versions(desk) == revisions(ferries(2), ferries(3))


def test_readers_can_go_back_to_a_version_that_was_dropped_and_stale_files_cannot(desk: Desk) -> None:
    for day, number in ((1, 1), (2, 2), (300, 3)):
        on_day(desk, day, ferries(number))
    clean(desk, 500)
    with desk.store.snapshot() as tx:
        assert tx.publications.was_revision_published("ferries", ferries(0).revision)
        assert not tx.renames.may_take("ferries")
    on_day(desk, 501, ferries(0))
    assert "There were 0 ferries" in text(desk, "legal")
    assert desk.changes()[-1] == (3, 0)


def test_who_goes_back_to_a_version_waits_for_its_deletion_and_writes_it_again(desk: Desk) -> None:
    for day, number in ((1, 1), (2, 2), (300, 3)):
        on_day(desk, day, ferries(number))
    on_day(desk, 500)
    forget(desk)
    other = Thread(target=lambda: desk.edit(ferries(0)))
    with Store(desk.store.engine).transaction() as tx:
        tx.publications.lock_publishing()
        other.start()
        tx.brief_versions.delete_unused(0, 3)
        other.join(0.2)
        assert other.is_alive()
    other.join(10)
    assert "There were 0 ferries" in text(desk, "legal")
    assert ferries(0).revision in versions(desk)


def test_what_was_withdrawn_long_ago_is_known_when_it_comes_back(desk: Desk) -> None:
    one = brief("pier", {"legal": [counted("a", 1, "ferries")]})
    two = brief("pier", {"legal": [counted("a", 1, "ferries"), counted("b", 2, "boats")]})
    on_day(desk, 1, one)
    on_day(desk, 2, two)
    desk.replica.remove("pier")
    on_day(desk, 300, ferries(1))
    clean(desk, 900)
    assert versions(desk, "pier") == revisions(two)
    on_day(desk, 901, two)
    with desk.store.snapshot() as tx:
        kinds = [step.kind for step in tx.publications.revision_changes(slug="pier")]
    assert kinds == ["new", "update", "withdrawal", "withdrawal"]


def test_an_edit_of_a_post_that_is_gone_has_nothing_to_say(desk: Desk) -> None:
    on_day(desk, 1, ferries(1))
    edit = NewDelivery(TEAM, None, "C1", PostEdit(77, 2), desk.replica.at)
    note = NewDelivery(TEAM, None, "C1", CorrectionNote(77, 2), desk.replica.at, "waiting")
    with desk.store.transaction() as tx:
        tx.outbox.add([edit, note])
    desk.wake()
    desk.wake()
    assert [row.state for row in desk.rows() if row.kind in ("edit", "note")] == ["void", "void"]


def test_posts_of_earlier_versions_get_their_beginning(desk: Desk) -> None:
    on_day(desk, 1, ferries(1))
    with desk.store.transaction() as tx:
        tx.connection.execute(posted_message.update().values(after_publication=None))
    clean(desk, 2)
    assert [row.after_publication for row in rows(desk.store, posted_message)] == [1]


def test_files_of_briefs_that_are_gone_are_forgotten(desk: Desk) -> None:
    on_day(desk, 1, harbour(1))
    desk.replica.remove("harbour")
    clean(desk, 2)
    assert {row.slug for row in rows(desk.store, parse_cache)} == {"ferries"}


def test_no_transaction_deletes_more_than_some(desk: Desk) -> None:
    with desk.store.transaction() as tx:
        tx.outbox.add(change(f"b{n}", state="sent", due_at=MONDAY) for n in range(2 * AT_ONCE + 1))
    commits = list[object]()
    event.listen(desk.store.engine, "commit", lambda connection: commits.append(connection))
    clean(desk, 31)
    assert (len(commits), desk.rows()) == (3, [])


def test_readers_see_the_same_with_and_without_deletion(sqlite: Databases, tmp_path: Path) -> None:
    """The same edits on the same days, in two databases of which one is cleaned after each."""
    seen, kept = [], timedelta(days=30)
    for name in ("cleaned", "grown"):
        with opened(sqlite.clean()) as engine:
            desk, chance = Desk(tmp_path / name, Store(engine), ferries(0), harbour(0)), Random(17)  # noqa: S311
            desk.subscribe("all")
            desk.decide(retention=Retention(posts=kept, deliveries=timedelta(days=7)))
            cleaning = CleanUp(desk.services)
            for day in members(range(0, 120, 5), *range(0, 80, 8)):
                kind = chance.choice(KINDS)
                on_day(desk, day, chance.choice((ferries(chance.randrange(6), kind), harbour(chance.randrange(6)))))
                if name == "cleaned":
                    cleaning.run(desk.replica.at)
                    forget(desk)
            since = (desk.replica.at - kept).timestamp()
            new = [each.text for each in desk.entries() if each.thread_ts is None and float(each.ts) > since]
            seen.append((new, len(rows(desk.store, brief_version)), len(rows(desk.store, posted_message))))
            assert {row.state for row in desk.rows()} <= {"sent", "superseded", "void"}
    (cleaned, *sizes), (grown, *all_sizes) = seen
    assert cleaned == grown
    assert all(size < whole for size, whole in zip(sizes, all_sizes, strict=True))


def test_no_transaction_looks_at_more_than_some_changes(store: Store) -> None:
    each = CHANGES_AT_ONCE // 2
    with store.transaction() as tx:
        for number in range(1, 7):
            row = {"number": number, "predecessor": number - 1, "fingerprint": "f", "vocabulary": "{}"}
            tx.connection.execute(publication.insert().values(**row, published_at=MONDAY))
            briefs = range(2 * CHANGES_AT_ONCE if number == 4 else each)
            changes = [{"publication": number, "slug": f"b{n}", "after": str(number)} for n in briefs]
            tx.connection.execute(change_set.insert(), changes)
        until = [0]
        while until[-1] < 6:
            until.append(tx.brief_versions.delete_unused(until[-1], 6))
    assert until == [0, 2, 3, 4, 6]
