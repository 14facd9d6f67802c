"""Installations by OAuth for tests, and the keys that their tokens are encrypted by."""

from base64 import urlsafe_b64encode
from dataclasses import replace
from datetime import datetime
from typing import Any

from bot.store.installations import Installation
from bot.store.token_cipher import TokenCipher
from tests.store.moments import NOW

TOKEN = "xoxb-hush"  # noqa: S105
# Always the same, as names of tests hold them.
OLD, NEW, OTHER = (urlsafe_b64encode(bytes([number]) * 32).decode() for number in (1, 2, 3))


def installed(
    team: str = "T1", token: str = TOKEN, keys: tuple[str, ...] = (OLD,), at: datetime = NOW, **changed: Any
) -> Installation:
    """An installation, by default in a workspace outside an organisation with a token that does not expire."""
    sealed = TokenCipher(keys).seal(token)
    made = Installation(team, None, False, "A1", "UBOT", "B1", sealed, None, None, "commands,chat:write", "U1", at)
    return replace(made, **changed)
