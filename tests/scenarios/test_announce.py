"""A maintainer saves a brief; the channels that follow it hear what changed, once and in readers' words."""

import re

import pytest

from bot.workspace.messages import Message
from bot.workspace.workspace import plain
from tests.scenarios.room import (
    ALTERNATIVE,
    COURT,
    FERRIES,
    FOUR,
    HARDLY,
    SIX_TO_FOUR,
    THREE,
    TITLE,
    Room,
    buttons,
    claims,
    note,
    reads,
)

DAY = r"\d+ \w+ \d{4}"


def said(message: Message) -> list[str]:
    """What a post says, paragraph by paragraph."""
    return plain(message.text).split("\n\n")


def test_a_change_is_posted_once_to_each_channel_that_follows_it(room: Room) -> None:
    elsewhere, nowhere = room.another("elsewhere"), room.another("nowhere")
    room.ask("/brief subscribe {brief} kind:correction")
    room.ask("/brief subscribe all")
    room.ask("/brief subscribe {brief}/overview", channel=elsewhere)
    room.edit(SIX_TO_FOUR, note("correction", "The board went further than we said", "halved"))
    post = room.settled()[2]
    assert len(room.posts()) == 3
    title, headline, words, change, sources, history, revisions, opening, cause = said(post)
    assert title == TITLE
    assert re.fullmatch(rf"Correction · {DAY}", headline)
    assert words == "12 May 2025: The board went further than we said."
    assert change.split("\n") == [
        "Overview",
        "Was: On 2 March 2025 the harbour board cut the number of daily ferries from twelve to six.",
        "Now: On 2 March 2025 the harbour board cut the number of daily ferries from twelve to four. [2]",
        "> the number of daily crossings falls from twelve to six [2]",
    ]
    assert sources == "Sources\n[2] Harbour Gazette: Board halves ferries, 4 March 2025"
    assert history == "History of this file"
    assert f"<https://github.com/harbour/briefs/commits/main/{room.brief}.yaml|History of this file>" in post.text
    assert re.fullmatch(rf"{room.brief}@[0-9a-f]{{8}} → {room.brief}@[0-9a-f]{{8}}", revisions)
    assert opening == f"Open: /brief overview {room.brief}"
    assert re.fullmatch(
        rf"Posted because this channel follows {room.brief} kind:correction \(#\d+\) and all \(#\d+\)"
        " · /brief unsubscribe #n ends one",
        cause,
    )
    there = room.posts(elsewhere)[1:]
    assert [said(each)[:4] for each in there] == [said(post)[:4]]
    assert f"this channel follows {room.brief}/overview (#" in there[0].text
    assert room.posts(nowhere) == []


def test_the_words_that_changed_are_marked_and_a_button_opens_the_section_for_who_pressed(room: Room) -> None:
    room.ask("/brief subscribe all")
    room.edit(SIX_TO_FOUR)
    post = room.post(2)
    spans = [s for b in post.blocks if b["type"] == "rich_text" for e in b["elements"] for s in e["elements"]]
    assert [span["text"] for span in spans if span.get("style") == {"strike": True}] == ["six"]
    assert [span["text"] for span in spans if span.get("style") == {"bold": True}] == ["Overview", "four", "Sources"]
    assert buttons(post) == ["Open Overview"]
    opened = room.press(post, "open:section-1", room.ben)
    assert opened.visible_to == room.ben
    assert FOUR in opened.text


ORDER = reads("    kind: news\n    date: 2025-03-04\n", "    date: '2025-03-04'\n    kind: news\n")
BLANKS = reads("harbour's charter obliges the", "harbour’s charter   obliges the")


def test_what_readers_cannot_see_is_not_posted(room: Room) -> None:
    room.ask("/brief subscribe all")
    room.save(ORDER)
    room.edit(BLANKS)
    room.edit(reads("owner: local-desk", "owner: harbour-desk"))
    room.edit(ALTERNATIVE, note("editorial", "House style"))
    room.edit(COURT)
    assert len(room.settled()) == 2
    assert claims(room.posts()[1]) == [THREE]


def test_a_draft_is_never_announced(room: Room) -> None:
    room.edit(reads("status: published", "status: draft"))
    room.ask("/brief subscribe all")
    room.edit(SIX_TO_FOUR)
    assert len(room.settled()) == 1


def test_a_new_brief_is_announced_with_what_it_holds(room: Room) -> None:
    room.ask("/brief subscribe tag:transport")
    room.add()
    post = room.settled()[1]
    title, headline, summary, contents, *_ = said(post)
    assert title == TITLE
    assert re.fullmatch(rf"New brief · {DAY}", headline)
    assert summary.startswith("In March 2025 the harbour board halved the number of ferries")
    assert contents == "• Overview: 2 claims\n• Legal considerations: 2 claims"
    assert buttons(post) == ["Open Overview", "Open Legal considerations"]


def test_a_withdrawn_brief_is_announced_with_its_reason(room: Room) -> None:
    room.ask("/brief subscribe all")
    room.edit(reads("status: published", "status: withdrawn"), note("withdrawal", "It was never adopted"))
    title, headline, words, *_ = said(room.settled()[1])
    assert title == TITLE
    assert re.fullmatch(rf"Withdrawal · {DAY}", headline)
    assert words == "This brief was withdrawn.\n12 May 2025: It was never adopted."
    assert buttons(room.posts()[1]) == []


def test_a_brief_whose_file_is_gone_is_announced(room: Room) -> None:
    room.ask("/brief subscribe {brief}")
    room.remove()
    title, headline, words, *_ = said(room.settled()[1])
    assert title == TITLE
    assert re.fullmatch(rf"Withdrawal · {DAY}", headline)
    assert words == "This brief is no longer published."


def test_back_to_an_earlier_version_says_so(room: Room) -> None:
    room.ask("/brief subscribe all")
    room.edit(SIX_TO_FOUR)
    there = room.post(2)
    room.edit(reads("from twelve to four.", "from twelve to six."))
    back = room.settled()[2]
    assert re.fullmatch(rf"Update · {DAY}", said(there)[1])
    assert re.fullmatch(rf"Update · {DAY} · back to the version of {DAY}", said(back)[1])


def many(text: str) -> str:
    claims = "".join(
        f"      - id: day-{n}\n        text: On day {n} of the strike no ferry ran.\n"
        "        evidence: [{source: radio, quote: no ferry ran all day long}]\n"
        for n in range(1, 13)
    )
    return text.replace("sources:\n", f"  outlook:\n    claims:\n{claims}sources:\n")


def test_many_changes_fold_and_the_button_shows_them_all(room: Room) -> None:
    room.ask("/brief subscribe all")
    room.edit(many)
    post = room.settled()[1]
    assert "On day 4 of the strike" in post.text
    assert "On day 12 of the strike" not in post.text
    assert re.search(r"^and \d+ more changes$", post.text, re.MULTILINE)
    assert buttons(post)[0] == "Show all 13 changes"
    whole = room.press(post, "open:changes", room.ben)
    assert whole.visible_to == room.ben
    assert [f"On day {n} of the strike" in whole.text for n in range(1, 13)] == [True] * 12


# In a thread


def parents(room: Room) -> list[Message]:
    """The live parents of the channel."""
    return [each for each in room.posts() if each.text.endswith("changes in the thread")]


def test_a_thread_has_one_parent_that_is_kept_up_to_date(room: Room) -> None:
    room.ask("/brief subscribe {brief} deliver:thread")
    room.edit(reads("as_of: 2025-04-01", "as_of: 2025-05-01"))
    (parent,) = room.settled() and parents(room)
    title, words, *_ = said(parent)
    assert title == TITLE
    assert words.split("\n") == [
        "In March 2025 the harbour board halved the number of ferries; two towns have gone to court.",
        "1 April 2025 · New: First version.",
    ]
    assert "As of 1 May 2025" in parent.text
    room.edit(COURT, reads("two towns have gone", "three towns have gone"), note("update", "A third town has joined."))
    first, second = [each for each in room.settled() if each.thread_ts == parent.ts]
    assert (first.broadcast, second.broadcast) == (False, False)
    assert "As of: was 1 April 2025, now 1 May 2025" in first.text
    assert "Now: Three towns have gone to court" in second.text
    assert parents(room) == [parent]
    assert "three towns have gone to court.\n12 May 2025 · Update: A third town has joined." in parent.text
    assert buttons(parent) == ["Open Overview", "Open Legal considerations"]


def test_corrections_and_withdrawals_in_a_thread_show_in_the_channel_too(room: Room) -> None:
    room.ask("/brief subscribe {brief} deliver:thread")
    room.edit(COURT, note("correction", "There are three."))
    (parent,) = room.settled() and parents(room)
    room.edit(reads("status: published", "status: withdrawn"), note("withdrawal", "A draft."))
    room.settled()
    shown = [each for each in room.posts() if each.broadcast]
    assert [said(each)[1].split(" · ")[0] for each in shown] == ["Correction", "Withdrawal"]
    assert {each.thread_ts for each in shown} == {parent.ts}
    assert "This brief was withdrawn." in parent.text
    assert buttons(parent) == []


def test_after_somebody_deleted_the_parent_the_thread_begins_anew(room: Room) -> None:
    room.ask("/brief subscribe {brief} deliver:thread")
    room.edit(SIX_TO_FOUR)
    (parent,) = room.settled() and parents(room)
    room.stage.workspace.state.messages.remove(parent)
    room.edit(ALTERNATIVE)
    room.settled()
    room.edit(COURT)
    last = room.settled()[-1]
    (again,) = parents(room)
    assert "Three towns have gone to court" in last.text
    assert last.thread_ts == again.ts
    assert sum("Now: Partly: The board said that there was hardly" in each.text for each in room.posts()) == 1
    assert "given up" not in room.stage.status()


# Several files at once


def test_briefs_that_change_together_are_each_posted(room: Room) -> None:
    other = room.stage.briefs / f"{room.add(FERRIES.replace(TITLE, 'Other ferries'))}.yaml"
    room.ask("/brief subscribe all")
    other.write_text(COURT(other.read_text(encoding="utf-8")), encoding="utf-8")
    room.save(COURT)
    room.post(3)
    posts = room.settled()[1:]
    assert sorted(said(each)[0] for each in posts) == ["Other ferries", TITLE]


# Channels that cannot be reached


@pytest.mark.parametrize(
    ("gone", "back", "why", "private"),
    [
        ("archive", "unarchive", "the channel was archived", False),
        ("kick", "invite", "the bot was removed from the channel", True),
    ],
)
def test_a_channel_that_went_away_is_paused_and_caught_up_with_when_it_is_back(
    room: Room, gone: str, back: str, why: str, private: bool
) -> None:
    workspace = room.stage.workspace
    place = room.another("place", private=private)
    room.ask("/brief subscribe all", channel=place)
    room.ask("/brief subscribe {brief}/legal", room.ben, place)
    getattr(workspace, gone)(place)
    assert f" · paused: {why}" in room.ask("/brief subscriptions", channel=place).text
    for edit in (SIX_TO_FOUR, ALTERNATIVE, COURT):
        room.edit(edit)
    assert len(room.settled(place)) == 2
    for person in (room.ann, room.ben):
        (told,) = room.direct(person)
        assert told.startswith(f"Posts to <#{place}> are paused: {why}.")
        assert re.search(rf"follows all \(#\d+\) and {room.brief}/legal \(#\d+\)", told)
    getattr(workspace, back)(place)
    (post,) = room.settled(place)[2:]
    assert claims(post) == [FOUR, HARDLY, THREE]
    room.edit(reads("Three towns have", "Two towns have"))
    assert claims(room.settled(place)[-1]) == ["Two towns have gone to court against the new timetable"]
    assert len(room.direct()) == 1
    assert "paused" not in room.ask("/brief subscriptions", channel=place).text


def test_a_renamed_channel_is_paused_until_somebody_subscribes_again(room: Room) -> None:
    room.ask("/brief subscribe all kind:update")
    room.stage.workspace.rename(room.channel, "another-name")
    room.edit(SIX_TO_FOUR)
    assert len(room.settled()) == 1
    (told,) = room.direct()
    assert told.startswith(f"Posts to <#{room.channel}> are paused: the channel was renamed.")
    room.ask("/brief subscribe all kind:update")
    (post,) = room.settled()[2:]
    assert claims(post) == [FOUR]


def test_who_made_a_subscription_hears_that_its_channel_was_deleted(room: Room) -> None:
    place = room.another("place")
    room.ask("/brief subscribe {brief}", channel=place)
    room.ask("/brief subscribe {brief}")
    room.stage.workspace.delete(place)
    room.edit(SIX_TO_FOUR)
    assert claims(room.settled()[1]) == [FOUR]
    (told,) = room.direct()
    assert told.startswith(f"Posts to <#{place}> are paused: the channel was deleted.")


@pytest.mark.parametrize(
    ("gone", "back", "why"),
    [
        ("archive", "unarchive", "the channel is archived"),
        ("kick", "invite", "the channel is gone, or the bot is not in it"),
    ],
)
def test_without_an_event_the_first_post_that_fails_pauses_the_channel(
    room: Room, gone: str, back: str, why: str
) -> None:
    workspace = room.stage.workspace
    place = room.another("place", private=True)
    room.ask("/brief subscribe all", channel=place)
    delivery, workspace.delivery = workspace.delivery, None
    getattr(workspace, gone)(place)
    workspace.delivery = delivery
    room.edit(SIX_TO_FOUR)
    assert len(room.settled(place)) == 1
    room.edit(COURT)
    room.settled()
    (told,) = room.direct()
    assert told.startswith(f"Posts to <#{place}> are paused: {why}.")
    getattr(workspace, back)(place)
    (post,) = room.settled(place)[1:]
    assert claims(post) == [FOUR, THREE]
