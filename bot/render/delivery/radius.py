"""Who would hear of a publication, in lines for maintainers."""

from collections.abc import Iterable, Iterator

from bot.core.delivery.radius import Audience, DigestEntry, EditedPosts, Place, Radius
from bot.render.document.phrases import count, format_datetime

LISTED_MAX = 20
"""Channels that a line names; it counts the others."""

NOBODY = "No channel will hear of it."


def radius_summary(radius: Radius) -> str:
    """`Who will hear: 12 subscriptions in 9 channels.`"""
    if radius.unknown is not None:
        return f"Who will hear is not known: {radius.unknown}."
    if not (radius.audiences or radius.digests):
        return NOBODY
    channels = count(radius.channels, "channel")
    return f"Who will hear: {count(radius.subscriptions, 'subscription')} in {channels}."


def radius_lines(radius: Radius) -> list[str]:
    """What comes below the summary: the posts, the edits, the digests, and what it is counted from."""
    at_once = [each for each in radius.audiences if not each.paused]
    paused = [each for each in radius.audiences if each.paused]
    lines = [
        _line(at_once, "gets a post", "get a post", map(_audience, at_once)),
        _line(paused, "is paused, and gets it later", "are paused, and get it later", map(_audience, paused)),
        _edits(radius.edited),
        _digests(radius.digests),
    ]
    return [*filter(None, lines), *radius.remarks]


def place_name(place: Place) -> str:
    """A channel's id, or `direct messages`, whose ids would name people."""
    return place.channel or "direct messages"


def _line(audiences: list[Audience], one: str, several: str, names: Iterable[str]) -> str:
    number = sum(each.conversations for each in audiences)
    return f"{count(number, 'channel')} {one if number == 1 else several}: {_listed(names)}." if number else ""


def _audience(audience: Audience) -> str:
    if audience.place.channel is None:
        return count(audience.conversations, "direct message")
    return f"{audience.place.channel} ({audience.posts} posts)" if audience.posts > 1 else audience.place.channel


def _edits(edited: tuple[EditedPosts, ...]) -> str:
    number, notes = sum(each.number for each in edited), sum(each.notes for each in edited)
    if not number and not notes:
        return ""
    places = _listed(f"{place_name(each.place)} ({each.number})" for each in edited)
    below = f", with {count(notes, 'note')} below" if notes else ""
    return f"{count(number, 'earlier post')} {'is' if number == 1 else 'are'} edited{below}: {places}."


def _digests(digests: tuple[DigestEntry, ...]) -> str:
    due = _listed(f"{place_name(each.place)} ({format_datetime(each.at, each.zone)})" for each in digests)
    tell = "digest tells" if len(digests) == 1 else "digests tell"
    return f"{len(digests)} {tell} of it: {due}." if digests else ""


def _listed(names: Iterable[str]) -> str:
    every = list(names)
    return ", ".join([*every[:LISTED_MAX], *_more(len(every) - LISTED_MAX)])


def _more(number: int) -> Iterator[str]:
    if number > 0:
        yield f"{number} more"
