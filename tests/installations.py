"""Installations by OAuth for tests, and the keys that their tokens are encrypted by."""

from dataclasses import replace
from datetime import datetime
from typing import Any

from cryptography.fernet import Fernet

from bot.store.installations import Installation
from bot.store.token_cipher import TokenCipher
from tests.store.moments import NOW

TOKEN = "xoxb-hush"  # noqa: S105
OLD, NEW, OTHER = (Fernet.generate_key().decode() for _ in range(3))


def installed(
    team: str = "T1", token: str = TOKEN, keys: tuple[str, ...] = (OLD,), at: datetime = NOW, **changed: Any
) -> Installation:
    """An installation, by default in a workspace outside an organisation with a token that does not expire."""
    sealed = TokenCipher(keys).seal(token)
    made = Installation(team, None, False, "A1", "UBOT", "B1", sealed, None, None, "commands,chat:write", "U1", at)
    return replace(made, **changed)
