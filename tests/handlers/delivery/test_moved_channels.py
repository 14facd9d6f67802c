"""A channel gets another id: before, while and after something is posted in it."""

import logging
from collections.abc import Callable
from typing import Any

import pytest

from bot.handlers.delivery.moved_channels import follow_moved_channel
from tests.handlers.desk import TEAM, Desk, Row, ferries

MOVED = {"type": "channel_id_changed", "old_channel_id": "C1", "new_channel_id": "C2"}


def move(desk: Desk, *, told: bool = True) -> None:
    """Slack gives the channel another id, and tells of it."""
    desk.slack._channels["C2"] = desk.slack._channels.pop("C1")
    if told:
        tell(desk)


def tell(desk: Desk) -> None:
    follow_moved_channel(MOVED, TEAM, desk.services)


def during_post(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, before: Callable[[], None], after: Callable[[], None]
) -> None:
    """The next post is interrupted, before Slack takes it and after."""
    post = desk.slack.post

    def interrupted(*args: Any, **more: Any) -> Any:
        monkeypatch.setattr(desk.slack, "post", post)
        before()
        answer = post(*args, **more)
        after()
        return answer

    monkeypatch.setattr(desk.slack, "post", interrupted)


def test_what_waits_is_posted_under_the_new_id(desk: Desk) -> None:
    desk.subscribe("all")
    desk.edit(ferries(1))
    move(desk)
    desk.run()
    assert desk.changes("C2") == [(0, 1)]
    assert desk.rows() == [Row("change", "C2", "sent", attempts=1, attempt_s=0)]


def test_what_was_posted_is_corrected_under_the_new_id(desk: Desk) -> None:
    desk.subscribe("all")
    desk.edit(ferries(1, "update"))
    desk.run()
    move(desk)
    desk.edit(ferries(2, "correction"))
    desk.run()
    assert {row.channel for row in desk.rows()} == {"C2"}
    assert {row.state for row in desk.rows()} == {"sent"}
    assert desk.entries("C2")[0].edits == 1


def test_a_live_thread_goes_on(desk: Desk) -> None:
    desk.subscribe("all deliver:thread")
    desk.edit(ferries(1))
    move(desk)
    desk.wake()
    desk.edit(ferries(2))
    desk.wake()
    parent, *changes = desk.entries("C2")
    assert {each.thread_ts for each in changes} == {parent.ts}
    assert desk.changes("C2") == [(0, 1), (1, 2)]


def test_what_was_refused_under_the_former_id_goes_out_when_the_event_comes(desk: Desk) -> None:
    desk.subscribe("all")
    desk.edit(ferries(1))
    move(desk, told=False)
    desk.run()
    assert [(row.state, row.error) for row in desk.rows() if row.kind == "change"] == [("paused", "channel_not_found")]
    tell(desk)
    desk.run()
    assert desk.changes("C2") == [(0, 1)]
    assert [each.paused for each in desk.subscriptions()] == [None]


def test_a_post_that_slack_takes_while_the_channel_moves_is_corrected_later(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk.subscribe("all")
    desk.edit(ferries(1, "update"))
    during_post(desk, monkeypatch, before=lambda: None, after=lambda: move(desk))
    desk.run()
    desk.edit(ferries(2, "correction"))
    desk.run()
    assert desk.entries("C2")[0].edits == 1


def test_a_post_that_slack_refuses_while_the_channel_moves_is_made_under_the_new_id(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk.subscribe("all")
    desk.edit(ferries(1))
    during_post(desk, monkeypatch, before=lambda: move(desk), after=lambda: None)
    desk.run()
    assert [(row.kind, row.channel, row.state) for row in desk.rows()] == [("change", "C2", "pending")]
    desk.wake_at(60)
    assert desk.changes("C2") == [(0, 1)]
    assert [each.paused for each in desk.subscriptions()] == [None]


def test_the_maintainers_channel_is_a_setting_and_the_log_says_so(desk: Desk, caplog: pytest.LogCaptureFixture) -> None:
    desk.decide(maintainers=(TEAM, "C1"))
    tell(desk)
    (record,) = (each for each in caplog.records if each.levelno >= logging.WARNING)
    assert record.getMessage().endswith("set BRIEFBOT_MAINTAINERS_CHANNEL to C2")


def test_a_channel_that_keeps_its_id_is_left_alone(desk: Desk) -> None:
    desk.subscribe("all")
    follow_moved_channel({**MOVED, "new_channel_id": "C1"}, TEAM, desk.services)
    assert [each.channel for each in desk.subscriptions()] == ["C1"]
