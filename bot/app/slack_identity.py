"""Who the bot is in Slack."""

import logging
import time
from datetime import timedelta
from typing import Any

from bot.errors import SettingsError
from bot.handlers.delivery.slack_errors import MEANINGS
from bot.handlers.ports import ApiFailure
from bot.slack.app import Identity
from bot.slack.slack_answer import NO_SLACK_ANSWER
from bot.slack.web_api import WebApi

logger = logging.getLogger(__name__)

DEADLINE = timedelta(seconds=3)
FIRST_PAUSE, PAUSE_MAX = timedelta(seconds=0.5), timedelta(seconds=8)

TOKEN_ERRORS = MEANINGS["stop"].words | {"no_permission"}
"""Errors that only another token, or another installation, can mend. Source: docs.slack.dev, auth.test."""

WRONG_TOKEN = frozenset("invalid_auth not_authed token_revoked token_expired".split())
"""Of these, those of a text that is no token, or none any more."""

NOT_A_BOT = (
    "SLACK_BOT_TOKEN is not the token of a bot; copy the bot token (xoxb-…) from the app's page, Install App, not a "
    "user's token"
)


def identity(api: WebApi, wait: timedelta) -> Identity:
    """Who the bot is in the workspace of a token. The one `auth.test`, at the start; while Slack does not say, it is
    asked again for up to `wait`. Raises: SettingsError."""
    ends_at, pause = time.monotonic() + wait.total_seconds(), FIRST_PAUSE
    while isinstance(answer := _read(api.call("auth.test", {}, deadline=DEADLINE)), ApiFailure):
        if answer.error in TOKEN_ERRORS:
            raise SettingsError(f"Slack refuses SLACK_BOT_TOKEN ({answer.error}); {_remedy(answer.error)}")
        left = ends_at - time.monotonic()
        if left <= 0:
            raise SettingsError(_trouble(api.url, answer.error, wait))
        seconds = min(max(answer.retry_after or pause, pause).total_seconds(), left)
        logger.warning("Slack does not say who the bot is; asking again in %.1f s", seconds)
        time.sleep(seconds)
        pause = min(2 * pause, PAUSE_MAX)
    return answer


def _read(answer: dict[str, Any] | ApiFailure) -> Identity | ApiFailure:
    """Raises: SettingsError for a token that is a person's."""
    match answer:
        case ApiFailure():
            return answer
        case {"team_id": str(team), "user_id": str(user), "bot_id": str(bot)} if team and user and bot:
            return Identity(team, user, bot, _organisation(answer))
        case {"team_id": str(team), "user_id": str(user)} if team and user and not answer.get("bot_id"):
            raise SettingsError(NOT_A_BOT)
        case _:
            return NO_SLACK_ANSWER


def _organisation(answer: dict[str, Any]) -> str | None:
    match answer:
        case {"is_enterprise_install": True, "enterprise_id": str(organisation)} if organisation:
            return organisation
        case _:
            return None


def _remedy(error: str) -> str:
    return (
        "copy it again" if error in WRONG_TOKEN else "install the app again from its manifest, then copy its bot token"
    )


def _trouble(url: str, error: str, wait: timedelta) -> str:
    within = f"within {wait.total_seconds():.0f} s"
    if error == "unreachable":
        return f"{url} cannot be reached {within}; check the network and SLACK_API_URL"
    return (
        f"{url} does not say {within} who the bot is ({error}); look whether Slack is well "
        "(https://status.slack.com), check the network and SLACK_API_URL, and start the bot again"
    )
