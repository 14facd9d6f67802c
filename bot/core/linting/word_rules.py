"""Rules B217 to B219: readers' words, and words that mean the same. Checked in `readers_words`."""

from bot.core.linting.echo import quoted
from bot.core.linting.rules import rule


@rule("B217", "warning")
def known_word(words: str, fault: str, hint: str) -> tuple[str, str]:
    """A word or phrase of `also` with no word of its own: its words stand in the text of the claim already, or, for a
    brief, in its title, aliases and tags; or the phrase stands twice in the list. Inflections are the same word to the
    search, and words such as *people* or *after* do not count. A phrase with one other word is fine.

    Wrong, in a claim:

        also: [duties on teas]

    Right:

        also: [tax on tea]
    """
    return f"{quoted(words)} {fault}", hint


@rule("B218", "warning")
def too_general(words: str, why: str, hint: str) -> tuple[str, str]:
    """A word or phrase of `also` that does not tell what a claim is about: it has no letter or digit, or only one; it
    has only words such as *how*, *the* or *people*; or more than three claims, and more than a quarter of the brief's,
    have it.

    Wrong, in a claim:

        also: [who says]

    Right:

        also: [customs]
    """
    return f"{quoted(words)} is too general: {why}", hint


@rule("B219", "warning")
def not_one_set(words: str, fault: str, hint: str) -> tuple[str, str]:
    """A word or phrase of `equivalents` that stands in two sets, so that nobody can say what it means; or a set with
    one word alone, in several inflections, which are the same word to the search anyway.

    Wrong, in `_store.yaml`:

        equivalents:
          - [tea, chai]
          - [brew, teas]

    Right:

        equivalents:
          - [tea, chai, brew]
    """
    return f"{quoted(words)} {fault}", hint
