"""auth.test, auth.teams.list, users.info, usergroups.users.list, team.info and apps.connections.open: who the app, its
people and its workspace are."""

from secrets import token_urlsafe

from bot.workspace.api.arguments import Arguments, flag
from bot.workspace.api.method import Method
from bot.workspace.state import Json, SlackError, State, User

TEAMS_PAGE, TEAMS_MAX = 100, 1000


def _auth_test(state: State, arguments: Arguments) -> Json:
    app = state.app
    return {
        "url": f"https://{state.domain}.slack.com/",
        "team": state.domain,
        "team_id": state.team,
        "user": state.users[app.bot_user].name,
        "user_id": app.bot_user,
        "bot_id": app.bot_id,
        "is_enterprise_install": state.enterprise is not None,
        **({"enterprise_id": state.enterprise} if state.enterprise else {}),
    }


def _auth_teams_list(state: State, arguments: Arguments) -> Json:
    """The workspaces that the app is let into, all on one page: this one, and others of an organisation."""
    limit = str(arguments.get("limit", TEAMS_PAGE))
    if not limit.isdecimal() or not 0 < int(limit) <= TEAMS_MAX:
        raise SlackError("invalid_limit")
    if arguments.get("cursor"):
        raise SlackError("invalid_cursor")
    teams = [{"id": state.team, "name": state.domain}, *({"id": each, "name": each} for each in state.siblings)]
    return {"teams": teams, "response_metadata": {"next_cursor": ""}}


def _user_info(state: State, arguments: Arguments) -> Json:
    user = state.users.get(str(arguments["user"]))
    if user is None:
        raise SlackError("user_not_found")
    names = {"id": user.id, "name": user.name, "real_name": user.real_name, "tz": user.tz, "is_bot": user.is_bot}
    guest = {"is_restricted": user.is_restricted, "is_ultra_restricted": user.is_ultra_restricted}
    return {"user": {**names, **guest, **_origin(state, user), "deleted": False, "team_id": state.home(user.id)}}


def _origin(state: State, user: User) -> Json:
    """What Slack says of people who are not of this workspace alone."""
    if state.enterprise and user.team in (None, *state.siblings):
        teams = [state.team] if user.team is None else [user.team]
        return {"enterprise_user": {"id": user.id, "enterprise_id": state.enterprise, "teams": teams}}
    return {"is_stranger": user.is_stranger} if user.team else {}


def _group_users(state: State, arguments: Arguments) -> Json:
    # Ignored but for the token of an organisation, which has to say where the group is.
    team = arguments.get("team_id")
    if state.enterprise and not team:
        raise SlackError("missing_argument")
    if state.enterprise and team != state.team:
        raise SlackError("team_not_found")
    group = state.user_groups.get(str(arguments["usergroup"]))
    if group is None or (group.is_disabled and not flag(arguments, "include_disabled")):
        raise SlackError("no_such_subteam")
    return {"users": sorted(group.members)}


def _team_info(state: State, arguments: Arguments) -> Json:
    return {"team": {"id": state.team, "name": state.domain, "domain": state.domain}}


def _connect(state: State, arguments: Arguments) -> Json:
    """`url` is only the ticket of a connection: `Workspace.socket_url` puts the server's address before it."""
    return {"url": f"ticket-{state.team}-{token_urlsafe()}"}


METHODS: dict[str, Method] = {
    "apps.connections.open": Method(_connect, "t3", ("connections:write",), token="app"),
    "auth.teams.list": Method(_auth_teams_list, "t2", optional=("limit", "cursor", "include_icon")),
    "auth.test": Method(_auth_test, "t5"),
    "team.info": Method(_team_info, "t3", ("team:read",), (), ("team", "domain")),
    "usergroups.users.list": Method(
        _group_users, "t2", ("usergroups:read",), ("usergroup",), ("include_disabled", "team_id")
    ),
    "users.info": Method(_user_info, "t4", ("users:read",), ("user",), ("include_locale",)),
}
