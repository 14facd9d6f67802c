"""Who is no full member changes nothing and is told of no other channel, by any command and in any way."""

from collections.abc import Callable
from dataclasses import replace
from datetime import time, timedelta
from typing import get_args

import pytest

from bot.core.commands import (
    command,
    digest_commands,
    quote_commands,
    report_commands,
    subscription_commands,
    undo_commands,
)
from bot.core.commands.button_value import ButtonValue
from bot.core.commands.command import Command
from bot.core.commands.schedule_arguments import ScheduleSpec
from bot.core.digests.schedule import DAILY, Schedule
from bot.core.subscriptions.subscription import SubscriptionSpec, Target
from bot.handlers.commands import interactions
from bot.handlers.commands.slash_command import answer_mention, answer_slash_command
from bot.handlers.permissions import EVERYBODYS, MEMBERS_ONLY, need_of
from bot.handlers.ports import Caller
from bot.store.schema import METADATA
from tests.handlers.desk import TEAM, Desk

ALL = SubscriptionSpec(Target())
SAMPLES: list[Command] = [
    command.ShowHome(),
    command.Show("legal", "ferries"),
    command.Show("legal", "ferries", share=True),
    command.Search("ferries"),
    command.ListBriefs(),
    command.ShowSources("ferries"),
    command.ShowExport("legal", "ferries"),
    quote_commands.ShowQuotes("ferries"),
    command.ShowHelp(),
    command.Ambiguous("ferries", (command.Show("legal", "ferries"), command.Show(None, "harbour"))),
    command.DidYouMean("feries", "feries", (command.Show(None, "ferries"),)),
    command.Greet(),
    command.ShareAbove(),
    command.ShowChanges(),
    command.ShowSubscriptions(),
    command.ShowSubscriptions(everywhere=True),
    subscription_commands.ShowSubscription(2),
    subscription_commands.ShowObjects("subscribe"),
    subscription_commands.ShowObjects("unsubscribe"),
    command.ShowStatus(),
    digest_commands.ShowDigests(),
    digest_commands.PreviewDigest(),
    digest_commands.ShowDigest(1),
    command.Subscribe(ALL),
    command.Unsubscribe(1),
    command.Unsubscribe(2),
    subscription_commands.EndSubscriptions(),
    command.Mute(1, timedelta(days=7)),
    subscription_commands.Unmute(1),
    command.SetDefaultBrief("ferries"),
    undo_commands.RestoreSubscription(1, 1),
    undo_commands.Resubscribe((ALL,)),
    undo_commands.RestoreDefaultBrief("harbour", None),
    digest_commands.SetDigest(ScheduleSpec(DAILY, time(9), "UTC")),
    digest_commands.SetDigest(ScheduleSpec(DAILY, time(9), "UTC"), 1),
    digest_commands.EndDigests("all"),
    digest_commands.SendDigest(),
    report_commands.ReportMistake(),
    report_commands.ReportMistake("ferries", "legal"),
    report_commands.EditBrief("ferries", "legal"),
]
"""At least one of each kind."""

ELSEWHERE = ("C2", "tag:secret-plans")
"""What only the other channel has."""


def guest(desk: Desk) -> Caller:
    return desk.slack.caller(desk.slack.add_person("U3", guest=True), "C1")


def unknown(desk: Desk) -> Caller:
    return desk.slack.caller("U9", "C1")


def foreigner(desk: Desk) -> Caller:
    return replace(desk.slack.caller("U1", "C1"), home="T9")


def unconfirmed(desk: Desk) -> Caller:
    """Slack does not say who they are, and their payload does not say otherwise."""
    desk.slack.refuse("user_info", "http_503", times=1000)
    return desk.slack.caller("U1", "C1")


STRANGERS = [guest, unknown, foreigner, unconfirmed]


@pytest.fixture
def shared(desk: Desk) -> Desk:
    """Two channels follow something, and have a digest."""
    desk.slack.add_channel("C2")
    desk.subscribe("ferries")
    desk.subscribe("tag:secret-plans", "C2")
    with desk.store.transaction() as tx:
        for channel in ("C1", "C2"):
            tx.digests.ensure_cursor(TEAM, None, channel, desk.replica.at)
            at = Schedule.parse("daily 08:30 UTC")
            tx.digests.add(at, team=TEAM, enterprise=None, channel=channel, by="U1", at=desk.replica.at)
    return desk


def stored(desk: Desk) -> dict[str, object]:
    """All rows but those that say what was asked."""
    with desk.store.snapshot() as tx:
        return {
            table.name: tx.connection.execute(table.select()).all()
            for table in METADATA.sorted_tables
            if table.name not in ("unanswered_query", "welcome")
        }


def ways(each: Command, caller: Caller, desk: Desk) -> list[Callable[[], object]]:
    """All ways in which a command comes."""
    services, value = desk.services, ButtonValue(each, None, 1)
    return [
        lambda: answer_slash_command(str(each), caller, services),
        lambda: interactions.open_command(each, caller, services),
        lambda: interactions.undo(each, caller, services),
        lambda: interactions.continue_answer(value, caller, services),
        lambda: interactions.share_answer(value, caller, services),
        lambda: interactions.submit_form(each, caller, services),
        lambda: interactions.open_digest_form(each, caller, services),
    ]


def test_there_is_a_sample_of_each_kind_of_command() -> None:
    assert {type(each) for each in SAMPLES} == {*get_args(Command)}


def test_a_kind_of_command_that_nobody_has_thought_of_needs_the_most() -> None:
    changes = {*get_args(Command)} - EVERYBODYS - {command.ShowSubscriptions}
    assert changes == {*get_args(command.StoreChange)}
    assert {need_of(each) for each in SAMPLES if type(each) in changes} == {"change"}


@pytest.mark.parametrize("stranger", STRANGERS)
def test_a_stranger_changes_nothing_and_is_told_of_no_other_channel(
    shared: Desk, stranger: Callable[[Desk], Caller]
) -> None:
    before = stored(shared)
    for each in SAMPLES:
        who = stranger(shared)
        for way in ways(each, who, shared):
            told = str(way())
            entries = [entry for entry in shared.entries() if entry.visible_to is None]
            assert (stored(shared), entries) == (before, []), each
            told += "".join(str(entry.message) for entry in shared.entries())
            assert not any(secret in told for secret in ELSEWHERE), each
        shared.slack.remove_channel("C1")
        shared.slack.add_channel("C1")


@pytest.mark.parametrize("stranger", STRANGERS)
def test_a_stranger_who_mentions_the_bot_is_answered_and_no_more(
    shared: Desk, stranger: Callable[[Desk], Caller]
) -> None:
    texts = ["legal ferries", "legal ferries share", "share", "subscribe all", "subscriptions all", "digest now"]
    for number, text in enumerate(texts):
        who = replace(stranger(shared), response_url=None)
        shared.set_clock(10 * number)
        answer_mention(text, who, f"{number}.1", shared.services)
    said = shared.slack.texts("C1")
    assert len(said) == len(texts)
    assert all("There were 0 ferries" in each for each in said[:2])
    refusals = ("full members", "whether you are a member")
    assert all(any(words in each for words in refusals) for each in said[3:])
    assert len(shared.subscriptions()) == 2


def test_members_are_told_of_the_workspace_and_share(shared: Desk) -> None:
    assert "tag:secret-plans" in str(shared.ask("subscriptions all"))
    assert "2 subscriptions and 2 digests in this workspace" in str(shared.ask("status"))
    assert shared.ask("legal ferries share") is not None
    assert shared.entries()[-1].visible_to is None


def test_only_members_are_told_of_the_workspace_by_the_status(shared: Desk) -> None:
    for stranger in STRANGERS:
        told = str(answer_slash_command("status", stranger(shared), shared.services))
        assert "in this workspace" not in told, stranger
        shared.slack.heal()


def test_in_the_maintainers_channel_the_status_tells_of_trouble_though_slack_is_away(shared: Desk) -> None:
    shared.decide(maintainers=(TEAM, "C1"))
    assert "in this workspace" in str(answer_slash_command("status", unconfirmed(shared), shared.services))
    shared.slack.heal()
    assert "in this workspace" not in str(answer_slash_command("status", guest(shared), shared.services))


def test_sharing_needs_a_member_and_no_admin(shared: Desk) -> None:
    shared.decide(admins=frozenset({"U2"}))
    assert "Shared in this channel" in str(shared.ask("legal ferries share"))
    assert MEMBERS_ONLY.reason[1:] in str(answer_slash_command("legal ferries share", guest(shared), shared.services))
