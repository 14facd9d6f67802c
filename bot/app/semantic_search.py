"""Search by meaning, where the settings name a model for it."""

from importlib import import_module

from bot.core.answers.meaning import VectorIndex
from bot.errors import SettingsError
from bot.settings import Settings


def open_vector_index(settings: Settings) -> VectorIndex | None:
    """An empty index; None where words alone rank. Raises: SettingsError where the model or a package is missing."""
    if settings.semantic_model is None:
        return None
    try:
        # Not at the top: the default installation has none of its packages.
        room = import_module("bot.embedding.vector_index")
    except ModuleNotFoundError as error:
        raise SettingsError(
            f"BRIEFBOT_SEMANTIC_MODEL is set, but {error.name} is not installed; pip install 'briefbot[semantic]', or "
            "unset it"
        ) from None
    index: VectorIndex = room.open_index(settings.semantic_model)
    return index
