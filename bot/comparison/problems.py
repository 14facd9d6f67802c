"""The problems of the newer of two states of the briefs."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

from bot.comparison.comparison import Comparison
from bot.comparison.versions import Versions
from bot.content.loader import LoadResult, diagnostics
from bot.core.linting.diagnostic import Diagnostic, is_error
from bot.core.linting.gate import STORE
from bot.core.linting.version_checks import check_aliases, check_change_set, check_gone, check_section_names


def new_problems(versions: Versions, comparison: Comparison) -> list[Diagnostic]:
    """The errors that the older state lacks, of files by themselves and between them, and all that depends on the
    version before, in the order of files and lines."""
    return sorted({*_errors(versions), *between_versions(versions, comparison)})


def _errors(versions: Versions) -> Iterator[Diagnostic]:
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


def not_compared(versions: Versions) -> Iterable[Diagnostic]:
    """The errors of briefs that are broken in the older state."""
    errors = _own_errors(versions.before.values())
    return versions.old.located(replace(each, hint="this brief is not compared") for each in errors)


def between_versions(versions: Versions, comparison: Comparison) -> Iterator[Diagnostic]:
    """The problems that depend on the version before."""
    for each in comparison.change_sets:
        if each.slug in versions.after:
            yield from versions.located(each.slug, check_change_set(each))
    old, new, renamed = versions.briefs_before, versions.briefs_after, comparison.renamed
    for slug, problem in (*check_gone(old, new, renamed), *check_aliases(old, new, renamed)):
        yield from versions.located(slug, [problem])
    yield from versions.located(STORE, check_section_names(*versions.vocabularies))
