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

TOKEN_S = 12 * 3600
"""Seconds for which a token is good where tokens rotate. Source: docs.slack.dev, using token rotation."""


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
    match arguments.get("grant_type", "authorization_code"):
        case "authorization_code":
            return _by_code(state, arguments)
        case "refresh_token":
            return _by_refresh_token(state, arguments)
        case _:
            raise SlackError("invalid_grant_type")


def _by_refresh_token(state: State, arguments: Arguments) -> Json:
    """A refresh token is good once."""
    if arguments.get("refresh_token") != state.app.refresh_token or not state.app.refresh_token:
        raise SlackError("invalid_refresh_token")
    return _granted(state, Grant("", state.app.scopes, 0, None))


def _by_code(state: State, arguments: Arguments) -> Json:
    grant = state.codes.get(str(arguments.get("code")))
    if grant is None or grant.used or state.clock() > grant.expires:
        raise SlackError("invalid_code")
    if arguments.get("redirect_uri") != grant.redirect_uri:
        raise SlackError("bad_redirect_uri")
    grant.used = True
    return _granted(state, grant)


def _granted(state: State, grant: Grant) -> Json:
    app, whole = state.app, state.enterprise is not None
    rotation = _rotated(state) if app.rotates else {}
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
        **rotation,
    }


def _rotated(state: State) -> Json:
    """A new token in the place of the last, which ends, and the refresh token for the next."""
    state.app.bot_token, state.app.refresh_token = f"xoxe.xoxb-{token_hex()}", f"xoxe-{token_hex()}"
    return {"refresh_token": state.app.refresh_token, "expires_in": TOKEN_S}


GIVEN = ("client_id", "client_secret", "code", "redirect_uri", "grant_type", "refresh_token")

METHODS: dict[str, Method] = {"oauth.v2.access": Method(_access, "t5", optional=GIVEN, token="none")}
