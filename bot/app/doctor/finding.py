"""What a look at one part finds."""

from dataclasses import dataclass
from typing import Literal

Check = Literal[
    "settings", "clock", "token", "scopes", "connection", "database", "migrations", "disk", "briefs", "channel"
]
"""In the order in which they are looked at."""

State = Literal["ok", "warning", "wrong", "skipped"]
"""*warning*: the bot runs, and something is not as it should be; *wrong*: it cannot do its work, or a part of it;
*skipped*: it was not looked at, since something that is wrong is in the way."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One line. `says` is a part of a sentence, with what to do where the state is not *ok*."""

    check: Check
    state: State
    says: str


def ok(check: Check, says: str) -> Finding:
    """All is well."""
    return Finding(check, "ok", says)


def warning(check: Check, says: str) -> Finding:
    """See `State`."""
    return Finding(check, "warning", says)


def wrong(check: Check, says: str) -> Finding:
    """See `State`."""
    return Finding(check, "wrong", says)


def skipped(check: Check, because: Check) -> Finding:
    """Another check has found what is in the way."""
    return Finding(check, "skipped", f"not looked at: {because} comes first")
