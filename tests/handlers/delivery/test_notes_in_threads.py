"""One note a thread and publication, which tells all that a reader there needs, and none that a later post has told."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from bot.core.briefs.brief import Brief, ChangeKind, ChangeNote
from bot.core.delivery.content import CONTENT, CorrectionNote, PostEdit
from bot.store.outbox import NewDelivery
from bot.store.schema import delivery
from bot.store.store import Store
from tests.fake_channel import Entry
from tests.handlers.desk import TEAM, Desk, counted, ferries, harbour
from tests.handlers.replica import MONDAY
from tests.make import brief


def after(number: int, kind: ChangeKind = "correction") -> Brief:
    """The brief after so many edits, of which the last is of this kind, and all others are updates."""
    kinds = [kind, *["update"] * (number - 1)]
    notes = tuple(
        ChangeNote(date=MONDAY.date(), kind=each, note=f"It was {number - n}.", claims=("a",))  # type: ignore[arg-type]
        for n, each in enumerate(kinds)
    )
    return replace(ferries(number), changes=notes)


def notes(desk: Desk, channel: str = "C1") -> list[Entry]:
    return [each for each in desk.entries(channel) if (each.key or "").startswith("note|")]


def updates(desk: Desk, *numbers: int) -> None:
    for number in numbers:
        desk.edit(after(number, "update"))
        desk.run()


def posts(desk: Desk) -> list[Entry]:
    return [each for each in desk.entries() if (each.key or "").startswith("change|")]


# Updates that a later post has superseded


@pytest.mark.parametrize("count", [1, 2, 5])
def test_of_many_updates_in_a_channel_the_newest_alone_gets_a_note(desk: Desk, count: int) -> None:
    desk.subscribe("all")
    updates(desk, *range(1, count + 1))
    desk.edit(after(count + 1))
    desk.run()
    told = posts(desk)[:count]
    assert [each.edits for each in told] == [1] * count
    assert [each.thread_ts for each in notes(desk)] == [told[-1].ts]


def test_in_a_live_thread_one_note_tells_of_the_newest(desk: Desk) -> None:
    desk.subscribe("all deliver:thread")
    updates(desk, 1, 2, 3)
    desk.edit(after(4))
    desk.run()
    assert [each.edits for each in posts(desk)[:3]] == [1, 1, 1]
    (note,) = notes(desk)
    assert note.thread_ts == desk.entries()[0].ts
    assert note.text.count("now reads") == 1


@dataclass(frozen=True)
class Later:
    """What is posted between an update and the correction, and how many notes the correction then needs."""

    name: str
    happens: Callable[[Desk], object]
    notes: int


def share(desk: Desk) -> None:
    desk.ask("legal ferries share")


def elsewhere(desk: Desk) -> None:
    desk.subscribe("ferries", "C2")
    updates(desk, 2)


def another_claim(desk: Desk) -> None:
    both = after(1, "update")
    (a,) = both.sections["legal"].claims
    desk.edit(brief("ferries", {"legal": [a, counted("z", 1, "boats")]}, changes=both.changes))
    desk.run()


LATER = (
    Later("nothing", lambda _: None, 1),
    Later("an update", lambda desk: updates(desk, 2), 1),
    Later("a shared answer", share, 2),
    Later("an update elsewhere", elsewhere, 1),
    Later("an update of another claim", another_claim, 1),
)


@pytest.mark.parametrize("later", LATER, ids=lambda each: each.name)
def test_who_needs_a_note_gets_one(desk: Desk, later: Later) -> None:
    desk.slack.add_channel("C2")
    desk.subscribe("all")
    updates(desk, 1)
    later.happens(desk)
    desk.run()
    desk.edit(after(9))
    desk.run()
    assert len(notes(desk)) == later.notes
    shown = [each for each in desk.entries() if not (each.key or "").startswith("note|")][:-1]
    assert all(each.edits for each in shown if "There were 1 ferries" in each.text or "There were 2" in each.text)


def test_a_shared_answer_gets_its_note_whatever_is_posted_later(desk: Desk) -> None:
    share(desk)
    (answer,) = desk.entries()
    desk.subscribe("all")
    updates(desk, 1, 2)
    desk.edit(after(3))
    desk.run()
    assert [each.thread_ts for each in notes(desk)] == [answer.ts, posts(desk)[1].ts]


def test_an_update_that_cannot_be_edited_gets_its_note(desk: Desk) -> None:
    desk.subscribe("all")
    updates(desk, 1, 2)
    first, second = posts(desk)
    desk.slack.lock("C1", first.ts)
    for number in (3, 4):
        desk.edit(after(number))
        desk.run()
    told = [each.thread_ts for each in notes(desk)]
    assert (told.count(first.ts), told.count(second.ts)) == (2, 1)
    assert all("cannot be edited" in each.text for each in notes(desk) if each.thread_ts == first.ts)


def test_a_later_post_that_is_gone_supersedes_none(desk: Desk) -> None:
    desk.subscribe("all kind:update")
    updates(desk, 1, 2)
    first, second = posts(desk)
    desk.slack.delete("C1", second.ts)
    # The first correction finds out that it is gone, and the second knows.
    for number in (3, 4):
        desk.edit(replace(after(number), changes=(*after(number).changes[:1], *after(3).changes)))
        desk.run()
    assert [each.thread_ts for each in notes(desk)].count(first.ts) == 1


def test_a_withdrawal_is_noted_under_the_newest_of_each_claim(desk: Desk) -> None:
    desk.subscribe("all")
    updates(desk, 1, 2)
    desk.replica.remove("ferries")
    desk.run()
    assert [each.thread_ts for each in notes(desk)] == [posts(desk)[1].ts]
    assert [each.edits for each in posts(desk)[:2]] == [1, 1]


@pytest.mark.parametrize("deliver", ["channel", "thread"])
def test_so_it_is_on_both_databases(tmp_path: Path, store: Store, deliver: str) -> None:
    desk = Desk(tmp_path, store, ferries(0))
    desk.subscribe(f"all deliver:{deliver}")
    share(desk)
    updates(desk, 1, 2)
    desk.edit(after(3))
    desk.run()
    assert len(notes(desk)) == 2
    assert [each.edits for each in posts(desk)] == [1, 1, 0]


# Several posts in one thread


def long(number: int, kind: ChangeKind | None = None) -> Brief:
    claims = [counted(f"c{n}", number, f"ferries at pier {n}") for n in range(40)]
    found = [ChangeNote(date=MONDAY.date(), kind=kind, note="Piers.")] if kind else []
    return brief("long", {"legal": claims}, changes=tuple(found))


@pytest.fixture
def digest(desk: Desk) -> Desk:
    """A digest of several messages is due."""
    desk.edit(long(0))
    assert desk.ask("subscribe all deliver:digest") is None
    desk.set_clock(60)
    desk.edit(long(1), harbour(1))
    desk.set_clock(120)
    assert desk.ask("digest now") is None
    return desk


def test_a_digest_of_several_messages_gets_one_note(digest: Desk) -> None:
    digest.run()
    digest.edit(long(2, "correction"), replace(harbour(2), changes=long(2, "correction").changes))
    digest.run()
    pages = [each for each in digest.entries() if (each.key or "").startswith("digest|")]
    assert len(pages) > 1
    assert all(each.edits == 1 for each in pages)
    (note,) = notes(digest)
    assert note.thread_ts == pages[0].ts
    assert "boats" in note.text
    assert "ferries at pier 0" in note.text
    assert "more claims" in note.text


def test_what_is_posted_while_a_note_waits_is_told_by_it(digest: Desk) -> None:
    digest.slack.refuse("update", "http_503")
    digest.slack.drop("post", arrives=True, times=1)
    digest.run()
    digest.edit(long(2, "correction"))
    digest.set_clock(300)
    digest.wake()
    digest.wake_at(600)
    assert len(notes(digest)) == 1
    pages = [each for each in digest.entries() if (each.key or "").startswith("digest|")]
    assert all(each.edits for each in pages if "pier" in each.text)
    assert len(pages) > 1


def test_a_note_waits_for_all_edits_that_it_tells_of(digest: Desk) -> None:
    digest.run()
    digest.slack.refuse("update", "http_503")
    digest.edit(long(2, "correction"))
    digest.run()
    assert notes(digest) == []
    digest.wake_at(300)
    assert len(notes(digest)) == 1


def test_a_note_says_how_many_of_the_posts_stay_as_they_are(digest: Desk) -> None:
    digest.run()
    pages = [each for each in digest.entries() if (each.key or "").startswith("digest|")]
    digest.slack.lock("C1", pages[1].ts)
    digest.edit(long(2, "correction"))
    digest.run()
    (note,) = notes(digest)
    assert "1 of the posts above cannot be edited any more, and still shows the old words." in note.text


# Rows of earlier versions


def test_notes_that_are_owed_already_still_go_out(digest: Desk) -> None:
    digest.run()
    digest.edit(long(2, "correction"))
    with digest.store.transaction() as tx:
        tx.connection.execute(delivery.delete().where(delivery.c.kind.in_(("note", "edit"))))
        numbers = [each.post.id for each in tx.posted_messages.posts_showing("long")]
        for number in dict.fromkeys(numbers):
            earlier = {"post_id": number, "publication": tx.publications.newest_number()}
            edit, note = (CONTENT.validate_python({**earlier, "kind": kind}) for kind in ("edit", "note"))
            assert edit == PostEdit(number, earlier["publication"])
            assert isinstance(note, CorrectionNote)
            tx.outbox.add([NewDelivery(TEAM, None, "C1", edit, digest.replica.at)])
            tx.outbox.add([NewDelivery(TEAM, None, "C1", note, digest.replica.at, "waiting")])
    digest.wake_at(300)
    assert len(notes(digest)) == len(set(numbers)) > 1


def test_an_earlier_version_reads_what_this_one_stores() -> None:
    note = CONTENT.dump_python(CorrectionNote(1, 2, others=(3,)), mode="json")
    assert note == {"post_id": 1, "publication": 2, "kind": "note", "others": [3]}
    # As this one reads fields that it does not know.
    assert CONTENT.validate_python({**note, "later": True}) == CorrectionNote(1, 2, others=(3,))
