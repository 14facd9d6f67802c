"""`briefbot diff`: prints what readers would be told about the changes between two states of the briefs."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from bot.cli import diff_formats
from bot.cli.diff_formats import Comparison
from bot.cli.diff_states import states
from bot.cli.diff_versions import Versions, read
from bot.cli.formats import DiffFormat
from bot.cli.output import diagnostic_line, print_text
from bot.content.loader import LoadResult, diagnostics
from bot.core.briefs.brief import Brief
from bot.core.changes.announcement import announce
from bot.core.changes.change_set import ChangeSet
from bot.core.changes.diff import diff_corpora
from bot.core.changes.rename import renames
from bot.core.linting.diagnostic import Diagnostic, is_error
from bot.core.linting.gate import STORE, reason_to_hold
from bot.core.linting.version_checks import check_aliases, check_change_set, check_gone, check_section_names
from bot.render.changes.silent_changes import rename_line, silent_lines, unseen_line, vocabulary_line
from bot.settings import Settings

Briefs = Mapping[str, Brief]


def diff(old: Path | None, new: Path | None, format: DiffFormat, settings: Settings) -> int:
    """Prints what readers will be told and not told of the changes between two directories, two files of one brief, or
    two revisions, and problems to stderr. Without NEW the working tree is the newer state, without OLD it is compared
    with HEAD. A brief that is broken in NEW, or that the gate refuses, counts as unchanged; one that is broken in OLD
    is not compared. Returns 1 if there is an error in NEW that OLD lacks. Raises: SettingsError for what cannot be
    found or compared."""
    with TemporaryDirectory() as scratch:
        versions = read(*states(old, new, settings.briefs, Path(scratch)))
        renamed = renames(_published(versions.briefs_before), _published(versions.briefs_after))
        comparison = _compare(versions, renamed)
        problems = sorted({*_errors(versions), *_between(versions, comparison.change_sets, renamed)})
        not_compared = [*_not_compared(versions)]
    for each in (*not_compared, *problems):
        print_text(diagnostic_line(each), to_stderr=True)
    print_text(diff_formats.FORMATS[format](comparison, settings.command))
    return 1 if any(map(is_error, problems)) else 0


def _compare(versions: Versions, renamed: Mapping[str, str]) -> Comparison:
    old, new = _comparable(versions)
    vocabulary = versions.vocabularies[1]
    sets = diff_corpora(_under_new_names(old, renamed), new, vocabulary)
    on = datetime.now(UTC).date()
    posts = [announce(each, vocabulary, on=on) for each in sets if not each.is_silent]
    silent = [rename_line(*each) for each in renamed.items()]
    silent += [*_silent(sets, versions, renamed), *filter(None, [vocabulary_line(*versions.vocabularies)])]
    held = reason_to_hold(versions.briefs_before, versions.briefs_after)
    return Comparison(sets, posts, silent, renamed, held)


def _comparable(versions: Versions) -> tuple[Briefs, Briefs]:
    """The older and the newer briefs, without those that are broken in the older state."""
    old, new = versions.briefs_before, versions.briefs_after
    return old, {slug: brief for slug, brief in new.items() if slug in old or slug not in versions.before}


def _published(briefs: Briefs) -> dict[str, Brief]:
    return {slug: brief for slug, brief in briefs.items() if brief.status != "draft"}


def _under_new_names(briefs: Briefs, renamed: Mapping[str, str]) -> dict[str, Brief]:
    names = {slug: renamed.get(slug, slug) for slug in briefs}
    return {
        names[slug]: replace(brief, slug=names[slug]) if slug in renamed else brief for slug, brief in briefs.items()
    }


# What readers are not told


def _silent(sets: Iterable[ChangeSet], versions: Versions, renamed: Mapping[str, str]) -> Iterator[str]:
    by_slug = {each.slug: each for each in sets}
    for slug in sorted({*versions.before, *versions.after} - {*renamed}):
        old, new = versions.before.get(slug), versions.after.get(slug)
        if change_set := by_slug.get(slug):
            yield from silent_lines(change_set)
        elif slug not in renamed.values() and _differ(old, new):
            yield unseen_line(slug, old.value if old else None, new.value if new else None)


def _differ(old: LoadResult[Brief] | None, new: LoadResult[Brief] | None) -> bool:
    """Whether a file differs, and neither version is broken."""
    is_valid = all(loaded is None or loaded.value for loaded in (old, new))
    return is_valid and (old and old.text) != (new and new.text)


# Problems


def _errors(versions: Versions) -> Iterator[Diagnostic]:
    """The errors in NEW, of files by themselves and between them, without those that OLD has as well."""
    before, after = versions.stores
    errors = [*_own_errors(versions.after.values()), *_own_errors(filter(None, [after]))]
    known = {*map(_content, (*_own_errors(versions.before.values()), *_own_errors(filter(None, [before]))))}
    yield from versions.new.located(each for each in errors if _content(each) not in known)
    for slug, problems in versions.problems.items():
        yield from versions.located(slug, filter(is_error, problems))


def _own_errors(files: Iterable[LoadResult[Any]]) -> list[Diagnostic]:
    broken = (loaded for loaded in files if any(map(is_error, loaded.problems)))
    return [each for loaded in broken for each in diagnostics(loaded) if is_error(each)]


def _content(problem: Diagnostic) -> tuple[str, str, str]:
    return Path(problem.path).name, problem.code, problem.message


def _not_compared(versions: Versions) -> Iterable[Diagnostic]:
    errors = _own_errors(versions.before.values())
    return versions.old.located(replace(each, hint="this brief is not compared") for each in errors)


def _between(versions: Versions, sets: Iterable[ChangeSet], renamed: Mapping[str, str]) -> Iterator[Diagnostic]:
    """The problems that depend on the version before."""
    for each in sets:
        if each.slug in versions.after:
            yield from versions.located(each.slug, check_change_set(each))
    old, new = versions.briefs_before, versions.briefs_after
    for slug, problem in (*check_gone(old, new, renamed), *check_aliases(old, new, renamed)):
        yield from versions.located(slug, [problem])
    yield from versions.located(STORE, check_section_names(*versions.vocabularies))
