"""Takes misspelt words, and words written apart or together, out of the difference of two texts, so that what is left
is a difference of what they say. Only the words by which facts are known count: others make no difference anyway."""

import re
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher

from rapidfuzz.distance import OSA

from bot.core.changes.fact_words import MONTH_NAMES, NUMBERS, WEEKDAY
from bot.core.changes.meaning_words import MEANING_WORDS

_MORE = """
    not never without hundred hundreds thousand thousands million millions billion billions trillion half quarter
    quarters twice double doubled triple tripled percent dollar dollars euros pounds kilometre kilometres
    hectares degrees
"""

KNOWN = frozenset({*MEANING_WORDS, *NUMBERS, *MONTH_NAMES, *WEEKDAY.casefold().split("|"), *_MORE.split()})
"""The words of which a misspelling is known."""

LOOKALIKES = frozenset(
    """
    abel abut agee aggress aground allege aloe alost alow amy annal annul aril armrest armrests banns bean beguin
    bellow bets bette billiton billon blow booth bough brought buoying burying busy busying byers case cased
    centauries centaury clos closers closets cold coupe crease creased darer decease deceased deceases deceasing
    decliners degree deniers denis denise denny dorp doze dozes droop drooped drooping droops earl easter eats
    eery eluder endued enduing eros ether euro eventing ever falsie falster father feaster feel feer filed filing
    fils firs fist flailed flailing flails forbad forme fort forth foully full gaines gamins gins gown grained
    grains grater gros growling growls guilt heaver hectare hightest horus houris juts kilometer kilometers laced
    lacing lager large larges lather lats latte latter lave laves laving leas leavens leavers lees les lest loess
    loner longe loos loose looser looses loosing lots lounger louses lousing lowe mach marc maxima mingus minima
    minium minuet minuets moistly mont moore moth moths mots mourning muts nay ned needled nigh non norther
    obligator obligee oder olde opes panned party pas passels passers patly per pervious perviously planed
    plungers ponds porer pots pound prat promise propose prove puls quarterns raisers raisin rase rased rases
    rasing reducers reuse reused reuses reusing ricer riches richter rinses rinsing risers risking roes roose sars
    score scorers seel seeling seels seen severn shank sheller shelling shells shingle sill sine singe sloe slum
    slummer slums smelling smells sometime somme son sonars sopped sops sora sores sorter souther sower speller
    spellers spelling spells spurge star stared staring stars startled startling stated stating stats steven
    stomps stoop stooped stoops stoppled stoups stropped strops stuart stuarts sumer sump sumps sunda sure sven
    sweller swelling swells sweven swingle tent tents teth teths thee there thirsty toady tow tree tripe
    waken wakened wakens wees weest wester wets wide wides wien wilder winder wining wold wore wort wreaker yearns
    yeas
    """.split()
)
"""Words of a dictionary that look like a slip of one that is known."""

_WORD = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)*")
_NEGATION = re.compile(r"\b(?:not?|nor|now|never|none)\b", re.IGNORECASE)


def respelled(old: str, new: str) -> str:
    """The newer text, with the older one's spelling where both have the same words."""
    matches = [[*_WORD.finditer(text)] for text in (old, new)]
    words = [[match[0].casefold() for match in each] for each in matches]
    pieces, end = list[str](), 0
    for op, a, b, c, d in SequenceMatcher(None, words[0], words[1], autojunk=False).get_opcodes():
        if op == "replace":
            for was, now in _pairs(matches[0][a:b], matches[1][c:d]):
                (was_start, was_end), (start, stop) = _span(was), _span(now)
                if _is_same(old[was_start:was_end], new[start:stop]):
                    pieces += new[end:start], old[was_start:was_end]
                    end = stop
    return "".join([*pieces, new[end:]])


_Words = Sequence[re.Match[str]]


def _pairs(old: _Words, new: _Words) -> Iterator[tuple[_Words, _Words]]:
    """What stands for what in a passage: word by word if there are as many, else as a whole."""
    if len(old) == len(new):
        yield from (([was], [now]) for was, now in zip(old, new, strict=True))
    else:
        yield old, new


def _span(words: _Words) -> tuple[int, int]:
    return words[0].start(), words[-1].end()


def _is_same(old: str, new: str) -> bool:
    return is_misspelt(old.casefold(), new.casefold()) or is_joined(old, new)


def is_joined(old: str, new: str) -> bool:
    """Whether two passages differ in blanks and hyphens alone. `Now here` and `nowhere` are no such passages."""
    joined = [re.sub("[ -]", "", text).casefold() for text in (old, new)]
    return joined[0] == joined[1] and not any(map(_NEGATION.search, (old, new)))


def is_misspelt(one: str, other: str) -> bool:
    """Whether of two words in lower case one is known, and the other is that one with a slip of the pen."""
    known, slip = (one, other) if one in KNOWN else (other, one)
    return known in KNOWN and slip not in KNOWN and slip not in LOOKALIKES and is_slip(known, slip)


def is_slip(known: str, slip: str) -> bool:
    """Whether two neighbouring letters are exchanged, a letter is doubled or not, or there is one too few or too many;
    never the first. With a wrong letter in place of another too many words are other words."""
    if known[:1] != slip[:1]:
        return False
    if sorted(known) == sorted(slip):
        return OSA.distance(known, slip) == 1
    if len(known) < 4:
        return False
    if _undoubled(known) == _undoubled(slip):
        return True
    is_longer = len(slip) > len(known)
    if len(known) < 5 or len(slip) == len(known) or (is_longer and known[-1] != slip[-1]):
        return False
    return OSA.distance(known, slip) == 1


def _undoubled(word: str) -> str:
    return re.sub(r"(.)\1+", r"\1", word)
