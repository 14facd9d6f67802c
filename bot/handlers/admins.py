"""Who may change what channels follow, where an operator names people and user groups."""

from dataclasses import dataclass, replace
from datetime import timedelta

from bot.core.commands.button_value import VALUE_MAX, encode_command
from bot.core.commands.command import Command, StoreChange
from bot.core.commands.outcome import CommandRejected
from bot.handlers.context import Services
from bot.handlers.delivery.slack_errors import advice, is_passing
from bot.handlers.ports import ApiFailure
from bot.handlers.user_groups import KnownGroup

REMEMBERED = timedelta(minutes=5)
"""So long an answer of Slack counts: it takes about 20 such questions a minute (Tier 2)."""

ASKED_AGAIN = timedelta(seconds=10)
"""So long the last answer goes on to count while Slack does not give another."""

GROUP = "S"
"""How ids of user groups begin."""

NAMED_MAX = 5
"""Admins that somebody is told of."""


@dataclass(frozen=True, slots=True)
class Admins:
    """The ids of those who may; `failure` is why Slack does not say so of all, None where it does."""

    people: frozenset[str]
    failure: ApiFailure | None = None


def find_admins(team: str, services: Services) -> Admins:
    """Those who are named, and the members of the groups that are named, as far as Slack says who they are."""
    named = services.policy.admins
    groups = sorted(each for each in named if each.startswith(GROUP))
    found = [_members(team, group, services) for group in groups]
    people = frozenset().union(*(each for each in found if isinstance(each, frozenset)))
    failure = next((each for each in found if isinstance(each, ApiFailure)), None)
    return Admins(people | named.difference(groups), failure)


def check_admin(team: str, user: str, services: Services, command: Command | None = None) -> CommandRejected | None:
    """None where somebody is an admin, or no admins are set; else what they are told, with a way to ask an admin for
    the command, where it is one that these could allow. Slack is asked only about groups, and not where they are named
    themselves."""
    named = services.policy.admins
    if not named or user in named:
        return None
    admins = find_admins(team, services)
    if user in admins.people:
        return None
    ask = command if command is not None and admins.people and is_askable(command) else None
    return replace(_unknown(admins.failure) if admins.failure else _refusal(admins), ask=ask)


def is_askable(command: Command) -> bool:
    """Whether an admin can be asked for a command: it changes what a channel follows, and fits a button."""
    return isinstance(command, StoreChange) and len(encode_command(command)) <= VALUE_MAX


def _refusal(admins: Admins) -> CommandRejected:
    reason = "only some people may change what channels follow here"
    people = tuple(sorted(admins.people)[:NAMED_MAX])
    return CommandRejected(reason, "Ask one of them:" if people else "Nobody is among them now.", people)


def _unknown(failure: ApiFailure) -> CommandRejected:
    reason = f"Slack did not say whether you are among those who may do this ({failure.error})"
    return CommandRejected(reason, "Try again in a minute." if is_passing(failure) else advice(failure))


def _members(team: str, group: str, services: Services) -> frozenset[str] | ApiFailure:
    """Who is in a group. While Slack does not answer, those of its last answer; not where it refuses to say."""
    known, place, now = services.user_groups.known, (team, group), services.now()
    last = known.get(place)
    if last is not None:
        if timedelta(0) <= now - last.at < REMEMBERED:
            return last.people
        # Others need not wait for the same answer.
        known[place] = replace(last, at=now - REMEMBERED + ASKED_AGAIN)
    answer = services.slack.group_members(team, group)
    if isinstance(answer, frozenset):
        known[place] = KnownGroup(answer, now)
    elif last is not None and is_passing(answer):
        return last.people
    else:
        known.pop(place, None)
    return answer
