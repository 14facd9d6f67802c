"""Words that stand for values, and dates as people write them."""

from datetime import date

from bot.core.brief import ChangeKind, Standing

STANDING_WORDS: dict[Standing, str] = {
    "supported": "",
    "partly": "Partly supported",
    "disputed": "Disputed",
    "opinion": "Opinion",
    "unverified": "Unverified",
}

KIND_WORDS: dict[ChangeKind, str] = {
    "new": "New brief",
    "correction": "Correction",
    "update": "Update",
    "clarification": "Clarification",
    "evidence": "Evidence",
    "withdrawal": "Withdrawal",
    "editorial": "Editorial",
}

PAUSED_WORDS = {
    "is_archived": "the channel is archived",
    "is_inactive": "the channel is archived",
    "archived": "the channel was archived",
    "deleted": "the channel was deleted",
    "removed": "the bot was removed from the channel",
    "renamed": "the channel was renamed",
    "not_in_channel": "the bot is not in the channel",
    "channel_not_found": "the channel is gone, or the bot is not in it",
}
"""Why a channel is paused, in plain words; Slack's own word for anything else."""

LANGUAGES = {"da": "Danish", "de": "German", "es": "Spanish", "fr": "French", "it": "Italian", "nl": "Dutch"}
"""Names for the codes that the briefs use; any other code is shown as it is."""


def kind_word(kind: ChangeKind) -> str:
    """The word of a kind where nobody knows whether the brief itself is new, or something in it."""
    return "New" if kind == "new" else KIND_WORDS[kind]


def sentence(note: str | None) -> str:
    """A note with a full stop where it ends without any."""
    text = note or ""
    return text if text.endswith((".", "!", "?", "”", '"')) else f"{text}."


def count(number: int, what: str) -> str:
    """`1 change`, `2 changes`; nothing for none."""
    return f"{number} {what}{'s' if number > 1 else ''}" if number else ""


def day(on: date) -> str:
    """`4 February 2025`."""
    return f"{on.day} {_MONTHS[on.month - 1]} {on.year}"


def partial_day(text: str) -> str:
    """`4 February 2025`, `February 2025` or `2025` from YYYY[-MM[-DD]]."""
    year, *rest = text.split("-")
    month = [_MONTHS[int(rest[0]) - 1]] if rest else []
    return " ".join([*([str(int(rest[1]))] if len(rest) == 2 else []), *month, year])


_MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
