"""In which order the claims of a section stand in an answer, and which of them are shown on demand only."""

from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from bot.core.briefs.brief import Claim, Section, Standing

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


class Place(NamedTuple):
    """Where a claim stands in its section: `lead` claims first, then those of no group, then group by group; `group` is
    the group's title, empty for none. What is `folded` is shown on demand only."""

    lead: bool = False
    group: str = ""
    folded: bool = False


UNPLACED = Place()
"""Of a claim that is shown for itself."""


class PlacedClaim(NamedTuple):
    """A claim and where it stands in its section."""

    claim: Claim
    place: Place


def arranged(section: Section) -> tuple[PlacedClaim, ...]:
    """All claims of a section in reading order, each once; what is folded comes last.

    The first claim leads where none is marked. The last group is folded if it says so, or if what stands before it and
    it have more than `OPEN_WORDS_MAX` words together."""
    placed = tuple(_in_groups(section))
    if any(each.place.folded for each in placed) or open_words(each.claim for each in placed) <= OPEN_WORDS_MAX:
        return placed
    last = section.groups[-1].title if section.groups else ""
    rest = [each for each in placed if each.place.lead or each.place.group != last]
    if not last or not rest:
        return placed
    return tuple(each if each in rest else _folded(each) for each in placed)


def _in_groups(section: Section) -> Iterator[PlacedClaim]:
    groups = {id_: group for group in section.groups for id_ in group.claims}
    claims = {claim.id: claim for claim in section.claims}
    loose = [claim.id for claim in section.claims if claim.id not in groups]
    # A group may name a claim that is not there only where the file has an error.
    order = [id_ for id_ in dict.fromkeys((*loose, *groups)) if id_ in claims]
    leads = [id_ for id_ in order if claims[id_].lead] or order[:1]
    yield from (PlacedClaim(claims[id_], Place(lead=True)) for id_ in leads)
    for id_ in order:
        if id_ not in leads:
            group = groups.get(id_)
            yield PlacedClaim(claims[id_], Place(False, group.title, group.folded) if group else UNPLACED)


def _folded(placed: PlacedClaim) -> PlacedClaim:
    return placed._replace(place=placed.place._replace(folded=True))


def open_words(claims: Iterable[Claim]) -> int:
    """The words of claims with their standings and notes, as readers see them."""
    texts = (f"{STANDING_WORDS[claim.standing]} {claim.text} {claim.note or ''}" for claim in claims)
    return sum(len(text.split()) for text in texts)
