"""A private channel gets another id, as it is shared with another organisation: nothing that it follows is lost."""

from bot.workspace import channel_events
from tests.live import eventually
from tests.scenarios.room import ALTERNATIVE, FOUR, SIX_TO_FOUR, Room, note, reads


def test_its_thread_goes_on_and_what_was_posted_is_corrected(room: Room) -> None:
    before = room.another("offer", private=True)
    room.ask("/brief subscribe {brief} deliver:thread", channel=before)
    room.ask("/brief use {brief}", channel=before)
    room.edit(SIX_TO_FOUR)
    (parent, change) = [each for each in room.settled(before) if "ferries" in each.text][-2:]
    now = room.stage.workspace.change_id(before)
    assert room.brief in room.ask("/brief subscriptions", channel=now).text
    eventually(lambda: FOUR in room.ask("/brief overview", channel=now).text)
    room.edit(reads("from twelve to four.", "from twelve to three."), note("correction", "It was three.", "halved"))
    correction = room.settled(now)[-1]
    assert {each.thread_ts for each in (change, correction)} == {parent.ts}
    assert change.edits == 1


def test_what_failed_before_the_event_came_is_posted_after_it(room: Room) -> None:
    workspace = room.stage.workspace
    before = room.another("offer", private=True)
    room.ask("/brief subscribe {brief}", channel=before)
    event = channel_events.change_id(workspace.state, before)
    assert event is not None
    now = event["new_channel_id"]
    room.edit(SIX_TO_FOUR)
    eventually(lambda: "1 paused" in room.ask("/brief status").text or bool(room.direct()))
    posts = len(room.posts(now))
    workspace.event(event)
    workspace.event(event)
    assert FOUR in room.settled(now)[posts].text
    room.edit(ALTERNATIVE)
    assert len(room.settled(now)) == posts + 2
