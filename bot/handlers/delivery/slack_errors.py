"""What Slack's errors mean for a delivery.

Source: docs.slack.dev, chat.postMessage and chat.update; an error that is not listed is taken for our own bug.
"""

from typing import Literal

from bot.core.delivery.pause_reason import PAUSE_REASONS
from bot.handlers.ports import ApiFailure

ErrorClass = Literal["later", "unknown", "pause", "stop", "bug"]

ERROR_CLASSES: dict[ErrorClass, frozenset[str]] = {
    "later": frozenset(
        "ratelimited rate_limited message_limit_exceeded service_unavailable request_timeout team_added_to_org "
        "org_login_required unreachable".split()
    ),
    # Slack says of fatal_error that some of the call may have succeeded; a dropped request may have arrived.
    "unknown": frozenset("dropped internal_error fatal_error".split()),
    "pause": frozenset(PAUSE_REASONS),
    "stop": frozenset(
        "account_inactive token_revoked token_expired invalid_auth not_authed missing_scope team_access_not_granted "
        "app_access_restricted two_factor_setup_required".split()
    ),
}
_BEGINNINGS: tuple[tuple[str, ErrorClass], ...] = (
    ("http_5", "later"),
    ("restricted_action", "pause"),
    ("slack_connect_", "pause"),
)

NOT_EDITABLE = frozenset("edit_window_closed message_not_found cant_update_message".split())
"""Errors that mean that a message can never be edited."""

NO_HISTORY_ACCESS = frozenset(
    "missing_scope not_in_channel channel_not_found not_allowed_token_type thread_not_found".split()
)
"""Errors that mean we may not read this channel's history."""


def classify(failure: ApiFailure) -> ErrorClass:
    """What to do about a failed call: send again later, look whether it arrived, pause the channel, stop the workspace,
    or give up, as an error that is not listed is our own bug."""
    for error_class, errors in ERROR_CLASSES.items():
        if failure.error in errors:
            return error_class
    return next((each for start, each in _BEGINNINGS if failure.error.startswith(start)), "bug")


TIMED_OUT = frozenset({"request_timeout", "http_504"})

ADVICE: dict[ErrorClass, str] = {
    "later": "Try again in a minute.",
    "unknown": "Look whether it is there before you try again.",
    "pause": "Whoever manages the channel has to let the bot post in it.",
    "stop": "Whoever installed the bot has to install it again from its manifest.",
    "bug": "Whoever runs the bot finds more in its log.",
}
"""What a person can do about a call that failed for their sake."""


def may_have_arrived(failure: ApiFailure) -> bool:
    """Whether a failed call may have taken effect all the same. False where Slack plainly refused it."""
    return classify(failure) == "unknown" or failure.error in TIMED_OUT


def advice(failure: ApiFailure) -> str:
    """What a person can do about it, as a sentence."""
    return ADVICE[classify(failure)]
