"""Checks the rules B2xx to B4xx, in one brief, across all of them, and between two versions of one."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import date
from itertools import chain, groupby, pairwise
from typing import NamedTuple

from bot.core.briefs.brief import SOURCE_KEYS, UNCITED_STANDINGS, BriefContent, Claim
from bot.core.briefs.vocabulary import Vocabulary
from bot.core.changes.change_notes import new_notes, withdrawal_note
from bot.core.commands.name_index import normalize
from bot.core.commands.reserved_words import RESERVED
from bot.core.linting import brief_rules, note_rules, schema_rules
from bot.core.linting.arrangement import check_arrangement
from bot.core.linting.content_checks import check_content, check_dates
from bot.core.linting.diagnostic import Key, Path, Problem
from bot.core.linting.readers_words import check_words
from bot.core.linting.room import check_room
from bot.core.linting.suppression import unsuppressed
from bot.core.linting.texts import check_texts
from bot.core.linting.typography import check_typography
from bot.core.linting.wording import check_wording
from bot.core.spelling import closest_match

NOTE_REQUIRED = frozenset({"partly", "disputed", "reading", "unverified"})
MAY_NAME_WHAT_IS_GONE = frozenset({"correction", "withdrawal"})
ONE_SOURCE_MIN_CLAIMS = 3


def check(brief: BriefContent, today: date | None = None, more: Iterable[Problem] = ()) -> Iterator[Problem]:
    """The problems within one brief that it does not suppress, in the order of the checks, not of the file. `today`, a
    day in UTC, is for warnings alone: dates to come, suppressions that are past or unused. None leaves these out.
    `more` are problems of the brief that do not stand in its file alone."""
    problems = chain(_problems(brief, today), more)
    return unsuppressed(problems, brief, today) if brief.lint_ignore else problems


def _problems(brief: BriefContent, today: date | None) -> Iterator[Problem]:
    yield from check_texts(brief)
    yield from check_typography(brief)
    seen: set[str] = set()
    for at, claim in _claims_with_paths(brief):
        if claim.id in seen:
            yield brief_rules.duplicate_claim((*at, "id"), claim.id)
        seen.add(claim.id)
        yield from _evidence(at, claim, brief)
    yield from _sections(brief)
    yield from check_arrangement(brief)
    # A draft is where sources wait to be looked up and cited.
    if brief.status != "draft":
        yield from _uncited(brief)
        yield from _incomplete(brief)
    yield from check_room(brief)
    yield from _changes(brief)
    # Without a date where the schema refused it: such files are checked too, to name all problems at once.
    if brief.review_by and brief.as_of and brief.review_by < brief.as_of:
        yield note_rules.review_before_as_of(("review_by",))
    yield from check_content(brief)
    yield from check_words(brief)
    yield from check_wording(brief)
    if today:
        yield from check_dates(brief, today)


def _claims_with_paths(brief: BriefContent) -> Iterator[tuple[Path, Claim]]:
    for key, section in brief.sections.items():
        for index, claim in enumerate(section.claims):
            yield ("sections", key, "claims", index), claim


def _evidence(at: Path, claim: Claim, brief: BriefContent) -> Iterator[Problem]:
    if not claim.evidence and claim.standing not in UNCITED_STANDINGS:
        yield brief_rules.no_evidence(at, claim.standing)
    elif claim.note is None and not claim.evidence:
        yield brief_rules.no_note(at, "a claim without evidence")
    elif claim.note is None and claim.standing in NOTE_REQUIRED:
        yield brief_rules.no_note(at, f"a claim that is {claim.standing}")
    if claim.standing == "supported" and claim.evidence and not (claim.note or any(e.quote for e in claim.evidence)):
        yield brief_rules.no_quote(at)
    seen = set()
    for index, item in enumerate(claim.evidence):
        path = (*at, "evidence", index)
        if item.source not in brief.sources:
            yield brief_rules.unknown_source((*path, "source"), item.source, closest_match(item.source, brief.sources))
        if (item.source, item.quote) in seen:
            yield brief_rules.repeated_evidence(path, item.source)
        seen.add((item.source, item.quote))


def _sections(brief: BriefContent) -> Iterator[Problem]:
    for key, section in brief.sections.items():
        cited = {item.source for claim in section.claims for item in claim.evidence}
        if len(section.claims) >= ONE_SOURCE_MIN_CLAIMS and len(cited) == 1:
            yield brief_rules.one_source(("sections", Key(key)), key)


def _uncited(brief: BriefContent) -> Iterator[Problem]:
    cited = {item.source for _, claim in brief.claims() for item in claim.evidence}
    for source in brief.sources:
        if source not in cited:
            yield brief_rules.uncited_source(("sources", Key(source)), source)


def _incomplete(brief: BriefContent) -> Iterator[Problem]:
    for name, source in brief.sources.items():
        for key in SOURCE_KEYS:
            if not getattr(source, key):
                yield schema_rules.missing_key(("sources", name, key), key)


def _changes(brief: BriefContent) -> Iterator[Problem]:
    for index, (upper, lower) in enumerate(pairwise(brief.changes)):
        if upper.date and lower.date and lower.date > upper.date:
            yield note_rules.notes_out_of_order(("changes", index + 1))
    if brief.status == "withdrawn" and withdrawal_note(brief) is None:
        yield note_rules.withdrawn_without_note(("status",))
    claims = {claim.id for _, claim in brief.claims()}
    for index, change in enumerate(brief.changes):
        if change.kind not in MAY_NAME_WHAT_IS_GONE:
            yield from _unknown_names(("changes", index, "claims"), "claim", change.claims, claims)
            yield from _unknown_names(("changes", index, "sources"), "source", change.sources, brief.sources)


def _unknown_names(at: Path, what: str, names: Iterable[str], known: Iterable[str]) -> Iterator[Problem]:
    for index, name in enumerate(names):
        if name not in known:
            yield brief_rules.unknown_name_in_note((*at, index), what, name, closest_match(name, known))


# Across files


def check_names(
    vocabulary: Vocabulary | None, briefs: Mapping[str, BriefContent], changed: Collection[str] = ()
) -> Iterator[tuple[str, Problem]]:
    """(slug, problem) of names that collide between briefs or with the vocabulary. Of two briefs with one name the one
    in `changed` (slugs) has the problem; else the one that has it as an alias and not as its slug; else the later one.
    Without a valid vocabulary (None) section keys, and names that are those of sections, are not checked."""
    reserved = {normalize(word): "a word of the command" for word in RESERVED}
    if vocabulary is not None:
        for key, phrase in _section_phrases(vocabulary):
            reserved.setdefault(normalize(phrase), f"the section {key}")
    shared = frozenset(map(normalize, vocabulary.shared_aliases)) if vocabulary is not None else frozenset()
    owners: dict[str, _Name] = {}
    for name in _names(briefs, changed):
        phrase = normalize(name.text)
        if phrase in reserved or phrase in owners:
            yield from ((name.slug, each) for each in _clashes(name, reserved.get(phrase), owners.get(phrase), shared))
        if phrase in shared:
            # The latest owner, so that a brief that has it twice is noticed.
            owners[phrase] = name
        else:
            owners.setdefault(phrase, name)
    if vocabulary is not None:
        for slug, brief in briefs.items():
            yield from ((slug, problem) for problem in _unknown_sections(brief, vocabulary))


class _Name(NamedTuple):
    """A slug or an alias of the brief `slug`; `at` is empty for the slug itself."""

    slug: str
    at: Path
    text: str


def _names(briefs: Mapping[str, BriefContent], changed: Collection[str]) -> Iterator[_Name]:
    """All names, in the order in which they are taken."""
    by_change = sorted(briefs, key=lambda slug: (slug in changed, slug))
    for _, slugs in groupby(by_change, key=lambda slug: slug in changed):
        group = list(slugs)
        yield from (_Name(slug, (), slug) for slug in group)
        for slug in group:
            yield from (_Name(slug, ("aliases", n), alias) for n, alias in enumerate(briefs[slug].aliases))


def _clashes(name: _Name, reserved: str | None, owner: _Name | None, shared: Collection[str]) -> Iterator[Problem]:
    """`reserved` is what the phrase means by itself, `owner` the name that has it already; `shared` are the phrases
    that may name several briefs."""
    if reserved:
        yield brief_rules.reserved_word(name.at, name.text, reserved)
    if owner and (owner.slug == name.slug or normalize(name.text) not in shared):
        other = "this brief" if owner.slug == name.slug else owner.slug
        yield brief_rules.duplicate_alias(name.at, name.text, other, _clash_hint(name, owner))


def _clash_hint(name: _Name, owner: _Name) -> str:
    if owner.slug == name.slug:
        return "remove one of the two" if owner.at else "remove it: a brief answers to the name of its file"
    if not name.at:
        return f"rename this file, or remove the alias from {owner.slug}"
    return "choose another alias, or remove it from one of the two" if owner.at else "choose another alias"


def _unknown_sections(brief: BriefContent, vocabulary: Vocabulary) -> Iterator[Problem]:
    for key in brief.sections:
        if key not in vocabulary.sections:
            known = ", ".join(vocabulary.sections)
            yield brief_rules.unknown_section(
                ("sections", Key(key)), key, closest_match(key, vocabulary.sections), known
            )


def _section_phrases(vocabulary: Vocabulary) -> Iterator[tuple[str, str]]:
    for key, section in vocabulary.sections.items():
        yield from ((key, phrase) for phrase in (key, *section.aliases))


def check_vocabulary(vocabulary: Vocabulary, briefs: Mapping[str, BriefContent]) -> Iterator[Problem]:
    """The problems of `_store.yaml`. `briefs` are the valid briefs by slug."""
    owner: dict[str, str] = {}
    for key, section in vocabulary.sections.items():
        for at, phrase in ((("sections", Key(key)), key), *_alias_paths(key, section.aliases)):
            if normalize(phrase) in RESERVED:
                yield brief_rules.reserved_word(at, phrase, "a word of the command")
            if owner.setdefault(normalize(phrase), key) != key:
                yield brief_rules.reserved_word(at, phrase, f"the section {owner[normalize(phrase)]}")
    lead = vocabulary.lead
    if lead is not None and (lead not in briefs or briefs[lead].status != "published"):
        reason = "is not published" if lead in briefs else "does not exist, or its file is broken"
        yield brief_rules.bad_lead(("lead",), lead, reason)


def _alias_paths(key: str, aliases: Iterable[str]) -> Iterator[tuple[Path, str]]:
    yield from ((("sections", key, "aliases", index), alias) for index, alias in enumerate(aliases))


# Between versions


def check_notes(before: BriefContent, after: BriefContent) -> Iterator[Problem]:
    """The claims and sources that several new notes name, at each note but the first, from top to bottom."""
    named: set[tuple[str, str]] = set()
    for note in new_notes(before, after):
        at: Path = ("changes", after.changes.index(note))
        for what, key, names in (("claim", "claims", note.claims), ("source", "sources", note.sources)):
            for index, name in enumerate(names):
                if (what, name) in named:
                    yield note_rules.named_by_two_notes((*at, key, index), what, name)
            named |= {(what, name) for name in names}
