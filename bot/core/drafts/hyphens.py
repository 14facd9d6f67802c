"""Words that are broken at the end of a line."""

import re
from collections.abc import Container, Iterable

_BROKEN = re.compile(r"(?:(\w[\w-]*)-)?([^\W\d_]+)[-‐]$")
_TOKEN_MAX_CHARS = 60
_REST = re.compile(r"[^\W\d_]+")
_WORD = re.compile(r"[^\W\d_]+(?:[-‐][^\W\d_]+)*")
_KEPT = re.compile(r"[\w.)][-‐]$")
_SUSPENDED = frozenset("and or to und oder bzw sowie y e o u et ou".split())
"""Behind a hyphen in front of these the rest of the word stands elsewhere: `pre- and post-war`."""
_COMPOUND = frozenset(
    """all anti co cross ex far first full half high ill inter large long low mid multi much near never non off old one
    open part post pre pro quasi re second self semi short single small so still sub third two three four five six seven
    eight nine ten twenty thirty forty fifty sixty seventy eighty ninety ultra under vice well wide year""".split()
)
"""Behind these a hyphen is of the word, unless the text has it elsewhere without one."""


def words_of(lines: Iterable[str]) -> frozenset[str]:
    """The words of a text, in small letters, but for those that a line's end breaks."""
    words: set[str] = set()
    is_broken = False
    for line in lines:
        listed = _WORD.findall(line.casefold())
        ends_broken = line.endswith(("-", "‐"))
        words.update(listed[1 if is_broken else 0 : -1 if ends_broken else None])
        is_broken = ends_broken
    return frozenset(words)


def is_broken(line: str) -> bool:
    """Whether a line ends with a letter and a hyphen."""
    return line.endswith(("-", "‐")) and line[-2:-1].isalpha()


def spliced(line: str, below: str, words: Container[str]) -> tuple[str, str]:
    """A line as it stands in front of the one below it, with the blank that parts them, or without its hyphen and the
    blank; and the word that it no longer breaks, else an empty text. `words` as of `words_of`."""
    if not _KEPT.search(line[-2:]):
        return f"{line} ", ""
    token = line[-_TOKEN_MAX_CHARS:].rpartition(" ")[2]
    match, rest = _BROKEN.search(token), _REST.match(below)
    if "://" in token or "@" in token or (rest and rest[0] in _SUSPENDED):
        return f"{line} ", ""
    if not (match and rest and rest[0].islower()):
        return (line, "") if below[0].isalnum() else (f"{line} ", "")
    if match[1] or _has_hyphen(match[2].casefold(), rest[0], words):
        return line, ""
    return line[:-1], f"{match[2]}{rest[0]}"


def _has_hyphen(first: str, rest: str, words: Container[str]) -> bool:
    """Whether the word is written with a hyphen: as the text has it elsewhere, else where each part is a word."""
    if f"{first}{rest}" in words:
        return False
    is_compound = first in _COMPOUND or (first in words and rest in words)
    return f"{first}-{rest}" in words or is_compound
