"""Readers look back: at the words of an earlier revision, and at what changed since."""

import re

from bot.workspace.messages import Message
from bot.workspace.payloads import controls
from bot.workspace.workspace import plain
from tests.scenarios.room import (
    ALTERNATIVE,
    COURT,
    FERRIES,
    SIX_TO_FOUR,
    TITLE,
    Room,
    at_length,
    buttons,
    note,
    reads,
    title,
)

DAY = r"\d+ \w+ \d{4}"


def revision(message: Message) -> str:
    """The revision of an answer."""
    found = re.search(r"@([0-9a-f]{8}) · answer", message.text)
    assert found is not None
    return found[1]


def body(message: Message) -> list[str]:
    """An answer without its first claim, its first lines, and what follows."""
    return plain(message.text).split("\n\n")[3:]


# Earlier words


def test_a_revision_gives_exactly_the_words_of_that_time_under_a_banner(room: Room) -> None:
    before = room.ask("/brief legal {brief}")
    room.edit(COURT, note("correction", "Three.", "in-court"))
    room.edit(reads("harbour's charter", "harbour's old charter"))
    then = room.ask(f"/brief legal {{brief}} @{revision(before)}")
    first, heading, small, banner, *words = plain(then.text).split("\n\n")
    assert [first, heading, small] == plain(before.text).split("\n\n")[:3]
    now = revision(room.ask("/brief legal {brief}"))
    next_one = re.search(rf"superseded by {room.brief}@([0-9a-f]{{8}}) on {DAY}\.", banner)
    assert re.match(rf"These are the words of {room.brief}@{revision(before)}, published {DAY}\. They were", banner)
    assert next_one is not None
    assert next_one[1] not in (revision(before), now)
    assert words[:3] == body(before)[:3]
    assert room.ask(f"/brief {room.brief}@{revision(before)} legal").text == then.text
    assert room.ask(f"/brief legal {room.brief} @{now}").text == room.ask("/brief legal {brief}").text


def test_continue_and_share_keep_to_the_revision(room: Room) -> None:
    room.edit(at_length)
    old = revision(room.ask("/brief outlook {brief}"))
    room.edit(reads("text: In winter 9 three", "text: In winter 9 four"))
    first = room.ask(f"/brief outlook {{brief}} @{old}")
    second = room.press(first, "continue", room.ann)
    assert "page 2 of" in second.text
    assert "In winter 9 three boats" in second.text
    assert f"These are the words of {room.brief}@{old}" in second.text
    assert room.press(second, "share").text == "Shared in this channel."
    (posted,) = room.posts()
    assert posted.text.endswith(second.text)
    room.edit(reads("text: In winter 9 four", "text: In winter 9 five"), note("correction", "Five.", "winter-9"))
    assert room.settled() == [posted]
    assert posted.edits == 0


def test_share_as_a_word_posts_the_earlier_words_with_their_banner(room: Room) -> None:
    old = revision(room.ask("/brief legal {brief}"))
    room.edit(COURT)
    room.ask(f"/brief legal {{brief}} @{old} share")
    (posted,) = room.posts()
    assert posted.text.startswith(f"Shared by <@{room.ann}>\n\nTwo towns have gone to court")
    assert title(posted) == TITLE
    assert f"These are the words of {room.brief}@{old}" in posted.text


def test_the_words_of_a_withdrawn_brief_say_that_it_was_withdrawn(room: Room) -> None:
    old = revision(room.ask("/brief legal {brief}"))
    room.edit(reads("status: published", "status: withdrawn"), note("withdrawal", "A hoax."))
    then = room.ask(f"/brief legal {{brief}} @{old}")
    assert "Two towns have gone to court" in then.text
    assert re.search(rf"They were (withdrawn|superseded by {room.brief}@[0-9a-f]{{8}}) on {DAY}\.", then.text)


def test_a_revision_that_never_was_and_a_section_that_it_had_not(room: Room) -> None:
    unknown = room.ask("/brief legal {brief} @00000000")
    assert "no revision 00000000 was ever published" in unknown.text
    assert "Legal considerations" in room.press(unknown, "open:1").text
    old = revision(room.ask("/brief legal {brief}"))
    room.edit(at_length)
    missing = room.ask(f"/brief outlook {{brief}} @{old}")
    assert "at that revision the brief had no section “outlook”" in missing.text
    again = room.press(missing, "open:1")
    assert revision(again) == old


# What changed


def entries(message: Message) -> list[str]:
    """The first line of each entry, without its number and its day."""
    lines = plain(message.text).split("\n")
    return [re.sub(rf"^\d+\. | · {DAY}", "", line) for line in lines if re.search(rf" · {DAY}", line)]


def test_changes_lists_what_was_announced_newest_first(room: Room) -> None:
    room.edit(SIX_TO_FOUR, ALTERNATIVE, note("correction", "Four, and hardly."))
    room.edit(reads("owner: local-desk", "owner: harbour-desk"))
    room.edit(COURT)
    room.add(FERRIES.replace(TITLE, "Other ferries"))
    listed = room.ask("/brief changes")
    assert listed.visible_to == room.ann
    assert entries(listed)[:3] == [
        "Other ferries · New",
        f"{TITLE} · Update",
        f"{TITLE} · Correction · 2 changes",
    ]
    of_one = room.ask("/brief changes {brief}")
    assert entries(of_one)[:2] == entries(listed)[1:3]
    assert "Four, and hardly." in of_one.text
    assert entries(room.ask("/brief changes {brief} since:7d")) == entries(of_one)
    assert "was announced since 1 January 2100" in room.ask("/brief changes {brief} since:2100-01-01").text


def test_one_of_the_list_is_shown_in_full(room: Room) -> None:
    room.edit(SIX_TO_FOUR, note("correction", "Four."))
    room.edit(COURT)
    listed = room.ask("/brief changes {brief}")
    (menu,) = controls(listed)
    whole = room.press(listed, menu["action_id"], option=menu["options"][1]["value"])
    assert whole.visible_to == room.ann
    assert "Now: On 2 March 2025 the harbour board cut the number of daily ferries from twelve to four." in whole.text
    assert "Three towns" not in whole.text
    assert "Open Overview" in buttons(whole)


def test_a_range_shows_all_between_two_revisions(room: Room) -> None:
    old = revision(room.ask("/brief legal {brief}"))
    for edit in (SIX_TO_FOUR, ALTERNATIVE, COURT):
        room.edit(edit)
    now = revision(room.ask("/brief legal {brief}"))
    whole = room.ask(f"/brief changes {{brief}} @{old}..{now}")
    assert len(re.findall(r"^Now: ", whole.text, re.MULTILINE)) == 3
    for typed in (f"@{now}..{now}", f"@00000000..{now}"):
        refused = room.ask(f"/brief changes {{brief}} {typed}")
        assert f"See /brief changes {room.brief}." in plain(refused.text)
