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


def test_where_the_app_is_installed_for_an_organisation_its_workspaces_are_listed(workspace: Workspace) -> None:
    assert bot(workspace, "auth.test")["is_enterprise_install"] is False
    workspace.state.enterprise, workspace.state.siblings = "E1", ("T2", "T3")
    me, teams = bot(workspace, "auth.test"), bot(workspace, "auth.teams.list", limit=1000)["teams"]
    assert (me["is_enterprise_install"], me["enterprise_id"]) == (True, "E1")
    assert [each["id"] for each in teams] == [workspace.state.team, "T2", "T3"]
    assert [refusal(workspace, "auth.teams.list", limit=each) for each in (0, 1001, "x")] == ["invalid_limit"] * 3
    assert refusal(workspace, "auth.teams.list", cursor="x") == "invalid_cursor"


def test_the_members_of_a_user_group_are_listed_where_the_app_may_read_groups(workspace: Workspace) -> None:
    ann, ben = workspace.add_user("ann"), workspace.add_user("ben")
    group = workspace.add_user_group(ben, ann)
    assert refusal(workspace, "usergroups.users.list", usergroup=group) == "missing_scope"
    workspace.state.app.scopes |= {"usergroups:read"}
    assert bot(workspace, "usergroups.users.list", usergroup=group)["users"] == [ann, ben]
    assert refusal(workspace, "usergroups.users.list", usergroup="S404") == "no_such_subteam"
    workspace.state.user_groups[group].is_disabled = True
    assert refusal(workspace, "usergroups.users.list", usergroup=group) == "no_such_subteam"
    assert bot(workspace, "usergroups.users.list", usergroup=group, include_disabled=True)["users"] == [ann, ben]


def test_the_token_of_an_organisation_says_in_which_workspace_a_group_is(workspace: Workspace) -> None:
    workspace.state.app.scopes |= {"usergroups:read"}
    group = workspace.add_user_group()
    workspace.state.enterprise = "E1"
    assert refusal(workspace, "usergroups.users.list", usergroup=group) == "missing_argument"
    assert refusal(workspace, "usergroups.users.list", usergroup=group, team_id="T2") == "team_not_found"
    assert bot(workspace, "usergroups.users.list", usergroup=group, team_id=workspace.state.team)["users"] == []
