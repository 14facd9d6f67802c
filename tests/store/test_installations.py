"""Installations and the states of those under way, on both databases; no token is ever stored in clear text."""

from pathlib import Path

import pytest
from sqlalchemy import select

from bot.errors import SealedTokenError
from bot.store.database import connect
from bot.store.schema import METADATA, installation, oauth_state
from bot.store.store import Store
from bot.store.token_cipher import Sealed, TokenCipher
from tests.databases import Databases
from tests.installations import NEW, OLD, OTHER, installed
from tests.store.moments import NOW, at_once, later, rows

REFRESH = "xoxe-1-whisper"


def test_an_installation_is_read_as_it_was_stored(store: Store) -> None:
    refresh = TokenCipher([OLD]).seal(REFRESH)
    given = installed(enterprise="E1", refresh_token=refresh, expires_at=later(hours=12), removed_at=later(days=1))
    with store.transaction() as tx:
        tx.installations.put(given)
        assert tx.installations.find("T1") == given
        assert tx.installations.find("T2") is None


def test_who_looks_for_what_is_new_sees_each_change_once(store: Store) -> None:
    again = installed("T1", "xoxb-again")
    with store.transaction() as tx:
        for each in (installed("T1"), installed("T2"), again):
            tx.installations.put(each)
        assert [(stamp, each.team) for stamp, each in tx.installations.since(0)] == [(2, "T2"), (3, "T1")]
        assert tx.installations.since(2) == [(3, again)]
        assert tx.installations.since(3) == []


def test_processes_that_install_at_once_take_different_stamps(store: Store) -> None:
    def install(team: str) -> None:
        with store.transaction() as tx:
            tx.installations.put(installed(team))

    at_once(*(lambda team=f"T{number}": install(team) for number in range(8)))
    with store.snapshot() as tx:
        assert [stamp for stamp, _ in tx.installations.since(0)] == [*range(1, 9)]


def test_no_token_is_in_the_database_in_clear_text(databases: Databases) -> None:
    url = databases.migrated()
    engine = connect(url)
    store = Store(engine)
    with store.transaction() as tx:
        tx.installations.put(installed(refresh_token=TokenCipher([OLD]).seal(REFRESH)))
        tx.oauth_states.add("state-hush", NOW)
        dump = [str(row) for table in METADATA.sorted_tables for row in tx.connection.execute(select(table))]
    if databases.kind == "sqlite":
        dump += [path.read_bytes().decode("latin-1") for path in Path(str(engine.url.database)).parent.glob("*.db*")]
    engine.dispose()
    databases.forget()
    assert "UBOT" in "".join(dump)
    assert not [each for each in dump if "hush" in each or "whisper" in each]


def test_a_key_opens_what_it_has_encrypted_and_no_other() -> None:
    sealed = TokenCipher([OLD]).seal("xoxb-hush")
    assert TokenCipher([NEW, OLD]).open(sealed, "T1") == "xoxb-hush"
    for wrong in ("xoxb-hush", "", sealed[:-4], "A" + sealed):
        with pytest.raises(SealedTokenError):
            TokenCipher([OLD]).open(Sealed(wrong), "T1")
    with pytest.raises(SealedTokenError, match="no key of BRIEFBOT_SECRET_KEY opens the token of T1"):
        TokenCipher([NEW, OTHER]).open(sealed, "T1")


def test_a_state_is_good_once_for_ten_minutes(store: Store) -> None:
    with store.transaction() as tx:
        for state in ("one", "two", "late"):
            tx.oauth_states.add(state, NOW)
        assert [tx.oauth_states.use(state, later(minutes=9.9)) for state in ("one", "one", "never")] == [
            *(True, False, False)
        ]
        assert not tx.oauth_states.use("late", later(minutes=10))
        assert tx.oauth_states.delete_before(later(minutes=11), 9) == 1
    assert rows(store, oauth_state) == []


def test_of_requests_at_once_one_uses_a_state(store: Store) -> None:
    with store.transaction() as tx:
        tx.oauth_states.add("one", NOW)
    used = list[bool]()

    def use() -> None:
        with store.transaction() as tx:
            used.append(tx.oauth_states.use("one", NOW))

    at_once(use, use, use)
    assert sorted(used) == [False, False, True]


def test_a_key_that_is_changed_is_no_news_to_anybody(store: Store) -> None:
    with store.transaction() as tx:
        tx.installations.put(installed())
        tx.installations.set_tokens("T1", TokenCipher([NEW]).seal("xoxb-hush"), None)
    assert [row.stamp for row in rows(store, installation)] == [1]
