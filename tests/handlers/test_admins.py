"""Admins who are named by their user group."""

from datetime import timedelta

import pytest

from bot.core.commands.outcome import CommandRejected
from bot.handlers.admins import ASKED_AGAIN, NAMED_MAX, REMEMBERED, Admins, check_admin, find_admins
from bot.handlers.delivery.slack_errors import MEANINGS
from bot.handlers.ports import ApiFailure
from tests.handlers.desk import TEAM, Desk

LATER = (REMEMBERED + timedelta(seconds=1)).total_seconds()


@pytest.fixture
def house(desk: Desk) -> Desk:
    """U1 is named, and U2 is in a group that is."""
    desk.slack.groups["S1"] = frozenset({"U2"})
    desk.decide(admins=frozenset({"U1", "S1"}))
    return desk


def check(desk: Desk, user: str, team: str = TEAM) -> CommandRejected | None:
    return check_admin(team, user, desk.services)


def reason(desk: Desk, user: str) -> str:
    rejected = check(desk, user)
    return rejected.reason if rejected else ""


def test_who_is_named_and_who_is_in_a_named_group_may_and_others_learn_whom_to_ask(house: Desk) -> None:
    assert (check(house, "U1"), check(house, "U2")) == (None, None)
    assert check(house, "U3") == CommandRejected(
        "only some people may change what channels follow here", "Ask one of them:", ("U1", "U2")
    )


def test_only_the_first_of_many_are_named(house: Desk) -> None:
    house.slack.groups["S1"] = frozenset(f"U{number}" for number in range(10, 99))
    rejected = check(house, "U3")
    assert rejected is not None
    assert len(rejected.people) == NAMED_MAX


def test_where_nobody_is_in_the_group_nobody_may(house: Desk) -> None:
    house.slack.groups["S1"] = frozenset()
    house.decide(admins=frozenset({"S1"}))
    rejected = check(house, "U2")
    assert rejected is not None
    assert (rejected.advice, rejected.people) == ("Nobody is among them now.", ())


def test_who_is_named_needs_no_word_of_slack(house: Desk) -> None:
    house.slack.refuse("group_members", "http_503", times=10)
    assert check(house, "U1") is None


def test_slack_is_asked_every_five_minutes(house: Desk) -> None:
    assert check(house, "U2") is None
    house.slack.groups["S1"] = frozenset({"U3"})
    house.set_clock(LATER - 2)
    assert check(house, "U2") is None
    house.set_clock(LATER)
    assert check(house, "U2") is not None
    assert check(house, "U3") is None


def test_a_clock_that_is_set_back_holds_no_answer_for_longer(house: Desk) -> None:
    house.set_clock(3600)
    assert check(house, "U2") is None
    house.slack.groups["S1"] = frozenset()
    house.set_clock(0)
    assert check(house, "U2") is not None


@pytest.mark.parametrize("word", ["ratelimited", "unreachable", "dropped", "http_502", "new_word"])
def test_while_slack_does_not_say_its_last_answer_counts_and_it_is_asked_again_soon(house: Desk, word: str) -> None:
    assert check(house, "U2") is None
    house.slack.groups["S1"] = frozenset({"U3"})
    house.slack.refuse("group_members", word)
    house.set_clock(LATER)
    assert (check(house, "U2"), check(house, "U3") is None) == (None, False)
    house.set_clock(LATER + ASKED_AGAIN.total_seconds())
    assert (check(house, "U2") is None, check(house, "U3")) == (False, None)


def test_where_slack_has_never_said_it_nobody_of_the_group_may_and_is_told_so(house: Desk) -> None:
    house.slack.refuse("group_members", "http_503")
    assert check(house, "U2") == CommandRejected(
        "Slack did not say whether you are among those who may do this (http_503)", "Try again in a minute."
    )
    assert check(house, "U2") is None


@pytest.mark.parametrize("word", sorted({*MEANINGS["group"].words, "missing_scope", "no_permission"}))
def test_what_slack_refuses_to_say_ends_what_it_said_before(house: Desk, word: str) -> None:
    assert check(house, "U2") is None
    house.set_clock(LATER)
    house.slack.refuse("group_members", word)
    assert word in reason(house, "U2")
    house.slack.refuse("group_members", word)
    assert word in reason(house, "U2")
    assert check(house, "U2") is None


def test_a_member_of_one_group_may_whatever_slack_says_of_another(house: Desk) -> None:
    house.decide(admins=frozenset({"S0", "S1"}))
    assert check(house, "U2") is None
    assert "no_such_subteam" in reason(house, "U3")
    assert find_admins(TEAM, house.services) == Admins(frozenset({"U2"}), ApiFailure("no_such_subteam"))


def test_a_group_is_one_of_its_workspace(house: Desk) -> None:
    assert check(house, "U2") is None
    assert check(house, "U2", team="T2") is not None


def test_a_guest_in_the_group_may_not(house: Desk) -> None:
    house.slack.add_person("U2", guest=True)
    answer = house.ask("subscribe all", user="U2")
    assert answer is not None
    assert "Only full members" in answer.text
    assert house.subscriptions() == []
