"""People say what a channel follows, in words or with a button; everybody there sees who did it, and can undo it."""

import re
from collections.abc import Iterable

import pytest

from bot.workspace.messages import Message
from bot.workspace.workspace import ALL_SCOPES, plain
from tests.live import Stage
from tests.scenarios.room import (
    ALTERNATIVE,
    COURT,
    FOUR,
    HARDLY,
    SIX_TO_FOUR,
    THREE,
    TITLE,
    Edit,
    Room,
    buttons,
    claims,
    note,
    title,
)


def heard(room: Room) -> list[str]:
    """What the newest post says of the claims that changed."""
    return claims(room.settled()[-1])


# To follow


def test_everybody_sees_who_made_the_channel_follow_what(room: Room) -> None:
    confirmation = room.ask("/brief subscribe all")
    assert room.posts() == [confirmation]
    number = re.search(r"[(]#\d+[)]", confirmation.text)
    assert number is not None
    assert confirmation.text == (
        f"<@{room.ann}> made this channel follow all briefs {number[0]}. Changes are posted here.\n\n"
        "What was published so far: /brief changes"
    )
    assert buttons(confirmation) == ["Undo"]


def test_what_was_published_before_is_not_posted_to_who_follows_now(room: Room) -> None:
    room.edit(SIX_TO_FOUR)
    room.ask("/brief subscribe all")
    room.ask("/brief subscribe {brief}/overview deliver:thread")
    assert len(room.settled()) == 2
    room.edit(COURT)
    assert heard(room) == [THREE]


def heard_by_each(room: Room, wishes: Iterable[str], *edits: Edit) -> dict[str, list[str]]:
    """What channels that each follow something else hear of an edit."""
    places = {wish: room.another("place") for wish in wishes}
    for wish, place in places.items():
        room.ask(f"/brief subscribe {wish}", channel=place)
    room.edit(*edits)
    room.settled()
    return {wish: [claim for post in room.posts(place) for claim in claims(post)] for wish, place in places.items()}


def test_a_channel_hears_of_what_it_follows_and_of_nothing_else(room: Room) -> None:
    news = {
        "all": [FOUR, HARDLY, THREE],
        "{brief}": [FOUR, HARDLY, THREE],
        "{brief} legal": [THREE],
        "law {brief}": [THREE],
        "{brief}/overview": [FOUR, HARDLY],
        "overview": [FOUR, HARDLY],
        "tag:courts": [FOUR, HARDLY, THREE],
        "tag:sports": [],
    }
    assert heard_by_each(room, news, SIX_TO_FOUR, ALTERNATIVE, COURT) == news


def test_filters_leave_in_and_leave_out(room: Room) -> None:
    news = {
        "all kind:correction": [FOUR],
        "all kind:correction kind:clarification": [FOUR, HARDLY],
        "all -kind:correction": [THREE, HARDLY],
        "all section:legal": [THREE],
        "all -section:legal kind:correction": [FOUR],
        "all tag:courts -kind:update": [FOUR, HARDLY],
        "all -tag:courts": [],
        "{brief} kind:withdrawal": [],
    }
    notes = note("clarification", "Clearer.", "alternative"), note("correction", "Four.", "halved")
    assert heard_by_each(room, news, SIX_TO_FOUR, ALTERNATIVE, COURT, *notes) == news


def test_the_confirmation_says_what_is_followed_in_words(room: Room) -> None:
    words = {
        "{brief}": f"follow the brief {room.brief} (#",
        "law {brief}": f"follow the section legal of the brief {room.brief} (#",
        "overview": "follow the section overview of all briefs (#",
        "tag:courts kind:correction -section:legal": "Only corrections, without the section legal.",
        "all deliver:thread": "Each brief gets one thread here that is kept up to date",
        "all deliver:digest": "Changes come with this channel's digest. None is set here yet.",
    }
    for wish, said in words.items():
        assert said in room.ask(f"/brief subscribe {wish}").text


def test_a_thread_begins_with_the_first_change_and_a_digest_waits_for_its_time(room: Room) -> None:
    room.ask("/brief subscribe {brief} deliver:thread")
    later = room.another("later")
    room.ask("/brief subscribe {brief} deliver:digest", channel=later)
    room.edit(SIX_TO_FOUR)
    parent, change = room.settled()[1:]
    assert (parent.thread_ts, change.thread_ts) == (None, parent.ts)
    assert len(room.posts(later)) == 1


# To take it back


def test_undo_ends_a_new_subscription(room: Room) -> None:
    undone = room.undo(room.ask("/brief subscribe all"))
    assert undone.text.startswith(f"<@{room.ben}> ended this channel's subscription of all briefs (#")
    room.edit(SIX_TO_FOUR)
    assert len(room.settled()) == 2


def test_undo_after_a_replacement_brings_the_old_subscription_back(room: Room) -> None:
    room.ask("/brief subscribe {brief} kind:correction")
    replaced = room.ask("/brief subscribe {brief} section:legal deliver:thread")
    assert followed(room) == [f"{room.brief} section:legal deliver:thread"]
    room.undo(replaced)
    assert followed(room) == [f"{room.brief} kind:correction"]
    room.edit(SIX_TO_FOUR, COURT, note("correction", "Four.", "halved"))
    assert heard(room) == [FOUR]


def test_undo_of_an_end_goes_on_as_before(room: Room) -> None:
    room.ask("/brief subscribe {brief}/legal -kind:evidence")
    room.undo(room.ask("/brief unsubscribe {brief}/legal"))
    assert followed(room) == [f"{room.brief}/legal -kind:evidence"]


def test_who_undoes_twice_is_told_that_there_is_nothing_left(room: Room) -> None:
    confirmation = room.ask("/brief subscribe all")
    room.undo(confirmation)
    again = room.undo(confirmation)
    assert again.visible_to == room.ben
    assert "this channel does not follow #" in again.text
    assert len(room.posts()) == 2


def followed(room: Room) -> list[str]:
    """What the channel follows, as it was typed."""
    return re.findall(r"^#\d+ (.*) · since", plain(room.ask("/brief subscriptions").text), re.MULTILINE)


def test_a_subscription_ends_by_its_target_or_by_its_number(room: Room) -> None:
    room.ask("/brief subscribe {brief}")
    number = number_of(room.ask("/brief subscribe all kind:correction"))
    assert followed(room) == [room.brief, "all kind:correction"]
    assert "ended this channel's subscription of the brief" in room.ask("/brief unsubscribe {brief}").text
    assert "ended this channel's subscription of all briefs" in room.ask(f"/brief unsubscribe {number}").text
    assert "Nothing yet. Try /brief subscribe all." in plain(room.ask("/brief subscriptions").text)
    room.edit(SIX_TO_FOUR)
    assert len(room.settled()) == 4


def number_of(confirmation: Message) -> str:
    found = re.search(r"#\d+", confirmation.text)
    assert found is not None
    return found[0]


def test_the_number_of_another_channel_is_not_touched(room: Room) -> None:
    elsewhere = room.another("elsewhere")
    number = number_of(room.ask("/brief subscribe all", channel=elsewhere))
    for typed in (f"unsubscribe {number}", f"mute {number}", "unsubscribe all", "unsubscribe #999999"):
        refused = room.ask(f"/brief {typed}")
        assert (refused.visible_to, "this channel does not follow" in refused.text) == (room.ann, True)
    room.edit(SIX_TO_FOUR)
    assert len(room.settled(elsewhere)) == 2


def test_the_subscription_of_a_brief_that_is_gone_can_be_ended(room: Room) -> None:
    room.ask("/brief subscribe {brief}")
    room.remove()
    assert len(room.settled()) == 2
    assert "ended this channel's subscription" in room.ask("/brief unsubscribe {brief}").text


# Under an answer


def test_follow_under_an_answer_makes_the_channel_follow_its_brief(room: Room) -> None:
    told = room.follow(room.ask("/brief legal {brief}"))
    assert told.text.startswith(f"<@{room.ann}> made this channel follow the brief {room.brief} (#")
    assert followed(room) == [room.brief]


def test_follow_under_a_shared_answer_works_for_everybody(room: Room) -> None:
    room.ask("/brief legal {brief} share")
    told = room.follow(room.posts()[0], room.ben)
    assert told.text.startswith(f"<@{room.ben}> made this channel follow the brief {room.brief} (#")
    room.undo(told)
    assert "Nothing yet." in room.ask("/brief subscriptions").text


def test_a_mention_in_a_thread_subscribes_the_channel_and_says_so_there(room: Room) -> None:
    workspace = room.stage.workspace
    question = workspace.say(room.ben, room.channel, "Who tells us when this changes?")
    bot = workspace.state.app.bot_user
    workspace.say(room.ann, room.channel, f"<@{bot}> subscribe {room.brief} kind:correction", question.ts)
    told = room.post(3)
    assert told.thread_ts == question.ts
    assert told.text.startswith(f"<@{room.ann}> made this channel follow the brief {room.brief} (#")
    assert followed(room) == [f"{room.brief} kind:correction"]


# To mute


def test_a_muted_channel_hears_nothing_and_later_only_of_what_is_new(room: Room) -> None:
    room.ask("/brief subscribe {brief} kind:update")
    muted = room.ask("/brief mute {brief} for:2d")
    assert muted.text.startswith(f"<@{room.ann}> muted the brief {room.brief} (#")
    assert re.search(r" until \d+ \w+ \d+, \d\d:\d\d UTC", plain(muted.text))
    assert "What changes meanwhile is not posted; /brief changes shows it" in muted.text
    assert " · muted until " in room.ask("/brief subscriptions").text
    room.edit(SIX_TO_FOUR)
    assert len(room.settled()) == 2
    assert "The ferry timetable of 2025 · Update" in plain(room.ask("/brief changes {brief}").text)
    room.undo(muted)
    assert followed(room) == [f"{room.brief} kind:update"]
    room.edit(COURT)
    assert heard(room) == [THREE]


def test_a_muted_subscription_is_no_reason_for_a_post(room: Room) -> None:
    room.ask("/brief subscribe all")
    narrow = number_of(room.ask("/brief subscribe {brief}/legal"))
    room.ask("/brief mute all")
    room.edit(SIX_TO_FOUR, COURT)
    assert heard(room) == [THREE]
    assert f"this channel follows {room.brief}/legal ({narrow}) · " in room.posts()[-1].text


# The default brief


def test_the_chosen_brief_answers_at_once_until_none_is_chosen(room: Room) -> None:
    assert title(room.ask("/brief legal")) != TITLE
    room.edit(lambda text: text.replace(TITLE, "Ferries"))
    chosen = room.ask("/brief use {brief}")
    assert chosen.text.startswith(f"<@{room.ann}> made “Ferries” this channel's default")
    assert title(room.ask("/brief legal")) == "Ferries"
    assert "Default brief here: Ferries" in room.ask("/brief subscriptions").text
    ended = room.ask("/brief use none")
    assert "ended this channel's default brief" in ended.text
    assert title(room.ask("/brief legal")) != "Ferries"
    room.undo(ended)
    assert title(room.ask("/brief legal")) == "Ferries"


# Who may, and where


def test_guests_change_nothing(room: Room) -> None:
    guest = room.stage.workspace.add_user("guest", guest=True)
    for typed in ("subscribe all", "unsubscribe all", "mute all", "use {brief}"):
        refused = room.ask(f"/brief {typed}", guest)
        assert refused.visible_to == guest
        assert "Only full members of this workspace may do this" in refused.text
    pressed = room.follow(room.ask("/brief legal {brief}", guest), guest)
    assert "Only full members of this workspace may do this" in pressed.text
    assert room.posts() == []


def test_where_admins_are_named_only_they_change_what_channels_follow(house: Stage) -> None:
    with house.run_with(admins=frozenset({house.ben})):
        refused = house.ask("/brief subscribe all")
        assert "Only some people may change what channels follow here" in refused.text
        assert refused.text.endswith(f"Ask one of them: <@{house.ben}>")
        told = house.ask("/brief subscribe all", user=house.ben)
        assert told.text.startswith(f"<@{house.ben}> made this channel follow all briefs (#")
        assert "Only some people may" in house.press(told, "undo", user=house.ann).text
        house.press(house.ask("/brief use none"), "ask", user=house.ann)
        house.settle()
        direct = house.workspace.state.direct(house.ben).id
        asked = house.workspace.last(house.ben, direct)
        assert plain(asked.text).startswith(f"<@{house.ann}> asks you to do this in <#{house.general}>:")
        assert "Allowed by" in house.press(asked, "allow", user=house.ben).text
        house.clock.forward(10)
        house.settle()
        assert plain(house.workspace.state.find(direct, asked.ts).text).endswith(f"Allowed by <@{house.ben}>.")
        answered = house.workspace.last(house.ann, house.workspace.state.direct(house.ann).id)
        assert plain(answered.text).endswith("It is done.")
    assert "ended this channel's subscription" in house.press(told, "undo").text


NOT_HERE = "The bot cannot post in this channel.\nType /invite @briefbot, then repeat."


@pytest.mark.parametrize("private", [True, False])
def test_where_the_bot_cannot_post_it_asks_to_be_invited_and_keeps_nothing(room: Room, private: bool) -> None:
    app = room.stage.workspace.state.app
    app.scopes = ALL_SCOPES - {"chat:write.public"}
    secret = room.another("secret", private=private, bot=False)
    for _ in range(2):
        assert plain(room.ask("/brief subscribe all", channel=secret).text).endswith(NOT_HERE)
    pressed = room.follow(room.ask("/brief legal {brief}", channel=secret))
    assert plain(pressed.text).endswith(NOT_HERE)
    assert "Nothing yet." in room.ask("/brief subscriptions", channel=secret).text
    assert room.posts(secret) == []
    room.stage.workspace.invite(secret)
    assert "made this channel follow all briefs" in room.ask("/brief subscribe all", channel=secret).text
    app.scopes = ALL_SCOPES


def test_in_a_private_channel_without_the_bot_nothing_is_changed(room: Room) -> None:
    secret = room.another("secret", private=True, bot=False)
    for typed in ("unsubscribe all", "mute all", "use {brief}"):
        assert plain(room.ask(f"/brief {typed}", channel=secret).text).endswith(NOT_HERE)
    assert "Default brief" not in room.ask("/brief subscriptions", channel=secret).text


def test_an_archived_channel_is_opened_again_first(room: Room) -> None:
    room.stage.workspace.archive(room.channel)
    assert "This channel is archived." in room.ask("/brief subscribe all").text
    room.stage.workspace.unarchive(room.channel)
    assert "Nothing yet." in room.ask("/brief subscriptions").text


@pytest.mark.parametrize(
    ("kind", "outcome"),
    [
        ("unavailable", "the channel is told as soon as Slack takes the message"),
        ("drop_after", "Slack did not say whether it told the channel"),
    ],
)
def test_what_slack_does_not_confirm_was_done_and_the_channel_is_told_once(room: Room, kind: str, outcome: str) -> None:
    room.stage.settle()
    room.stage.workspace.faults.script("chat.postMessage", kind)  # type: ignore[arg-type]
    room.ask("/brief subscribe all")
    assert any(f"It is done; {outcome}" in each for each in room.stage.dialogue(room.ann, room.channel))
    room.stage.settle()
    assert followed(room) == ["all"]
    assert sum("made this channel follow" in each for each in room.stage.dialogue(room.ben, room.channel)) == 1


def test_a_misspelt_target_is_a_suggestion_and_changes_nothing(room: Room) -> None:
    suggestion = room.ask(f"/brief subscribe {room.brief}s kind:correction")
    assert suggestion.visible_to == room.ann
    assert f"Nearest: subscribe {room.brief} kind:correction" in suggestion.text
    assert "Nothing yet." in room.ask("/brief subscriptions").text
    for typed in ("subscribe zebra", "subscribe", "subscribe all kind:gossip", "mute all for:ever", "subs all"):
        assert room.ask(f"/brief {typed}").visible_to == room.ann
    assert "Nothing yet." in room.ask("/brief subscriptions").text
    room.press(suggestion, "open:1")
    assert followed(room) == [f"{room.brief} kind:correction"]


# How things stand


def test_subscriptions_of_the_channel_and_of_all_channels(room: Room) -> None:
    elsewhere = room.another("elsewhere")
    here = number_of(room.ask("/brief subscribe {brief} deliver:thread"))
    there = number_of(room.ask("/brief subscribe all", channel=elsewhere))
    assert followed(room) == [f"{room.brief} deliver:thread"]
    shown = room.ask("/brief subscriptions all")
    assert shown.visible_to == room.ann
    lines = plain(shown.text).split("\n")
    assert f"{here} {room.brief} deliver:thread in <#{room.channel}>" in [line.split(" · ")[0] for line in lines]
    assert f"{there} all in <#{elsewhere}>" in [line.split(" · ")[0] for line in lines]


def test_status_says_what_is_published_and_that_nothing_waits(room: Room) -> None:
    room.ask("/brief subscribe all")
    room.stage.settle()
    shown = room.ask("/brief status")
    assert shown.visible_to == room.ann
    published, following, owed = shown.text.split("\n\n")[1].split("\n")
    assert re.fullmatch(r"\d+ briefs? to ask\.", published)
    assert following == "This channel follows all briefs."
    assert owed == "Everything has been posted."


def test_status_has_the_figures_in_the_channel_of_the_maintainers(room: Room) -> None:
    room.ask("/brief subscribe all")
    room.stage.settle()
    published, following, owed, *_ = room.stage.status().split("\n\n")[1].split("\n")
    assert re.fullmatch(r"Publication \d+ of \d+ \w+ \d+: \d+ briefs?\.", published)
    assert following == "1 subscription in this workspace."
    assert owed == "Nothing is waiting to be posted."
