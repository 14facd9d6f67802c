"""Messages: names, order, and how fast one is looked up among many."""

import time

import pytest

from bot.workspace.messages import Message, Messages
from bot.workspace.workspace import Workspace
from tests.workspace.calls import bot, listed, posted


def test_a_name_is_later_than_all_before_it() -> None:
    now = [1700000000.0]
    workspace = Workspace(clock=lambda: now[0])
    first, second = workspace.state.next_ts(), workspace.state.next_ts()
    now[0] -= 10
    third = workspace.state.next_ts()
    now[0] += 20
    assert [first, second, third] == [f"1700000000.00000{n}" for n in (1, 2, 3)]
    assert workspace.state.next_ts() == "1700000010.000001"


def test_messages_are_a_sequence() -> None:
    messages = Messages()
    one, two, three = (Message(f"{n}.0", "C1" if n < 3 else "C2", "U1", "hello") for n in (1, 2, 3))
    for message in (one, two, three):
        messages.append(message)
    with pytest.raises(ValueError, match="already"):
        messages.append(Message("1.0", "C1", "U1", "again"))
    messages.remove(two)
    assert (list(messages), len(messages), messages[-1], messages[:1]) == ([one, three], 2, three, [one])
    assert (messages.of("C1"), messages.of("C3"), messages.get("C2", "3.0")) == ([one], [], three)
    with pytest.raises(KeyError):
        messages.remove(two)


def test_two_thousand_channels_with_many_messages_stay_fast(workspace: Workspace) -> None:
    channels = [workspace.add_channel(f"c{number}") for number in range(2000)]
    for channel in channels:
        for number in range(20):
            workspace.state.post(Message(workspace.state.next_ts(), channel, "U1", f"{number}"))
    begun = time.perf_counter()
    for channel in channels:
        message = posted(workspace, channel)
        bot(workspace, "chat.update", channel=channel, ts=message.ts, text="new")
        assert listed(workspace, "conversations.history", channel=channel, limit=1) == [message.ts]
    assert time.perf_counter() - begun < 5  # a scan of all messages takes more than a minute
