"""From the bytes of one file to a brief or to diagnostics: one straight pipe."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path as FilePath
from typing import Any, Generic, TypeVar

from pydantic import TypeAdapter

from bot.content import file_text, schema, yaml_tree
from bot.content.partial_model import lenient
from bot.core import checks, rules
from bot.core.brief import ID_MAX, ID_PATTERN, Brief, BriefFile, Vocabulary
from bot.core.canonical import named, revision
from bot.core.diagnostic import START, Diagnostic, Mark, Path, Problem, is_error

T = TypeVar("T")

STORE_FILE = "_store.yaml"
"""Files that begin with `_` are never briefs."""

PROBLEMS_MAX = 50
"""Errors of one file. A contributed file of nothing but problems must not hold up the process that reads it."""

READING = 1
"""Goes up whenever the same bytes would be read as another brief, or refused."""

# Rules that look at other parts of the file: what the schema finds there makes their findings worthless.
_RESTS_ON = {("B202", "sections"), ("B208", "sections"), ("B208", "sources"), ("B401", "changes")}


@dataclass(frozen=True, slots=True)
class Loaded(Generic[T]):
    """What one file gave: its value unless a problem is an error, its problems, and its text to place them in."""

    path: FilePath
    value: T | None
    problems: tuple[Problem, ...]
    text: str = ""


def load_brief(path: FilePath) -> Loaded[Brief]:
    """Reads one brief file. Raises nothing for any content of the file."""
    return brief_from(path, file_text.read(path))


def brief_from(path: FilePath, data: bytes | Problem) -> Loaded[Brief]:
    """One brief from the bytes of its file, or from what was wrong with reading them."""
    read = _from(path, data, schema.BRIEF)
    problems = list(read.problems)
    slug = path.stem
    if not re.match(ID_PATTERN, slug) or len(slug) > ID_MAX:
        problems.append(rules.bad_file_name(START, slug))
    if read.value is not None:
        problems.extend(limited(checks.check(read.value)))
    if read.value is None or any(p.severity == "error" for p in problems):
        return Loaded(path, None, tuple(problems), read.text)
    return Loaded(path, _named(slug, read.value), tuple(problems), read.text)


def load_vocabulary(path: FilePath) -> Loaded[Vocabulary]:
    """Reads `_store.yaml`."""
    return _from(path, file_text.read(path), schema.VOCABULARY)


def file_hash(slug: str, data: bytes) -> str:
    """64 hex digits that are the same for the same bytes under the same name, read in the same way."""
    return sha256(f"{READING}\n{slug}\n".encode() + data).hexdigest()


def _named(slug: str, brief: BriefFile) -> Brief:
    return named(slug, revision(brief), brief)


def _from(path: FilePath, data: bytes | Problem, adapter: TypeAdapter[T]) -> Loaded[T]:
    if isinstance(data, Problem):
        return Loaded(path, None, (data,))
    decoded = file_text.decode(data)
    if isinstance(decoded, Problem):
        return Loaded(path, None, (decoded,))
    if hidden := limited(file_text.forbidden(decoded)):
        return Loaded(path, None, hidden, decoded)
    parsed = yaml_tree.parse(decoded)
    if parsed.tree is None:
        return Loaded(path, None, limited(parsed.problems), decoded)
    value = schema.validate(adapter, parsed.tree)
    if isinstance(value, list):
        more = _looked_through(parsed.tree, value) if adapter is schema.BRIEF else []
        return Loaded(path, None, limited((*parsed.problems, *value, *more)), decoded)
    return Loaded(path, value, limited(parsed.problems), decoded)


def limited(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """All up to the fiftieth error, and then that there are more; no others are looked for."""
    found: list[Problem] = []
    errors = 0
    for problem in problems:
        errors += is_error(problem)
        if errors > PROBLEMS_MAX:
            return (*found, rules.too_many(problem.at, PROBLEMS_MAX))
        found.append(problem)
    return tuple(found)


def _looked_through(raw: yaml_tree.Tree, found: list[Problem]) -> list[Problem]:
    """What the rules find in a file that the schema refuses, without what only follows from the schema's findings."""
    if len(found) > PROBLEMS_MAX:
        return []
    broken = [p.at for p in found if p.code != "B120" and not isinstance(p.at, Mark)]
    problems = checks.check(lenient(BriefFile, raw))
    return list(limited(p for p in problems if not any(_follows(p, at) for at in broken)))


def _follows(problem: Problem, broken: Path) -> bool:
    """Whether a finding stands in, above or beside what is broken, or rests on it."""
    if isinstance(problem.at, Mark):
        return False
    shorter = min(len(problem.at), len(broken))
    related = problem.at[:shorter] == broken[:shorter]
    return related or (problem.code, *broken[:1]) in _RESTS_ON or (problem.code == "B201" and broken == ("sources",))


def diagnostics(loaded: Loaded[Any], more: Iterable[Problem] = ()) -> list[Diagnostic]:
    """A file's problems at their lines and columns, in the order of the text."""
    problems = (*loaded.problems, *more)
    by_path = any(not isinstance(problem.at, Mark) for problem in problems)
    places = yaml_tree.places(loaded.text) if by_path else yaml_tree.Places()
    return sorted(_placed(problem, str(loaded.path), places) for problem in problems)


def _placed(problem: Problem, path: str, places: yaml_tree.Places) -> Diagnostic:
    at = problem.at if isinstance(problem.at, Mark) else places.find(problem.at)
    return Diagnostic(path, at.line, at.column, problem.code, problem.severity, problem.message, problem.hint)
