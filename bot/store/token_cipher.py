"""Tokens at rest: encrypted and authenticated by keys that are not in the database."""

from collections.abc import Sequence
from typing import NewType

from cryptography.fernet import Fernet, InvalidToken, MultiFernet

from bot.errors import SealedTokenError

Sealed = NewType("Sealed", str)
"""An encrypted token, as a row holds it. Whoever has the database alone learns only about how long it is."""


class TokenCipher:
    """`keys` are Fernet keys, at least one: the first encrypts, and each opens what it has encrypted. Thread-safe."""

    def __init__(self, keys: Sequence[str]) -> None:
        self._fernet = MultiFernet([Fernet(key) for key in keys])

    def seal(self, token: str) -> Sealed:
        """Encrypts by the first key."""
        return Sealed(self._fernet.encrypt(token.encode()).decode())

    def open(self, sealed: Sealed, owner: str) -> str:
        """The token of a workspace or organisation, `owner`. Raises: SealedTokenError."""
        try:
            return self._fernet.decrypt(sealed.encode()).decode()
        except InvalidToken:
            raise SealedTokenError(owner) from None

    def reseal(self, sealed: Sealed, owner: str) -> Sealed:
        """The same token, encrypted by the first key. Raises: SealedTokenError."""
        try:
            return Sealed(self._fernet.rotate(sealed.encode()).decode())
        except InvalidToken:
            raise SealedTokenError(owner) from None
