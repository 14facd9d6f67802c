"""A report of a mistake: who sent it, which claim it is about, and what became of it."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

ReportState = Literal["open", "changed", "gone", "declined"]
"""`changed`: the claim reads differently since; `gone`: readers see it no more; `declined`: maintainers saw no need for
a change."""

WRONG_MAX, WORD_MAX, SOURCE_MAX = 2000, 1000, 1000
"""Characters of what is wrong, of the maintainers' word, and of the address of a source."""


@dataclass(frozen=True, slots=True)
class NewReport:
    """A report as it was submitted. `team`, `enterprise` and `reporter` are Slack's ids; `view_id` is that of the form,
    under which it is taken once. `place` is the title of the brief and of the section, `shown` the claim as the
    reporter read it, at the publication of that number; `source` is an address, None where none was given."""

    team: str
    enterprise: str | None
    reporter: str
    view_id: str
    slug: str
    claim: str
    place: str
    shown: str
    wrong: str
    source: str | None
    publication: int
    reported_at: datetime


@dataclass(frozen=True, slots=True)
class Report:
    """A report as it is kept. `slug` and `claim` are the ids of now; up to `publication` it is known whether the claim
    reads as it was reported. `word` is the maintainers' to the reporter, None where they gave none."""

    id: int
    team: str
    enterprise: str | None
    reporter: str
    slug: str
    claim: str
    place: str
    shown: str
    wrong: str
    source: str | None
    publication: int
    reported_at: datetime
    state: ReportState
    closed_at: datetime | None = None
    word: str | None = None
