"""In which order the claims of a section stand in an answer, and which of them are shown on demand only."""

from collections.abc import Iterable, Mapping

from bot.core.briefs.brief import Claim, Standing

STANDING_WORDS: Mapping[Standing, str] = {
    "supported": "",
    "partly": "Partly",
    "disputed": "Disputed",
    "opinion": "Opinion",
    "reading": "Our reading",
    "unverified": "Not verified",
}
"""What readers see in front of a claim."""

OPEN_WORDS_MAX = 450
"""Words of claims, standings and notes that a reader of one answer is asked to read."""


def open_words(claims: Iterable[Claim]) -> int:
    """The words of claims with their standings and notes, as readers see them."""
    texts = (f"{STANDING_WORDS[claim.standing]} {claim.text} {claim.note or ''}" for claim in claims)
    return sum(len(text.split()) for text in texts)
