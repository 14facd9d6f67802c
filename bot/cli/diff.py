"""`briefbot diff`: prints what readers would be told about the changes between two states of the briefs."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from bot.cli import check, diff_formats
from bot.cli.diff_formats import Comparison
from bot.cli.diff_states import State, states
from bot.cli.formats import DiffFormat
from bot.cli.output import diagnostic_line, print_text
from bot.content.loader import STORE_FILE, LoadResult, diagnostics, load_brief, load_vocabulary
from bot.content.repository import brief_files
from bot.core.briefs.brief import NO_VOCABULARY, Brief, Vocabulary
from bot.core.changes.announcement import announce
from bot.core.changes.change_set import ChangeSet
from bot.core.changes.diff import diff_corpora
from bot.core.changes.rename import renames
from bot.core.linting.diagnostic import Diagnostic, Problem, is_error
from bot.core.linting.version_checks import check_aliases, check_change_set, check_gone, check_section_names
from bot.render.changes.silent_changes import rename_line, silent_lines, unseen_line, vocabulary_line
from bot.settings import Settings

Files = Mapping[str, LoadResult[Brief]]
"""Brief files by slug."""

Briefs = Mapping[str, Brief]


def diff(old: Path | None, new: Path | None, format: DiffFormat, settings: Settings) -> int:
    """Prints what readers will be told and not told of the changes between two directories, two files of one brief, or
    two revisions, and problems to stderr. Without NEW the working tree is the newer state, without OLD it is compared
    with HEAD. A brief that is broken in NEW counts as unchanged; one that is broken in OLD is not compared. Returns 1
    if there is an error in NEW that OLD lacks. Raises: SettingsError for what cannot be found or compared."""
    with TemporaryDirectory() as scratch:
        before, after = states(old, new, settings.briefs, Path(scratch))
        comparison, not_compared, problems = _compare(before, after)
    for each in (*not_compared, *problems):
        print_text(diagnostic_line(each), to_stderr=True)
    print_text(diff_formats.FORMATS[format](comparison, settings.command))
    return 1 if any(map(is_error, problems)) else 0


def _compare(old: State, new: State) -> tuple[Comparison, list[Diagnostic], list[Diagnostic]]:
    """What differs, why briefs are not compared, and the problems in the order of paths."""
    before, after = _files(old), _files(new)
    vocabulary = _vocabulary(new).value or NO_VOCABULARY
    old_briefs, new_briefs = _comparable(before, after)
    renamed = renames(_published(old_briefs), _published(new_briefs))
    sets = diff_corpora(_under_new_names(old_briefs, renamed), new_briefs, vocabulary)
    on = datetime.now(UTC).date()
    posts = [announce(each, vocabulary, on=on) for each in sets if not each.is_silent]
    silent = [rename_line(*each) for each in renamed.items()]
    silent += [*_silent(sets, before, after, renamed), *_silent_settings(old, new)]
    problems = {*_errors(old, new), *_between(old, new, sets, before, after, renamed)}
    return Comparison(sets, posts, silent, renamed), [*_not_compared(old, before)], sorted(problems)


# Reading


def _files(state: State) -> Files:
    paths = brief_files(state.path) if state.path.is_dir() else [state.path]
    return {each.stem: load_brief(each) for each in paths}


def _vocabulary(state: State) -> LoadResult[Vocabulary]:
    return load_vocabulary(state.directory / STORE_FILE)


def _comparable(before: Files, after: Files) -> tuple[Briefs, Briefs]:
    old = {slug: loaded.value for slug, loaded in before.items() if loaded.value}
    new = _valid(old, after)
    return old, {slug: brief for slug, brief in new.items() if slug in old or slug not in before}


def _valid(old: Briefs, after: Files) -> dict[str, Brief]:
    """The newer briefs; of a broken file the older one."""
    return {slug: brief for slug, loaded in after.items() if (brief := loaded.value or old.get(slug))}


def _published(briefs: Briefs) -> dict[str, Brief]:
    return {slug: brief for slug, brief in briefs.items() if brief.status != "draft"}


def _under_new_names(briefs: Briefs, renamed: Mapping[str, str]) -> dict[str, Brief]:
    names = {slug: renamed.get(slug, slug) for slug in briefs}
    return {
        names[slug]: replace(brief, slug=names[slug]) if slug in renamed else brief for slug, brief in briefs.items()
    }


# What readers are not told


def _silent(sets: Iterable[ChangeSet], before: Files, after: Files, renamed: Mapping[str, str]) -> Iterator[str]:
    by_slug = {each.slug: each for each in sets}
    for slug in sorted({*before, *after} - {*renamed}):
        old, new = before.get(slug), after.get(slug)
        if change_set := by_slug.get(slug):
            yield from silent_lines(change_set)
        elif slug not in renamed.values() and _differ(old, new):
            yield unseen_line(slug, old.value if old else None, new.value if new else None)


def _differ(old: LoadResult[Brief] | None, new: LoadResult[Brief] | None) -> bool:
    """Whether a file differs, and neither version is broken."""
    is_valid = all(loaded is None or loaded.value for loaded in (old, new))
    return is_valid and (old and old.text) != (new and new.text)


def _silent_settings(old: State, new: State) -> Iterator[str]:
    before, after = _vocabulary(old).value, _vocabulary(new).value
    if before and after and (line := vocabulary_line(before, after)):
        yield line


# Problems


def _errors(old: State, new: State) -> Iterable[Diagnostic]:
    """The errors in NEW, without those that OLD has as well."""
    errors = [*filter(is_error, check.diagnostics([new.path]))]
    known = {_content(each) for each in check.diagnostics([old.path])} if errors else set()
    return new.located(each for each in errors if _content(each) not in known)


def _content(problem: Diagnostic) -> tuple[str, str, str]:
    return Path(problem.path).name, problem.code, problem.message


def _not_compared(old: State, before: Files) -> Iterable[Diagnostic]:
    broken = (each for loaded in before.values() if loaded.value is None for each in diagnostics(loaded))
    return old.located(replace(each, hint="this brief is not compared") for each in broken if is_error(each))


def _between(
    old: State, new: State, sets: Iterable[ChangeSet], before: Files, after: Files, renamed: Mapping[str, str]
) -> Iterator[Diagnostic]:
    """The problems that depend on the version before."""
    for each in sets:
        if each.slug in after:
            yield from new.located(_at(after[each.slug], check_change_set(each)))
    old_briefs = {slug: loaded.value for slug, loaded in before.items() if loaded.value}
    new_briefs = _valid(old_briefs, after)
    for slug, problem in (
        *check_gone(old_briefs, new_briefs, renamed),
        *check_aliases(old_briefs, new_briefs, renamed),
    ):
        # What is gone stands at its old place.
        state, file = (new, after[slug]) if slug in after else (old, before[slug])
        yield from state.located(_at(file, [problem]))
    vocabularies = _vocabulary(old), _vocabulary(new)
    if new.path.is_dir() and vocabularies[0].value and vocabularies[1].value:
        names = check_section_names(vocabularies[0].value, vocabularies[1].value)
        yield from new.located(_at(vocabularies[1], names))


def _at(file: LoadResult[Brief] | LoadResult[Vocabulary], problems: Iterable[Problem]) -> list[Diagnostic]:
    return diagnostics(replace(file, problems=()), problems)
