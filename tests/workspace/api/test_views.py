"""Views, the triggers that open them, and blocks.validate."""

import pytest

from bot.workspace.state import Json, SlackError
from bot.workspace.workspace import Workspace
from tests.workspace.calls import BLOCKS, bot, refusal


def test_refused_blocks_are_pointed_at(workspace: Workspace) -> None:
    with pytest.raises(SlackError) as caught:
        bot(workspace, "blocks.validate", blocks=[{"type": "section", "text": {"type": "mrkdwn", "text": ""}}])
    assert caught.value.error == "invalid_blocks"
    assert caught.value.extra["errors"][0]["pointer"] == "/0/text/text"


def view() -> Json:
    return {"type": "modal", "title": {"type": "plain_text", "text": "Title"}, "blocks": BLOCKS}


def test_a_trigger_is_good_once_and_for_three_seconds() -> None:
    now = [1000.0]
    workspace = Workspace(clock=lambda: now[0])
    ann = workspace.add_user("ann")
    first, second = workspace.state.new_trigger(ann), workspace.state.new_trigger(ann)
    assert bot(workspace, "views.open", trigger_id=first, view=view())["view"]["user"] == ann
    assert refusal(workspace, "views.open", trigger_id=first, view=view()) == "expired_trigger_id"
    now[0] += 3.1
    assert refusal(workspace, "views.open", trigger_id=second, view=view()) == "expired_trigger_id"
    assert refusal(workspace, "views.open", trigger_id="nonsense", view=view()) == "invalid_trigger_id"


def test_a_bad_view_is_refused(workspace: Workspace) -> None:
    trigger = workspace.state.new_trigger(workspace.add_user("ann"))
    assert refusal(workspace, "views.open", trigger_id=trigger, view={"type": "modal"}) == "invalid_arguments"
