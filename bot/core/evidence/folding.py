"""Two forms of a text to look for quotes in: with white space alone folded, and with typography folded too. Letters,
case, digits and words stay: they tell a passage from its negation."""

import re
import unicodedata

LINE_HYPHEN = "\ue000"
"""Stands in texts of PDF files for a hyphen at the end of a line, which may belong to the word or to the line alone."""

DASH = "–"
"""Stands in folded texts for a dash between words. It equals a hyphen, but does not join words as that does."""

# Not a single blank, which may stay: of a long text there are then few parts to be kept until they are joined.
_WHITE_SPACE = re.compile(r"\s{2,}|[^\S ]")
_MARKS = str.maketrans(
    {
        **dict.fromkeys("\u2018\u2019\u201a\u201b\u2032\u2035\u02bb\u02bc\u00b4`\uff07\u2039\u203a", "'"),
        **dict.fromkeys("\u201c\u201d\u201e\u201f\u2033\u2036\u00ab\u00bb\uff02\u301d\u301e\u301f", '"'),
        **dict.fromkeys("\u2010\u2011\u2212\ufe63\uff0d", "-"),
        **dict.fromkeys("\u2012\u2013\u2014\u2015\u2e3a\u2e3b\ufe58", DASH),
        "\u2026": "...",
        # A power is no digit of the number before it.
        **{
            sign: f"^{digit}"
            for digit, sign in enumerate("\u2070\u00b9\u00b2\u00b3\u2074\u2075\u2076\u2077\u2078\u2079")
        },
        **{chr(0x2080 + digit): f"_{digit}" for digit in range(10)},
    }
)
# Soft hyphens, joiners, zero-width blanks, bidirectional marks, variation selectors, tags, byte order marks.
_INVISIBLE = re.compile(
    "[\u00ad\u034f\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff\ufff9-\ufffb\U000e0000-\U000e0fff]"
)
# In French a blank stands within guillemets, in German none does and they point the other way.
_WITHIN_GUILLEMETS = re.compile(r"(?<!\S)([«‹]) | ([»›])(?!\w)")
_BETWEEN_MARKS = re.compile("(?<=[\"'\u2018-\u201f])[\u2009\u200a\u202f]+(?=[\"'\u2018-\u201f])")
_TYPED_DASH = re.compile(rf"--+|(?<!\S)-(?!\S)|{DASH}+")
_AROUND_DASH = re.compile(rf"\s*{DASH}\s*")
_ELLIPSIS = re.compile(r"\s*\.(?:\s?\.){2,}\s*")
_TYPED_MARKS = re.compile("''")


def collapse(text: str) -> str:
    """The text with a single blank for each run of white space, none at its ends."""
    return _WHITE_SPACE.sub(" ", text).strip()


def fold(text: str) -> str:
    """The text without differences of typography: straight marks, `DASH` without blanks around it for every dash, three
    dots without blanks around them for an ellipsis, nothing invisible, NFKC, white space as `collapse` has it."""
    text = collapse(_BETWEEN_MARKS.sub("", _INVISIBLE.sub("", text)))
    text = _WITHIN_GUILLEMETS.sub(r"\1\2", text)
    # Before NFKC, which makes a blank and an accent of some marks; and after it, for those that it brings.
    text = unicodedata.normalize("NFKC", text.translate(_MARKS)).translate(_MARKS)
    text = _AROUND_DASH.sub(DASH, _TYPED_DASH.sub(DASH, collapse(text)))
    return _TYPED_MARKS.sub('"', _ELLIPSIS.sub("...", text)).strip()


def same_dashes(folded: str) -> str:
    """A folded text in which hyphens and dashes are one; each character stays at its place."""
    return folded.replace(DASH, "-")
