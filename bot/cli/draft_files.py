"""New brief files: whether a name may be taken, and what is to be done in them."""

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

from bot.content.loader import STORE_FILE, brief_from, load_brief, load_vocabulary
from bot.content.repository import brief_files
from bot.content.unread_files import nearest_file
from bot.content.yaml_tree import positions_of
from bot.core.briefs.brief import ID_MAX, ID_PATTERN, Brief, BriefContent
from bot.core.briefs.vocabulary import NO_VOCABULARY, Vocabulary
from bot.core.commands.name_index import normalize
from bot.core.drafts.work import work
from bot.core.linting import schema_rules
from bot.core.linting.checks import check_names
from bot.core.linting.diagnostic import START, Problem
from bot.errors import BriefNameError, SettingsError


def vocabulary_of(directory: Path) -> Vocabulary:
    """The words of a directory of briefs, none where it has no `_store.yaml`. Raises: SettingsError where that file has
    errors."""
    path = directory / STORE_FILE
    if not path.exists():
        return NO_VOCABULARY
    vocabulary = load_vocabulary(path).value
    if vocabulary is None:
        raise SettingsError(f"{path} has errors; mend them first: briefbot check {path}")
    return vocabulary


def path_of(directory: Path, slug: str) -> Path:
    """Where the brief of a slug lies. Raises: BriefNameError for what is no slug."""
    if not re.match(ID_PATTERN, slug) or len(slug) > ID_MAX:
        raise BriefNameError(_words(slug, schema_rules.bad_file_name(START, slug)))
    return directory / f"{slug}.yaml"


def path_of_brief(directory: Path, name: str) -> Path:
    """The file of the brief that is there under a slug or an alias. Raises: BriefNameError for what can be neither,
    SettingsError where there is none."""
    path = directory / f"{Path(name).name.removesuffix('.yaml')}.yaml"
    files = brief_files(directory)
    if path in files:
        return path
    briefs = (load_brief(file).value for file in files)
    wanted = normalize(name)
    if brief := next((each for each in briefs if each and wanted in map(normalize, each.aliases)), None):
        return directory / f"{brief.slug}.yaml"
    path = path_of(directory, name)
    nearest = nearest_file(path)
    advice = f"did you mean {nearest.stem}?" if nearest else "leave out --into to make a draft of the text"
    raise SettingsError(f"{path}: no such file; {advice}")


def write_new(path: Path, text: str, vocabulary: Vocabulary) -> Brief | None:
    """Writes the file of a new brief, and gives the brief; None if it has errors. Raises: BriefNameError if the file is
    there, and if its name means something else; SettingsError if it cannot be written."""
    brief = brief_from(path, text.encode()).value
    others = {each.stem: each for each in brief_files(path.parent)}
    if path.stem in others or path.exists():
        raise BriefNameError(f"{path} is there already, and stays as it is; choose another slug, or edit that file")
    loaded = {slug: value for slug, file in others.items() if (value := load_brief(file).value)}
    if brief and (clash := _clash(brief, loaded, vocabulary)):
        raise BriefNameError(_words(path.stem, clash))
    try:
        with path.open("x", encoding="utf-8", newline="\n") as file:
            file.write(text)
    except OSError as error:
        raise SettingsError(f"{path}: {(error.strerror or str(error)).lower()}; nothing was written") from error
    return brief


def work_lines(path: Path, text: str, brief: BriefContent) -> Iterator[tuple[int, str]]:
    """(line of the file, what is to be done there), in the order of the file."""
    positions = positions_of(text)
    return iter(sorted((positions.find(at).line, what) for at, what in work(brief)))


def today() -> date:
    """The day in UTC."""
    return datetime.now(UTC).date()


def _clash(brief: Brief, others: dict[str, Brief], vocabulary: Vocabulary) -> Problem | None:
    known = None if vocabulary == NO_VOCABULARY else vocabulary
    problems = check_names(known, {**others, brief.slug: brief}, {brief.slug})
    return next((problem for slug, problem in problems if slug == brief.slug), None)


def _words(slug: str, problem: Problem) -> str:
    return f"{slug}: {problem.code} {problem.message}; {problem.hint}"
