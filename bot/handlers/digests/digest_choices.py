"""Questions back: change or add, which digest to end, and the time zone of a profile among suggestions."""

from collections.abc import Sequence
from dataclasses import replace

from bot.core.answers.answer import Disambiguation, Suggestion
from bot.core.commands.command import Command, DidYouMean
from bot.core.commands.digest_commands import EndDigests, SetDigest
from bot.core.digests import time_zones
from bot.core.digests.zone_suggestions import utc_offset
from bot.handlers.context import Services
from bot.handlers.ports import Caller, UserInfo
from bot.store.digests import DigestSchedule

DIGESTS_MAX = 10
"""Digests that one channel may have."""


def change_or_add(command: SetDigest, others: Sequence[DigestSchedule]) -> Disambiguation:
    """Whether one of the channel's digests, at least one, is to be changed, or another added."""
    changes = [
        Suggestion(f"Change digest {each.id} ({each.schedule})", replace(command, existing=each.id)) for each in others
    ]
    add = [Suggestion("Add another", replace(command, existing="add"))] if len(others) < DIGESTS_MAX else []
    number = "a digest" if len(others) == 1 else f"{len(others)} digests"
    intro = f"Change one to {command.spec}, or add it as another?"
    return Disambiguation(f"This channel has {number} already", intro, (*changes, *add), command)


def which_to_end(command: EndDigests, schedules: Sequence[DigestSchedule]) -> Disambiguation:
    """Which of the channel's digests, of which there are several, is to end."""
    one = [Suggestion(f"End digest {each.id} ({each.schedule})", EndDigests(each.id)) for each in schedules]
    every = Suggestion("End all of them", EndDigests("all"))
    return Disambiguation("Which digest?", f"This channel has {len(schedules)}.", (*one, every), command)


def with_profile_zone(command: Command, caller: Caller, services: Services) -> Command:
    """The same suggestions, with the time zone of the caller's profile where one is without: first where it was among
    them, and not at all where an offset was typed that it does not have today."""
    if not isinstance(command, DidYouMean) or not any(_lacks_zone(each) for each in command.options):
        return command
    user = services.slack.user_info(caller.team, caller.user)
    zone = time_zones.zone_name(user.zone or "") if isinstance(user, UserInfo) else None
    offset = utc_offset(command.word)
    if offset is not None and (zone is None or time_zones.offset_at(zone, services.now()) != offset):
        return replace(command, options=tuple(each for each in command.options if not _lacks_zone(each)))
    return command if zone is None else replace(command, options=_in_zone(command.options, zone))


def _lacks_zone(command: Command) -> bool:
    return isinstance(command, SetDigest) and command.spec.zone is None


def _in_zone(options: Sequence[Command], zone: str) -> tuple[Command, ...]:
    zoned = [
        replace(each, spec=replace(each.spec, zone=each.spec.zone or zone)) if isinstance(each, SetDigest) else each
        for each in options
    ]
    theirs = [each for each in zoned if isinstance(each, SetDigest) and each.spec.zone == zone]
    meant = [each for each in theirs if each in options]
    return tuple(dict.fromkeys([*meant, *zoned]))
