"""Who may change what a channel follows, and where."""

from dataclasses import replace

import pytest

from bot.core.commands.outcome import CommandRejected
from bot.handlers.commands.table import handle
from bot.handlers.permissions import DIRECT, MEMBERS_ONLY, check_can_post, require_admin, require_change, require_member
from bot.handlers.ports import UserInfo
from tests.handlers.desk import Desk

NEEDS_INVITE = CommandRejected("the bot cannot post in this channel", "Type `/invite @briefbot`, then repeat.")


def ask_as(desk: Desk, user: str) -> UserInfo | CommandRejected:
    return require_admin(desk.slack.caller(user, "C1"), desk.services)


def check(desk: Desk, channel: str = "C1") -> CommandRejected | None:
    return check_can_post(desk.slack.caller("U1", channel), desk.services)


# Who


def test_a_member_may_and_their_time_zone_is_known(desk: Desk) -> None:
    desk.slack.add_person("U3", zone="Europe/Berlin")
    assert ask_as(desk, "U3") == UserInfo(guest=False, zone="Europe/Berlin")


def test_a_guest_may_not(desk: Desk) -> None:
    desk.slack.add_person("U3", guest=True)
    assert ask_as(desk, "U3") == MEMBERS_ONLY


def test_whom_slack_does_not_know_may_not(desk: Desk) -> None:
    assert ask_as(desk, "U9") == MEMBERS_ONLY


def test_where_admins_are_named_only_they_may_and_others_learn_whom_to_ask(desk: Desk) -> None:
    desk.decide(admins=frozenset({"U2", "U1"}))
    desk.slack.add_person("U3")
    assert ask_as(desk, "U1") == ask_as(desk, "U2") == UserInfo(guest=False)
    assert ask_as(desk, "U3") == CommandRejected(
        "only some people may change what channels follow here", "Ask one of them:", ("U1", "U2")
    )


def test_an_admin_who_is_a_guest_may_not(desk: Desk) -> None:
    desk.slack.add_person("U3", guest=True)
    desk.decide(admins=frozenset({"U3"}))
    assert isinstance(ask_as(desk, "U3"), CommandRejected)


def test_somebody_of_another_organisation_may_not(desk: Desk) -> None:
    caller = desk.slack.caller("U1", "C1")
    assert require_member(replace(caller, home="T2"), desk.services) == MEMBERS_ONLY
    for home in (None, "T1", "E1"):
        person = require_member(replace(caller, home=home, enterprise="E1"), desk.services)
        assert person == UserInfo(guest=False)


def test_somebody_whose_organisation_counts_them_to_this_workspace_may(desk: Desk) -> None:
    desk.slack.add_person("U3", listed=True)
    member = require_member(replace(desk.slack.caller("U3", "C1"), home="T2"), desk.services)
    assert member == UserInfo(guest=False, listed=True)


# Where


def test_the_bot_can_post_in_a_public_channel_that_it_is_not_in(desk: Desk) -> None:
    desk.slack.kick("C1")
    assert check(desk) is None


def test_an_archived_channel_is_opened_first(desk: Desk) -> None:
    desk.slack.archive("C1")
    assert check(desk) == CommandRejected("this channel is archived", "Open it again first.")


def test_a_private_channel_without_the_bot_and_one_that_does_not_exist_are_told_the_same(desk: Desk) -> None:
    desk.slack.add_channel("C2", private=True, member=False)
    assert check(desk, "C2") == NEEDS_INVITE
    desk.slack.refuse("channel_info", "channel_not_found")
    assert check(desk) == NEEDS_INVITE


def test_the_bot_is_invited_where_slack_says_that_it_is_not_in_the_channel(desk: Desk) -> None:
    desk.slack.refuse("channel_info", "not_in_channel")
    assert check(desk) == NEEDS_INVITE


@pytest.mark.parametrize("error", ["http_503", "ratelimited", "missing_scope"])
def test_what_slack_does_not_say_of_a_channel_rejects_nobody(desk: Desk, error: str) -> None:
    desk.slack.refuse("channel_info", error)
    assert check(desk) is None


@pytest.mark.parametrize("group", [True, False])
def test_nobody_is_told_to_invite_the_bot_into_a_conversation_between_people(desk: Desk, group: bool) -> None:
    channel = desk.slack.add_channel("C2" if group else "D2", private=True, member=False)
    caller = replace(desk.slack.caller("U1", channel), group=group)
    assert check_can_post(caller, desk.services) == DIRECT


# Both


def test_who_may_not_is_not_told_what_is_wrong_with_the_channel(desk: Desk) -> None:
    desk.slack.archive("C1")
    guest = desk.slack.add_person("U3", guest=True)
    rejections = [require_change(desk.slack.caller(user, "C1"), desk.services) for user in (guest, "U1")]
    assert [each.reason for each in rejections if isinstance(each, CommandRejected)] == [
        MEMBERS_ONLY.reason,
        "this channel is archived",
    ]


@pytest.mark.parametrize(
    "typed",
    ["subscribe all", "unsubscribe #1", "mute #1", "use ferries", "digest daily 09:00", "digest off", "digest now"],
)
def test_a_guest_changes_nothing_with_any_command(desk: Desk, typed: str) -> None:
    before = [desk.subscribe("ferries")]
    desk.slack.add_person("U3", guest=True)
    answers = desk.services.answers()
    reply = handle(answers.parse(typed), desk.slack.caller("U3", "C1"), desk.services, answers)
    assert isinstance(reply, CommandRejected)
    assert reply == MEMBERS_ONLY
    assert (desk.subscriptions(), desk.entries(), desk.rows()) == (before, [], [])
    with desk.store.snapshot() as tx:
        assert tx.digests.of_team("T1") == []
        assert tx.subscriptions.default_briefs_since(0) == []


def test_a_guest_sees_what_the_channel_follows_but_not_what_all_do(desk: Desk) -> None:
    desk.subscribe("ferries")
    desk.slack.add_person("U3", guest=True)
    answers, caller = desk.services.answers(), desk.slack.caller("U3", "C1")
    here, everywhere = (
        handle(answers.parse(typed), caller, desk.services, answers) for typed in ("subscriptions", "subscriptions all")
    )
    assert not isinstance(here, CommandRejected)
    assert isinstance(everywhere, CommandRejected)


# What they are told


@pytest.mark.parametrize(
    ("error", "told"),
    {
        "dropped": "it is done; Slack did not say whether it told the channel (dropped), and the bot looks",
        "ratelimited": "it is done; the channel is told as soon as Slack takes the message (ratelimited)",
        "missing_scope": "it is done, but Slack did not tell the channel (missing_scope)",
    }.items(),
)
def test_who_made_a_change_is_told_what_slack_said_of_the_announcement(desk: Desk, error: str, told: str) -> None:
    desk.subscribe("ferries")
    desk.slack.refuse("post", error)
    answers = desk.services.answers()
    reply = handle(answers.parse("unsubscribe #1"), desk.slack.caller("U1", "C1"), desk.services, answers)
    assert isinstance(reply, CommandRejected)
    assert reply.reason == told
    assert desk.subscriptions() == []
    desk.wake_at(6)
    assert len(desk.entries()) == (0 if error == "missing_scope" else 1)
