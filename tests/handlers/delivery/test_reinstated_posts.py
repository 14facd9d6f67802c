"""What was withdrawn and is published again is told to whoever heard of the withdrawal."""

import re
from collections.abc import Callable, Sequence
from dataclasses import replace

import pytest

from bot.core.briefs.brief import Brief, ChangeKind, ChangeNote
from bot.handlers.commands.slash_command import answer_mention
from bot.store.schema import delivery
from tests.handlers.desk import Desk, counted, ferries
from tests.handlers.replica import MONDAY, steps
from tests.make import brief, claim

OLD = ferries(0)
OTHER = claim("z", "The harbour closes at nine in the evening.")


def version(*numbers: int, notes: Sequence[tuple[ChangeKind, str]] = (), **fields: object) -> Brief:
    """A brief with claims a, b … with these numbers, and one of another section; its notes are newest first."""
    claims = [counted(name, number, "ferries") for name, number in zip("abc", numbers, strict=False)]
    changes = tuple(ChangeNote(date=MONDAY.date(), kind=kind, note=note) for kind, note in notes)
    sections = {"legal": claims, "reactions": [OTHER]}
    return brief("ferries", sections, changes=changes, **fields)  # type: ignore[arg-type]


BOTH = version(1, 2)


def file_is_away(desk: Desk) -> None:
    desk.replica.remove("ferries")
    desk.run()
    desk.edit(BOTH)


def status_is_withdrawn(desk: Desk) -> None:
    hoax: tuple[ChangeKind, str] = ("withdrawal", "It was a hoax.")
    desk.edit(version(1, 2, notes=[hoax], status="withdrawn"))
    desk.run()
    desk.edit(version(1, 2, notes=[("correction", "It was none."), hoax]))


def draft(desk: Desk) -> None:
    desk.edit(version(1, 2, status="draft"))
    desk.run()
    desk.edit(BOTH)


def claim_is_withdrawn(desk: Desk) -> None:
    desk.edit(version(1, notes=[("withdrawal", "Nobody can show it.")]))
    desk.run()
    desk.edit(version(1, 2, notes=[("correction", "Somebody can."), ("withdrawal", "Nobody can show it.")]))


MISTAKES = [file_is_away, status_is_withdrawn, draft, claim_is_withdrawn]


def heads(texts: Sequence[str]) -> list[str]:
    """The second words of posts, which say what happened."""
    return [text.split("\n\n")[1].split(" · ")[0] for text in texts]


@pytest.mark.parametrize("mistake", MISTAKES)
@pytest.mark.parametrize("follows", ["all", "ferries kind:withdrawal", "all -kind:update"])
def test_who_follows_withdrawals_hears_of_both(desk: Desk, mistake: Callable[[Desk], None], follows: str) -> None:
    desk.edit(BOTH)
    desk.subscribe(follows)
    mistake(desk)
    desk.run()
    assert heads([entry.text for entry in desk.entries() if entry.thread_ts is None]) == ["Withdrawal", "Reinstated"]
    assert [kind for _, _, kind in steps(desk.store, after=2)] == ["withdrawal", "withdrawal"]
    listed = desk.ask("changes")
    assert listed is not None
    assert listed.text.count("Reinstated") == listed.text.count("Withdrawal") == 1


@pytest.mark.parametrize("mistake", MISTAKES)
def test_who_wants_no_withdrawals_hears_of_neither(desk: Desk, mistake: Callable[[Desk], None]) -> None:
    desk.edit(BOTH)
    desk.subscribe("all kind:update")
    mistake(desk)
    desk.run()
    assert desk.entries() == []


def shared_answer(desk: Desk) -> None:
    desk.ask("legal ferries share")


def search_hits(desk: Desk) -> None:
    question = desk.slack.say("U1", "C1", "How many ferries were there that day?")
    answer_mention("search ferries that day", desk.slack.caller("U1", "C1"), question.ts, desk.services)


def change_post(desk: Desk) -> None:
    desk.edit(version(0, 0))
    desk.subscribe("ferries kind:update")
    desk.edit(BOTH)
    desk.run()


def digest(desk: Desk) -> None:
    desk.edit(version(0, 0))
    desk.subscribe("ferries deliver:digest")
    desk.ask("digest daily 09:00 UTC")
    desk.set_clock(60)
    desk.edit(BOTH)
    desk.set_clock(120)
    desk.ask("digest now")
    desk.run()


def unrevised(text: str) -> list[str]:
    """The lines of a post that are not empty, without revisions: a hit names that of the version that holds it."""
    return [re.sub(r"@[0-9a-f]{8}", "", line) for line in text.splitlines() if line]


@pytest.mark.parametrize("mistake", MISTAKES)
@pytest.mark.parametrize("post", [shared_answer, search_hits, change_post, digest])
def test_every_kind_of_post_says_that_it_holds_again(
    desk: Desk, post: Callable[[Desk], None], mistake: Callable[[Desk], None]
) -> None:
    desk.edit(BOTH)
    post(desk)
    before = next(entry for entry in reversed(desk.entries()) if "There were 2 ferries" in entry.text)
    mistake(desk)
    desk.run()
    after = next(entry for entry in desk.entries() if entry.ts == before.ts)
    lines = unrevised(after.text)
    marks = [line for line in lines if line.startswith(("Withdrawn 11 May 2026", "Reinstated 11 May 2026"))]
    assert [mark.split()[0] for mark in marks] == ["Withdrawn", "Reinstated"]
    assert [line for line in lines if line not in marks] == unrevised(before.text)
    thread = [entry.text for entry in desk.entries() if entry.thread_ts == (before.thread_ts or before.ts)]
    withdrawal, back = thread[-2:]
    assert withdrawal.startswith("Withdrawn 11 May 2026")
    assert back.startswith("Reinstated 11 May 2026")
    assert "holds again." in back


def test_the_note_in_the_thread_repeats_that_of_the_maintainer(desk: Desk) -> None:
    desk.edit(BOTH)
    shared_answer(desk)
    status_is_withdrawn(desk)
    desk.run()
    assert desk.entries()[-1].text.startswith(
        "Reinstated 11 May 2026 · It was none.\nThe brief “Ferries” is published again. What stands above holds again."
    )


def test_a_brief_that_comes_back_otherwise_says_what_of_the_post_holds_again(desk: Desk) -> None:
    desk.edit(version(1, 2))
    shared_answer(desk)
    desk.replica.remove("ferries")
    desk.edit(version(7))
    desk.run()
    post, *_, note = desk.entries()
    assert "Reinstated 11 May 2026: was “There were 1 ferries that day.”" in post.text
    assert "There were 7 ferries that day. [1]" in post.text
    assert "2 ferries" not in post.text
    assert "• “There were 1 ferries that day.” now reads “There were 7 ferries that day.”" in note.text
    assert "What stands above" not in note.text


def test_a_section_that_was_withdrawn_with_its_claims_comes_back(desk: Desk) -> None:
    desk.edit(BOTH)
    shared_answer(desk)
    gone = version(9, notes=[("withdrawal", "None of it.")])
    desk.edit(replace(gone, sections={"reactions": gone.sections["reactions"]}))
    desk.run()
    assert "ferries that day. [" not in desk.entries()[0].text
    desk.edit(version(1, 2, notes=[("correction", "All of it."), ("withdrawal", "None of it.")]))
    desk.run()
    assert "There were 1 ferries that day. [1]" in desk.entries()[0].text
    assert "There were 2 ferries that day. [1]" in desk.entries()[0].text


def test_several_rounds_end_in_what_the_file_says(desk: Desk) -> None:
    shared_answer(desk)
    for _ in range(4):
        desk.replica.remove("ferries")
        desk.edit(OLD)
    desk.replica.remove("ferries")
    desk.edit(ferries(5, "correction"))
    desk.edit(ferries(6))
    desk.run()
    post, *notes = desk.entries()
    assert "There were 6 ferries that day. [1]" in post.text
    assert "earlier corrections." in post.text
    assert len(notes) == 5 * 2 + 1
    assert {row.state for row in desk.rows()} == {"sent"}


def test_a_post_that_cannot_be_edited_hears_of_it_in_its_thread(desk: Desk) -> None:
    shared_answer(desk)
    (post,) = desk.entries()
    desk.slack.lock("C1", post.ts)
    desk.replica.remove("ferries")
    desk.run()
    desk.edit(OLD)
    desk.run()
    assert ["still shows the old words" in entry.text for entry in desk.entries()[1:]] == [True, True]
    assert desk.entries()[-1].text.startswith("Reinstated 11 May 2026")


def test_a_correction_quotes_a_claim_behind_its_standing(desk: Desk) -> None:
    found = counted("a", 1, "ferries")
    sought = replace(found, standing="unverified", note="Nobody reported it.")
    doubted = replace(sought, text="There were 2 ferries that day.")
    wrong = ChangeNote(date=MONDAY.date(), kind="correction", note="It was wrong.")
    desk.edit(brief("ferries", {"legal": [sought]}))
    desk.ask("legal ferries share")
    desk.edit(brief("ferries", {"legal": [doubted]}, changes=(wrong,)))
    desk.run()
    post, note = desk.entries()
    assert "was “Not verified: There were 1 ferries that day.”" in post.message.text
    assert "“Not verified: There were 1 ferries that day.” now reads “Not verified: There were 2" in note.message.text


def test_a_post_of_before_is_not_touched_by_what_it_does_not_show(desk: Desk) -> None:
    desk.edit(version(1, notes=[("withdrawal", "Nobody can show it.")]))
    shared_answer(desk)
    desk.edit(version(1, 2, notes=[("correction", "Somebody can."), ("withdrawal", "Nobody can show it.")]))
    desk.run()
    assert [entry.edits for entry in desk.entries()] == [0]
    assert desk.rows() == []


@pytest.mark.parametrize(("mistake", "kind"), [(file_is_away, "new"), (status_is_withdrawn, "correction")])
def test_what_an_earlier_version_left_withdrawn_follows_with_the_next_change(
    desk: Desk, mistake: Callable[[Desk], None], kind: ChangeKind
) -> None:
    """Earlier versions told no post that its brief was back, and nothing is edited at the start of this one."""
    desk.edit(BOTH)
    shared_answer(desk)
    mistake(desk)
    with desk.store.transaction() as tx:
        tx.connection.execute(delivery.delete().where(delivery.c.state != "sent"))
        tx.publications.set_kind("ferries", 4, kind)
    desk.wake()
    assert [entry.text.split()[0] for entry in desk.entries()] == ["Shared", "Withdrawn"]
    notes: list[tuple[ChangeKind, str]] = [("correction", "It was none."), ("withdrawal", "It was a hoax.")]
    for title in ("The ferries", "All ferries"):
        desk.edit(version(1, 2, notes=notes if mistake is status_is_withdrawn else [], title=title))
        desk.run()
        assert [entry.text.split()[0] for entry in desk.entries()] == ["Shared", "Withdrawn", "Reinstated"]
    assert "There were 2 ferries that day. [1]" in desk.entries()[0].text
