"""A renamed brief is the same brief: who follows it goes on, posts stay corrected, and nobody hears of it."""

import re
from dataclasses import replace

import pytest

from bot.core.briefs.brief import Brief, ChangeNote
from bot.core.commands.button_value import encode_command
from bot.core.commands.command import Range, Show, ShowChanges, ShowSources
from bot.handlers.briefs.publishing import AlreadySuperseded
from bot.slack.actions import act
from bot.store.publications import Publication
from tests.handlers.desk import TEAM, Desk, Row, ferries
from tests.handlers.replica import MONDAY, Replica, steps

OLD = ferries(0)


def renamed(brief: Brief, slug: str = "boats", *, alias: bool = True) -> Brief:
    """The same brief under another name, with the older one as an alias and a note on it."""
    note = ChangeNote(date=MONDAY.date(), kind="update", note=f"Called {slug} from now on.")
    if not alias:
        return replace(brief, slug=slug)
    return replace(ferries(0), slug=slug, aliases=(brief.slug,), changes=(note, *brief.changes))


def saved(slug: str, number: int, kind: str = "correction") -> Brief:
    """The brief under its new name, with another number in its claim."""
    brief = ferries(number, kind)  # type: ignore[arg-type]
    return replace(brief, slug=slug, aliases=("ferries",))


def rename(desk: Desk, old: str, *new: Brief) -> Publication:
    """A file is gone, and others are there, in one publication."""
    (desk.replica.directory / f"{old}.yaml").unlink()
    desk.replica.write(*new)
    publication = desk.replica.look(old, *(brief.slug for brief in new))
    assert isinstance(publication, Publication)
    return publication


def targets(desk: Desk) -> list[str]:
    return [str(each.spec.target) for each in desk.subscriptions()]


def press(desk: Desk, value: str, action: str = "open:x") -> str:
    """What who presses a button is answered."""
    act({"action_id": action, "value": value}, desk.slack.caller("U1", "C1"), desk.services)
    return desk.entries()[-1].text


def test_a_rename_is_told_to_nobody_and_is_in_the_outcome(desk: Desk) -> None:
    desk.subscribe("all")
    desk.subscribe("all deliver:digest", "C2")
    publication = rename(desk, "ferries", renamed(OLD))
    desk.run()
    assert publication.renames == (("ferries", "boats"),)
    assert (desk.rows(), desk.entries()) == ([], [])
    assert steps(desk.store, after=1) == [(2, "boats", "editorial")]
    listed = desk.ask("changes")
    assert listed is not None
    assert "boats" not in listed.text.lower()


def test_a_file_that_is_renamed_and_nothing_else_is_a_rename_too(desk: Desk) -> None:
    desk.subscribe("all")
    assert rename(desk, "ferries", renamed(OLD, alias=False)).renames == (("ferries", "boats"),)
    assert desk.rows() == []


def test_a_brief_that_changed_with_its_name_is_withdrawn_and_new(desk: Desk) -> None:
    desk.subscribe("all")
    assert rename(desk, "ferries", replace(ferries(1), slug="boats")).renames == ()
    desk.run()
    assert sorted(re.findall(r"^(?:Withdrawal|New brief)", "\n".join(e.text for e in desk.entries()), re.M)) == [
        "New brief",
        "Withdrawal",
    ]


def test_a_name_that_readers_know_as_another_brief_is_not_taken_over(desk: Desk) -> None:
    desk.replica.remove("harbour")
    assert rename(desk, "ferries", renamed(OLD, "harbour")).renames == ()


def test_a_draft_has_nothing_that_could_follow_it(desk: Desk) -> None:
    desk.edit(ferries(0, status="draft"))
    assert rename(desk, "ferries", replace(ferries(0, status="draft"), slug="boats")).renames == ()


def test_a_withdrawn_brief_is_reinstated_under_its_new_name(desk: Desk) -> None:
    note = (ChangeNote(date=MONDAY.date(), kind="withdrawal", note="It was a hoax."),)
    desk.ask("legal ferries share")
    withdrawn = replace(OLD, status="withdrawn", changes=note)
    desk.edit(withdrawn)
    desk.run()
    assert rename(desk, "ferries", replace(withdrawn, slug="boats")).renames == (("ferries", "boats"),)
    desk.edit(replace(OLD, slug="boats", changes=note))
    desk.run()
    post, withdrawal, back = desk.entries()
    assert "There were 0 ferries that day. [1]" in post.text
    assert withdrawal.text.startswith("Withdrawn 11 May 2026 · It was a hoax.")
    assert back.text.startswith("Reinstated 11 May 2026")


def test_who_follows_it_follows_it_under_the_new_name(desk: Desk) -> None:
    for target in ("ferries", "ferries/legal", "harbour", "all"):
        desk.subscribe(target)
    desk.ask("use ferries")
    rename(desk, "ferries", renamed(OLD))
    assert targets(desk) == ["boats", "boats/legal", "harbour", "all"]
    assert desk.services.corpus.default_brief(TEAM, "C1") == "boats"
    desk.edit(saved("boats", 1))
    desk.run()
    assert desk.changes() == [(0, 1)]


def test_who_follows_both_names_follows_one(desk: Desk) -> None:
    first = desk.subscribe("ferries")
    with desk.store.transaction() as tx:
        spec = replace(first.spec, target=replace(first.spec.target, brief="boats"))
        tx.subscriptions.add(spec, TEAM, None, "C1", by="U1", at=MONDAY)
    rename(desk, "ferries", renamed(OLD))
    assert targets(desk) == ["boats"]


@pytest.mark.parametrize("waits", [True, False], ids=["waiting", "posted"])
def test_what_was_posted_or_waits_goes_on_under_the_new_name(desk: Desk, waits: bool) -> None:
    desk.subscribe("ferries")
    desk.edit(ferries(1, "update"))
    if not waits:
        desk.run()
    rename(desk, "ferries", replace(ferries(1, "update"), slug="boats", aliases=("ferries",)))
    desk.run()
    assert desk.changes() == [(0, 1)]
    desk.edit(saved("boats", 2))
    desk.run()
    assert desk.changes() == [(0, 1), (1, 2)]
    (first, *_) = desk.entries()
    assert "Corrected 11 May 2026" in first.text
    assert "Was: " in first.text
    assert [row.state for row in desk.rows()] == ["sent"] * len(desk.rows())


def test_a_change_that_waited_goes_out_with_the_first_under_the_new_name(desk: Desk) -> None:
    desk.subscribe("ferries")
    desk.edit(ferries(1, "update"))
    rename(desk, "ferries", replace(ferries(1, "update"), slug="boats"))
    desk.edit(replace(ferries(2, "update"), slug="boats"))
    desk.run()
    assert desk.changes() == [(0, 2)]


def test_a_shared_answer_is_corrected_under_the_new_name(desk: Desk) -> None:
    desk.ask("legal ferries share")
    rename(desk, "ferries", renamed(OLD))
    rename(desk, "boats", renamed(OLD, "vessels"))
    desk.edit(saved("vessels", 3))
    desk.run()
    post, note = desk.entries()
    assert "There were 3 ferries" in post.text
    assert "vessels@" in post.text
    assert (note.thread_ts, "now reads" in note.text) == (post.ts, True)


def test_a_live_thread_goes_on(desk: Desk) -> None:
    desk.subscribe("ferries deliver:thread")
    desk.edit(ferries(1, "update"))
    desk.run()
    rename(desk, "ferries", replace(ferries(1, "update"), slug="boats"))
    desk.edit(replace(ferries(2, "update"), slug="boats"))
    desk.run()
    parent, *replies = desk.entries()
    assert {reply.thread_ts for reply in replies} == {parent.ts}
    assert "boats@" in parent.text


def test_a_parent_and_its_change_that_wait_are_posted_in_order(desk: Desk) -> None:
    desk.subscribe("ferries deliver:thread")
    desk.edit(ferries(1, "update"))
    rename(desk, "ferries", replace(ferries(1, "update"), slug="boats"))
    desk.run()
    parent, change = desk.entries()
    assert change.thread_ts == parent.ts
    assert "later" not in [row.state for row in desk.rows()]


def test_a_digest_tells_what_changed_before_and_after_the_new_name(desk: Desk) -> None:
    desk.subscribe("ferries deliver:digest")
    desk.ask("digest daily 09:00 UTC")
    desk.set_clock(60)
    desk.edit(ferries(1, "update"))
    rename(desk, "ferries", replace(ferries(1, "update"), slug="boats"))
    desk.set_clock(120)
    desk.ask("digest now")
    desk.run()
    digest = desk.entries()[-1]
    assert "1 change in 1 brief" in digest.text
    rename(desk, "boats", replace(ferries(1, "update"), slug="vessels"))
    desk.edit(replace(ferries(2, "correction"), slug="vessels"))
    desk.run()
    (edited,) = [entry for entry in desk.entries() if entry.ts == digest.ts]
    assert "Corrected 11 May 2026" in edited.text
    assert "There were 1 ferries" in edited.text


@pytest.mark.parametrize("alias", [True, False])
def test_buttons_and_words_with_the_older_name_still_answer(desk: Desk, alias: bool) -> None:
    desk.edit(ferries(1, "update"))
    now = replace(ferries(1, "update"), slug="boats", aliases=("ferries",) if alias else ())
    rename(desk, "ferries", now)
    for command in (Show("legal", "ferries"), ShowSources("ferries")):
        assert "no brief is called" not in press(desk, encode_command(command))
    between = Range(OLD.revision, ferries(1, "update").revision)
    assert "There were 1 ferries" in press(desk, encode_command(ShowChanges("ferries", None, between)))
    answer = desk.ask("legal ferries")
    assert answer is not None
    assert "boats@" in answer.text


def test_a_brief_that_gets_its_older_name_back_is_still_the_same(desk: Desk) -> None:
    desk.subscribe("ferries")
    desk.ask("legal ferries share")
    rename(desk, "ferries", renamed(OLD))
    assert rename(desk, "boats", OLD).renames == (("boats", "ferries"),)
    desk.edit(ferries(4, "correction"))
    desk.run()
    assert targets(desk) == ["ferries"]
    assert "There were 4 ferries" in desk.entries()[0].text
    assert desk.changes() == [(0, 4)]


def test_another_brief_under_the_older_name_is_another_brief(desk: Desk) -> None:
    desk.ask("legal ferries share")
    rename(desk, "ferries", replace(OLD, slug="boats"))
    desk.edit(ferries(7))
    desk.edit(replace(ferries(8, "correction")))
    desk.run()
    assert [entry.edits for entry in desk.entries()] == [0]
    desk.edit(replace(ferries(9, "correction"), slug="boats"))
    desk.run()
    assert "There were 9 ferries" in desk.entries()[0].text


def test_a_process_with_the_older_file_does_not_undo_it(desk: Desk) -> None:
    rename(desk, "ferries", renamed(OLD))
    behind = Replica(desk.replica.directory.parent / "behind", desk.store)
    assert isinstance(behind.start(OLD), AlreadySuperseded)


def test_a_subscription_row_keeps_its_number(desk: Desk) -> None:
    number = desk.subscribe("ferries").id
    rename(desk, "ferries", renamed(OLD))
    assert [each.id for each in desk.subscriptions()] == [number]
    assert desk.rows() == list[Row]()
