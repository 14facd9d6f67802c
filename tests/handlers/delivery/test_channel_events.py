"""Events of a channel end in what is so, in whatever order, how late and how often they come."""

from collections.abc import Callable
from dataclasses import replace
from itertools import permutations
from typing import Any

import pytest

from bot.handlers.arrivals import Arrivals
from bot.handlers.delivery.channel_events import handle_channel_event
from bot.handlers.delivery.channel_pausing import recheck_paused_channels
from bot.handlers.delivery.moved_channels import follow_moved_channel
from bot.handlers.ports import ApiFailure, ChannelInfo
from tests.fake_slack import FakeSlack
from tests.handlers.desk import BOT, TEAM, Desk
from tests.handlers.replica import MONDAY

HAPPENINGS: dict[str, Callable[[FakeSlack, str], object]] = {
    "channel_archive": FakeSlack.archive,
    "channel_unarchive": FakeSlack.unarchive,
    "channel_left": FakeSlack.kick,
    "member_joined_channel": FakeSlack.invite,
    "channel_deleted": FakeSlack.remove_channel,
    "channel_rename": lambda *_: None,
}
ARCHIVE, UNARCHIVE, LEFT, JOINED, DELETED, RENAME = HAPPENINGS

ENDS: list[tuple[tuple[str, ...], str | None]] = [
    ((ARCHIVE,), "archived"),
    ((ARCHIVE, UNARCHIVE), None),
    ((ARCHIVE, UNARCHIVE, ARCHIVE), "archived"),
    ((LEFT,), "removed"),
    ((LEFT, JOINED), None),
    ((LEFT, JOINED, LEFT), "removed"),
    ((ARCHIVE, LEFT), "removed"),
    ((ARCHIVE, LEFT, UNARCHIVE), "removed"),
    ((ARCHIVE, UNARCHIVE, RENAME), "renamed"),
    ((LEFT, JOINED, ARCHIVE), "archived"),
    ((RENAME, ARCHIVE), "renamed"),
    ((LEFT, RENAME, JOINED), "renamed"),
    ((ARCHIVE, DELETED), "deleted"),
    ((LEFT, RENAME, DELETED), "deleted"),
    ((ARCHIVE, UNARCHIVE, DELETED), "deleted"),
]
"""What happens, and why the channel is paused in the end."""


def tell(desk: Desk, kind: str, **fields: Any) -> None:
    who = {"user": BOT} if kind == JOINED else {}
    desk.tell(kind, event_ts=str((MONDAY.timestamp()) + 60), **who, **fields)


def why(desk: Desk) -> str | None:
    (paused,) = {each.paused for each in desk.subscriptions()}
    return paused


@pytest.mark.parametrize(("happenings", "end"), ENDS)
def test_events_in_any_order_end_in_what_is_so(desk: Desk, happenings: tuple[str, ...], end: str | None) -> None:
    for order in sorted(set(permutations(happenings))):
        for times in (1, 2):
            desk.slack.remove_channel("C1")
            desk.slack.add_channel("C1")
            desk.subscribe("all")
            for kind in happenings:
                HAPPENINGS[kind](desk.slack, "C1")
            for kind in order * times:
                tell(desk, kind)
            assert why(desk) == end, (order, times)


def test_a_rename_that_is_told_late_concerns_nobody_who_has_subscribed_since(desk: Desk) -> None:
    desk.subscribe("all")
    desk.set_clock(120)
    desk.slack.add_channel("C1")
    assert desk.ask("subscribe all") is None
    tell(desk, RENAME, channel={"id": "C1", "name": "another"})
    assert why(desk) is None


def test_each_person_is_told_once_whatever_takes_the_place_of_a_reason(desk: Desk) -> None:
    desk.subscribe("all")
    for kind in (ARCHIVE, LEFT, RENAME, DELETED):
        HAPPENINGS[kind](desk.slack, "C1")
        tell(desk, kind)
        desk.run()
    assert (why(desk), len(desk.slack.texts("U1"))) == ("deleted", 1)


# Slack is asked


@pytest.fixture
def asked(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The channels that Slack is asked for."""
    found: list[str] = []
    ask = desk.slack.channel_info

    def note(team: str, channel: str) -> ChannelInfo | ApiFailure:
        found.append(channel)
        return ask(team, channel)

    monkeypatch.setattr(desk.slack, "channel_info", note)
    return found


def test_it_is_asked_before_and_after_but_not_for_a_channel_that_follows_nothing(desk: Desk, asked: list[str]) -> None:
    desk.tell(ARCHIVE)
    assert asked == []
    desk.subscribe("all")
    for _ in range(3):
        desk.hear(ARCHIVE)
    desk.tell(JOINED, user="U2")
    assert asked == ["C1"] * 6


@pytest.mark.parametrize("error", ["http_503", "dropped", "ratelimited", "missing_scope"])
def test_where_slack_does_not_answer_the_event_is_believed_and_looked_at_again(desk: Desk, error: str) -> None:
    desk.subscribe("all")
    for told, paused in ((ARCHIVE, "archived"), (UNARCHIVE, None), (ARCHIVE, "archived")):
        desk.slack.refuse("channel_info", error)
        desk.tell(told)
        assert why(desk) == paused
    recheck_paused_channels(desk.services)
    assert why(desk) is None


def test_an_answer_from_before_another_event_is_asked_for_again(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    desk.subscribe("all")
    ask, others = desk.slack.channel_info, [UNARCHIVE, ARCHIVE]

    def overtaken(team: str, channel: str) -> ChannelInfo | ApiFailure:
        answer = ask(team, channel)
        if others:
            desk.hear(others.pop())
        return answer

    monkeypatch.setattr(desk.slack, "channel_info", overtaken)
    desk.tell(UNARCHIVE)
    assert (why(desk), others) == (None, [])


def test_calls_are_bounded_however_many_events_come(
    desk: Desk, asked: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    desk.subscribe("all")
    ask = desk.slack.channel_info

    def overtaken(team: str, channel: str) -> ChannelInfo | ApiFailure:
        desk.services.channel_arrivals.note((team, channel))
        return ask(team, channel)

    monkeypatch.setattr(desk.slack, "channel_info", overtaken)
    desk.hear(ARCHIVE)
    assert (why(desk), asked) == ("archived", ["C1"] * 4)


# Another id


def test_what_was_told_of_a_new_id_before_the_move_counts_after_it(desk: Desk) -> None:
    desk.subscribe("all")
    desk.slack.add_channel("C2")
    desk.hear(ARCHIVE, "C2")
    for _ in range(2):
        moved = {"type": "channel_id_changed", "old_channel_id": "C1", "new_channel_id": "C2"}
        follow_moved_channel(moved, TEAM, desk.services)
        assert [(each.channel, each.paused) for each in desk.subscriptions()] == [("C2", "archived")]
    desk.hear(UNARCHIVE, "C2")
    assert why(desk) is None


@pytest.mark.parametrize(("first", "then"), [("archive", "unarchive"), ("unarchive", "archive")])
def test_two_processes_that_hear_of_one_channel_each_end_with_what_is_so(desk: Desk, first: str, then: str) -> None:
    """The second event is told to another process, and stored, while the answer to the first is under way."""
    other = replace(desk.services, channel_arrivals=Arrivals())
    change = {"archive": desk.slack.archive, "unarchive": desk.slack.unarchive}
    ask = desk.slack.channel_info

    def answer_late(team: str, channel: str) -> ChannelInfo | ApiFailure:
        desk.slack.channel_info = ask  # type: ignore[method-assign]  # the first call alone
        answer = ask(team, channel)
        change[then]("C1")
        handle_channel_event({"type": f"channel_{then}", "channel": "C1"}, TEAM, BOT, other)
        return answer

    desk.subscribe("all")
    if first == "unarchive":
        desk.slack.archive("C1")
        desk.hear("channel_archive")
    change[first]("C1")
    desk.slack.channel_info = answer_late  # type: ignore[method-assign]
    handle_channel_event({"type": f"channel_{first}", "channel": "C1"}, TEAM, BOT, desk.services)
    assert [each.paused for each in desk.subscriptions()] == [None if then == "unarchive" else "archived"]
