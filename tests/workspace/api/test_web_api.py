"""Contract, tokens and scopes: the local workspace refuses what Slack refuses, in Slack's words."""

import pytest

from bot.workspace.api.web_api import METHODS, call
from bot.workspace.state import SlackError
from bot.workspace.workspace import Workspace
from tests.workspace.calls import bot, refusal
from tests.workspace.contract import contract, needs_contract


@needs_contract
@pytest.mark.parametrize("name", METHODS)
def test_a_method_is_as_slack_documents_it(name: str) -> None:
    documented, method = contract(name), METHODS[name]
    scopes = documented["scope"].get("bot", [])
    assert set(method.scopes) <= set(scopes) or name == "apps.connections.open"
    assert bool(method.scopes) == bool(scopes) or name == "apps.connections.open"
    if documented["rate_limit_tier"]:
        assert method.tier == documented["rate_limit_tier"]
    assert {*method.required, *method.optional} <= set(documented["arguments"]) | {"cursor", "limit"}
    assert set(documented["required"]) - {"token"} <= set(method.required)


@pytest.mark.parametrize(
    ("token", "error"),
    [("", "not_authed"), ("xoxb-other", "invalid_auth"), ("xoxb-local-001", "invalid_auth")],
)
def test_a_wrong_token_is_refused(workspace: Workspace, token: str, error: str) -> None:
    assert refusal(workspace, "auth.test", token) == error


def test_a_token_of_another_kind_is_refused(workspace: Workspace) -> None:
    assert refusal(workspace, "auth.test", workspace.state.app.app_token) == "not_allowed_token_type"


def test_only_the_app_token_opens_connections(workspace: Workspace) -> None:
    assert refusal(workspace, "apps.connections.open") == "not_allowed_token_type"
    assert call(workspace.state, "apps.connections.open", {}, workspace.state.app.app_token)["ok"]


def test_a_missing_scope_is_named() -> None:
    workspace = Workspace(scopes=frozenset({"commands"}))
    channel = workspace.add_channel("general")
    with pytest.raises(SlackError) as caught:
        bot(workspace, "chat.postMessage", channel=channel, text="hello")
    assert (caught.value.error, caught.value.extra["needed"]) == ("missing_scope", "chat:write")


def test_unknown_methods_and_arguments_are_refused(workspace: Workspace) -> None:
    assert refusal(workspace, "chat.postEverything") == "unknown_method"
    channel = workspace.add_channel("general")
    assert refusal(workspace, "chat.postMessage", channel=channel, txt="hello") == "invalid_arg_name"
