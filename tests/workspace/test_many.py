"""Many workspaces behind one address."""

from collections.abc import Iterator

import pytest
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError
from slack_sdk.webhook import WebhookClient

from bot.workspace.local_server import LocalServer
from bot.workspace.server import many
from bot.workspace.workspace import Workspace


@pytest.fixture
def workspaces() -> Iterator[list[Workspace]]:
    made = [Workspace(team=f"T{number:09d}", bot_token=f"xoxb-{number}") for number in range(100)]
    served = LocalServer(many(made))
    for workspace in made:
        workspace.base_url = served.url
    yield made
    served.close()


def client(workspace: Workspace, token: str | None) -> WebClient:
    return WebClient(token=token, base_url=f"{workspace.base_url}/api/", retry_handlers=[])


def test_a_token_leads_to_its_workspace(workspaces: list[Workspace]) -> None:
    channels = [workspace.add_channel("general") for workspace in workspaces]
    for workspace, channel in zip(workspaces, channels, strict=True):
        web = client(workspace, workspace.state.app.bot_token)
        assert web.auth_test()["team_id"] == workspace.state.team
        web.chat_postMessage(channel=channel, text=workspace.state.team)
    assert [[m.text for m in w.state.messages] for w in workspaces] == [[w.state.team] for w in workspaces]


def test_a_token_may_be_an_argument(workspaces: list[Workspace]) -> None:
    found = client(workspaces[7], None).auth_test(token=workspaces[7].state.app.bot_token)
    assert found["team_id"] == workspaces[7].state.team


@pytest.mark.parametrize(("token", "error"), [("xoxb-404", "invalid_auth"), (None, "not_authed")])
def test_other_tokens_are_refused(workspaces: list[Workspace], token: str | None, error: str) -> None:
    with pytest.raises(SlackApiError) as caught:
        client(workspaces[0], token).auth_test()
    assert caught.value.response["error"] == error


def test_a_fault_is_met_in_its_workspace_only(workspaces: list[Workspace]) -> None:
    workspaces[1].faults.script("auth.test", "unavailable")
    assert client(workspaces[0], "xoxb-0").auth_test()["ok"]
    with pytest.raises(SlackApiError):
        client(workspaces[1], "xoxb-1").auth_test()


def test_a_response_url_leads_to_its_workspace(workspaces: list[Workspace]) -> None:
    people = [workspace.add_user("ann") for workspace in workspaces[:2]]
    places = [workspace.add_channel("general", ann) for workspace, ann in zip(workspaces, people, strict=False)]
    urls = [w._response_url({"channel": c, "user": u}) for w, c, u in zip(workspaces, places, people, strict=False)]
    assert WebhookClient(urls[1]).send(text="hello").status_code == 200
    assert (len(workspaces[0].state.messages), len(workspaces[1].state.messages)) == (0, 1)
    assert WebhookClient(urls[1].replace("T000000001", "T404")).send(text="hello").body == "expired_url"


@pytest.mark.parametrize("more", [{"team": "T1"}, {"bot_token": "xoxb-1"}, {}])
def test_workspaces_that_are_alike_are_refused(more: dict[str, str]) -> None:
    with pytest.raises(ValueError, match="of its own"):
        many([Workspace(**more), Workspace(**more)])  # type: ignore[arg-type]
