"""A Web API method: its contract as Slack documents it, and the function that carries it out."""

from collections.abc import Callable
from dataclasses import dataclass

from bot.workspace.api.arguments import Arguments
from bot.workspace.state import Json, State

TIERS: dict[str, int | None] = {"t1": 1, "t2": 20, "t3": 50, "t4": 100, "t5": None}
"""Calls per minute and workspace; None: a special limit (t5), see `faults.Limits`. Source: docs.slack.dev, rate
limits."""


@dataclass(frozen=True, slots=True)
class Method:
    """Contract and effect of a method. One of `scopes` is enough; `token` is `bot`, `app` or `none`, the kind that the
    caller has to show. `run` returns the answer without `ok` and raises SlackError."""

    run: Callable[[State, Arguments], Json]
    tier: str
    scopes: tuple[str, ...] = ()
    required: tuple[str, ...] = ()
    optional: tuple[str, ...] = ()
    token: str = "bot"
