"""What only the fake of Slack has; its contract with the real sender is in tests/slack/test_contract.py."""

from datetime import timedelta

from bot.handlers.ports import ApiFailure, ChannelInfo, Posted
from tests.fake_slack import START, FakeSlack
from tests.slack.sides import HELLO, OTHER, VIEW


def test_another_workspace_has_none_of_its_channels_and_people() -> None:
    slack = FakeSlack("C1")
    slack.add_channel("C2", team="T2")
    slack.add_person("U1")
    assert [slack.post(team, "C2", HELLO, None) for team in ("T1", "T3")] == [ApiFailure("channel_not_found")] * 2
    assert slack.user_info("T2", "U1") == ApiFailure("user_not_found")
    assert slack.post("T2", "U1", HELLO, None) == ApiFailure("channel_not_found")


def test_messages_carry_the_clock_of_the_test_and_are_in_order() -> None:
    instants = iter([START, START, START - timedelta(seconds=9), START + timedelta(seconds=1)])
    slack = FakeSlack("C1", now=lambda: next(instants))
    for _ in range(4):
        slack.post("T1", "C1", HELLO, None)
    second = int(START.timestamp())
    expected = [f"{second}.000001", f"{second}.000002", f"{second}.000003", f"{second + 1}.000001"]
    assert [entry.ts for entry in slack.entries("C1")] == expected


def test_entries_keep_key_broadcast_and_edits() -> None:
    slack = FakeSlack("C1")
    parent = slack.say("U1", "C1", "a question")
    reply = slack.post("T1", "C1", HELLO, parent.ts, key="k", broadcast=True)
    assert isinstance(reply, Posted)
    slack.update("T1", "C1", reply.ts, OTHER)
    (_, entry) = slack.entries("C1")
    assert (entry.key, entry.broadcast, entry.edits, entry.user) == ("k", True, 1, None)
    assert slack.texts("C1") == ["a question", "other words"]
    assert slack.texts("C1", parent.ts) == ["other words"]


def test_faults_meet_their_own_calls_in_order_until_they_are_used_up_or_healed() -> None:
    slack = FakeSlack("C1")
    slack.refuse("post", "is_archived", times=2)
    slack.drop("post", arrives=False, times=2)
    assert slack.channel_info("T1", "C1") == ChannelInfo(archived=False, member=True)
    answers = [slack.post("T1", "C1", HELLO, None) for _ in range(3)]
    assert answers == [ApiFailure("is_archived"), ApiFailure("is_archived"), ApiFailure("dropped")]
    slack.heal()
    assert isinstance(slack.post("T1", "C1", HELLO, None), Posted)


def test_channels_go_and_come_back_and_messages_can_be_deleted() -> None:
    slack = FakeSlack("C1")
    posted = slack.post("T1", "C1", HELLO, None)
    assert isinstance(posted, Posted)
    slack.archive("C1")
    slack.kick("C1")
    assert slack.channel_info("T1", "C1") == ChannelInfo(archived=True, member=False)
    slack.unarchive("C1")
    slack.invite("C1")
    assert slack.channel_info("T1", "C1") == ChannelInfo(archived=False, member=True)
    slack.delete("C1", posted.ts)
    assert slack.update("T1", "C1", posted.ts, OTHER) == ApiFailure("message_not_found")


def test_a_modal_is_kept_for_who_opened_it() -> None:
    slack = FakeSlack("C1")
    slack.open_modal(slack.caller("U1", "C1"), VIEW)
    assert slack.views == [("U1", VIEW)]
