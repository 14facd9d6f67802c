"""What one call tells of Slack's side: who the bot is there, what it may do, and what the time is."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from bot.handlers.ports import ApiFailure
from bot.slack.slack_answer import instant_of
from bot.slack.web_api import WebApi

CLOCK_TOLERANCE_S = 60
"""Seconds by which two clocks may differ: a call takes some, and a header has whole ones."""


@dataclass(frozen=True, slots=True)
class Probe:
    """`answer` is that of `auth.test`; `scopes` what the token was given, None where Slack does not say; `ahead_s` by
    how many seconds a clock is ahead of Slack's, None where Slack does not say."""

    answer: dict[str, Any] | ApiFailure
    scopes: frozenset[str] | None
    ahead_s: float | None

    @property
    def clock_is_wrong(self) -> bool:
        """By more than what a call takes."""
        return self.ahead_s is not None and abs(self.ahead_s) > CLOCK_TOLERANCE_S


def probe(api: WebApi, now: datetime) -> Probe:
    """Calls `auth.test`; `now` is what the clock to compare shows. Source: docs.slack.dev, auth.test and token types
    (the header x-oauth-scopes)."""
    answer, head = api.call_with_head("auth.test", {})
    return Probe(answer, _scopes(head), _ahead_s(head, now))


def clock_trouble(ahead_s: float) -> str:
    """What to say of a clock that is so far ahead of Slack's, and what to do."""
    side = "ahead of" if ahead_s > 0 else "behind"
    return (
        f"this machine's clock is {abs(ahead_s):.0f} s {side} Slack's; set it: digests come at a wrong time, and over "
        "HTTP requests are refused from 300 s on"
    )


def _scopes(head: Mapping[str, str]) -> frozenset[str] | None:
    text = head.get("x-oauth-scopes")
    return None if text is None else frozenset(filter(None, (each.strip() for each in text.split(","))))


def _ahead_s(head: Mapping[str, str], now: datetime) -> float | None:
    instant = instant_of(head.get("Date", ""))
    return (now - instant).total_seconds() if instant else None
