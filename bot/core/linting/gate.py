"""The gate: what of the brief files readers may see. A file that clashes with others keeps its published version."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from bot.core.briefs.brief import Brief
from bot.core.briefs.vocabulary import NO_VOCABULARY, Vocabulary
from bot.core.changes.rename import renames
from bot.core.linting import brief_rules, checks, version_rules
from bot.core.linting.diagnostic import START, FilePosition, Key, Path, Problem
from bot.core.spelling import closest_match

STORE = "_store"
"""Stands for the vocabulary among slugs, none of which begins with `_`."""

UNKNOWN_SECTION = "B206"

Problems = Mapping[str, tuple[Problem, ...]]


@dataclass(frozen=True, slots=True)
class Content:
    """Briefs by slug, and the vocabulary that names their sections."""

    briefs: Mapping[str, Brief] = field(default_factory=dict)
    vocabulary: Vocabulary = NO_VOCABULARY


@dataclass(frozen=True, slots=True)
class Admission:
    """`content` is what readers may see. `problems` between files, by the slug of the file at fault (`STORE` for the
    vocabulary). `waiting` are changed briefs that clash only with files that are away for the moment."""

    content: Content
    problems: Problems = field(default_factory=dict)
    waiting: frozenset[str] = frozenset()


def admit(published: Content, files: Content, absent: Collection[str] = ()) -> Admission:
    """What readers may see of `files`, each valid in itself; where a file is broken or `absent`, `files` has its
    published brief. An error between two files falls on the one that has changed: its published version stays. So does
    the published vocabulary where `files` has none."""
    changed = {slug for slug, brief in files.briefs.items() if published.briefs.get(slug) is not brief}
    waiting = _waiting(published, files, changed, absent)
    is_store_gone = files.vocabulary == NO_VOCABULARY != published.vocabulary
    refused: dict[str, tuple[Problem, ...]] = {}
    if is_store_gone:
        refused[STORE] = (version_rules.store_gone(START),)
    vocabulary = published.vocabulary if is_store_gone else files.vocabulary
    while True:
        as_published = {*waiting, *refused}
        content = Content(_candidates(published, files, changed, as_published), vocabulary)
        candidates = changed - as_published
        problems = find_problems(content, candidates)
        new = _at_fault(problems, candidates, published, content)
        if not new:
            return Admission(content, {**problems, **refused}, waiting)
        if STORE in new:
            # What clashed with the refused vocabulary alone has another chance.
            vocabulary, refused = published.vocabulary, {STORE: new[STORE]}
        else:
            refused |= new


def find_problems(content: Content, changed: Collection[str] = ()) -> Problems:
    """The problems between files, by slug, and those of the vocabulary with them; `changed` as in `check_names`."""
    vocabulary = None if content.vocabulary == NO_VOCABULARY else content.vocabulary
    by_slug = defaultdict[str, list[Problem]](list)
    for slug, problem in checks.check_names(vocabulary, content.briefs, changed):
        by_slug[slug].append(problem)
    if vocabulary and (problems := list(checks.check_vocabulary(vocabulary, content.briefs))):
        by_slug[STORE] = problems
    return {slug: tuple(problems) for slug, problems in by_slug.items()}


def _candidates(
    published: Content, files: Content, changed: Collection[str], as_published: Collection[str]
) -> dict[str, Brief]:
    """The briefs, by slug, of which those in `as_published` are as published."""
    before = {slug: published.briefs[slug] for slug in sorted(as_published) if slug in published.briefs}
    unchanged = {slug: brief for slug, brief in sorted(files.briefs.items()) if slug not in changed}
    after = {slug: files.briefs[slug] for slug in sorted(changed) if slug not in as_published}
    return {**unchanged, **before, **after}


def _at_fault(
    problems: Problems, changed: Collection[str], published: Content, content: Content
) -> dict[str, tuple[Problem, ...]]:
    """The problems of the changed files among all of them; the vocabulary's, if it has changed, with what unchanged
    briefs have against it."""
    new = {slug: each for slug, each in problems.items() if slug in changed}
    if content.vocabulary != published.vocabulary:
        before = find_problems(replace(content, vocabulary=published.vocabulary), changed)
        known = {problem for each in before.values() for problem in each}
        others = ((slug, each) for slug, problems in problems.items() if slug not in changed for each in problems)
        if mine := tuple(_of_vocabulary([(slug, each) for slug, each in others if each not in known], content)):
            new[STORE] = mine
    return new


def _of_vocabulary(problems: Sequence[tuple[str, Problem]], content: Content) -> Iterator[Problem]:
    """The problems of briefs as those of the vocabulary that brought them about: one for each section that is gone."""
    for slug, problem in problems:
        if slug == STORE:
            yield problem
        elif problem.code != UNKNOWN_SECTION:
            yield replace(problem, at=START, message=f"{slug}.yaml: {problem.message}")
    yield from _missing_sections(_users(problems), content.vocabulary)


def _users(problems: Iterable[tuple[str, Problem]]) -> dict[str, list[str]]:
    """The slugs of the briefs by the section that they use and that is not there."""
    users = defaultdict[str, list[str]](list)
    for slug, problem in problems:
        if problem.code == UNKNOWN_SECTION and not isinstance(problem.at, FilePosition):
            users[str(problem.at[-1])].append(slug)
    return users


def _missing_sections(users: Mapping[str, Sequence[str]], vocabulary: Vocabulary) -> Iterator[Problem]:
    for key, slugs in users.items():
        nearest = closest_match(key, vocabulary.sections)
        at: Path = ("sections", Key(nearest)) if nearest else (Key("sections"),)
        yield brief_rules.missing_section(at, key, slugs, nearest)


def blame_vocabulary(problems: Problems, vocabulary: Vocabulary, changed: Collection[str]) -> Problems:
    """The problems between files where nothing is known of earlier versions but which files changed: a section that is
    missing is a problem of the vocabulary, if this has changed and the brief has not, or if several such briefs use
    it."""
    pairs = ((slug, each) for slug, every in problems.items() if slug not in changed for each in every)
    users = {key: slugs for key, slugs in _users(pairs).items() if STORE in changed or len(slugs) > 1}
    others = {
        slug: tuple(each for each in every if slug in changed or not (users.keys() & {*_users([(slug, each)])}))
        for slug, every in problems.items()
    }
    gone = tuple(_missing_sections(users, vocabulary))
    return {**others, STORE: (*others.get(STORE, ()), *gone)} if gone else problems


def _waiting(published: Content, files: Content, changed: Collection[str], absent: Collection[str]) -> frozenset[str]:
    """Changed briefs that clash with absent ones, or that may be absent ones under another name."""
    if not absent:
        return frozenset()
    there = {slug: brief for slug, brief in files.briefs.items() if slug not in absent}
    without = find_problems(Content(there, files.vocabulary), changed)
    problems = find_problems(files, changed)
    renamed = renames(published.briefs, there).values()
    return frozenset({slug for slug in problems if slug in changed and slug not in without}.union(renamed))


def reason_to_hold(published: Mapping[str, Brief], admitted: Mapping[str, Brief]) -> str | None:
    """Why nothing may change, in words: most of what readers see would go, which nobody means; None where little goes.
    Withdrawn briefs have a note that says that it is meant, and renamed ones are still there."""
    visible = {slug for slug, brief in published.items() if brief.status == "published"}
    gone = visible - admitted.keys() - renames(published, admitted).keys()
    if not gone or (len(gone) < len(visible) and (len(gone) == 1 or 2 * len(gone) <= len(visible))):
        return None
    return f"{len(gone)} of {len(visible)} published briefs are gone from the files"
