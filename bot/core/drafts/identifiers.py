"""Ids of claims and sources, made of their words: the same words have the same id."""

import re
import unicodedata
from collections.abc import Iterable
from hashlib import sha256

from bot.core.briefs.brief import ID_MAX
from bot.core.terms import WEAK_WORDS

WORDS = 5
"""Words of an id, beside those that say little."""

OPENING_CHARS = 500

ROOM = ID_MAX - len("-9999")
"""For the number of an id that is taken."""

_DATES = frozenset(
    """monday tuesday wednesday thursday friday saturday sunday january february march april may june july august
    september october november december""".split()
)


class Ids:
    """The ids of one brief, of which each is given once."""

    def __init__(self, taken: Iterable[str] = ()) -> None:
        self._taken = set(taken)
        self._numbers: dict[str, int] = {}

    def free(self, name: str) -> str:
        """The id, with a number where it is taken: `…-2`."""
        number = self._numbers.get(name, 1)
        while (free := f"{name}-{number}" if number > 1 else name) in self._taken:
            number += 1
        self._numbers[name] = number
        self._taken.add(free)
        return free


def claim_id(text: str) -> str:
    """An id of the first words that say something, e.g. `secretary-state-rubio-met-bukele`; of a text without Latin
    letters `claim-` and six digits of its hash."""
    return _slug(_telling(_words(text))) or _hashed("claim", text)


def source_id(*names: str) -> str:
    """As `claim_id`, of a source: host, title, whatever is known."""
    words = [word for name in names if name for word in _telling(_words(name))[:WORDS]]
    return _slug(words) or _hashed("source", " ".join(filter(None, names)))


def slug_of(title: str, text: str) -> str:
    """The slug of a new brief: its title, all the words that have room; without one the first words of its text; and
    `brief-` and six digits of a hash where neither has a Latin letter."""
    return _slug(_words(title), len(title)) or _slug(_telling(_words(text[:OPENING_CHARS]))) or _hashed("brief", text)


def _words(text: str) -> list[str]:
    plain = unicodedata.normalize("NFKD", text.casefold())
    plain = "".join(char for char in plain if not unicodedata.combining(char))
    # Dots and apostrophes join what one word is: U.S., Bukele's.
    plain = re.sub(r"(?<=\w)['’](?=\w)|(?<=\b[a-z])\.(?=[a-z]\b|\W|$)", "", plain)
    return re.findall(r"[a-z0-9]+", plain)


def _telling(words: list[str]) -> list[str]:
    """The words without those that say little, if any are left."""
    telling = [word for word in words if not (word in WEAK_WORDS or word in _DATES or word.isdigit())]
    return telling or words


def _slug(words: Iterable[str], count: int = WORDS) -> str:
    slug = ""
    for word in list(words)[:count]:
        longer = f"{slug}-{word}" if slug else word[:ROOM]
        if len(longer) > ROOM:
            break
        slug = longer
    # An id of one letter or of a number says nothing.
    return slug if re.search("[a-z]{2}", slug) else ""


def _hashed(kind: str, text: str) -> str:
    return f"{kind}-{sha256(' '.join(text.split()).encode()).hexdigest()[:6]}"
