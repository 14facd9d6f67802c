"""Whether somebody, or their workspace, has sent as much within a day, or a minute, as the operator allows."""

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from bot.core.budget import Budget, free_again, wait_words
from bot.core.commands.outcome import CommandRejected
from bot.handlers.context import Services
from bot.handlers.ports import Caller


class Kept(Protocol):
    """What is counted, within one transaction."""

    def nth_newest(self, team: str, user: str | None, n: int) -> datetime | None:
        """When the n-th newest (from 1) of a person, of the whole workspace for None, was sent; None: there are
        fewer."""
        ...


@dataclass(frozen=True, slots=True)
class Exceeded:
    """`who` has sent `number` within a day; another one may be sent in `wait`, in words."""

    who: str
    number: int
    wait: str


def exceeded(budget: Budget, kept: Kept, caller: Caller, services: Services) -> Exceeded | None:
    """None where one more fits. To be called in the transaction that keeps it: of several at once each may fit, so
    that a budget is exceeded by as many at most."""
    bounds = ((caller.user, budget.person, "you"), (None, budget.workspace, "this workspace"))
    for user, most, who in bounds:
        wait = free_again(kept.nth_newest(caller.team, user, most), services.now())
        if wait is not None:
            return Exceeded(who, most, wait_words(wait))
    return None


def too_often(found: Exceeded, did: str) -> CommandRejected:
    """What a command is answered that is one too many; `did` are words for what was done, such as `asked admins`."""
    have = "you have" if found.who == "you" else f"{found.who} has"
    reason = f"{have} {did} {found.number:,} times within a day, and no more is taken for now"
    return CommandRejected(reason, f"Try again in {found.wait}.")


def too_many_commands(caller: Caller, services: Services) -> CommandRejected | None:
    """Counts a command of the caller's; the rejection where it is one too many within a minute."""
    now, budget = services.now(), services.policy.commands
    theirs, all_ = services.command_counts.add(caller.team, caller.user, now)
    if theirs <= budget.person and all_ <= budget.workspace:
        return None
    have, most = ("you have", budget.person) if theirs > budget.person else ("this workspace has", budget.workspace)
    wait = 60 - now.second
    reason = f"{have} sent {most:,} commands within a minute, and no more are answered for now"
    return CommandRejected(reason, f"Try again in {wait} second{'' if wait == 1 else 's'}.")
