"""Greetings, thanks and assents: words that ask for nothing."""

import re
import unicodedata

from bot.core.commands.command import Courtesy, Greet

PHRASES: dict[Courtesy, str] = {
    "thanks": (
        "thanks | thank you | thank u | thx | thanx | ty | tysm | cheers | danke | merci | gracias | grazie | tak | "
        "tack | obrigado | obrigada | bedankt | dank je | vielen dank | besten dank | danke schon | dankeschon | "
        "much appreciated | appreciated"
    ),
    "hello": (
        "hi | hello | hey | hallo | hullo | hiya | heya | howdy | yo | greetings | good morning | good afternoon | "
        "good evening | good day | morning | evening | gm | guten morgen | guten tag | moin | servus | hola | "
        "buenos dias | bonjour | salut | ciao | hej | hei | hoi | ola | aloha | welcome | how are you | "
        "how are you doing | whats up | sup | nice to meet you | are you there | anyone there | who are you | "
        "what are you | what is this | what can you do | what do you do"
    ),
    "ok": (
        "ok | okay | k | okey | okey dokey | got it | i see | alright | all right | understood | noted | cool | "
        "great | nice | perfect | awesome | excellent | super | wonderful | lovely | good | all good | well done | "
        "yes | yep | yeah | no | nope | no problem | no worries | never mind | nevermind | nvm | "
        "good bot | good job | great job | nice work | bye | goodbye | good bye | see you | good night | sure | "
        "sounds good | that is fine | thats fine | its fine | i am fine | im fine"
    ),
}
"""By what they express, which comes first where a text has several: `ok thanks` is thanks."""

FILLERS = (
    "there | world | all | everyone | everybody | guys | folks | friend | friends | team | bot | briefbot | again | "
    "a lot | lots | so much | very much | very | much | many | so | a bunch | a million | indeed | beaucoup | "
    "vielmals | schon | for that | for this | for your help | for the help | to you | you | you too | and | please | "
    "pls | that is | thats | it is | its"
)
"""What stands beside them; alone it is no greeting."""

CHARACTERS_MAX = 120
"""No courtesy is longer, and a pasted page must cost nothing."""

_SHORTCODE = re.compile(r":[a-z0-9_+'-]+:")


def _phrases(text: str) -> frozenset[tuple[str, ...]]:
    return frozenset(tuple(phrase.split()) for phrase in text.split("|"))


_FILLERS = _phrases(FILLERS)
_COURTESIES = {phrase: kind for kind, text in PHRASES.items() for phrase in _phrases(text)}
_LONGEST = max(map(len, _FILLERS | _COURTESIES.keys()))


def greeting(text: str) -> Greet | None:
    """The greeting if a text is nothing else, whatever punctuation and emoji stand with it; None for anything else.
    Emoji alone are an assent."""
    words = _words(text)
    kinds = _courtesies(words) if len(text) <= CHARACTERS_MAX else None
    if kinds is None:
        return None
    alone: set[Courtesy] = {"ok"} if not words and _has_emoji(text) else set()
    return next((Greet(kind) for kind in PHRASES if kind in kinds | alone), None)


def asks_nothing(text: str) -> bool:
    """Whether a text has no words but those of courtesies."""
    return len(text) <= CHARACTERS_MAX and _courtesies(_words(text)) is not None


def _words(text: str) -> tuple[str, ...]:
    """Letters and digits in lower case, without accents and apostrophes (`it's` is `its`) and emoji."""
    folded = unicodedata.normalize("NFKD", _SHORTCODE.sub(" ", text[:CHARACTERS_MAX].casefold()))
    kept = (character for character in folded if not unicodedata.combining(character) and character not in "'’")
    return tuple("".join(character if character.isalnum() else " " for character in kept).split())


def _has_emoji(text: str) -> bool:
    return bool(_SHORTCODE.search(text)) or any(unicodedata.category(character) == "So" for character in text)


def _courtesies(words: tuple[str, ...]) -> set[Courtesy] | None:
    """What the phrases of a text express; None unless it consists of phrases and fillers alone."""
    kinds = set[Courtesy]()
    while words:
        # The longest first: `good morning` is more than `good`.
        sizes = range(min(_LONGEST, len(words)), 0, -1)
        size = next((n for n in sizes if words[:n] in _FILLERS or words[:n] in _COURTESIES), None)
        if size is None:
            return None
        if words[:size] in _COURTESIES:
            kinds.add(_COURTESIES[words[:size]])
        words = words[size:]
    return kinds
