"""Slack's side of an installation by OAuth: who allows it gets a code, which the app changes for a token.

Source: docs.slack.dev, installing with OAuth, and the reference of oauth.v2.access.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from secrets import token_hex
from urllib.parse import urlencode

from bot.workspace.api.arguments import Arguments
from bot.workspace.api.method import Method
from bot.workspace.state import Json, SlackError, State

CODE_S = 600
"""Seconds for which a code is good."""


@dataclass(slots=True)
class Grant:
    """What a code stands for: who allows which scopes, until when, and the address that the code was sent to, None
    where the app named none."""

    user: str
    scopes: frozenset[str]
    expires: float
    redirect_uri: str | None
    used: bool = False


def authorize(state: State, query: Mapping[str, str], user: str, *, allow: bool = True) -> str:
    """What a person does at `/oauth/v2/authorize`: the address to which Slack sends their browser then. Raises:
    SlackError for what Slack shows instead: invalid_client_id, bad_redirect_uri, no_scopes, invalid_scope."""
    app = state.app
    if query.get("client_id") != app.client_id:
        raise SlackError("invalid_client_id")
    asked = query.get("redirect_uri")
    # Slack also takes what begins with a registered address.
    if not app.redirect_urls or (asked and not asked.startswith(app.redirect_urls)):
        raise SlackError("bad_redirect_uri")
    scopes = frozenset(filter(None, query.get("scope", "").split(",")))
    if not scopes:
        raise SlackError("no_scopes")
    if scopes - app.scopes:
        raise SlackError("invalid_scope")
    answer = {"code": _new_code(state, user, scopes, asked)} if allow else {"error": "access_denied"}
    return f"{asked or app.redirect_urls[0]}?{urlencode({**answer, 'state': query.get('state', '')})}"


def _new_code(state: State, user: str, scopes: frozenset[str], redirect_uri: str | None) -> str:
    code = f"{state.team}.{token_hex()}"
    state.codes[code] = Grant(user, scopes, state.clock() + CODE_S, redirect_uri)
    return code


def _access(state: State, arguments: Arguments) -> Json:
    """Changes a code for the bot token."""
    app = state.app
    if arguments.get("client_id") != app.client_id:
        raise SlackError("invalid_client_id")
    if arguments.get("client_secret") != app.client_secret:
        raise SlackError("bad_client_secret")
    if arguments.get("grant_type", "authorization_code") != "authorization_code":
        raise SlackError("invalid_grant_type")
    grant = state.codes.get(str(arguments.get("code")))
    if grant is None or grant.used or state.clock() > grant.expires:
        raise SlackError("invalid_code")
    if arguments.get("redirect_uri") != grant.redirect_uri:
        raise SlackError("bad_redirect_uri")
    grant.used = True
    return _granted(state, grant)


def _granted(state: State, grant: Grant) -> Json:
    app, whole = state.app, state.enterprise is not None
    return {
        "access_token": app.bot_token,
        "token_type": "bot",
        "scope": ",".join(sorted(grant.scopes)),
        "bot_user_id": app.bot_user,
        "app_id": app.id,
        "team": None if whole else {"id": state.team, "name": state.domain},
        "enterprise": {"id": state.enterprise, "name": state.domain} if whole else None,
        "authed_user": {"id": grant.user},
        "is_enterprise_install": whole,
    }


METHODS: dict[str, Method] = {
    "oauth.v2.access": Method(
        _access, "t5", optional=("client_id", "client_secret", "code", "redirect_uri", "grant_type"), token="none"
    )
}
