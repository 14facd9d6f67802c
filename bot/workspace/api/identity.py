"""auth.test, users.info, team.info and apps.connections.open: who the app, its people and its workspace are."""

from secrets import token_urlsafe

from bot.workspace.api.arguments import Arguments
from bot.workspace.api.method import Method
from bot.workspace.state import Json, SlackError, State


def _auth_test(state: State, arguments: Arguments) -> Json:
    app = state.app
    return {
        "url": f"https://{state.domain}.slack.com/",
        "team": state.domain,
        "team_id": state.team,
        "user": state.users[app.bot_user].name,
        "user_id": app.bot_user,
        "bot_id": app.bot_id,
        "is_enterprise_install": False,
    }


def _user_info(state: State, arguments: Arguments) -> Json:
    user = state.users.get(str(arguments["user"]))
    if user is None:
        raise SlackError("user_not_found")
    names = {"id": user.id, "name": user.name, "real_name": user.real_name, "tz": user.tz, "is_bot": user.is_bot}
    guest = {"is_restricted": user.is_restricted, "is_ultra_restricted": user.is_ultra_restricted}
    stranger = {"is_stranger": user.is_stranger} if user.team else {}
    return {"user": {**names, **guest, **stranger, "deleted": False, "team_id": state.home(user.id)}}


def _team_info(state: State, arguments: Arguments) -> Json:
    return {"team": {"id": state.team, "name": state.domain, "domain": state.domain}}


def _connect(state: State, arguments: Arguments) -> Json:
    """`url` is only the ticket of a connection: `Workspace.socket_url` puts the server's address before it."""
    return {"url": f"ticket-{state.team}-{token_urlsafe()}"}


METHODS: dict[str, Method] = {
    "apps.connections.open": Method(_connect, "t3", ("connections:write",), token="app"),
    "auth.test": Method(_auth_test, "t5"),
    "team.info": Method(_team_info, "t3", ("team:read",), (), ("team", "domain")),
    "users.info": Method(_user_info, "t4", ("users:read",), ("user",), ("include_locale",)),
}
