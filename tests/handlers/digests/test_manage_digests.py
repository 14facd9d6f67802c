"""Digests of a channel are set, changed and ended; what is not said is asked."""

import pytest

from bot.core.commands.button_value import decode_command
from bot.core.commands.command import Search
from bot.handlers.commands import interactions
from bot.handlers.digests.digest_choices import DIGESTS_MAX
from bot.render.document.message import Message
from tests.handlers.desk import Desk
from tests.render.limits import walk


@pytest.fixture
def berlin(desk: Desk) -> Desk:
    """Whoever asks has Berlin's time zone in their profile."""
    desk.slack.add_person("U1", zone="Europe/Berlin")
    return desk


def schedules(desk: Desk) -> list[str]:
    with desk.store.snapshot() as tx:
        return [f"{each.id} {each.schedule}" for each in tx.digests.of_team("T1")]


def buttons(message: Message) -> dict[str, str]:
    """The values of the buttons, and of the options of menus, by their labels."""
    controls = [part for part in walk(message.blocks) if isinstance(part.get("value"), str)]
    return {part["text"]["text"]: part["value"] for part in controls}


def press(desk: Desk, message: Message | None, label: str) -> None:
    """Somebody presses the button of this label."""
    assert message is not None
    command = decode_command(buttons(message)[label], Search)
    assert command is not None
    interactions.open_command(command, desk.slack.caller("U1", "C1"), desk.services)


def test_a_second_digest_is_asked_about(berlin: Desk) -> None:
    assert berlin.ask("digest daily 9:00") is None
    question = berlin.ask("digest 8:30")
    assert question is not None
    assert "This channel has a digest already" in question.text
    assert list(buttons(question)) == ["Change digest 1 (daily 09:00 Europe/Berlin)", "Add another"]
    assert schedules(berlin) == ["1 daily 09:00 Europe/Berlin"]


def test_changing_keeps_the_number_and_can_be_undone(berlin: Desk) -> None:
    berlin.ask("digest daily 9:00")
    press(berlin, berlin.ask("digest mondays 8:30"), "Change digest 1 (daily 09:00 Europe/Berlin)")
    assert schedules(berlin) == ["1 weekly monday 08:30 Europe/Berlin"]
    told = berlin.entries()[-1]
    assert "changed this channel's digest 1: weekly monday 08:30 Europe/Berlin, no longer daily 09:00" in told.text
    press(berlin, told.message, "Undo")
    assert schedules(berlin) == ["1 daily 09:00 Europe/Berlin"]


def test_adding_leaves_the_other_alone(berlin: Desk) -> None:
    berlin.ask("digest daily 9:00")
    press(berlin, berlin.ask("digest daily 17:00"), "Add another")
    assert schedules(berlin) == ["1 daily 09:00 Europe/Berlin", "2 daily 17:00 Europe/Berlin"]


def test_the_undo_of_an_earlier_version_asks_nothing(berlin: Desk) -> None:
    berlin.ask("digest daily 9:00")
    ended = berlin.services.answers().parse("digest daily 17:00 Europe/Berlin")
    interactions.undo(ended, berlin.slack.caller("U1", "C1"), berlin.services)
    assert schedules(berlin) == ["1 daily 09:00 Europe/Berlin", "2 daily 17:00 Europe/Berlin"]


def test_a_change_that_the_channel_cannot_be_told_of_is_taken_back(berlin: Desk) -> None:
    berlin.ask("digest daily 9:00")
    berlin.slack.refuse("post", "not_in_channel")
    refusal = berlin.ask("digest change 1 daily 17:00")
    assert refusal is not None
    assert "cannot post in this channel" in refusal.text
    assert schedules(berlin) == ["1 daily 09:00 Europe/Berlin"]


@pytest.mark.parametrize(
    ("typed", "reason"),
    [
        ("digest daily 9:00", "this channel has this digest already"),
        ("digest change 1 daily 9:00", "this channel has this digest already"),
        ("digest change 7 daily 8:00", "this channel has no digest 7"),
        ("digest off 7", "this channel has no digest 7"),
    ],
)
def test_what_cannot_be_done_is_said(berlin: Desk, typed: str, reason: str) -> None:
    berlin.ask("digest daily 9:00")
    refusal = berlin.ask(typed)
    assert refusal is not None
    assert reason in refusal.text.casefold()
    assert schedules(berlin) == ["1 daily 09:00 Europe/Berlin"]


def test_more_digests_than_a_channel_may_have_are_not_offered(berlin: Desk) -> None:
    for hour in range(DIGESTS_MAX):
        berlin.ask(f"digest add daily {hour}:00")
    refusal, question = berlin.ask("digest add daily 20:00"), berlin.ask("digest daily 20:00")
    assert refusal is not None
    assert question is not None
    assert f"this channel has {DIGESTS_MAX} digests, and no more are possible" in refusal.text.casefold()
    assert "Add another" not in buttons(question)
    assert len(schedules(berlin)) == DIGESTS_MAX


def test_off_asks_which_of_several(berlin: Desk) -> None:
    berlin.ask("digest daily 9:00")
    berlin.ask("digest add daily 17:00")
    question = berlin.ask("digest off")
    assert question is not None
    one, two = "End digest 1 (daily 09:00 Europe/Berlin)", "End digest 2 (daily 17:00 Europe/Berlin)"
    assert list(buttons(question)) == [one, two, "End all of them"]
    press(berlin, question, one)
    assert schedules(berlin) == ["2 daily 17:00 Europe/Berlin"]
    assert berlin.ask("digest off") is None
    assert schedules(berlin) == []


def test_all_of_several_end_by_one_button(berlin: Desk) -> None:
    berlin.ask("digest daily 9:00")
    berlin.ask("digest add daily 17:00")
    press(berlin, berlin.ask("digest off"), "End all of them")
    assert schedules(berlin) == []


def test_the_form_that_cannot_ask_says_what_to_type(berlin: Desk) -> None:
    berlin.ask("digest daily 9:00")
    command = berlin.services.answers().parse("digest daily 17:00 Europe/Berlin")
    assert interactions.submit_form(command, berlin.slack.caller("U1", "C1"), berlin.services) == (
        "This channel has a digest already. Close this, and type /brief digest daily 17:00 Europe/Berlin"
    )


# The zone of the profile among suggestions


def test_the_zone_of_the_profile_is_offered_where_an_offset_fits(berlin: Desk) -> None:
    answer = berlin.ask("digest weekdays 8:30 GMT+2")  # it is May
    assert answer is not None
    assert list(buttons(answer)) == ["digest weekdays 08:30 Europe/Berlin (UTC+02:00 today)"]
    assert "does not say when clocks change" in answer.text


def test_an_offset_that_is_not_theirs_today_offers_nothing(berlin: Desk) -> None:
    answer = berlin.ask("digest weekdays 8:30 GMT+1")
    assert answer is not None
    assert buttons(answer) == {}
    assert "write a city" in answer.text


def test_of_several_readings_that_of_the_profile_comes_first(desk: Desk) -> None:
    desk.slack.add_person("U1", zone="Europe/Dublin")
    answer = desk.ask("digest daily 8:30 IST")
    assert answer is not None
    assert list(buttons(answer)) == [
        "digest daily 08:30 Europe/Dublin (UTC+01:00 today)",
        "digest daily 08:30 Asia/Kolkata (UTC+05:30 today)",
        "digest daily 08:30 Asia/Jerusalem (UTC+03:00 today)",
    ]


# Muted until a day


def test_a_mute_ends_when_the_day_begins_where_who_asks_is(berlin: Desk) -> None:
    berlin.subscribe("all")
    berlin.ask("mute all until tomorrow")
    (subscription,) = berlin.subscriptions()
    assert subscription.muted_until is not None
    assert subscription.muted_until.isoformat() == "2026-05-11T22:00:00+00:00"


@pytest.mark.parametrize("day", ["2020-01-01", "2026-05-11", "2099-01-01", "9999-12-31", "2026-05-11 8:00"])
def test_a_mute_until_a_day_that_is_past_or_too_far_is_refused(berlin: Desk, day: str) -> None:
    berlin.subscribe("all")
    refusal = berlin.ask(f"mute all until {day}")
    assert refusal is not None
    assert "is not a time to come" in refusal.text
    assert [each.muted_until for each in berlin.subscriptions()] == [None]
