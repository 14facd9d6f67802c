"""Reads one file: bytes, text, tree, typed value, rules. A problem at any step ends with diagnostics."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from hashlib import sha256
from pathlib import Path as FilePath
from typing import Any, Generic, TypeVar

from pydantic import TypeAdapter

from bot.content import file_text, raw_text, scalars, schema, yaml_tree
from bot.content.partial_model import build_partial
from bot.core.briefs.brief import ID_MAX, ID_PATTERN, Brief, BriefContent
from bot.core.briefs.canonical import BRIEF, VOCABULARY, named, revision
from bot.core.briefs.vocabulary import Vocabulary
from bot.core.evidence.lock import EvidenceLock
from bot.core.linting import checks, schema_rules, syntax_rules
from bot.core.linting.diagnostic import START, Diagnostic, FilePosition, Path, Problem, is_error
from bot.core.linting.quotes import check_quotes
from bot.core.linting.readers_words import check_equivalents
from bot.core.linting.texts import check_store_texts

T = TypeVar("T")

STORE_FILE = "_store.yaml"
"""Files that begin with `_` are never briefs."""

ERRORS_MAX = 50
"""Errors reported for one file. A file with nothing but problems must not hold up the process that reads it."""

PARSER_VERSION = 4
"""Raise it when the same bytes would give another brief, or would be rejected: it is part of `file_hash`."""

# Rules that read other parts of the file: a schema problem in such a part makes their problems worthless.
_DEPENDENCIES = {
    ("B202", "sections"),
    ("B208", "sections"),
    ("B208", "sources"),
    ("B224", "sections"),
    ("B401", "changes"),
    # What a draft may lack.
    ("B121", "status"),
}


# Rules that say what a brief lacks: in a file of which the schema rejects a part it may be there.
_OF_WHOLE_BRIEFS = frozenset({"B212", "B213", "B226", "B227"})


@dataclass(frozen=True, slots=True)
class LoadResult(Generic[T]):
    """The result of reading one file. `value` is None if a problem is an error; `text` is empty if the bytes could not
    be read or decoded."""

    path: FilePath
    value: T | None
    problems: tuple[Problem, ...]
    text: str = ""


def load_brief(path: FilePath, today: date | None = None, evidence: EvidenceLock | None = None) -> LoadResult[Brief]:
    """Reads and checks one brief file; `today` as in `checks.check`. `evidence`: what is known of its quotes. Raises
    nothing, whatever the file contains."""
    return brief_from(path, file_text.read(path), today, evidence)


def brief_from(
    path: FilePath, data: bytes | Problem, today: date | None = None, evidence: EvidenceLock | None = None
) -> LoadResult[Brief]:
    """Checks one brief file from its bytes, or from the problem that reading them gave."""
    file = _validated(path, data, BRIEF, today)
    problems = list(file.problems)
    slug = path.stem
    if not re.match(ID_PATTERN, slug) or len(slug) > ID_MAX:
        problems.append(schema_rules.bad_file_name(START, slug))
    if file.value is not None:
        of_quotes = check_quotes(slug, file.value, evidence) if evidence else ()
        problems.extend(first_errors(checks.check(file.value, today, of_quotes)))
    if file.value is None or any(p.severity == "error" for p in problems):
        return LoadResult(path, None, tuple(problems), file.text)
    return LoadResult(path, _named(slug, file.value), tuple(problems), file.text)


def load_vocabulary(path: FilePath) -> LoadResult[Vocabulary]:
    """Reads the vocabulary, `_store.yaml`. Raises nothing, whatever the file contains."""
    file = _validated(path, file_text.read(path), VOCABULARY)
    problems = file.problems
    if file.value is not None:
        problems = (*problems, *check_store_texts(file.value), *check_equivalents(file.value))
    return replace(file, value=None if any(map(is_error, problems)) else file.value, problems=problems)


def file_hash(slug: str, data: bytes) -> str:
    """64 hex digits over the slug, the bytes and the parser's version: the same hash means the same brief."""
    return sha256(f"{PARSER_VERSION}\n{slug}\n".encode() + data).hexdigest()


def _named(slug: str, brief: BriefContent) -> Brief:
    # Suppressions are for maintainers: with or without them it is the same brief.
    content = replace(brief, lint_ignore=()) if brief.lint_ignore else brief
    return named(slug, revision(content), content)


def _validated(
    path: FilePath,
    data: bytes | Problem,
    adapter: TypeAdapter[T],
    today: date | None = None,
) -> LoadResult[T]:
    if isinstance(data, Problem):
        return LoadResult(path, None, (data,))
    decoded = file_text.decode(data)
    if isinstance(decoded, Problem):
        return LoadResult(path, None, (decoded,))
    if raw := first_errors(raw_text.problems(decoded)):
        return LoadResult(path, None, raw, decoded)
    parsed = yaml_tree.parse(decoded)
    if parsed.tree is None:
        return LoadResult(path, None, first_errors(parsed.problems), decoded)
    problems = [*parsed.problems, *_scalar_problems(decoded, parsed)]
    value = schema.validate(adapter, parsed.tree)
    if isinstance(value, list):
        problems += value
        more = _rule_problems(parsed.tree, problems, today) if adapter is BRIEF else []
        return LoadResult(path, None, first_errors(schema.without_misspelt((*problems, *more))), decoded)
    return LoadResult(path, value, first_errors(problems), decoded)


def _scalar_problems(text: str, parsed: yaml_tree.ParseResult) -> Iterable[Problem]:
    # Without escapes the characters of all values are those of the text.
    if not (parsed.has_nulls or "\\" in text):
        return ()
    return scalars.scalar_problems(parsed.tree)


def first_errors(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """The problems in their order up to the fiftieth error, then one that says that there are more. Reads the iterator
    no further."""
    first: list[Problem] = []
    errors = 0
    for problem in problems:
        errors += is_error(problem)
        if errors > ERRORS_MAX:
            return (*first, syntax_rules.too_many(problem.at, ERRORS_MAX))
        first.append(problem)
    return tuple(first)


def _rule_problems(raw: yaml_tree.Tree, schema_problems: list[Problem], today: date | None) -> list[Problem]:
    """The rules' problems in a file that the schema rejects, without those that only follow from the schema's."""
    # These already fill what `first_errors` lets through.
    if len(schema_problems) > ERRORS_MAX:
        return []
    # An unknown key (B120) is ignored, and leaves the part that it stands in whole.
    broken = [p.at for p in schema_problems if p.code != "B120" and not isinstance(p.at, FilePosition)]
    problems = (p for p in checks.check(build_partial(BriefContent, raw), today) if p.code not in _OF_WHOLE_BRIEFS)
    return list(first_errors(p for p in problems if not any(_follows(p, at) for at in broken)))


def _follows(problem: Problem, broken: Path) -> bool:
    """Whether a problem lies within or around a broken part, or comes from a rule that reads this part."""
    if isinstance(problem.at, FilePosition):
        return False
    shorter = min(len(problem.at), len(broken))
    related = problem.at[:shorter] == broken[:shorter]
    return (
        related or (problem.code, *broken[:1]) in _DEPENDENCIES or (problem.code == "B201" and broken == ("sources",))
    )


def diagnostics(loaded: LoadResult[Any], more: Iterable[Problem] = ()) -> list[Diagnostic]:
    """The problems of a file, and more that were found elsewhere, with line and column, in the order of the text."""
    problems = (*loaded.problems, *more)
    # Positions take a second pass over the text, only for problems that name a path.
    by_path = any(not isinstance(problem.at, FilePosition) for problem in problems)
    positions = yaml_tree.positions_of(loaded.text) if by_path else yaml_tree.Positions()
    return sorted(_diagnostic(problem, str(loaded.path), positions) for problem in problems)


def _diagnostic(problem: Problem, path: str, positions: yaml_tree.Positions) -> Diagnostic:
    at = problem.at if isinstance(problem.at, FilePosition) else positions.find(problem.at)
    return Diagnostic(path, at.line, at.column, problem.code, problem.severity, problem.message, problem.hint)
