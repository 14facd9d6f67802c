"""Checks the rules B5xx: what changed between two versions of the briefs without anybody saying so."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from bot.core.briefs.brief import Brief, ChangeNote, Claim
from bot.core.briefs.vocabulary import Vocabulary
from bot.core.changes.change_notes import is_general, names, new_notes, withdrawal_note
from bot.core.changes.change_set import Change, ChangeSet
from bot.core.changes.claim_matching import has_same_words, is_same_statement
from bot.core.changes.diff import diff_brief
from bot.core.changes.fact_changes import edited_quotations, touched_facts
from bot.core.changes.facts import FactChange, phrase
from bot.core.commands.name_index import normalize
from bot.core.linting import note_rules, version_rules
from bot.core.linting.checks import check_notes
from bot.core.linting.diagnostic import START, Path, Problem

NO_PART_OF_A_RENAME = frozenset({"aliases", "changes"})
"""Fields that may differ in a rename."""

TELL_OF_MISTAKES = frozenset({"correction", "withdrawal"})
NEEDS_NOTE = frozenset({"figure", "date", "name", "negation"})

Briefs = Mapping[str, Brief]
"""Briefs by slug, drafts included."""


# Across briefs


def check_gone(before: Briefs, after: Briefs, renamed: Mapping[str, str]) -> Iterator[tuple[str, Problem]]:
    """(old slug, problem) of briefs that readers had and that nothing replaces. `renamed` is the new slug of each brief
    that says the same under another name, by its old one."""
    phrases = _phrases(after)
    new = {slug: brief for slug, brief in after.items() if slug not in before and brief.status != "draft"}
    for slug, brief in before.items():
        if brief.status == "draft":
            continue
        if normalize(slug) in phrases:
            is_gone = brief.status == "published" and slug not in after and slug not in renamed
            if is_gone and (edits := _edited_in_rename(brief, new)):
                hint = "undo the edit and publish the new name first, or keep the old name; edit it afterwards"
                yield slug, version_rules.brief_gone(START, slug, edits, hint)
        elif slug in after:
            hint = "set its status to withdrawn, with a note that says why"
            yield slug, version_rules.brief_gone(("status",), slug, "is a draft again", hint)
        elif name := renamed.get(slug):
            hint = f'add "{slug}" to the aliases of {name}, or rename it back'
            yield slug, version_rules.brief_gone(START, slug, f'is called "{name}" now', hint)
        else:
            hint = "withdraw it with a note, or add its name to the aliases of the brief that replaces it"
            yield slug, version_rules.brief_gone(START, slug, "is gone", hint)


def _edited_in_rename(old: Brief, new: Briefs) -> str | None:
    """Why a new brief that has the old slug as alias, and most claims of the old brief, is no rename; None where no
    brief is like that."""
    for slug, brief in new.items():
        if normalize(old.slug) in map(normalize, brief.aliases) and _is_the_same_brief(old, brief):
            change_set = diff_brief(replace(old, slug=slug), brief)
            edits = [each for each in change_set.changes if each.id not in NO_PART_OF_A_RENAME] if change_set else []
            what = f"{_what(edits[0])} differs too" if edits else "it differs elsewhere too"
            return f"is gone: {slug} is no rename of it, as {what}"
    return None


def _is_the_same_brief(old: Brief, new: Brief) -> bool:
    before, after = ({claim.id for _, claim in brief.claims()} for brief in (old, new))
    return 2 * len(before & after) >= len(before)


def _what(change: Change) -> str:
    return change.id if change.what == "field" else f"the {change.what} {change.id}"


def check_aliases(before: Briefs, after: Briefs, renamed: Mapping[str, str]) -> Iterator[tuple[str, Problem]]:
    """(slug, problem) of aliases that no brief has any more: the newer slug, or the old one of a brief that another one
    replaces. `renamed` as in `check_gone`, which reports briefs that nothing replaces, and drafts."""
    phrases = _phrases(after)
    named = {slug for slug, brief in after.items() if brief.status != "draft"}
    for slug, brief in before.items():
        now = renamed.get(slug, slug)
        if brief.status != "draft" and (now in named or normalize(slug) in phrases):
            gone = (alias for alias in brief.aliases if normalize(alias) not in phrases)
            at = ("aliases",) if now in after else START
            yield from ((now, version_rules.alias_gone(at, alias, f"the brief {slug}")) for alias in gone)


def _phrases(briefs: Briefs) -> set[str]:
    named = (brief for brief in briefs.values() if brief.status != "draft")
    return {normalize(phrase) for brief in named for phrase in (brief.slug, *brief.aliases)}


def check_section_names(before: Vocabulary, after: Vocabulary) -> Iterator[Problem]:
    """The keys and aliases of sections, in `_store.yaml`, that name no section any more."""
    known = {normalize(name) for key, section in after.sections.items() for name in (key, *section.aliases)}
    for key, section in before.sections.items():
        at: Path = ("sections", key, "aliases") if key in after.sections else ("sections",)
        gone = (name for name in (key, *section.aliases) if normalize(name) not in known)
        yield from (version_rules.alias_gone(at, name, f"the section {key}") for name in gone)


# Within one brief


def check_change_set(change_set: ChangeSet) -> Iterator[Problem]:
    """The problems of what changed in one brief, at their places in the newer version; none if a version is missing."""
    before, after = change_set.before, change_set.after
    if before is None or after is None:
        return
    yield from check_notes(before, after)
    if after.status == "withdrawn":
        yield from _withdrawal(before, after)
        return
    if any(change.reinstates_brief for change in change_set.changes) and not change_set.announced_notes:
        yield note_rules.reinstated_without_note(("status",))
    paths = _paths(after)
    for change in change_set.changes:
        at = _path(change, paths)
        yield from _ids(change, at)
        yield from _editorial(change, at)
    visible = [change for change in change_set.announced if change.op in ("edited", "removed")]
    gone = defaultdict[Path, list[str]](list)
    for change in visible:
        at, covered = _path(change, paths), _is_covered(change, change_set.notes)
        yield from _edited(change, at, covered=covered)
        if isinstance(change.before, Claim) and change.after is None and not covered:
            gone[at].append(change.before.id)
    # One for all that have gone from a section: their places are gone with them.
    yield from (version_rules.removal_without_note(at, ids) for at, ids in gone.items())
    yield from _corrections(change_set)


def _withdrawal(before: Brief, after: Brief) -> Iterator[Problem]:
    """A brief that is withdrawn again keeps the note of its first withdrawal, which is no reason now."""
    note = withdrawal_note(after)
    if before.status == "published" and note is not None and note not in new_notes(before, after):
        yield note_rules.withdrawn_without_note(("status",))


def _paths(brief: Brief) -> dict[str, Path]:
    """The path of each claim, by id."""
    return {
        claim.id: ("sections", key, "claims", index)
        for key, section in brief.sections.items()
        for index, claim in enumerate(section.claims)
    }


def _path(change: Change, paths: Mapping[str, Path]) -> Path:
    """Where a change is in the newer version, or would be."""
    match change.what:
        case "claim":
            return paths.get(change.id, ("sections", change.section or "", "claims"))
        case "source":
            return ("sources", change.id)
        case _:
            return (change.id,)


def _ids(change: Change, at: Path) -> Iterator[Problem]:
    match change.before, change.after:
        case Claim() as old, Claim() as new if old.id != new.id and has_same_words(old, new):
            yield version_rules.claim_id_renamed((*at, "id"), old.id, new.id)
        case Claim() as old, Claim() as new if old.id == new.id and not is_same_statement(old, new):
            yield version_rules.claim_id_reused((*at, "text"), new.id)


def _editorial(change: Change, at: Path) -> Iterator[Problem]:
    if change.kind == "editorial" and (facts := [*touched_facts(change)]):
        yield version_rules.fact_edited(at, _phrases_of(facts))


def _phrases_of(facts: Iterable[FactChange]) -> str:
    return "; ".join(dict.fromkeys(map(phrase, facts)))


def _is_covered(change: Change, notes: Iterable[ChangeNote]) -> bool:
    return any(is_general(note) or names(note, change.what, change.ids) for note in notes)


def _edited(change: Change, at: Path, *, covered: bool) -> Iterator[Problem]:
    """What readers are told of without a reason, or without the admission that it was wrong."""
    match change.before, change.after:
        case Claim() as old, Claim() as new if change.kind not in TELL_OF_MISTAKES:
            if facts := [*edited_quotations(old, new)]:
                yield version_rules.quotation_edited(at, _phrases_of(facts), new.id)
    if not covered and (facts := [fact for fact in touched_facts(change) if fact.kind in NEEDS_NOTE]):
        yield version_rules.fact_changed_without_note(at, _phrases_of(facts))


# Correction notes


def _corrections(change_set: ChangeSet) -> Iterator[Problem]:
    notes = change_set.after.changes if change_set.after else ()
    for index, note in enumerate(notes):
        if note.kind == "correction" and note in change_set.notes:
            yield from _correction(note, ("changes", index), change_set)


def _correction(note: ChangeNote, at: Path, change_set: ChangeSet) -> Iterator[Problem]:
    if is_general(note):
        if not change_set.announced:
            yield version_rules.nothing_corrected(at, "every claim reads", "correct the claim, or remove the note")
        return
    claims, sources = _edited_ids(change_set, "claim"), _edited_ids(change_set, "source")
    cited = {key for change in change_set.announced for key in _cited(change)}
    about = {name for name in note.claims if sources & _sources_of(name, change_set.after)}
    for index, name in enumerate(note.claims):
        if name not in claims | about:
            yield version_rules.nothing_corrected(
                (*at, "claims", index), f'the claim "{name}" reads', _hint(change_set)
            )
    for index, name in enumerate(note.sources):
        if name not in sources | cited:
            where = (*at, "sources", index)
            yield version_rules.nothing_corrected(where, f'the source "{name}" reads', _hint(change_set))


def _edited_ids(change_set: ChangeSet, what: str) -> set[str]:
    """All ids of claims or of sources that read differently."""
    changes = (change for change in change_set.announced if change.what == what and change.op != "moved")
    return {id_ for change in changes for id_ in change.ids}


def _sources_of(claim_id: str, brief: Brief | None) -> set[str]:
    claims = brief.claims() if brief else ()
    return {item.source for _, claim in claims if claim.id == claim_id for item in claim.evidence}


def _cited(change: Change) -> set[str]:
    versions = (version for version in (change.before, change.after) if isinstance(version, Claim))
    return {item.source for claim in versions for item in claim.evidence}


def _hint(change_set: ChangeSet) -> str:
    edited = {change.id for change in change_set.announced if change.what == "claim" and change.op == "edited"}
    named = {name for note in change_set.notes for name in note.claims}
    unnamed = ", ".join(sorted(edited - named))
    return f"name what was corrected: {unnamed}" if unnamed else "remove it from the note, or correct it"
