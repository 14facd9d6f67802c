"""`briefbot rekey` encrypts by the first key what any of them opens, on both databases."""

from collections.abc import Iterator
from dataclasses import dataclass

import pytest

from bot.cli.rekey import rekey
from bot.errors import SettingsError
from bot.settings import Settings, read
from bot.store.database import connect
from bot.store.store import Store
from bot.store.token_cipher import TokenCipher
from tests.databases import Databases
from tests.installations import NEW, OLD, OTHER, installed

REMEDY = "add the key that they were stored with, or install the bot there again"


@dataclass
class Place:
    """A database with the installations of workspaces, and the command that prints to `capsys`."""

    url: str
    store: Store
    capsys: pytest.CaptureFixture[str]

    def rekey(self, *keys: str) -> tuple[int, str, str]:
        code = rekey(Settings(database_url=self.url, secret_keys=keys))
        return code, *self.capsys.readouterr()

    def opened_by(self, key: str) -> dict[str, list[str]]:
        """The tokens of each installation."""
        cipher = TokenCipher([key])
        with self.store.snapshot() as tx:
            found = [each for _, each in tx.installations.since(0)]
        return {
            each.team: [cipher.open(sealed, each.team) for sealed in (each.token, each.refresh_token) if sealed]
            for each in found
        }


@pytest.fixture
def place(databases: Databases, capsys: pytest.CaptureFixture[str]) -> Iterator[Place]:
    url = databases.clean()
    store = Store(connect(url))
    yield Place(url, store, capsys)
    store.engine.dispose()


def test_all_tokens_are_encrypted_by_the_first_key(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.handlers.rekey.AT_ONCE", 2)
    with place.store.transaction() as tx:
        for number in range(5):
            refresh = TokenCipher([OLD]).seal(f"xoxe-{number}") if number else None
            tx.installations.put(installed(f"T{number}", f"xoxb-{number}", refresh_token=refresh))
    assert place.rekey(NEW, OLD) == (0, "5 installations encrypted by the first key\n", "")
    assert place.opened_by(NEW) == {
        f"T{number}": [f"xoxb-{number}", *([f"xoxe-{number}"] if number else [])] for number in range(5)
    }
    assert place.rekey(NEW) == (0, "5 installations encrypted by the first key\n", "")


def test_what_no_key_opens_is_named_and_stays_as_it_is(place: Place) -> None:
    with place.store.transaction() as tx:
        tx.installations.put(installed("T1", "xoxb-1", (OTHER,)))
        tx.installations.put(installed("T2", "xoxb-2", (OLD,)))
        kept = tx.installations.find("T1")
    assert place.rekey(NEW, OLD) == (
        1,
        "1 installation encrypted by the first key\n",
        f"no key of BRIEFBOT_SECRET_KEY opens the tokens of T1; {REMEDY}\n",
    )
    with place.store.snapshot() as tx:
        assert tx.installations.find("T1") == kept


def test_where_nobody_has_installed_it_there_is_nothing_to_encrypt(place: Place) -> None:
    assert place.rekey(NEW) == (0, "no installation encrypted by the first key\n", "")


def test_without_a_key_it_says_what_to_set(place: Place) -> None:
    with pytest.raises(SettingsError, match="BRIEFBOT_SECRET_KEY is not set; set it to the new key"):
        place.rekey()


@pytest.mark.parametrize("wrong", ["hush", OLD[:-1], OLD + OLD, f"{OLD},hush", f"{OLD[:-1]}é"])
def test_a_text_that_is_no_key_is_named_and_not_repeated(wrong: str) -> None:
    with pytest.raises(SettingsError) as caught:
        read({"BRIEFBOT_SECRET_KEY": wrong})
    assert str(caught.value) == (
        "BRIEFBOT_SECRET_KEY is not valid; it must be one key or several, separated by commas, each 44 characters of "
        "url-safe Base64 as `openssl rand -base64 32 | tr +/ -_` prints it"
    )
    assert read({"BRIEFBOT_SECRET_KEY": f" {NEW} ,{OLD}\n"}).secret_keys == (NEW, OLD)
