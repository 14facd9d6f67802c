"""The composition root: puts the parts together from the settings."""

from bot.content.repository import Repository
from bot.settings import Settings


def repository(settings: Settings) -> Repository:
    """The store of briefs, loaded. Raises: SettingsError where there is no such directory."""
    found = Repository(settings.briefs)
    found.load()
    return found
