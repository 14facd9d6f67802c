"""Whether a paragraph below a list of sources is prose, or one of them."""

import re

from bot.core.drafts.sentences import sentences

LONG_MIN_WORDS = 40
"""Of a paragraph that is no source whatever it says."""
SAYING_MIN_WORDS = 3
"""Of a sentence with a verb; fewer may be a title."""
WORDY_MIN_WORDS = 4
"""Of each of several sentences, where none has a verb that is known."""

_VERBS = {
    "en": "is are was were has have had will would can could shall should may must did does do said says met went came"
    " made took gave knew knows got sold told began became won lost cut spoke wrote agreed",
    "de": "ist sind war waren hat haben hatte wird werden wurde kann muss soll sagte sagt",
    "es": "es son fue fueron era eran ha han está están hay será puede dijo dice",
    "fr": "est sont était ont sera peut doit dit",
}
_VERB = {code: re.compile(rf"\b(?:{'|'.join(verbs.split())})\b") for code, verbs in _VERBS.items()}
_PAST = re.compile(r"(?<![,(] )\b(?!(?:limited|united|updated|revised|edited|translated)\b)[a-z]{3,}ed\b")
_SUBJECT = re.compile(r"(?:It|He|She|They|We|I|There|Nobody|Everybody|Nothing)\s")
_CITED = re.compile(
    r"\((?:\w+\.? )?(?:1[5-9]|20)\d\d\w?\)|\b(?:pp?|vol|no|ed|eds|nr)\.\s?\d"
    r"|\b(?:doi|isbn|issn|ibid|retrieved|accessed)\b|,\s[^,]*\b(?:1[5-9]|20)\d\d\.?$",
    re.IGNORECASE,
)
_ENDED = re.compile(r"[.!?…。！？][\"'”’»)]*(?:\[[^\[\]]{1,20}\])*$")


def is_long(paragraph: str) -> bool:
    """Whether a paragraph is too long for a source, and so ends a list of them."""
    return len(paragraph.split()) >= LONG_MIN_WORDS and "://" not in paragraph


def is_prose(paragraph: str, language: str) -> bool:
    """Whether a paragraph says something, as the words of a source do not: whole sentences with a verb, no address, no
    place or year of a publication."""
    if is_long(paragraph):
        return True
    if "://" in paragraph or not _ENDED.search(paragraph) or _CITED.search(paragraph) or paragraph[0].islower():
        return False
    listed = [sentence.strip() for sentence in sentences(paragraph, language)]
    is_wordy = len(listed) > 1 and all(len(each.split()) >= WORDY_MIN_WORDS for each in listed)
    return is_wordy or all(_says(each, language) for each in listed)


def _says(sentence: str, language: str) -> bool:
    if _SUBJECT.match(sentence):
        return True
    verb = _VERB.get(language, _VERB["en"]).search(sentence) or (language == "en" and _PAST.search(sentence))
    return bool(verb) and len(sentence.split()) >= SAYING_MIN_WORDS
