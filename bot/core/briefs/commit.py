"""The git commit that brief files are of."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Commit:
    """Its hash, and when it was made."""

    id: str
    at: datetime
