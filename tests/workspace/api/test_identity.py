"""People, channels and the app itself."""

from bot.workspace.workspace import Workspace
from tests.workspace.calls import bot, refusal


def test_people_and_channels(workspace: Workspace) -> None:
    ann = workspace.add_user("ann", tz="America/New_York")
    channel = workspace.add_channel("general", ann)
    assert bot(workspace, "users.info", user=ann)["user"]["tz"] == "America/New_York"
    assert refusal(workspace, "users.info", user="U404") == "user_not_found"
    assert bot(workspace, "conversations.info", channel=channel)["channel"]["is_member"]
    assert ann in bot(workspace, "conversations.members", channel=channel)["members"]
    assert bot(workspace, "auth.test")["user_id"] == workspace.state.app.bot_user
