"""Opens what a running bot has stored, for commands that only read it."""

from collections.abc import Iterator
from contextlib import contextmanager

from bot.settings import Settings
from bot.store.database import opening
from bot.store.existing import connect_existing
from bot.store.store import Store


@contextmanager
def stored(settings: Settings) -> Iterator[Store | None]:
    """The database of the settings as it is; None where no bot has made one there. Raises: SettingsError where it
    cannot be opened or read."""
    engine = connect_existing(settings.database_url)
    if engine is None:
        yield None
        return
    try:
        with opening():
            yield Store(engine)
    finally:
        engine.dispose()
