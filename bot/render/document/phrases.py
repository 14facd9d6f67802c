"""English phrases for values: standings, kinds, targets, counts and dates."""

from collections.abc import Sequence
from datetime import UTC, date, datetime

from bot.core.briefs.brief import ChangeKind, Standing
from bot.core.digests.time_zones import offset_text, zone
from bot.core.subscriptions.subscription import Subscription, Target
from bot.render.document.document import Moment

NAMED_MAX = 3
"""Subscriptions that a sentence names; it counts the others."""

STANDING_WORDS: dict[Standing, str] = {
    "supported": "",
    "partly": "Partly supported",
    "disputed": "Disputed",
    "opinion": "Opinion",
    "unverified": "Unverified",
}

KIND_WORDS: dict[ChangeKind, str] = {
    "new": "New",
    "correction": "Correction",
    "update": "Update",
    "clarification": "Clarification",
    "evidence": "Evidence",
    "withdrawal": "Withdrawal",
    "editorial": "Editorial",
}

REINSTATED = "Reinstated"
"""The word for what is published again after a withdrawal, of whatever kind the change is."""

LANGUAGES = {"da": "Danish", "de": "German", "es": "Spanish", "fr": "French", "it": "Italian", "nl": "Dutch"}
"""Language names by the ISO 639-1 codes that the briefs use; any other code is shown unchanged."""


def kind_word(kind: ChangeKind, *, new_brief: bool = False, reinstated: bool = False) -> str:
    """`Correction`, `New`; `New brief` if the brief itself is new, not something in it; `Reinstated` for what is
    published again after a withdrawal."""
    if reinstated:
        return REINSTATED
    return "New brief" if kind == "new" and new_brief else KIND_WORDS[kind]


def sentence(note: str | None) -> str:
    """A note with a full stop, unless it ends with punctuation. For None only the full stop."""
    text = note or ""
    return text if text.endswith((".", "!", "?", "”", '"')) else f"{text}."


def count(number: int, noun: str) -> str:
    """`1 change`, `2 changes`; an empty string for 0."""
    return f"{number} {noun}{'s' if number > 1 else ''}" if number else ""


def day(on: date) -> str:
    """`4 February 2025`."""
    return f"{on.day} {_MONTHS[on.month - 1]} {on.year}"


def weekday(on: date) -> str:
    """The day of the week, e.g. `Thursday`."""
    return _WEEKDAYS[on.weekday()]


def format_datetime(at: datetime, zone_name: str) -> str:
    """`26 November 2025, 08:30 (UTC+01:00)`: an instant in the local time of a zone."""
    local = at.astimezone(zone(zone_name))
    return f"{day(local.date())}, {local:%H:%M} ({offset_text(local)})"


def moment(at: datetime) -> Moment:
    """An instant in the time zone of whoever reads it; in UTC where that is not known."""
    utc = at.astimezone(UTC)
    return Moment(utc, f"{day(utc.date())}, {utc:%H:%M} UTC")


def named_subscriptions(subscriptions: Sequence[Subscription]) -> str:
    """`all (#1), ferries (#2) and harbour (#3)`, from at least one subscription."""
    names = [f"{each.spec.target} (#{each.id})" for each in subscriptions[:NAMED_MAX]]
    more = [f"{len(subscriptions) - NAMED_MAX} more"] if len(subscriptions) > NAMED_MAX else []
    *first, last = [*names, *more]
    return f"{', '.join(first)} and {last}" if first else last


def target_words(target: Target) -> str:
    """What a subscription follows, as the object of a sentence: `the brief ferry-timetable`."""
    if target.tag:
        return f"all briefs tagged {target.tag}"
    whole = f"the brief {target.brief}" if target.brief else "all briefs"
    return f"the section {target.section} of {whole}" if target.section else whole


def format_recurrence(at: datetime, zone_name: str) -> str:
    """`Wednesday, 26 November 2025, 08:30 (UTC+01:00)`: an instant in the local time of a zone."""
    return f"{weekday(at.astimezone(zone(zone_name)).date())}, {format_datetime(at, zone_name)}"


def partial_day(text: str) -> str:
    """`4 February 2025`, `February 2025` or `2025` from YYYY[-MM[-DD]]."""
    year, *rest = text.split("-")
    month = [_MONTHS[int(rest[0]) - 1]] if rest else []
    return " ".join([*([str(int(rest[1]))] if len(rest) == 2 else []), *month, year])


_WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
