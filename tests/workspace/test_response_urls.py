"""Messages through a `response_url`."""

import pytest

from bot.workspace.deliver import Ack
from bot.workspace.state import SlackError
from bot.workspace.workspace import Workspace
from tests.workspace.calls import text_blocks
from tests.workspace.modal_scene import Script


def test_a_response_url_is_good_five_times_within_thirty_minutes() -> None:
    now = [1000.0]
    workspace = Workspace(clock=lambda: now[0])
    ann = workspace.add_user("ann")
    channel = workspace.add_channel("general", ann, bot=False)
    context = {"channel": channel, "user": ann}
    key = workspace.response_url(context).rpartition("/")[2]
    for _ in range(5):
        workspace.respond(key, {"text": "hello"})
    assert all(message.visible_to == ann for message in workspace.seen_by(ann, channel))
    with pytest.raises(SlackError, match="expired_url"):
        workspace.respond(key, {"text": "hello"})
    late = workspace.response_url(context).rpartition("/")[2]
    now[0] += 30 * 60 + 1
    with pytest.raises(SlackError, match="expired_url"):
        workspace.respond(late, {"text": "hello"})


def test_a_response_with_bad_blocks_is_refused(workspace: Workspace) -> None:
    ann = workspace.add_user("ann")
    key = workspace.response_url({"channel": workspace.add_channel("general", ann), "user": ann}).rpartition("/")[2]
    with pytest.raises(SlackError, match="invalid_blocks"):
        workspace.respond(key, {"text": "x", "blocks": [{"type": "section"}]})
    with pytest.raises(SlackError, match="no_text"):
        workspace.respond(key, {})
    bodies: list[object] = [[], None, "hello", {"text": 7}]
    for body in bodies:
        with pytest.raises(SlackError, match="invalid_payload"):
            workspace.respond(workspace.response_url({}).rpartition("/")[2], body)


def test_a_response_may_have_more_text_than_a_post(workspace: Workspace) -> None:
    ann = workspace.add_user("ann")
    channel = workspace.add_channel("general", ann)
    key = workspace.response_url({"channel": channel, "user": ann}).rpartition("/")[2]
    workspace.respond(key, {"text": "x", "blocks": text_blocks(10_001)})
    workspace.delivery = Script([Ack({"text": "x", "blocks": text_blocks(20_000)})])
    assert workspace.command(ann, channel, "/brief legal").error is None
    assert len(workspace.seen_by(ann, channel)) == 2


def test_an_acknowledgement_with_bad_blocks_is_refused(workspace: Workspace) -> None:
    workspace.delivery = Script([Ack({"text": "x", "blocks": [{"type": "section"}]})])
    ann = workspace.add_user("ann")
    channel = workspace.add_channel("general", ann)
    assert workspace.command(ann, channel, "/brief legal").error == "invalid_blocks"
    assert workspace.seen_by(ann, channel) == []
