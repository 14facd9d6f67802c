"""Installations by OAuth at the local workspace: as strict as Slack documents it."""

from urllib.parse import parse_qs, urlencode, urlsplit

import pytest

from bot.workspace.api.web_api import call
from bot.workspace.state import SlackError
from bot.workspace.workspace import CLIENT_ID, CLIENT_SECRET, Workspace
from tests.workspace.calls import refusal

HOME = "https://bot.example/slack/oauth_redirect"
ASKED = {"client_id": CLIENT_ID, "scope": "commands,chat:write", "state": "s"}
CLIENT = {"client_id": CLIENT_ID, "client_secret": CLIENT_SECRET}


@pytest.fixture(autouse=True)
def registered(workspace: Workspace) -> None:
    workspace.state.app.redirect_urls = (HOME,)


def authorize(workspace: Workspace, **changed: str) -> dict[str, str]:
    """What the browser brings back."""
    address = workspace.authorize("U1", f"https://slack.example/oauth/v2/authorize?{urlencode({**ASKED, **changed})}")
    return {name: values[0] for name, values in parse_qs(urlsplit(address).query).items()}


@pytest.mark.parametrize(
    ("changed", "error"),
    [
        ({"client_id": "1.2"}, "invalid_client_id"),
        ({"scope": ""}, "no_scopes"),
        ({"scope": "commands,admin"}, "invalid_scope"),
        ({"redirect_uri": "https://elsewhere.example/"}, "bad_redirect_uri"),
    ],
)
def test_what_an_app_must_not_ask_is_refused(workspace: Workspace, changed: dict[str, str], error: str) -> None:
    with pytest.raises(SlackError) as caught:
        authorize(workspace, **changed)
    assert caught.value.error == error


def test_a_code_is_changed_for_the_token_once(workspace: Workspace) -> None:
    back = authorize(workspace)
    answer = call(workspace.state, "oauth.v2.access", {**CLIENT, "code": back["code"]}, None)
    assert (back["state"], answer["access_token"]) == ("s", workspace.state.app.bot_token)
    assert (answer["team"], answer["scope"]) == ({"id": "T0LOCAL001", "name": "local"}, "chat:write,commands")
    assert refusal(workspace, "oauth.v2.access", "", **CLIENT, code=back["code"]) == "invalid_code"


@pytest.mark.parametrize(
    ("changed", "error"),
    [
        ({"client_id": "1.2"}, "invalid_client_id"),
        ({"client_secret": "x"}, "bad_client_secret"),
        ({"code": "x"}, "invalid_code"),
        ({"redirect_uri": HOME}, "bad_redirect_uri"),
        ({"grant_type": "password"}, "invalid_grant_type"),
    ],
)
def test_a_wrong_exchange_is_refused(workspace: Workspace, changed: dict[str, str], error: str) -> None:
    given = {**CLIENT, "code": authorize(workspace)["code"], **changed}
    assert refusal(workspace, "oauth.v2.access", "", **given) == error


def test_the_address_of_both_calls_has_to_be_the_same(workspace: Workspace) -> None:
    code = authorize(workspace, redirect_uri=f"{HOME}/more")["code"]
    assert refusal(workspace, "oauth.v2.access", "", **CLIENT, code=code, redirect_uri=HOME) == "bad_redirect_uri"
    given = {**CLIENT, "code": code, "redirect_uri": f"{HOME}/more"}
    assert call(workspace.state, "oauth.v2.access", given, None)["ok"]


def test_a_refresh_token_is_good_once_and_its_token_takes_the_place_of_the_last(workspace: Workspace) -> None:
    workspace.state.app.rotates = True
    first = call(workspace.state, "oauth.v2.access", {**CLIENT, "code": authorize(workspace)["code"]}, None)
    renewal = {**CLIENT, "grant_type": "refresh_token", "refresh_token": first["refresh_token"]}
    second = call(workspace.state, "oauth.v2.access", renewal, None)
    assert second["expires_in"] == 12 * 3600
    assert call(workspace.state, "auth.test", {}, second["access_token"])["ok"]
    assert refusal(workspace, "auth.test", first["access_token"]) == "invalid_auth"
    assert refusal(workspace, "oauth.v2.access", "", **renewal) == "invalid_refresh_token"


def test_a_code_is_good_for_ten_minutes(workspace: Workspace) -> None:
    code = authorize(workspace)["code"]
    now = workspace.state.clock()
    workspace.state.clock = lambda: now + 601
    assert refusal(workspace, "oauth.v2.access", "", **CLIENT, code=code) == "invalid_code"
