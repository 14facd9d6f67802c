"""Which files of a directory of briefs are read, by their names."""

from bot.content.evidence_lock import LOCK_FILE
from bot.content.loader import STORE_FILE


def is_brief_name(name: str) -> bool:
    """Whether a brief's file may have this name."""
    return name.endswith(".yaml") and not name.startswith(("_", "."))


def stem_of(name: str) -> str:
    """What stands for a file that is read: the slug of a brief, `_store`, or `evidence.lock`, which is no slug."""
    return name.removesuffix(".yaml")


def is_read(name: str) -> bool:
    """Whether a file of this name is read: that of a brief, `_store.yaml`, and what is known of quotes."""
    return name in (STORE_FILE, LOCK_FILE) or is_brief_name(name)
