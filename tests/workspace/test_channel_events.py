"""What becomes of a channel, and what the app hears of it."""

import time
from dataclasses import dataclass, field

import pytest

from bot.workspace.deliver import Ack, Kind
from bot.workspace.state import Json, SlackError
from bot.workspace.workspace import ALL_SCOPES, Workspace
from tests.workspace.calls import bot, refusal

BOT = "U0LOCAL001"


@dataclass
class Ear:
    """An app that hears everything and answers nothing."""

    heard: list[Json] = field(default_factory=list)

    def send(self, kind: Kind, payload: Json, retry: tuple[int, str] | None = None) -> Ack:
        """Keeps an event without the moment at which it happened, which every event has."""
        assert (kind, retry) == ("events_api", None)
        event = dict(payload["event"])
        assert event.pop("event_ts")
        self.heard.append(event)
        return Ack()


@pytest.fixture
def workspace() -> Workspace:
    found = Workspace(clock=lambda: 1700000000.0)
    found.delivery = Ear()
    return found


def heard(workspace: Workspace) -> list[Json]:
    assert isinstance(workspace.delivery, Ear)
    return workspace.delivery.heard


def test_a_public_channel_is_archived_with_its_members_and_opened_again(workspace: Workspace) -> None:
    ann = workspace.add_user("ann")
    channel = workspace.add_channel("general", ann)
    workspace.archive(channel)
    assert refusal(workspace, "chat.postMessage", channel=channel, text="x") == "is_archived"
    assert workspace.state.channels[channel].members == {ann, BOT}
    workspace.unarchive(channel)
    assert bot(workspace, "chat.postMessage", channel=channel, text="x")["ok"]
    assert heard(workspace) == [
        {"type": "channel_archive", "channel": channel, "user": ann},
        {"type": "channel_unarchive", "channel": channel, "user": ann},
    ]


def test_a_private_channel_has_events_of_its_own(workspace: Workspace) -> None:
    ann = workspace.add_user("ann")
    channel = workspace.add_channel("secret", ann, private=True)
    workspace.archive(channel)
    workspace.unarchive(channel)
    workspace.rename(channel, "quiet")
    workspace.delete(channel)
    assert heard(workspace) == [
        {"type": "group_archive", "channel": channel, "user": ann},
        {"type": "group_unarchive", "channel": channel, "actor_id": ann},
        {"type": "group_rename", "channel": {"id": channel, "name": "quiet", "created": 1700000000}},
        {"type": "group_deleted", "channel": channel},
    ]


def test_of_a_private_channel_without_it_the_app_hears_nothing(workspace: Workspace) -> None:
    channel = workspace.add_channel("secret", private=True, bot=False)
    assert workspace.archive(channel) is None
    assert workspace.delete(channel) is None
    assert heard(workspace) == []


def test_a_renamed_channel_keeps_its_id(workspace: Workspace) -> None:
    channel = workspace.add_channel("general")
    workspace.rename(channel, "everybody")
    info = bot(workspace, "conversations.info", channel=channel)["channel"]
    assert (info["id"], info["name"]) == (channel, "everybody")
    assert heard(workspace)[0]["type"] == "channel_rename"


def test_a_deleted_channel_is_gone_with_its_messages(workspace: Workspace) -> None:
    ann = workspace.add_user("ann")
    channel, other = workspace.add_channel("general", ann), workspace.add_channel("other", ann)
    gone, kept = workspace.say(ann, channel, "hello"), workspace.say(ann, other, "hello")
    workspace.delete(channel)
    assert list(workspace.state.messages) == [kept]
    assert refusal(workspace, "chat.postMessage", channel=channel, text="x") == "channel_not_found"
    assert refusal(workspace, "chat.update", channel=channel, ts=gone.ts, text="x") == "channel_not_found"
    assert heard(workspace) == [{"type": "channel_deleted", "channel": channel}]


@pytest.mark.parametrize(
    ("private", "left", "kind", "error"),
    [(False, "channel_left", "C", "not_in_channel"), (True, "group_left", "G", "channel_not_found")],
)
def test_the_app_is_removed_and_invited_again(private: bool, left: str, kind: str, error: str) -> None:
    workspace = Workspace(scopes=ALL_SCOPES - {"chat:write.public"})
    workspace.delivery = Ear()
    ann = workspace.add_user("ann")
    channel = workspace.add_channel("general", ann, private=private)
    workspace.kick(channel)
    assert refusal(workspace, "chat.postMessage", channel=channel, text="x") == error
    workspace.invite(channel)
    assert bot(workspace, "chat.postMessage", channel=channel, text="x")["ok"]
    joined = {"user": BOT, "channel": channel, "channel_type": kind, "team": "T0LOCAL001", "inviter": ann}
    assert heard(workspace) == [
        {"type": left, "channel": channel, "actor_id": ann},
        {"type": "member_joined_channel", **joined},
    ]


def test_what_cannot_be_done(workspace: Workspace) -> None:
    channel, direct = workspace.add_channel("general"), workspace.state.direct(workspace.add_user("ann")).id
    with pytest.raises(SlackError, match="already_in_channel"):
        workspace.invite(channel)
    workspace.kick(channel)
    with pytest.raises(SlackError, match="not_in_channel"):
        workspace.kick(channel)
    workspace.archive(channel)
    with pytest.raises(SlackError, match="is_archived"):
        workspace.invite(channel)
    with pytest.raises(SlackError, match="method_not_supported_for_channel_type"):
        workspace.archive(direct)
    with pytest.raises(SlackError, match="channel_not_found"):
        workspace.rename("C404", "x")


def test_without_its_scope_an_event_is_not_delivered() -> None:
    workspace = Workspace(scopes=frozenset({"chat:write", "groups:read"}))
    workspace.delivery = Ear()
    workspace.archive(workspace.add_channel("general"))
    workspace.archive(workspace.add_channel("secret", private=True))
    assert [event["type"] for event in heard(workspace)] == ["group_archive"]


def test_nobody_need_listen() -> None:
    workspace = Workspace(clock=time.time)
    channel = workspace.add_channel("general")
    ack = workspace.archive(channel)
    assert ack == Ack(error="dispatch_failed")
    assert workspace.state.channels[channel].is_archived


def test_a_guest_is_shown_as_one(workspace: Workspace) -> None:
    ann, guest = workspace.add_user("ann"), workspace.add_user("gus", guest=True)
    users = [bot(workspace, "users.info", user=user)["user"] for user in (ann, guest)]
    assert [user["is_restricted"] for user in users] == [False, True]
    assert not any(user["is_ultra_restricted"] for user in users)


@pytest.mark.parametrize("private", [False, True])
def test_a_shared_channel_gets_another_id_and_keeps_everything(workspace: Workspace, private: bool) -> None:
    ann = workspace.add_user("ann")
    old = workspace.add_channel("general", ann, private=private)
    ts = bot(workspace, "chat.postMessage", channel=old, text="x")["ts"]
    new = workspace.change_id(old)
    assert heard(workspace) == [{"type": "channel_id_changed", "old_channel_id": old, "new_channel_id": new}]
    assert refusal(workspace, "chat.postMessage", channel=old, text="x") == "channel_not_found"
    assert refusal(workspace, "chat.update", channel=old, ts=ts, text="y") == "channel_not_found"
    assert bot(workspace, "chat.update", channel=new, ts=ts, text="y")["ok"]
    assert [(message.channel, message.text) for message in workspace.seen_by(ann, new)] == [(new, "y")]
