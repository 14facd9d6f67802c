"""What a bot that has started says of its clock, of its maintainers' channel, and of a directory without briefs."""

import json
import logging
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from pathlib import Path

import pytest

from bot.app.look_around import ARCHIVED, UNSEEN, channel_trouble, look_around
from bot.handlers.ports import ApiFailure, ChannelInfo
from bot.slack.probe import probe
from bot.slack.web_api import WebApi
from bot.workspace.workspace import plain
from tests.live import stage
from tests.scenarios.room import FILES
from tests.slack.raw_server import answer, serving

ME = json.dumps({"ok": True, "team_id": "T1", "user_id": "U1", "bot_id": "B1"})
NOW = datetime(2026, 11, 26, 12, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("found", "says"),
    [
        (ChannelInfo(archived=False, member=True), None),
        (ChannelInfo(archived=False, member=False), None),
        (ChannelInfo(archived=True, member=True), ARCHIVED),
        (ApiFailure("channel_not_found"), UNSEEN),
        (ApiFailure("missing_scope"), "install it again"),
        (ApiFailure("dropped"), None),
    ],
)
def test_what_is_wrong_with_a_channel(found: ChannelInfo | ApiFailure, says: str | None) -> None:
    trouble = channel_trouble(found)
    assert trouble is says if says is None or trouble is None else says in trouble


@pytest.mark.parametrize(
    ("headers", "ahead", "is_wrong"),
    [
        ([], None, False),
        (["Date: yesterday"], None, False),
        ([f"Date: {format_datetime(NOW - timedelta(seconds=2), usegmt=True)}"], 2, False),
        ([f"Date: {format_datetime(NOW - timedelta(hours=1), usegmt=True)}"], 3600, True),
        ([f"Date: {format_datetime(NOW + timedelta(minutes=6), usegmt=True)}"], -360, True),
    ],
)
def test_the_clock_is_compared_with_slacks(headers: list[str], ahead: float | None, is_wrong: bool) -> None:
    with serving(answer(ME, headers=headers)) as server:
        found = probe(WebApi("xoxb-hush", server.url), NOW)
    assert (found.ahead_s, found.clock_is_wrong) == (ahead, is_wrong)


def test_a_bot_with_a_wrong_channel_a_wrong_clock_and_no_briefs_starts_and_says_so(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.WARNING)
    late = format_datetime(datetime.now(UTC) + timedelta(hours=1), usegmt=True)
    with stage(tmp_path, files={}) as here, serving(answer(ME, headers=[f"Date: {late}"])) as server:
        services = here.bot.services
        team, _ = services.policy.maintainers or ("", "")
        wrong = replace(services.policy, maintainers=(team, "C0GONE"))
        look_around(replace(services, policy=wrong, own_api=WebApi("xoxb-hush", server.url)))
        assert plain(here.ask("/brief legal").text) == "No briefs are published yet. Ask again once there are some."
    text = caplog.text
    assert f"{here.briefs} has neither a brief nor _store.yaml. No briefs are published yet" in text
    assert "BRIEFBOT_MAINTAINERS_CHANNEL is C0GONE, where nobody hears of broken files: Slack shows the bot no" in text
    assert "this machine's clock is 3" in text
    assert "s behind Slack's; set it" in text


def test_a_bot_with_all_in_order_says_nothing(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    with stage(tmp_path, files=FILES) as here:
        caplog.clear()
        caplog.set_level(logging.WARNING)
        look_around(here.bot.services)
        assert caplog.messages == []
