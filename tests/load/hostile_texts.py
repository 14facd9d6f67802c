"""Texts that cost the most to understand: long ones, and repetitions that regular expressions go through again and
again. `make bench` times them.
"""

from collections.abc import Iterator

from bot.core.commands.parser import READ_MAX
from bot.core.commands.verbs import VERBS_BY_WORD

CHARS_MAX = 40_000
"""Characters of a message that Slack takes. Source: docs.slack.dev, chat.postMessage, `text`."""

PIECES = {
    "ASCII letters": "abcdefghij ",
    "one ASCII word": "a",
    "other letters": "größe ",
    "one word of other letters": "é",
    "combining marks": "e\u0301",
    "marks that do not combine": "\u0301",
    "letters that grow": "ﷺ ",
    "emoji": "\U0001f468\u200d\U0001f469\u200d\U0001f467 ",
    "from right to left": "\u202emarhaba\u202c \u0645\u0631\u062d\u0628\u0627 ",
    "shortcodes": ":scales:",
    "colons": ":",
    "blanks": " \t\n\u00a0",
    "dashes": "-",
    "dashes between letters": "a-",
    "quotation marks": "“",
    "pairs of quotation marks": '"a" ',
    "brackets": "(((",
    "stars": "**",
    "question marks": "legal? ",
    "commas": "legal, ",
    "digits": "0123456789",
    "identifiers": "CVE-2024-12345 ",
    "dotted numbers": "1.2.3.",
    "numbers of groups": "1,000,",
    "citations": "86 FR ",
    "paragraphs": "§ 4",
    "names": "legal guatemala ",
    "misspelt names": "leagl guatemla ",
    "fillers": "the section about ",
    "joining words": "legal and ",
    "one of each": "share ",
    "revisions": "@0123abcd ",
    "tags": "tag:prisons ",
    "conditions": "kind:correction -section:legal ",
    "days": "monday, ",
    "times": "8:30 ",
    "zones": "Europe/Berlin ",
    "dates": "2025-02-03 ",
    "spans": "until 3 days ",
    "numbers with a sign": "#1 ",
    "greetings": "hello thank you ",
    "mentions of others": "<@U1|x> ",
    "mentions without an end": "<@",
    "links": "<https://example.org/a|b> ",
    "ampersands": "&amp;",
    "NUL": "\x00a ",
    "addresses": "/brief ",
    "possessives": "a's ",
    "apostrophes": "'",
}

SHORT = " ".join(f"word{number}" for number in range(64))
"""As many words as a question is read for, none of them known."""


def hostile_texts() -> Iterator[tuple[str, str]]:
    """What each text is, and the text: every piece over and over, alone and behind every verb."""
    yield "64 words", SHORT
    for name, piece in PIECES.items():
        page = piece * (CHARS_MAX // len(piece))
        for verb in ("", *VERBS_BY_WORD):
            yield f"{verb or 'no verb'}, {name}", f"{verb} {page}"[:CHARS_MAX]
            yield f"{verb or 'no verb'}, {name}, {READ_MAX}", f"{verb} {page}"[:READ_MAX]
