"""Finds what the rules B2xx to B4xx describe, in one brief or across all of them."""

from collections.abc import Iterable, Iterator, Mapping
from itertools import pairwise

from bot.core.briefs.brief import UNCITED_STANDINGS, BriefContent, Claim, Vocabulary
from bot.core.changes.change_notes import new_notes
from bot.core.commands.command import RESERVED
from bot.core.commands.name_index import normalize
from bot.core.linting import rules
from bot.core.linting.diagnostic import Key, Path, Problem
from bot.core.spelling import closest_match

NOTE_REQUIRED = frozenset({"partly", "disputed", "unverified"})
MAY_NAME_WHAT_IS_GONE = frozenset({"correction", "withdrawal"})
ONE_SOURCE_MIN_CLAIMS = 3
PASSAGE_MAX_CHARS = 2800
"""A claim is never split, and a message's text holds 4,000 characters with its sources and frame."""


def check(brief: BriefContent) -> Iterator[Problem]:
    """All problems within one brief."""
    seen: set[str] = set()
    for at, claim in _claims(brief):
        if claim.id in seen:
            yield rules.duplicate_claim((*at, "id"), claim.id)
        seen.add(claim.id)
        yield from _evidence(at, claim, brief)
    yield from _sections(brief)
    yield from _uncited(brief)
    yield from _changes(brief)
    if brief.review_by and brief.as_of and brief.review_by < brief.as_of:
        yield rules.review_before_as_of(("review_by",))


def _claims(brief: BriefContent) -> Iterator[tuple[Path, Claim]]:
    for key, section in brief.sections.items():
        for index, claim in enumerate(section.claims):
            yield ("sections", key, "claims", index), claim


def _evidence(at: Path, claim: Claim, brief: BriefContent) -> Iterator[Problem]:
    if not claim.evidence and claim.standing not in UNCITED_STANDINGS:
        yield rules.no_evidence(at, claim.standing)
    elif claim.note is None and not claim.evidence:
        yield rules.no_note(at, "a claim without evidence")
    elif claim.note is None and claim.standing in NOTE_REQUIRED:
        yield rules.no_note(at, f"a claim that is {claim.standing}")
    if claim.standing == "supported" and claim.evidence and not any(item.quote for item in claim.evidence):
        yield rules.no_quote(at)
    chars = sum(len(words) for words in (claim.text, claim.note, *(item.quote for item in claim.evidence)) if words)
    if chars > PASSAGE_MAX_CHARS:
        yield rules.too_much_evidence(at, chars, PASSAGE_MAX_CHARS)
    seen = set()
    for index, item in enumerate(claim.evidence):
        place = (*at, "evidence", index)
        if item.source not in brief.sources:
            yield rules.unknown_source((*place, "source"), item.source, closest_match(item.source, brief.sources))
        if (item.source, item.quote) in seen:
            yield rules.repeated_evidence(place, item.source)
        seen.add((item.source, item.quote))


def _sections(brief: BriefContent) -> Iterator[Problem]:
    for key, section in brief.sections.items():
        cited = {item.source for claim in section.claims for item in claim.evidence}
        if len(section.claims) >= ONE_SOURCE_MIN_CLAIMS and len(cited) == 1:
            yield rules.one_source(("sections", Key(key)), key)


def _uncited(brief: BriefContent) -> Iterator[Problem]:
    cited = {item.source for _, claim in _claims(brief) for item in claim.evidence}
    for source in brief.sources:
        if source not in cited:
            yield rules.uncited_source(("sources", Key(source)), source)


def _changes(brief: BriefContent) -> Iterator[Problem]:
    for index, (upper, lower) in enumerate(pairwise(brief.changes)):
        if upper.date and lower.date and lower.date > upper.date:
            yield rules.notes_out_of_order(("changes", index + 1))
    if brief.status == "withdrawn" and (not brief.changes or brief.changes[0].kind != "withdrawal"):
        yield rules.withdrawn_without_note(("status",))
    claims = {claim.id for _, claim in _claims(brief)}
    for index, change in enumerate(brief.changes):
        if change.kind not in MAY_NAME_WHAT_IS_GONE:
            yield from _noted(("changes", index, "claims"), "claim", change.claims, claims)
            yield from _noted(("changes", index, "sources"), "source", change.sources, brief.sources)


def _noted(at: Path, what: str, named: Iterable[str], known: Iterable[str]) -> Iterator[Problem]:
    for index, name in enumerate(named):
        if name not in known:
            yield rules.unknown_noted((*at, index), what, name, closest_match(name, known))


# Across files


def check_names(vocabulary: Vocabulary | None, briefs: Mapping[str, BriefContent]) -> Iterator[tuple[str, Problem]]:
    """Problems between briefs, and between briefs and the vocabulary, as (slug, problem). Without a valid vocabulary
    sections and reserved words of sections are not checked."""
    taken = {normalize(word): "a word of the command" for word in RESERVED}
    if vocabulary is not None:
        for key, phrase in _section_phrases(vocabulary):
            taken.setdefault(normalize(phrase), f"the section {key}")
    owners = {normalize(slug): slug for slug in briefs}
    for slug, brief in briefs.items():
        if meaning := taken.get(normalize(slug)):
            yield slug, rules.reserved_word((), slug, meaning)
        yield from ((slug, problem) for problem in _aliases(slug, brief.aliases, taken, owners))
        if vocabulary is not None:
            yield from ((slug, problem) for problem in _unknown_sections(brief, vocabulary))


def _aliases(slug: str, aliases: Iterable[str], taken: Mapping[str, str], owners: dict[str, str]) -> Iterator[Problem]:
    """`owners` is who has a phrase already; it learns the aliases of this brief."""
    for index, alias in enumerate(aliases):
        phrase, at = normalize(alias), ("aliases", index)
        if meaning := taken.get(phrase):
            yield rules.reserved_word(at, alias, meaning)
        if owner := owners.get(phrase):
            yield rules.duplicate_alias(at, alias, "this brief" if owner == slug else owner)
        owners.setdefault(phrase, slug)


def _unknown_sections(brief: BriefContent, vocabulary: Vocabulary) -> Iterator[Problem]:
    for key in brief.sections:
        if key not in vocabulary.sections:
            known = ", ".join(vocabulary.sections)
            yield rules.unknown_section(("sections", Key(key)), key, closest_match(key, vocabulary.sections), known)


def _section_phrases(vocabulary: Vocabulary) -> Iterator[tuple[str, str]]:
    for key, section in vocabulary.sections.items():
        yield from ((key, phrase) for phrase in (key, *section.aliases))


def check_vocabulary(vocabulary: Vocabulary, briefs: Mapping[str, BriefContent]) -> Iterator[Problem]:
    """Problems in `_store.yaml` itself."""
    owner: dict[str, str] = {}
    for key, section in vocabulary.sections.items():
        for at, phrase in ((("sections", Key(key)), key), *_alias_places(key, section.aliases)):
            if normalize(phrase) in RESERVED:
                yield rules.reserved_word(at, phrase, "a word of the command")
            if owner.setdefault(normalize(phrase), key) != key:
                yield rules.reserved_word(at, phrase, f"the section {owner[normalize(phrase)]}")
    lead = vocabulary.lead
    if lead is not None and (lead not in briefs or briefs[lead].status != "published"):
        reason = "is not published" if lead in briefs else "does not exist, or its file is broken"
        yield rules.bad_lead(("lead",), lead, reason)


def _alias_places(key: str, aliases: Iterable[str]) -> Iterator[tuple[Path, str]]:
    yield from ((("sections", key, "aliases", index), alias) for index, alias in enumerate(aliases))


# Between versions


def check_notes(before: BriefContent, after: BriefContent) -> Iterator[Problem]:
    """Claims and sources that more than one new note names, at the second of them."""
    named: set[tuple[str, str]] = set()
    for note in new_notes(before, after):
        at: Path = ("changes", after.changes.index(note))
        for what, key, names in (("claim", "claims", note.claims), ("source", "sources", note.sources)):
            for index, name in enumerate(names):
                if (what, name) in named:
                    yield rules.noted_twice((*at, key, index), what, name)
            named |= {(what, name) for name in names}
