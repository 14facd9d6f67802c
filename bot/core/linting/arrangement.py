"""Checks B220 to B226 and B228: how claims are arranged for readers, and where a brief goes on."""

from collections.abc import Collection, Iterator, Mapping

from bot.core.briefs.arrangement import OPEN_WORDS_MAX, STANDING_WORDS, open_words
from bot.core.briefs.brief import BriefContent, Section
from bot.core.linting import arrangement_rules
from bot.core.linting.diagnostic import Key, Path, Problem
from bot.core.spelling import closest_match

LEADS_MAX = 2
CLAIMS_WITHOUT_LEAD_MAX = 4


def check_arrangement(brief: BriefContent) -> Iterator[Problem]:
    """The problems of groups, leads and caveats of one brief."""
    for key, section in brief.sections.items():
        if section.groups:
            yield from _groups(key, section)
        yield from _leads(key, section, brief.status == "published")
        yield from _room(key, section)
    for index, caveat in enumerate(brief.caveats):
        for n, name in enumerate(caveat.sections):
            if name not in brief.sections:
                at: Path = ("caveats", index, "sections", n)
                yield arrangement_rules.unknown_section_in_caveat(at, name, closest_match(name, brief.sections))


def _groups(key: str, section: Section) -> Iterator[Problem]:
    ids = [claim.id for claim in section.claims]
    group_of: dict[str, str] = {}
    for index, group in enumerate(section.groups):
        at: Path = ("sections", key, "groups", index)
        if group.folded and group is not section.groups[-1]:
            yield arrangement_rules.folded_before_others((*at, "folded"))
        for n, name in enumerate(group.claims):
            where = (*at, "claims", n)
            if name not in ids:
                yield arrangement_rules.unknown_claim_in_group(where, name, key, closest_match(name, ids))
            elif name in group_of:
                yield arrangement_rules.claim_in_two_groups(where, name, group_of[name])
            group_of.setdefault(name, group.title)


def _leads(key: str, section: Section, is_published: bool) -> Iterator[Problem]:
    leads = [index for index, claim in enumerate(section.claims) if claim.lead]
    if len(leads) > LEADS_MAX:
        yield arrangement_rules.too_many_leads(("sections", key, "claims", leads[LEADS_MAX], "lead"), LEADS_MAX)
    if is_published and not leads and len(section.claims) > CLAIMS_WITHOUT_LEAD_MAX:
        yield arrangement_rules.no_lead(("sections", Key(key)), key, len(section.claims))


def _room(key: str, section: Section) -> Iterator[Problem]:
    """Of what is shown at once; a lead is, whatever its group."""
    folded = {name for group in section.groups if group.folded for name in group.claims}
    at_once = [claim for claim in section.claims if claim.lead or claim.id not in folded]
    # A standing that the schema refused has no words.
    words = open_words(claim for claim in at_once if claim.standing in STANDING_WORDS)
    if words > OPEN_WORDS_MAX:
        at: Path = ("sections", Key(key))
        yield arrangement_rules.too_many_open_words(at, key, words, OPEN_WORDS_MAX, bool(folded))


def check_successors(briefs: Mapping[str, BriefContent], broken: Collection[str]) -> Iterator[tuple[str, Problem]]:
    """(slug, problem) of the briefs that go on in one that readers will not find. `broken` are the slugs of files that
    have other problems, which say enough of them."""
    for slug, brief in briefs.items():
        successor = brief.continued_in
        if successor is not None and successor not in broken and (reason := _reason(slug, successor, briefs)):
            others = [name for name, each in briefs.items() if name != slug and each.status == "published"]
            nearest = None if successor in briefs else closest_match(successor, others)
            yield slug, arrangement_rules.bad_successor(("continued_in",), successor, reason, nearest)


def _reason(slug: str, successor: str, briefs: Mapping[str, BriefContent]) -> str | None:
    """Why a brief cannot go on in another one, as the end of a sentence; None if it can."""
    if successor == slug:
        return "is this brief itself"
    if successor not in briefs:
        return "does not exist"
    if briefs[successor].status != "published":
        return "is not published"
    return "goes on in this one again" if slug in _chain(successor, briefs) else None


def _chain(slug: str, briefs: Mapping[str, BriefContent]) -> list[str]:
    """The briefs in which one goes on, one after the other, itself first."""
    chain = [slug]
    while (brief := briefs.get(chain[-1])) and brief.continued_in and brief.continued_in not in chain:
        chain.append(brief.continued_in)
    return chain
