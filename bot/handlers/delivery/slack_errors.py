"""What Slack's errors mean for a message that is owed.

Source: docs.slack.dev, chat.postMessage and chat.update; a word that is not listed is taken for our own mistake.
"""

from typing import Literal

from bot.handlers.ports import ApiFailure

ErrorClass = Literal["later", "unknown", "pause", "stop", "bug"]

ERROR_CLASSES: dict[ErrorClass, frozenset[str]] = {
    "later": frozenset(
        "ratelimited rate_limited message_limit_exceeded service_unavailable request_timeout team_added_to_org "
        "org_login_required unreachable".split()
    ),
    "unknown": frozenset("dropped internal_error fatal_error".split()),
    "pause": frozenset(
        "channel_not_found not_in_channel is_archived is_inactive no_permission ekm_access_denied "
        "messages_tab_disabled".split()
    ),
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
"""A message that stays as it is for good."""

NO_HISTORY_ACCESS = frozenset(
    "missing_scope not_in_channel channel_not_found not_allowed_token_type thread_not_found".split()
)
"""Reading history is not ours, here."""


def classify(refused: ApiFailure) -> ErrorClass:
    """What to do about it."""
    for found, words in ERROR_CLASSES.items():
        if refused.error in words:
            return found
    return next((found for start, found in _BEGINNINGS if refused.error.startswith(start)), "bug")
