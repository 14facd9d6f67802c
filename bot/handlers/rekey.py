"""Trigger: a command of the operator. Encrypts the tokens in the database by another key."""

from dataclasses import dataclass

from bot.errors import SealedTokenError
from bot.store.installations import Installation
from bot.store.store import Store, Transaction
from bot.store.token_cipher import TokenCipher

AT_ONCE = 100
"""Installations that one transaction locks: others come in between."""


@dataclass(frozen=True, slots=True)
class Rekeyed:
    """How many installations are encrypted by the first key now, and those that no key opens, by id."""

    count: int
    unreadable: tuple[str, ...]


def rekey(store: Store, cipher: TokenCipher) -> Rekeyed:
    """Encrypts all tokens by the first key. Processes may run meanwhile that have this key among theirs. Raises:
    DatabaseFailureError; what was done stays so."""
    count, unreadable, last = 0, list[str](), ""
    while True:
        with store.transaction() as tx:
            some = tx.installations.after(last, AT_ONCE)
            failed = [each.team for each in some if not _rekey(each, cipher, tx)]
        if not some:
            return Rekeyed(count, tuple(unreadable))
        count, last = count + len(some) - len(failed), some[-1].team
        unreadable += failed


def _rekey(found: Installation, cipher: TokenCipher, tx: Transaction) -> bool:
    """Whether a key opened its tokens."""
    try:
        token = cipher.reseal(found.token, found.team)
        refresh_token = cipher.reseal(found.refresh_token, found.team) if found.refresh_token else None
    except SealedTokenError:
        return False
    tx.installations.set_tokens(found.team, token, refresh_token)
    return True
