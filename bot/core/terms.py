"""Words as the search knows them: of a text that is indexed, and of a question.

An identifier is one word: `CVE-2024-12345`, `2.2.1`, `§ 4100`. FTS5 does the rest: it parts words at all other marks,
takes accents off, and stems English.
"""

import re
import unicodedata

TOKENIZER = "porter unicode61 remove_diacritics 2 tokenchars '_§'"

STOP_WORDS = frozenset(
    """a an and are as at be by for from in is it its of on or that the this to was were with
    can could did do does how what when where which who whom whose why will would i you me my your we us our""".split()
)
"""Words that say nothing, and those with which questions begin: they are not searched for."""

WEAK_WORDS = STOP_WORDS | frozenset(
    """about after again all already also always am any anybody anyone anything are around away back became become
    becoming been before being but came can come comes did done down each else end enough ever every everybody everyone
    everything exactly far few find get gets getting give given go goes going gone got had happen happened happens has
    have having he her here him his if into just keep keeps know known last later less let like long look looks lot made
    make makes making many may maybe mean means might more most much must need needs never new next nobody none not
    nothing now off often ok once one only other others out over own people please put quite really right said same say
    saying says see seen seem seems set shall she should show since so some somebody someone something soon still such
    take taken takes taking tell than their them then there these they thing things think those though through time told
    too took try under until up use used very want wants way well went whether while within without work yet""".split()
)
"""Words that do not tell what a question is about: they are searched for, and nothing is missing without them."""

_FORMAT = re.compile("[\u00ad\u200b-\u200f\u2060\ufeff]")
_DASHES = re.compile("[\u2010-\u2015\u2212]")
_NOT = re.compile(r"n['\u2019]t\b")
"""What is left of `didn't` is a weak word, and `t` would be none."""
_POSSESSIVE = re.compile(r"(?<=\w)['\u2019]s?(?!\w)")
_THOUSANDS = re.compile(r"(?<=\d),(?=\d{3})")
_PARAGRAPH = re.compile(r"(?:§+|\bsec(?:tion|\.))\s*(?=\d)", re.IGNORECASE)
_COMPOUND = re.compile(r"[§\w]+(?:[.\-/]\w+)+|§\w+")
_JOINED = re.compile(r"\w[.\-/]\w|§\d")
"""What an identifier has, beside a digit."""
_CITATION = re.compile(r"\b\d+ [a-z][a-z.]{1,6} §?\d+\b")
_WORD = re.compile(rf"{_CITATION.pattern}|[§\w]+(?:[.\-/]\w+)*")


def indexed(text: str) -> str:
    """A text for the index: an identifier is a word of its own beside what it consists of."""
    plain = _plain(text)
    return _COMPOUND.sub(_with_atom, plain) if _JOINED.search(plain) else plain


def _with_atom(match: re.Match[str]) -> str:
    return f"{match[0]} {atom(match[0])}" if _is_identifier(match[0]) else match[0]


def words_of(question: str) -> list[str]:
    """The words of a question as they are looked for, in order. An identifier is one, and so is a citation such as
    `86 FR 49060`; what hyphens join otherwise is several."""
    words: list[str] = []
    for word in _WORD.findall(_plain(question.casefold())):
        words += [word] if " " in word or _is_identifier(word) else re.split(r"[.\-/]", word)
    return [word for word in words if any(map(str.isalnum, word))]


def forms(word: str) -> tuple[str, ...]:
    """What a word is in the index: an identifier one word, or, if it has letters, its parts side by side."""
    if not _is_identifier(word):
        return (word.replace('"', " "),)
    parts = re.sub(r"[.\-/]", " ", word)
    return (atom(word), parts) if re.search(r"[^\W\d]", word) and "." not in word else (atom(word),)


def atom(word: str) -> str:
    """The one word that an identifier is in the index."""
    return re.sub(r"[.\-/]", "_", word)


def _plain(text: str) -> str:
    # A pattern costs more than to see that there is nothing for it.
    if not text.isascii():
        text = _DASHES.sub("-", _FORMAT.sub("", unicodedata.normalize("NFKC", text)))
    if "'" in text or "\u2019" in text:
        text = _POSSESSIVE.sub("", _NOT.sub("", text))
    if "," in text:
        text = _THOUSANDS.sub("", text)
    return _PARAGRAPH.sub("§", text) if "§" in text or "sec" in text or "Sec" in text or "SEC" in text else text


def _is_identifier(word: str) -> bool:
    return " " not in word and ("§" in word or (not word.isalnum() and any(map(str.isdigit, word))))
