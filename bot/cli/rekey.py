"""`briefbot rekey`: encrypts the tokens in the database by the first key of BRIEFBOT_SECRET_KEY."""

from contextlib import ExitStack

from bot.app.publishing import open_store
from bot.app.start_wait import wait_for_start
from bot.cli.output import print_text
from bot.errors import SettingsError
from bot.handlers import rekey as handler
from bot.render.document.phrases import count
from bot.settings import Settings
from bot.store.database import opening
from bot.store.token_cipher import TokenCipher

NO_KEY = "BRIEFBOT_SECRET_KEY is not set; set it to the new key, a comma, and the key that the tokens were stored with"


def rekey(settings: Settings) -> int:
    """Prints how many installations are encrypted by the first key now. Returns 1 if no key opens some of them. Raises:
    SettingsError without a key, or where the database cannot be opened."""
    if not settings.secret_keys:
        raise SettingsError(NO_KEY)
    store = wait_for_start(lambda: open_store(settings), settings.start_wait)
    with opening(), ExitStack() as stack:
        stack.callback(store.engine.dispose)
        done = handler.rekey(store, TokenCipher(settings.secret_keys))
    print_text(f"{count(done.count, 'installation') or 'no installation'} encrypted by the first key")
    if not done.unreadable:
        return 0
    print_text(
        f"no key of BRIEFBOT_SECRET_KEY opens the tokens of {', '.join(done.unreadable)}; add the key that they were "
        "stored with, or install the bot there again",
        to_stderr=True,
    )
    return 1
