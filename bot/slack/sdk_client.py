"""The client of slack_sdk, for what needs one: Bolt, and the connections of Socket Mode."""

import logging

from slack_sdk import WebClient

TIMEOUT_S = 2

SILENT_LOGGER = logging.getLogger("bot.slack.web")
SILENT_LOGGER.setLevel(logging.CRITICAL)


def sdk_client(token: str, api_url: str) -> WebClient:
    """A client that makes every call once, and does not log what it also raises."""
    return WebClient(token=token, base_url=api_url, timeout=TIMEOUT_S, retry_handlers=[], logger=SILENT_LOGGER)
