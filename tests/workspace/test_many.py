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
    workspaces = [Workspace(number) for number in range(1, 101)]
    server = LocalServer(many(workspaces))
    for workspace in workspaces:
        workspace.base_url = server.url
    yield workspaces
    server.close()


def client(workspace: Workspace, token: str | None) -> WebClient:
    return WebClient(token=token, base_url=f"{workspace.base_url}/api/", retry_handlers=[])


def ids(workspace: Workspace) -> tuple[str, ...]:
    """All that tells a workspace and its app from others."""
    app = workspace.state.app
    return workspace.state.team, app.id, app.bot_user, app.bot_id, app.bot_token, app.app_token


def test_every_workspace_has_ids_and_tokens_of_its_own() -> None:
    workspaces = [Workspace(number) for number in (1, 2, 3)]
    assert ids(workspaces[0])[:4] == ("T0LOCAL001", "A0LOCAL001", "U0LOCAL001", "B0LOCAL001")
    for values in zip(*map(ids, workspaces), strict=True):
        assert len(set(values)) == 3
    assert ids(Workspace(2))[:4] == ids(workspaces[1])[:4]
    assert not {*ids(Workspace(2))[4:]} & {*ids(workspaces[1])[4:]}


def test_a_token_leads_to_its_workspace(workspaces: list[Workspace]) -> None:
    channels = [workspace.add_channel("general") for workspace in workspaces]
    for workspace, channel in zip(workspaces, channels, strict=True):
        web = client(workspace, workspace.state.app.bot_token)
        assert web.auth_test()["team_id"] == workspace.state.team
        web.chat_postMessage(channel=channel, text=workspace.state.team)
    assert [[m.text for m in w.state.messages] for w in workspaces] == [[w.state.team] for w in workspaces]


def test_a_message_carries_the_bot_of_its_workspace(workspaces: list[Workspace]) -> None:
    for workspace in workspaces[:2]:
        channel, app = workspace.add_channel("general"), workspace.state.app
        web = client(workspace, app.bot_token)
        message = web.chat_postMessage(channel=channel, text="hello")["message"]
        who = web.auth_test()
        assert (message["user"], message["bot_id"]) == (who["user_id"], who["bot_id"]) == (app.bot_user, app.bot_id)


def test_an_app_token_leads_to_its_workspace(workspaces: list[Workspace]) -> None:
    url = client(workspaces[7], None).apps_connections_open(app_token=workspaces[7].state.app.app_token)["url"]
    assert isinstance(url, str)
    ticket = url.rpartition("/")[2]
    assert [workspace.redeem(ticket) for workspace in workspaces[6:9]] == [False, True, False]
    assert not workspaces[7].redeem(ticket)


def test_a_token_may_be_an_argument(workspaces: list[Workspace]) -> None:
    answer = client(workspaces[7], None).auth_test(token=workspaces[7].state.app.bot_token)
    assert answer["team_id"] == workspaces[7].state.team


@pytest.mark.parametrize(("token", "error"), [("xoxb-404", "invalid_auth"), (None, "not_authed")])
def test_other_tokens_are_refused(workspaces: list[Workspace], token: str | None, error: str) -> None:
    with pytest.raises(SlackApiError) as caught:
        client(workspaces[0], token).auth_test()
    assert caught.value.response["error"] == error


def test_a_fault_is_met_in_its_workspace_only(workspaces: list[Workspace]) -> None:
    workspaces[1].faults.script("auth.test", "unavailable")
    assert client(workspaces[0], workspaces[0].state.app.bot_token).auth_test()["ok"]
    with pytest.raises(SlackApiError):
        client(workspaces[1], workspaces[1].state.app.bot_token).auth_test()


def test_a_response_url_leads_to_its_workspace(workspaces: list[Workspace]) -> None:
    first, second = workspaces[:2]
    people = [workspace.add_user("ann") for workspace in (first, second)]
    channels = [w.add_channel("general", ann) for w, ann in zip((first, second), people, strict=True)]
    contexts = [{"channel": c, "user": u} for c, u in zip(channels, people, strict=True)]
    assert contexts[0] == contexts[1]  # only the team in the address tells them apart
    urls = [workspace.response_url(context) for workspace, context in zip((first, second), contexts, strict=True)]
    assert WebhookClient(urls[1]).send(text="hello").status_code == 200
    assert (len(first.state.messages), [m.user for m in second.state.messages]) == (0, [second.state.app.bot_user])
    assert WebhookClient(urls[1].replace(second.state.team, "T404")).send(text="hello").body == "expired_url"


def test_two_workspaces_of_one_number_are_refused() -> None:
    with pytest.raises(ValueError, match="of its own"):
        many([Workspace(2), Workspace(1), Workspace(2)])
