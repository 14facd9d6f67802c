"""The git commit from which brief files were read."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Commit:
    """`id` is the full hash in hex, `at` the committer's time, with time zone."""

    id: str
    at: datetime
