"""Installation by OAuth over HTTP, with the local workspace as Slack, on both databases."""

import logging
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import pytest
import yaml

from bot.slack.install_pages import INSTALL, REDIRECT
from bot.slack.scopes import OPTIONAL, REQUIRED
from bot.store.schema import installation
from bot.store.store import Store
from bot.workspace.workspace import CLIENT_ID, CLIENT_SECRET
from tests.conftest import ROOT
from tests.databases import Databases, opened
from tests.slack.browser import Visitor, browser, query_of
from tests.store.moments import rows


@pytest.fixture
def ann(tmp_path: Path, store: Store) -> Iterator[Visitor]:
    with browser(tmp_path / "briefs", store) as found:
        yield found


@pytest.fixture(scope="module")
def bench(tmp_path_factory: pytest.TempPathFactory, sqlite: Databases) -> Iterator[Visitor]:
    directory = tmp_path_factory.mktemp("bench") / "briefs"
    with opened(sqlite.migrated()) as engine, browser(directory, Store(engine)) as found:
        yield found


@pytest.fixture
def quick(bench: Visitor) -> Visitor:
    """On SQLite, for what is the same on both: one for all tests, with nothing installed."""
    with bench.desk.store.transaction() as tx:
        tx.connection.execute(installation.delete())
    bench.cookie, bench.workspace.state.app.client_secret = None, CLIENT_SECRET
    return bench


def heading(text: str) -> str:
    return text.partition("<h1>")[2].partition("</h1>")[0]


def nothing(of: Visitor) -> bool:
    """Whether nothing was installed."""
    return rows(of.desk.store, installation) == []


@pytest.mark.parametrize("path", sorted((ROOT / "manifests").glob("*.yaml")), ids=lambda path: path.stem)
def test_the_scopes_are_those_of_the_manifests(path: Path) -> None:
    scopes = yaml.safe_load(path.read_text(encoding="utf-8"))["oauth_config"]["scopes"]
    assert (set(scopes["bot"]), set(scopes["bot_optional"])) == (set(REQUIRED), set(OPTIONAL))


def test_who_allows_it_installs_it_in_their_workspace(ann: Visitor, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    state = ann.workspace.state
    with ann.desk.store.transaction() as tx:
        tx.subscriptions.mark_stopped(state.team, "token_revoked")
    answer = ann.install()
    assert (answer.status, heading(answer.body)) == (200, "The bot is installed in local")
    (row,) = rows(ann.desk.store, installation)
    assert (row.team, row.bot_user, row.bot, row.installed_by) == (
        state.team,
        state.app.bot_user,
        "B0LOCAL001",
        ann.ann,
    )
    assert row.installed_at == ann.desk.replica.at
    assert set(row.scopes.split(",")) == REQUIRED | OPTIONAL
    access = ann.tokens().find(state.team)
    assert access is not None
    assert access.api.call("auth.test", {}) != {}
    with ann.desk.store.snapshot() as tx:
        assert tx.subscriptions.stop_reason(state.team) is None
    told = caplog.text + answer.body
    assert not [each for each in (state.app.bot_token, state.app.client_secret, *state.codes) if each in told]


def test_slack_is_asked_for_the_scopes_with_a_state_that_the_browser_keeps(quick: Visitor) -> None:
    address = quick.begin("team=T0LOCAL001")
    asked = query_of(address)
    assert address.startswith(f"{quick.workspace.base_url}/oauth/v2/authorize?")
    assert (asked["client_id"], asked["team"]) == (CLIENT_ID, "T0LOCAL001")
    assert set(asked["scope"].split(",")) == REQUIRED | OPTIONAL
    cookie = quick.seen[-1].headers["set-cookie"]
    assert cookie.startswith(f"slack-app-oauth-state={asked['state']}; ")
    assert set(cookie.split("; ")[1:]) == {"Secure", "HttpOnly", "SameSite=Lax", "Path=/", "Max-Age=600"}
    assert len(asked["state"]) >= 43


@pytest.mark.parametrize("team", ["x\r\nSet-Cookie: a=b", "T1&scope=admin", "t1", "T" * 99, ""])
def test_a_workspace_that_is_none_is_not_asked_for(quick: Visitor, team: str) -> None:
    asked = query_of(quick.begin(f"team={quote(team)}"))
    assert "team" not in asked
    assert set(asked["scope"].split(",")) == REQUIRED | OPTIONAL


def test_a_state_is_good_once(ann: Visitor) -> None:
    back = ann.allow(ann.begin())
    ann.get(back)
    second = ann.get(back)
    assert (second.status, heading(second.body)) == (400, "Nothing was installed")
    assert "Begin again" in second.body
    assert len(rows(ann.desk.store, installation)) == 1


def test_a_state_is_good_for_ten_minutes(ann: Visitor) -> None:
    back = ann.allow(ann.begin())
    ann.desk.set_clock(600)
    assert ann.get(back).status == 400
    assert nothing(ann)


def test_another_browser_a_foreign_state_and_none_install_nothing(quick: Visitor) -> None:
    back = quick.allow(quick.begin())
    own, quick.cookie = quick.cookie, None
    assert quick.get(back).status == 400
    quick.cookie = "x" * 43
    for address in (back, f"{REDIRECT}?code=1&state={'x' * 43}", f"{REDIRECT}?code=1", REDIRECT):
        assert quick.get(address).status == 400
    assert nothing(quick)
    quick.cookie = own
    assert quick.get(back).status == 200


def test_who_does_not_allow_it_reads_that_nothing_was_installed(quick: Visitor) -> None:
    answer = quick.get(quick.workspace.authorize(quick.ann, quick.begin(), allow=False))
    assert (answer.status, heading(answer.body)) == (200, "Nothing was installed")
    assert "You did not allow it" in answer.body
    assert nothing(quick)


def test_what_slack_says_of_a_code_is_shown_and_logged(quick: Visitor, caplog: pytest.LogCaptureFixture) -> None:
    for grant_used, word in ((True, "invalid_code"), (False, "bad_client_secret")):
        back = quick.allow(quick.begin())
        code = query_of(back)["code"]
        quick.workspace.state.codes[code].used = grant_used
        if not grant_used:
            quick.workspace.state.app.client_secret = "another"  # noqa: S105
        answer = quick.get(back)
        assert (answer.status, f"Slack says “{word}”" in answer.body) == (400, True)
        assert f"nothing was installed, as Slack refused a code: {word}" in caplog.text
        assert code not in caplog.text + answer.body
    assert nothing(quick)


@pytest.mark.parametrize("kind", ["unavailable", "drop_before", "drop_after"])
def test_where_slack_does_not_answer_it_says_so(quick: Visitor, kind: str) -> None:
    back = quick.allow(quick.begin())
    quick.workspace.faults.script("oauth.v2.access", kind)  # type: ignore[arg-type]
    answer = quick.get(back)
    assert (answer.status, "Slack does not answer the bot just now" in answer.body) == (503, True)
    assert nothing(quick)


def test_a_word_that_is_none_of_slacks_is_not_repeated(quick: Visitor) -> None:
    answer = quick.get(f"{REDIRECT}?error={quote('<script>alert(1)</script>')}")
    assert answer.status == 400
    assert "script" not in answer.body
    assert answer.headers["content-security-policy"].startswith("default-src 'none'")


def test_where_the_database_does_not_answer_it_says_so(ann: Visitor) -> None:
    address = ann.begin()
    back = ann.allow(address)
    for table in ("installation", "oauth_state"):
        with ann.desk.store.transaction() as tx:
            tx.connection.exec_driver_sql(f"ALTER TABLE {table} RENAME TO away")
        try:
            answer = ann.get(back if table == "installation" else INSTALL)
            assert (answer.status, "database does not answer" in answer.body) == (503, True)
        finally:
            with ann.desk.store.transaction() as tx:
                tx.connection.exec_driver_sql(f"ALTER TABLE away RENAME TO {table}")
    assert nothing(ann)


def test_an_organisation_installs_it_for_all_its_workspaces(ann: Visitor) -> None:
    ann.workspace.state.enterprise = "E0WHOLE001"
    assert heading(ann.install().body) == "The bot is installed in local"
    (row,) = rows(ann.desk.store, installation)
    assert (row.team, row.enterprise, row.whole) == ("E0WHOLE001", "E0WHOLE001", True)
    found = ann.tokens()
    assert found.serves("T0SISTER01", "E0WHOLE001")
    assert not found.serves("T0SISTER01", "E0OTHER001")


def test_a_second_installation_takes_the_place_of_the_first(quick: Visitor) -> None:
    quick.install()
    quick.workspace.state.app.bot_id = "B0NEW"
    quick.desk.set_clock(60)
    quick.install()
    (row,) = rows(quick.desk.store, installation)
    assert (row.bot, row.installed_at) == ("B0NEW", quick.desk.replica.at)
