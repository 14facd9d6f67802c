"""Whom the bot works for, and by which token, on both databases; Slack is not asked."""

import pytest

from bot.errors import DatabaseFailureError, SettingsError
from bot.slack.app import NOBODY, Identity
from bot.slack.tokens import NO_KEY, WRONG_KEY, Access, Tokens
from bot.slack.web_api import WebApi
from bot.store.store import Store
from bot.store.token_cipher import TokenCipher
from tests.installations import NEW, OLD, installed
from tests.store.moments import NOW

URL = "http://127.0.0.1:9/api/"
OWN = Access(Identity("T0", "U0", "B0"), WebApi("xoxb-own", URL))
WHOLE = Access(Identity("T0", "U0", "B0", "E0"), WebApi("xoxb-whole", URL))


def tokens(store: Store, *given: Access, keys: tuple[str, ...] = (OLD,)) -> Tokens:
    """A process that has just started."""
    found = Tokens(store, URL, given, TokenCipher(keys) if keys else None)
    found.start()
    return found


def install(store: Store, team: str, token: str = "xoxb-hush", **changed: object) -> None:  # noqa: S107
    with store.transaction() as tx:
        tx.installations.put(installed(team, token, **changed))  # type: ignore[arg-type]


def token_of(found: Tokens, team: str, organisation: str | None = None) -> str | None:
    access = found.find(team, organisation)
    return access.api._token if access else None


def test_each_workspace_has_its_own_token_and_identity(store: Store) -> None:
    install(store, "T1", "xoxb-1", bot_user="UBOT1", bot="B1")
    install(store, "T2", "xoxb-2", bot_user="UBOT2", bot="B2")
    found = tokens(store, OWN)
    assert [token_of(found, team) for team in ("T0", "T1", "T2", "T3")] == ["xoxb-own", "xoxb-1", "xoxb-2", None]
    assert found.identity("T2") == Identity("T2", "UBOT2", "B2")
    assert found.identity(None) == found.own == OWN.identity
    assert {*found} == {"T0", "T1", "T2"}


def test_the_token_of_the_settings_stays_that_of_its_workspace(store: Store) -> None:
    install(store, "T0", "xoxb-installed")
    assert token_of(tokens(store, OWN), "T0") == "xoxb-own"
    # Once it is left out, the installation goes on in its place: what is stored is by the id of the workspace.
    assert token_of(tokens(store), "T0") == "xoxb-installed"


def test_without_a_token_in_the_settings_the_bot_has_no_workspace_until_one_installs_it(store: Store) -> None:
    found = tokens(store)
    assert (len(found), found.own, found.serves("T1", None)) == (0, NOBODY, False)
    install(store, "T1")
    assert found.serves("T1", None)


def test_a_process_that_did_not_install_it_serves_a_workspace_at_once(store: Store) -> None:
    found = tokens(store, OWN)
    assert not found.serves("T1", None)
    install(store, "T1", "xoxb-1")
    assert token_of(found, "T1") == "xoxb-1"
    install(store, "T1", "xoxb-again")
    assert token_of(found, "T1") == "xoxb-1"
    found.refresh()
    assert token_of(found, "T1") == "xoxb-again"


def test_a_workspace_that_removes_the_bot_is_served_no_more_until_it_installs_it_again(store: Store) -> None:
    install(store, "T1")
    found = tokens(store)
    install(store, "T1", removed_at=NOW)
    found.refresh()
    assert ({*found}, {*found.known}, found.serves("T1", None)) == (set(), {"T1"}, False)
    install(store, "T1", "xoxb-again")
    assert token_of(found, "T1") == "xoxb-again"


def test_an_organisation_serves_its_workspaces_and_no_others(store: Store) -> None:
    install(store, "E1", "xoxb-whole", whole=True)
    install(store, "T1", "xoxb-1", enterprise="E1")
    found = tokens(store, OWN)
    asked = [("T1", "E1"), ("T2", "E1"), ("T3", "E9"), ("T3", None)]
    assert [token_of(found, *each) for each in asked] == ["xoxb-1", "xoxb-whole", None, None]
    assert found.identity("T2") == Identity("T2", "UBOT", "B1", "E1")
    assert ({*found.organisations}, found.organisation("T2"), found.organisation("T1")) == ({"E1"}, "E1", None)


def test_a_worker_knows_the_organisation_of_a_workspace_by_what_is_stored_of_it(store: Store) -> None:
    install(store, "E1", "xoxb-whole", whole=True)
    with store.transaction() as tx:
        for team, organisation in (("T2", "E1"), ("T3", "E3")):
            tx.subscriptions.mark_active(team, organisation)
    found = tokens(store, OWN)
    assert [token_of(found, team) for team in ("T2", "T3", "T4")] == ["xoxb-whole", None, None]


def test_one_token_of_an_organisation_serves_whatever_earlier_versions_stored(store: Store) -> None:
    found = tokens(store, WHOLE, keys=())
    assert (found.api("T0"), found.api("T7"), found.api("E0")) == (WHOLE.api,) * 3
    assert (found.serves("T7", "E0"), found.serves("T8", None)) == (True, False)


def test_a_missing_or_wrong_key_is_one_sentence(store: Store) -> None:
    tokens(store, OWN, keys=())
    install(store, "T1")
    for keys, sentence in (((), NO_KEY), ((NEW,), WRONG_KEY)):
        with pytest.raises(SettingsError) as caught:
            tokens(store, OWN, keys=keys)
        assert str(caught.value) == sentence
    install(store, "T1", removed_at=NOW)
    tokens(store, OWN, keys=())


def test_where_one_token_of_several_cannot_be_opened_the_others_are_served(
    store: Store, caplog: pytest.LogCaptureFixture
) -> None:
    install(store, "T1", keys=(NEW,))
    install(store, "T2", "xoxb-2")
    found = tokens(store)
    assert [token_of(found, team) for team in ("T1", "T2")] == [None, "xoxb-2"]
    assert "T1 is not served: no key of BRIEFBOT_SECRET_KEY opens the token of T1" in caplog.text
    assert "hush" not in caplog.text


def test_what_is_known_is_served_while_the_database_is_away(store: Store) -> None:
    install(store, "T1", "xoxb-1")
    found = tokens(store)
    with store.transaction() as tx:
        tx.connection.exec_driver_sql("ALTER TABLE installation RENAME TO away")
    try:
        assert token_of(found, "T1") == "xoxb-1"
        with pytest.raises(DatabaseFailureError):
            found.serves("T2", None)
    finally:
        with store.transaction() as tx:
            tx.connection.exec_driver_sql("ALTER TABLE away RENAME TO installation")
