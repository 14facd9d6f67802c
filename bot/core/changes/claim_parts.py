"""Claims that were merged or split: in which claims of the newer version the words of an older one stand."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from bot.core.briefs.brief import Claim
from bot.core.changes.change_set import Change
from bot.core.changes.fact_words import FUNCTION_WORDS
from bot.core.changes.normalization import normalize_text

HELD_MIN_SHARE = 0.6
"""The share of a claim's words, included, with which another one says about the same."""

TAKEN_MIN = 2
"""Words, or a single figure, that a claim must have won from another one, so that it is no coincidence."""

STEM_CHARS = 6

CHANGES_MAX = 200
"""Changes of one brief beyond which nobody merged or split claims: it was written anew."""


@dataclass(frozen=True, slots=True)
class Remains:
    """Where the words of a claim stand that is gone: in `claims`, in reading order. `whole`: these say all of it."""

    claims: tuple[Claim, ...] = ()
    whole: bool = False


def remains_of(removed: Claim, changes: Sequence[Change]) -> Remains:
    """Where the words of a removed claim stand after these changes of its brief: in one claim that took up most of
    them, or in added ones that consist of them. Without claims if they stand nowhere."""
    edits = [change for change in _of_claims(changes) if isinstance(change.after, Claim)]
    hosts = [change for change in edits if _took(change, removed)]
    if hosts:
        # The first of those that hold as much.
        host = max(hosts, key=lambda change: _share(removed, change.after.text))
        return Remains((host.after,), _says_all(removed, host.after.text, _text_before(host)))
    parts = tuple(change.after for change in edits if change.before is None and _consists_of(change.after, removed))
    text = " ".join(part.text for part in parts)
    return Remains(parts, _says_all(removed, text)) if _share(removed, text) >= HELD_MIN_SHARE else Remains()


def split_off(old: Claim, new: Claim, changes: Sequence[Change]) -> tuple[Claim, ...]:
    """The added claims that consist of words which an edited one lost, in the order of the changes."""
    lost = _words(old.text) - _words(new.text)
    return tuple(
        change.after
        for change in (_of_claims(changes) if _is_enough(lost) else ())
        if change.op == "added" and _consists_of(change.after, old) and _is_enough(lost & _words(change.after.text))
    )


def origin_of(added: Claim, changes: Sequence[Change]) -> Change | None:
    """The edit of the claim from which an added one was split off; None if it was not."""
    edits = (each for each in _of_claims(changes) if each.op == "edited" and _consists_of(added, each.before))
    return next((each for each in edits if added in split_off(each.before, each.after, changes)), None)


def joined_claim(first: Claim, others: Sequence[Claim], like: str) -> Claim:
    """A claim with the words and the evidence of others, in the order that they have in the text `like`."""
    if not others:
        return first
    parts = _in_order((first, *others), like)
    evidence = tuple(dict.fromkeys(item for part in parts for item in part.evidence))
    return replace(first, text=" ".join(part.text for part in parts), evidence=evidence)


def _in_order(parts: Sequence[Claim], like: str) -> list[Claim]:
    stems = [stem for word in re.findall(r"\w+", normalize_text(like)) for stem in _words(word)]

    def place(part: Claim) -> int:
        of_others = frozenset[str]().union(*(_words(each.text) for each in parts if each != part))
        own = _words(part.text) - of_others
        return next((index for index, stem in enumerate(stems) if stem in own), len(stems))

    return sorted(parts, key=place)


def missing_words(text: str, *others: str) -> frozenset[str]:
    """The words of a text, normalized, that none of the others has, in whatever form."""
    known = frozenset[str]().union(*map(_words, others))
    return frozenset(word for word in re.findall(r"\w+", normalize_text(text)) if _words(word) - known)


def holding_part(text: str, claim: str) -> str:
    """The sentence or part of a sentence of a text that has most words of a claim, with `…` for the others."""
    parts = re.split(r"(?<=[.;])\s+", text)
    best = max(range(len(parts)), key=lambda index: len(_words(parts[index]) & _words(claim)))
    return f"{'… ' if best else ''}{parts[best]}{' …' if best < len(parts) - 1 else ''}"


def _of_claims(changes: Sequence[Change]) -> Sequence[Change]:
    return [change for change in changes if change.what == "claim"] if len(changes) <= CHANGES_MAX else ()


def _text_before(change: Change) -> str:
    return change.before.text if isinstance(change.before, Claim) else ""


def _took(change: Change, removed: Claim) -> bool:
    """Whether a claim holds most words of a removed one, some of them only since the change."""
    won = _words(change.after.text) - _words(_text_before(change))
    return _share(removed, change.after.text) >= HELD_MIN_SHARE and _is_enough(won & _words(removed.text))


def _is_enough(words: frozenset[str]) -> bool:
    return len(words) >= TAKEN_MIN or any(map(str.isdecimal, words))


def _consists_of(part: Claim, whole: Claim) -> bool:
    return _share(part, whole.text) >= HELD_MIN_SHARE


def _share(claim: Claim, text: str) -> float:
    words = _words(claim.text)
    return len(words & _words(text)) / max(1, len(words))


def _says_all(removed: Claim, text: str, before: str = "") -> bool:
    """Whether a text has all words of a claim, and no negation that it lacks; `before` is the text without it."""
    won = negations(text) - negations(before)
    return _words(removed.text) <= _words(text) and won == negations(removed.text)


_NEGATIONS = frozenset("not no never none nor neither cannot without nobody nothing".split())


def negations(text: str) -> Counter[str]:
    """How often each word stands in a text that negates it."""
    words = re.findall(r"\w+(?:'t\b)?", normalize_text(text).casefold())
    return Counter(word for word in words if word in _NEGATIONS or word.endswith("n't"))


@lru_cache(maxsize=1024)
def _words(text: str) -> frozenset[str]:
    """The beginnings of the words that say what a text is about, which endings do not change; figures whole."""
    words = re.findall(r"\w+", normalize_text(text).casefold())
    return frozenset(word if word.isdecimal() else word[:STEM_CHARS] for word in words if word not in FUNCTION_WORDS)
