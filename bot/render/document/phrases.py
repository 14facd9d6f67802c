"""English phrases for values: standings, kinds, targets, counts and dates."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, date, datetime

from bot.core.briefs.arrangement import STANDING_WORDS
from bot.core.briefs.brief import ChangeKind, Claim
from bot.core.digests.time_zones import offset_text, zone
from bot.core.subscriptions.subscription import Deliver, Field, Filter, Subscription, SubscriptionSpec, Target
from bot.render.document.document import Moment

TYPED_MAX = 100
"""Characters of what was typed that a reply repeats."""

NAMED_MAX = 3
"""Subscriptions that a sentence names; it counts the others."""

CONDITIONS_MAX = 150
"""Characters of the conditions of a subscription that a sentence names."""

KIND_WORDS: dict[ChangeKind, str] = {
    "new": "New",
    "correction": "Correction",
    "update": "Update",
    "clarification": "Clarification",
    "evidence": "Evidence",
    "withdrawal": "Withdrawal",
    "editorial": "Editorial",
}

CHANGE_WORDS: Mapping[str, str] = {
    "new": "what is new",
    "correction": "corrections",
    "update": "updates",
    "clarification": "clarifications",
    "evidence": "evidence",
    "withdrawal": "withdrawals",
}
"""Changes of each kind, as the object of a sentence."""

_FIELD_WORDS: Mapping[Field, str] = {"kind": "", "section": "the section ", "tag": "briefs tagged "}
_WAY_WORDS: Mapping[Deliver, str] = {"channel": "", "thread": "in one thread per brief", "digest": "in the digest"}

REINSTATED = "Reinstated"
"""The word for what is published again after a withdrawal, of whatever kind the change is."""

LANGUAGES = {
    "da": "Danish",
    "de": "German",
    "es": "Spanish",
    "fr": "French",
    "it": "Italian",
    "nl": "Dutch",
    "no": "Norwegian",
    "sq": "Albanian",
    "sv": "Swedish",
}
"""Language names by the ISO 639-1 codes that the briefs use; any other code is shown unchanged."""


def kind_word(kind: ChangeKind, *, new_brief: bool = False, reinstated: bool = False) -> str:
    """`Correction`, `New`; `New brief` if the brief itself is new, not something in it; `Reinstated` for what is
    published again after a withdrawal."""
    if reinstated:
        return REINSTATED
    return "New brief" if kind == "new" and new_brief else KIND_WORDS[kind]


def claim_text(claim: Claim) -> str:
    """`Not verified: Two of the ferries were sold.`: the text behind any standing other than supported."""
    label = STANDING_WORDS[claim.standing]
    return f"{label}: {claim.text}" if label else claim.text


def standing_and_text(words: str) -> tuple[str, str]:
    """`("partly", "Two of the ferries were sold.")`: the reverse of `claim_text`."""
    label = next((each for each in STANDING_WORDS.values() if each and words.startswith(f"{each}: ")), "")
    return label.lower() or "supported", words.removeprefix(f"{label}: ") if label else words


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


def age(since: date, today: date) -> str:
    """`21 months ago`, in the largest unit of which at least two have passed; `today`, `yesterday`, and empty for a day
    that is still to come."""
    days = (today - since).days
    months = 12 * (today.year - since.year) + today.month - since.month - (today.day < since.day)
    if days < 2:
        return {0: "today", 1: "yesterday"}.get(days, "")
    years = months // 12
    number, unit = (years, "year") if years >= _YEARS_FROM else (months, "month") if months > 1 else (days, "day")
    return f"{count(number, unit)} ago"


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
    """`all section:legal (#1), ferries (#2) and harbour (#3)`, from at least one subscription."""
    names = [f"{_wish(each.spec)} (#{each.id})" for each in subscriptions[:NAMED_MAX]]
    more = [f"{len(subscriptions) - NAMED_MAX} more"] if len(subscriptions) > NAMED_MAX else []
    return joined([*names, *more])


def _wish(spec: SubscriptionSpec) -> str:
    """What it follows under which conditions, as people type it."""
    return " ".join(filter(None, (str(spec.target), cut(" ".join(map(str, spec.filters)), CONDITIONS_MAX))))


def target_words(target: Target) -> str:
    """What a subscription follows, as the object of a sentence: `the brief ferry-timetable`."""
    if target.tag:
        return f"all briefs tagged {_or(target.tag.split(','))}"
    whole = f"the brief {target.brief}" if target.brief else "all briefs"
    return f"the section {target.section} of {whole}" if target.section else whole


def shortened(typed: str) -> str:
    """What readers typed may be a whole page; they need to recognise it, not to read it again."""
    return typed if len(typed) <= TYPED_MAX else f"{typed[: TYPED_MAX - 1]}…"


def cut(text: str, max_chars: int) -> str:
    """Text of at most `max_chars` characters; a longer one is cut between words."""
    if len(text) <= max_chars:
        return text
    start = text[: max_chars - 1].rpartition(" ")[0] or text[: max_chars - 1]
    return f"{start.rstrip(' ,:;–—')}…"


def condition_words(filters: Iterable[Filter]) -> str:
    """What conditions let in and leave out: `only corrections or updates, without the section legal`; empty without
    any."""
    grouped: dict[tuple[bool, Field], list[str]] = {}
    for each in filters:
        words = CHANGE_WORDS.get(each.value, each.value) if each.field == "kind" else each.value
        grouped.setdefault((each.exclude, each.field), []).append(words)
    return ", ".join(
        f"{'without' if exclude else 'only'} {_FIELD_WORDS[field]}{_or(values)}"
        for (exclude, field), values in grouped.items()
    )


def spec_words(spec: SubscriptionSpec) -> str:
    """How a subscription is narrowed and delivered: `only corrections, in the digest`."""
    return ", ".join(filter(None, (condition_words(spec.filters) or "everything", _WAY_WORDS[spec.deliver])))


def joined(words: Sequence[str]) -> str:
    """`all briefs, the brief ferries and 2 more`, from at least one phrase."""
    *first, last = words
    return f"{', '.join(first)} and {last}" if first else last


def _or(words: Sequence[str]) -> str:
    *first, last = words
    return f"{', '.join(first)} or {last}" if first else last


def digest_name(number: int) -> str:
    """How a digest is named. Its number stands alone, as `#3` is a subscription."""
    return f"digest {number}"


def format_recurrence(at: datetime, zone_name: str) -> str:
    """`Wednesday, 26 November 2025, 08:30 (UTC+01:00)`: an instant in the local time of a zone."""
    return f"{weekday(at.astimezone(zone(zone_name)).date())}, {format_datetime(at, zone_name)}"


def partial_day(text: str) -> str:
    """`4 February 2025`, `February 2025` or `2025` from YYYY[-MM[-DD]]."""
    year, *rest = text.split("-")
    month = [_MONTHS[int(rest[0]) - 1]] if rest else []
    return " ".join([*([str(int(rest[1]))] if len(rest) == 2 else []), *month, year])


_YEARS_FROM = 3
"""Years are too coarse below."""
_WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
