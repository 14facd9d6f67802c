"""What a question that found nothing, or little, says about the words that briefs lack."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class WordsToAdd:
    """The words of a question by which readers would find what answers it; empty where it has none that tell. `brief`
    (slug) and `claim` (id) came nearest to it: without a claim only a brief did, without a brief nothing."""

    question: str
    words: tuple[str, ...] = ()
    brief: str | None = None
    claim: str | None = None
