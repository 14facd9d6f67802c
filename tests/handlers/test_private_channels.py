"""Nobody makes a private channel follow anything who is not in it, in any way that names another channel than the one
in which somebody types or presses; and who is not in it learns no more of it than of one that does not exist."""

import pytest

from bot.core.commands.command import ShowSubscriptions
from bot.core.commands.outcome import CommandRejected
from bot.handlers.commands import interactions
from bot.handlers.commands.table import handle
from bot.handlers.permissions import DIRECT, check_can_post, need_of
from bot.handlers.ports import Caller
from bot.handlers.reports.dismiss_report import dismiss_report
from bot.slack.callers import caller_of_action, caller_of_command, caller_of_form
from tests.handlers.asks.office import Office
from tests.handlers.desk import TEAM, Desk
from tests.handlers.test_strangers import SAMPLES

NOT_THERE = "The bot cannot post in this channel. Type `/invite @briefbot`, then repeat."
CHANGES = [each for each in SAMPLES if need_of(each) == "change" and not isinstance(each, ShowSubscriptions)]


@pytest.fixture
def house(desk: Desk) -> Desk:
    """C2 is private, and U1 is not in it; C3 is private, and U1 is; of C4 nobody knows. U2 has a conversation D."""
    for channel in ("C2", "C3"):
        desk.slack.add_channel(channel, private=True)
        desk.subscribe("ferries", channel)
    desk.slack.outside.add(("C2", "U1"))
    desk.slack.add_channel("C5", private=True, member=False)
    return desk


@pytest.fixture
def office(desk: Desk) -> Office:
    return Office(desk)


def form(desk: Desk, place: str, user: str = "U1") -> Caller:
    """Who submits a form that says it was opened there."""
    view = {"private_metadata": place, "app_installed_team_id": TEAM}
    return caller_of_form({"view": view, "team": {"id": TEAM}, "user": {"id": user, "team_id": TEAM}})


def submit(desk: Desk, place: str, typed: str = "digest weekdays 08:30 UTC") -> str | None:
    return interactions.submit_form(desk.services.answers().parse(typed), form(desk, place), desk.services)


def stored(desk: Desk) -> object:
    with desk.store.snapshot() as tx:
        return desk.subscriptions(), tx.digests.of_team(TEAM), tx.subscriptions.default_briefs_since(0)


def test_only_forms_say_themselves_where_they_are(house: Desk) -> None:
    person, channel = {"id": "U1", "team_id": TEAM}, {"id": "C3", "name": "x"}
    typed = {"team_id": TEAM, "channel_id": "C3", "user_id": "U1"}
    assert caller_of_command(typed).vouched
    assert caller_of_action({"user": person, "team": {"id": TEAM}, "channel": channel}).vouched
    assert not form(house, "C3").vouched


@pytest.mark.parametrize("place", ["C2", "C4", "C5", "C999"])
def test_a_form_sets_nothing_in_a_channel_that_who_sends_it_does_not_see(house: Desk, place: str) -> None:
    before = stored(house)
    assert submit(house, place) == NOT_THERE
    assert stored(house) == before
    assert house.entries("C2") == house.entries("C5") == []


def test_a_form_sets_nothing_in_the_conversation_of_another_person(house: Desk) -> None:
    theirs = house.slack.conversation("U2")
    for place in (theirs, "D999"):
        problem = submit(house, place)
        assert problem == f"{DIRECT.reason[:1].upper()}{DIRECT.reason[1:]}. {DIRECT.advice}"
    assert submit(house, house.slack.conversation("U1")) is None


def test_a_form_works_where_who_sends_it_is(house: Desk) -> None:
    assert submit(house, "C3") is None
    house.slack.kick("C1")
    house.slack.outside.add(("C1", "U1"))
    # Everybody sees a public channel.
    assert submit(house, "C1") is None


@pytest.mark.parametrize("command", CHANGES, ids=lambda each: type(each).__name__)
def test_no_command_changes_a_channel_that_is_not_seen(house: Desk, command: object) -> None:
    before, answers = stored(house), house.services.answers()
    told = [handle(command, form(house, place), house.services, answers) for place in ("C2", "C4")]  # type: ignore[arg-type]
    assert isinstance(told[0], CommandRejected)
    assert told[0] == told[1]
    assert stored(house) == before


def test_an_archived_channel_is_not_told_of_to_who_is_not_in_it(house: Desk) -> None:
    house.slack.archive("C2")
    assert check_can_post(form(house, "C2"), house.services) == check_can_post(form(house, "C4"), house.services)


@pytest.mark.parametrize("word", ["ratelimited", "dropped", "look_incomplete", "missing_scope"])
def test_while_slack_does_not_say_who_is_in_it_nothing_is_changed(house: Desk, word: str) -> None:
    house.slack.refuse("is_in_channel", word)
    assert str(submit(house, "C3")).startswith(f"Slack did not say whether you are in this channel ({word}).")


def test_what_is_typed_or_pressed_there_needs_no_question(house: Desk) -> None:
    house.slack.refuse("is_in_channel", "http_503", times=9)
    assert house.ask("subscribe all", channel="C3") is None


# What was asked for before


def test_what_somebody_asked_for_who_has_left_since_is_not_done(office: Office) -> None:
    desk = office.desk
    desk.slack.add_channel("C2", private=True)
    office.ask("subscribe all", channel="C2")
    desk.slack.outside.add(("C2", "U3"))
    gone = office.decide("allow")
    assert gone.startswith("In <#C2>: the bot cannot post in this channel.")
    desk.slack.remove_channel("C2")
    assert office.decide("allow") == gone
    assert (desk.subscriptions(), office.states()) == ([], [("open", None)])


def test_an_admin_need_not_be_in_the_channel_of_who_asks(office: Office) -> None:
    office.desk.slack.add_channel("C2", private=True)
    office.desk.slack.outside.add(("C2", "U1"))
    office.ask("subscribe all", channel="C2")
    assert office.decide("allow").startswith("Allowed by <@U1>.")


# What is named by a number


@pytest.mark.parametrize(
    "typed", ["unsubscribe #1", "mute #1", "unmute #1", "subscriptions #1", "digest off 1", "digest show 1"]
)
def test_a_number_of_a_private_channel_reads_as_one_that_there_is_not(house: Desk, typed: str) -> None:
    house.ask("digest daily 08:30 UTC", channel="C3")
    texts = [house.ask(each) for each in (typed, typed.replace("1", "77"))]
    assert None not in texts
    first, second = [each.text if each else "" for each in texts]
    assert first.replace("1", "77") == second or first.replace("#1", "#77") == second


def test_a_form_closes_no_report_of_who_is_not_in_the_private_channel_of_the_maintainers(house: Desk) -> None:
    house.decide(maintainers=(TEAM, "C2"))
    problem = dismiss_report(1, "No.", form(house, "C2"), house.services)
    assert problem == dismiss_report(1, "No.", form(house, "C4"), house.services)
    assert problem is not None
    assert "in the channel of the maintainers" in problem.words
