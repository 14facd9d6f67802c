"""The blast radius, for commands that most often run without a database."""

from importlib import import_module

from bot.comparison.versions import Versions
from bot.core.delivery.radius import Radius
from bot.settings import Settings


def radius_of(versions: Versions, settings: Settings) -> Radius | None:
    """Who would hear of the newer state; None where no database is named."""
    if not settings.has_database:
        return None
    # Imported only now: a check before each commit need not load a database's libraries.
    result: Radius = import_module("bot.app.radius").radius(versions.new.directory, versions.briefs_before, settings)
    return result
