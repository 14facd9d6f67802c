"""Dialogues about digests, over the real bot and a workspace whose clock can be moved."""

import re
from collections.abc import Iterator
from datetime import timedelta

import pytest

from bot.workspace.messages import Message
from bot.workspace.workspace import Workspace, plain
from tests.live import Stage, eventually, stage
from tests.scenarios.room import (
    COURT,
    FILES,
    FOUR,
    SIX_TO_FOUR,
    THREE,
    TITLE,
    Room,
    at_length,
    buttons,
    note,
    reads,
)

DAY = 24 * 3600
PATIENT = timedelta(days=4000)
"""The clock of these dialogues is moved by days, which is no outage."""


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stage]:
    next_door = Workspace(2)
    where = tmp_path_factory.mktemp("digests")
    with stage(where, files=FILES, neighbour=next_door, digest_grace=PATIENT) as found:
        yield found


@pytest.fixture
def room(room: Room) -> Iterator[Room]:
    yield room
    room.ask("/brief digest off all")


def words(message: Message) -> str:
    return plain(message.text)


def following(room: Room, when: str = "daily 08:30") -> None:
    """The channel follows its brief in a digest."""
    room.ask("/brief subscribe {brief} deliver:digest")
    assert "set a digest" in words(room.ask(f"/brief digest {when}"))


def tomorrow(room: Room) -> list[Message]:
    """A day goes by; what is posted."""
    before = len(room.posts())
    room.stage.clock.forward(DAY)
    eventually(lambda: len(room.posts()) > before)
    return room.settled()[before:]


def test_a_digest_is_set_previewed_posted_and_later_corrected(room: Room) -> None:
    following(room)
    room.edit(SIX_TO_FOUR, note("correction", "It was four.", "halved"))
    room.edit(COURT)
    preview = room.ask("/brief digest preview")
    assert preview.visible_to == room.ann
    (sent,) = tomorrow(room)
    assert (sent.text, sent.blocks) == (preview.text, preview.blocks)
    assert words(sent).index(FOUR) < words(sent).index(THREE)
    assert THREE in words(room.press(sent, "open:item-3"))
    room.edit(reads("Three towns", "Four towns"), note("correction", "One more.", "in-court"))
    notes = [words(each) for each in room.settled() if each.thread_ts == sent.ts]
    assert any("One more." in each for each in notes)
    assert "Corrected" in words(sent)


def test_the_confirmation_names_three_times_with_their_offset_in_the_zone_of_the_profile(room: Room) -> None:
    said = words(room.ask("/brief digest weekdays 08:30"))
    assert said.count(", 08:30 (UTC+0") == 3
    assert "Europe/Berlin" in said
    assert "It has nothing to report yet" in said
    assert "Asia/Tokyo" in words(room.ask("/brief digest weekly monday 9:00 asia/tokyo"))
    again = room.ask("/brief digest weekdays 8:30")
    assert "This channel has this digest already." in words(again)
    assert again.visible_to == room.ann


def test_several_changes_of_one_claim_are_told_as_one_and_a_reverted_one_not_at_all(room: Room) -> None:
    following(room)
    room.edit(SIX_TO_FOUR)
    room.edit(reads("from twelve to four.", "from twelve to five."))
    room.edit(COURT)
    room.edit(reads("Three towns have", "Two towns have"))
    (sent,) = tomorrow(room)
    assert "from twelve to six." in words(sent)
    assert "from twelve to five." in words(sent)
    assert "four" not in words(sent)
    assert "towns" not in words(sent).partition("Posted because")[0].replace("two towns", "")


def test_nothing_is_posted_where_nothing_changed_and_nothing_is_told_twice(room: Room) -> None:
    following(room)
    room.edit(COURT)
    assert len(tomorrow(room)) == 1
    before = len(room.settled())
    room.stage.clock.forward(DAY)
    assert "Nothing has changed here" in words(room.ask("/brief digest now"))
    assert len(room.settled()) == before


def test_a_long_one_goes_on_in_its_thread(room: Room) -> None:
    following(room)
    room.edit(at_length)
    head, *others = tomorrow(room)
    assert others
    assert {each.thread_ts for each in others} == {head.ts}
    all_ = "\n".join(words(each) for each in (head, *others))
    assert [all_.count(f"In winter {n} three boats") for n in range(1, 14)] == [1] * 13
    assert all_.index("In winter 1 three") < all_.index("In winter 7 three") < all_.index("In winter 13 three")
    assert "continues in the thread" in words(head)


def test_now_posts_at_once_and_the_next_begins_there(room: Room) -> None:
    following(room)
    room.edit(SIX_TO_FOUR)
    before = len(room.posts())
    room.ask("/brief digest now")
    eventually(lambda: len(room.posts()) > before)
    assert FOUR in words(room.settled()[-1])
    room.edit(COURT)
    (sent,) = tomorrow(room)
    assert THREE in words(sent)
    assert FOUR not in words(sent)


def test_the_form_sets_one(room: Room) -> None:
    workspace = room.stage.workspace
    ack = workspace.command(room.ann, room.channel, "/brief digest")
    assert ack.error is None
    view = workspace.view_of(room.ann)
    assert view is not None
    assert [option["value"] for option in workspace.suggest_in_view(room.ann, "zone", "tokyo")] == ["Asia/Tokyo"]
    assert workspace.submit(room.ann, {"often": "weekly friday", "at": "07:15", "zone": "Asia/Tokyo"}).error is None
    assert workspace.view_of(room.ann) is None
    assert "weekly friday 07:15 Asia/Tokyo" in words(workspace.last(room.ben, room.channel))
    workspace.command(room.ann, room.channel, "/brief digest")
    again = {"often": "weekly friday", "at": "07:15", "zone": "Asia/Tokyo"}
    assert workspace.submit(room.ann, again).error == "incomplete"
    workspace.submit(room.ann, again | {"existing": "add"})
    view = workspace.view_of(room.ann)
    assert view is not None
    assert "has this digest already" in view["errors"]["often"]
    number = re.search(r"\(digest (\d+)\)", words(room.posts()[-1]))
    assert number is not None
    assert workspace.submit(room.ann, again | {"at": "08:00", "existing": number[1]}).error is None
    assert f"changed this channel's digest {number[1]}: weekly friday 08:00 Asia/Tokyo" in words(room.posts()[-1])


def test_the_form_says_beside_the_field_what_is_missing(room: Room) -> None:
    workspace = room.stage.workspace
    workspace.state.users[room.ann].tz = ""
    workspace.command(room.ann, room.channel, "/brief digest")
    assert workspace.submit(room.ann, {"often": "daily"}).error == "incomplete"
    view = workspace.view_of(room.ann)
    assert view is not None
    assert set(view["errors"]) == {"zone"}
    assert room.posts() == []
    assert workspace.suggest_in_view(room.ann, "zone", "mars/base") == []
    workspace.close_view(room.ann)


def test_a_mention_gets_a_button_to_the_form(room: Room) -> None:
    bot = room.stage.workspace.state.app.bot_user
    question = room.stage.workspace.say(room.ben, room.channel, "When do we hear of changes?")
    room.stage.workspace.say(room.ann, room.channel, f"<@{bot}> digest", question.ts)
    answer = room.stage.workspace.last(room.ann, room.channel)
    assert answer.thread_ts == question.ts
    assert "Set a digest" in buttons(answer)
    room.press(answer, "digest")
    assert room.stage.workspace.view_of(room.ann) is not None
    room.stage.workspace.close_view(room.ann)


def test_off_ends_one_or_all_and_undo_takes_it_back(room: Room) -> None:
    following(room)
    question = room.ask("/brief digest weekly monday 10:00")
    assert "This channel has a digest already" in words(question)
    second = words(room.press(question, "open:2"))
    assert "It also has daily 08:30 Europe/Berlin (digest " in second
    number = re.search(r"digest off (\d+) ends it", second)
    assert number is not None
    ended = words(room.ask(f"/brief digest off {number[1]}"))
    assert "ended this channel's digest: weekly monday 10:00 Europe/Berlin." in ended
    assert "There is still daily 08:30 Europe/Berlin (digest " in ended
    back = room.undo(room.posts()[-1])
    assert "set a digest for this channel: weekly monday 10:00 Europe/Berlin" in words(back)
    assert "ended this channel's digest: weekly monday" in words(room.undo(back))
    room.undo(room.posts()[-1])
    which = room.ask("/brief digest off")
    assert "Which digest?" in words(which)
    assert "ended this channel's digests: daily 08:30" in words(room.press(which, "open:3"))
    assert "This channel has no digest." in words(room.ask("/brief digest off"))


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("daily 25:00", "not a valid time of day"),
        ("daily 08:30 berlin", "Europe/Berlin"),
        ("xyz", "not daily, weekdays"),
        ("hourly", "a digest comes every day, on weekdays or on days of the week"),
        ("off #999", "no digest 999"),
        ("preview", "A digest has nothing to report here yet"),
        ("now", "A digest has nothing to report here yet"),
    ],
)
def test_what_cannot_be_is_said_to_who_asked_alone(room: Room, typed: str, said: str) -> None:
    before = len(room.posts())
    answer = room.ask(f"/brief digest {typed}")
    assert said in words(answer)
    assert answer.visible_to == room.ann
    assert len(room.posts()) == before


def test_a_profile_without_a_zone_is_asked_for_one(room: Room) -> None:
    room.stage.workspace.state.users[room.ann].tz = ""
    assert "Slack does not say in which time zone" in words(room.ask("/brief digest daily 08:30"))


def test_guests_set_none(room: Room) -> None:
    guest = room.stage.workspace.add_user("gus", guest=True)
    room.stage.workspace.state.channels[room.channel].members.add(guest)
    assert "Only full members" in words(room.ask("/brief digest daily 08:30", guest))


def test_maintainers_hear_what_to_look_after_and_what_was_asked_in_vain_and_not_by_whom(room: Room) -> None:
    here = room.stage
    here.ask("/brief digest daily 08:30", here.maintainers)
    room.edit(reads("as_of:", "review_by: 2026-01-15\nas_of:"), reads("standing: partly", "standing: unverified"))
    room.ask("/brief zebra crossing")
    room.ask("/brief Zebra  crossing", room.ben)
    began = here.now() - timedelta(hours=1)

    def counted() -> bool:
        with here.bot.services.store.snapshot() as tx:
            return tx.unanswered_queries.counts(here.workspace.state.team, began, here.now())["zebra crossing"] == 2

    here.clock.forward(60)
    eventually(counted)
    preview = here.ask("/brief digest preview", here.maintainers)
    before = len(here.workspace.seen_by(here.ann, here.maintainers))
    here.clock.forward(DAY)
    eventually(lambda: len(here.workspace.seen_by(here.ann, here.maintainers)) > before)
    sent = here.workspace.last(here.ann, here.maintainers)
    assert (sent.text, sent.blocks, sent.visible_to) == (preview.text, preview.blocks, None)
    to_add = "“zebra crossing” · 2 times · also: [zebra"
    assert to_add in words(sent)
    assert to_add in words(here.ask("/brief status", here.maintainers))
    assert "zebra" not in words(room.ask("/brief status"))
    assert f"{TITLE} · review due 15 January 2026 · local-desk" in words(sent)
    assert f"• {TITLE} · overview · alternative" in words(sent)
    assert not any(who in str(sent.blocks) for who in (room.ann, room.ben))
    here.ask("/brief digest off", here.maintainers)


def test_neighbours_do_not_see_each_others_digests(room: Room) -> None:
    next_door = room.stage.neighbour
    assert next_door is not None
    zoe = next_door.add_user("zoe")
    lobby = next_door.add_channel("lobby", zoe)

    def typed(said: str) -> str:
        assert next_door.command(zoe, lobby, f"/brief {said}").error is None
        return words(next_door.last(zoe, lobby))

    following(room)
    number = re.search(r"[(]#(\d+)[)]", words(room.posts()[-1]))
    assert number is not None
    assert f"no digest {number[1]}" in typed(f"digest off #{number[1]}")
    assert "A digest has nothing to report here yet" in typed("digest now")
    assert "digest" not in typed("status")
    room.edit(COURT)
    assert THREE in words(tomorrow(room)[0])
    assert [m for m in next_door.seen_by(zoe, lobby) if m.visible_to is None] == []


def test_status_says_which_were_skipped(house: Stage, room: Room) -> None:
    following(room)
    room.edit(COURT)
    with house.run_with(digest_grace=timedelta(hours=6)):
        house.stop()
        house.clock.forward(3 * DAY)
        house.start()
        eventually(lambda: "skipped" in house.status())
        assert f"<#{room.channel}>" in house.ask("/brief status", house.maintainers).text
