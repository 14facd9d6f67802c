"""The words that never name a brief or a section. Apart from the table of verbs, whose parsers take long to import: a
check of brief files needs the words alone."""

RESERVED = frozenset(
    "search list sources verify help changes subscriptions status subscribe unsubscribe mute unmute use digest report "
    "share all none".split()
)
"""The names of all verbs, the word that shares, and those that stand for every brief and for no brief."""
