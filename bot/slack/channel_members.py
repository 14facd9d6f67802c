"""Reads whether somebody is in a channel."""

from bot.handlers.ports import ApiFailure
from bot.slack.pages import read_pages
from bot.slack.web_api import WebApi


def is_in_channel(api: WebApi, channel: str, user: str) -> bool | ApiFailure:
    """`conversations.members`, until somebody is found."""
    for page in read_pages(api, "conversations.members", "members", channel=channel):
        if isinstance(page, ApiFailure):
            return page
        if user in page:
            return True
    return False
