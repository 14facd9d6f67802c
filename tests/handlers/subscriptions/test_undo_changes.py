"""Undo works while what it takes back stands, and says who changed it since where it does not."""

from datetime import timedelta
from typing import Any

import pytest

from bot.core.answers.answer import Reply
from bot.core.commands.button_value import VALUE_MAX, decode_command
from bot.core.commands.command import Command, Mute, SetDefaultBrief, ShowHelp, Unsubscribe
from bot.core.commands.outcome import Announced, CommandRejected, Outcome
from bot.core.commands.subscription_commands import EndSubscriptions, Unmute
from bot.core.subscriptions.subscription import Target
from bot.handlers.commands.table import HANDLERS
from bot.handlers.ports import Caller
from tests.handlers.desk import TEAM, Desk
from tests.handlers.replica import MONDAY
from tests.make import brief

DAY = timedelta(days=1)


@pytest.fixture
def ann(desk: Desk) -> Caller:
    return desk.slack.caller("U1", "C1")


@pytest.fixture
def ben(desk: Desk) -> Caller:
    return desk.slack.caller("U2", "C1")


def do(desk: Desk, command: Command | str, caller: Caller) -> Outcome | Reply:
    parsed = desk.services.answers().parse(command) if isinstance(command, str) else command
    # Each press and command has a trigger of its own.
    return HANDLERS[type(parsed)](parsed, desk.slack.caller(caller.user, caller.channel), desk.services)


def values(desk: Desk, label: str) -> list[str]:
    """The values of the buttons with a label, oldest message first."""
    elements: list[Any] = [
        each for entry in desk.entries() for block in entry.message.blocks for each in block.get("elements", ())
    ]
    return [each["value"] for each in elements if each["type"] == "button" and each["text"]["text"] == label]


def undo(desk: Desk, at: int, caller: Caller) -> Outcome | Reply:
    """Somebody presses *Undo* under the message of the channel at this place."""
    command = decode_command(values(desk, "Undo")[at], ShowHelp)
    assert command is not None
    return do(desk, command, caller)


def followed(desk: Desk) -> list[str]:
    return [str(each.spec) for each in desk.subscriptions()]


def test_what_somebody_else_changed_since_is_not_undone(desk: Desk, ann: Caller, ben: Caller) -> None:
    do(desk, "subscribe all", ann)
    do(desk, "subscribe all -kind:evidence", ben)
    assert undo(desk, 0, ann) == CommandRejected(
        "this cannot be undone: #1 has been changed since, and is “all -kind:evidence” now",
        "See `/brief subscriptions`. Changed by:",
        ("U2",),
    )
    assert followed(desk) == ["all -kind:evidence"]


def test_a_mute_that_was_ended_and_set_anew_is_not_undone_by_the_first_button(
    desk: Desk, ann: Caller, ben: Caller
) -> None:
    do(desk, "subscribe all", ann)
    do(desk, Mute(1, DAY), ann)
    do(desk, Unmute(1), ann)
    do(desk, Mute(1, 2 * DAY), ben)
    reply = undo(desk, 1, ann)
    assert isinstance(reply, CommandRejected)
    assert reply.people == ("U2",)
    assert [each.muted_until for each in desk.subscriptions()] == [MONDAY + 2 * DAY]


def test_undo_of_undo_gives_back_what_it_took(desk: Desk, ann: Caller, ben: Caller) -> None:
    do(desk, "subscribe all kind:correction", ann)
    do(desk, "subscribe all deliver:digest", ben)
    assert undo(desk, 1, ann) == Announced()
    assert followed(desk) == ["all kind:correction"]
    assert undo(desk, 2, ben) == Announced()
    assert followed(desk) == ["all deliver:digest"]


def test_undo_of_a_replacement_mutes_again_what_was_muted(desk: Desk, ann: Caller) -> None:
    do(desk, "subscribe all", ann)
    do(desk, Mute(1, DAY), ann)
    do(desk, "subscribe all kind:new", ann)
    assert "Changes of all briefs (#1) are posted here again." in desk.entries()[-1].text
    undo(desk, 2, ann)
    assert [each.muted_until for each in desk.subscriptions()] == [MONDAY + DAY]


def test_undo_of_an_unmute_mutes_again_until_the_same_time(desk: Desk, ann: Caller) -> None:
    do(desk, "subscribe all", ann)
    do(desk, Mute(1, DAY), ann)
    do(desk, Unmute(Target()), ann)
    assert desk.entries()[-1].text.startswith("<@U1> ended the mute. Changes of all briefs (#1) are posted here again.")
    undo(desk, 2, ann)
    assert [each.muted_until for each in desk.subscriptions()] == [MONDAY + DAY]


def test_what_is_followed_again_meanwhile_is_not_replaced_by_undo_of_its_end(
    desk: Desk, ann: Caller, ben: Caller
) -> None:
    do(desk, "subscribe all kind:correction", ann)
    do(desk, Unsubscribe(1), ann)
    do(desk, "subscribe all kind:update", ben)
    reply = undo(desk, 1, ann)
    assert isinstance(reply, CommandRejected)
    assert (reply.reason, reply.people) == (
        "this cannot be undone: this channel follows “all kind:update” (#2) again",
        ("U2",),
    )
    assert followed(desk) == ["all kind:update"]


def test_undo_of_the_end_of_everything_follows_all_of_it_again(desk: Desk, ann: Caller) -> None:
    for text in ("all kind:correction", "ferries", "harbour deliver:thread"):
        desk.subscribe(text)
    assert do(desk, EndSubscriptions(), ann) == Announced()
    assert followed(desk) == []
    assert undo(desk, 0, ann) == Announced()
    assert followed(desk) == ["all kind:correction", "ferries", "harbour deliver:thread"]


def test_an_end_of_more_than_a_button_holds_has_no_undo(desk: Desk, ann: Caller) -> None:
    slugs = [f"a-brief-with-a-very-long-name-{number}" for number in range(60)]
    desk.edit(*map(brief, slugs))
    for slug in slugs:
        desk.subscribe(f"{slug} kind:correction")
    assert do(desk, EndSubscriptions(), ann) == Announced()
    assert values(desk, "Undo") == []


def test_no_button_is_too_long_for_the_longest_subscription(desk: Desk, ann: Caller) -> None:
    tags = [f"{number:02}{'t' * 58}" for number in range(20)]
    desk.edit(brief("tagged", tags=tuple(tags)))
    do(desk, f"subscribe all {' '.join(f'tag:{tag}' for tag in tags)}", ann)
    do(desk, Mute(1, DAY), ann)
    do(desk, Unsubscribe(1), ann)
    assert len(values(desk, "Undo")) == 3
    assert max(map(len, values(desk, "Undo"))) <= VALUE_MAX


def test_who_chose_another_default_brief_is_named(desk: Desk, ann: Caller, ben: Caller) -> None:
    do(desk, SetDefaultBrief("ferries"), ann)
    do(desk, SetDefaultBrief("harbour"), ben)
    assert undo(desk, 0, ann) == CommandRejected(
        "this cannot be undone: “harbour” is the default brief now", "See `/brief use`. Changed by:", ("U2",)
    )
    assert desk.services.default_brief(ann) == "harbour"


def test_the_number_of_another_channel_is_not_touched(desk: Desk, ann: Caller) -> None:
    do(desk, "subscribe all", ann)
    desk.slack.add_channel("C2")
    command = decode_command(values(desk, "Undo")[0], ShowHelp)
    assert command is not None
    reply = do(desk, command, desk.slack.caller("U1", "C2"))
    assert isinstance(reply, CommandRejected)
    assert followed(desk) == ["all"]


def test_a_change_by_nobody_is_none_of_the_users(desk: Desk) -> None:
    """A rename or a pause is no change that stands in the way of Undo."""
    desk.subscribe("ferries")
    with desk.store.transaction() as tx:
        tx.subscriptions.pause(TEAM, "C1", "renamed")
        tx.subscriptions.rename_brief("ferries", "boats")
    assert [each.version for each in desk.subscriptions()] == [1]
