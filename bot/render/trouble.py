"""Troubles in words, for those who watch the bot."""

from collections.abc import Mapping

from bot.core.delivery.trouble import Trouble

TROUBLES: Mapping[Trouble, str] = {
    "files gone": "most or all briefs are gone from the files, so nothing is published; see the log",
    "no writes": "the database takes no writes, or cannot be reached: commands are answered from memory, posts and "
    "answers to mentions wait, and changes are refused; the log names the cause",
    "disk": "the disk of the database is nearly full; free some space before nothing can be posted or changed any more",
    "standing": "messages have been due for a while and nobody sends them; the log says of which workspace",
}
"""Parts of sentences."""


def stuck_words(name: str) -> str:
    """Of a part of the process that is not heard of any more; a part of a sentence."""
    return f"“{name}” is stuck or has ended; start the bot anew"


def sentence_of(trouble: Trouble) -> str:
    """A trouble as a sentence."""
    words = TROUBLES[trouble]
    return f"{words[0].upper()}{words[1:]}."
