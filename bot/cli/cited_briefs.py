"""The briefs that a command of evidence is about, with the place of each quote in its file."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from bot.content.loader import diagnostics, load_brief
from bot.content.repository import brief_files
from bot.content.unread_files import nearest_file
from bot.content.yaml_tree import positions_of
from bot.core.briefs.brief import Brief
from bot.core.evidence.cited import CitedQuote, cited_quotes
from bot.core.linting.diagnostic import Diagnostic, FilePosition, is_error
from bot.errors import SettingsError


@dataclass(frozen=True, slots=True)
class LocatedQuote:
    """A quote with its file and position, which counts from 1."""

    quote: CitedQuote
    path: Path
    at: FilePosition


@dataclass(frozen=True, slots=True)
class CitedBriefs:
    """`broken`: the errors of files that cannot be read; `slugs` are of all files that were named, these too."""

    briefs: Sequence[Brief]
    quotes: Sequence[LocatedQuote]
    broken: Sequence[Diagnostic]
    slugs: frozenset[str]


def cited_briefs(directory: Path, names: Sequence[str]) -> CitedBriefs:
    """The briefs of a directory, by slug or by file; all of them where none is named. Raises: SettingsError for a name
    that is not there, and for a directory without briefs."""
    paths = [_path(directory, name) for name in names] or brief_files(directory)
    if not paths:
        raise SettingsError(f"{directory} holds no brief; name the directory of the briefs (BRIEFBOT_BRIEFS)")
    briefs, quotes, broken = list[Brief](), list[LocatedQuote](), list[Diagnostic]()
    for path in dict.fromkeys(paths):
        loaded = load_brief(path)
        if loaded.value is None:
            broken += filter(is_error, diagnostics(loaded))
            continue
        briefs.append(loaded.value)
        quotes += _located(path, loaded.value, loaded.text)
    return CitedBriefs(briefs, quotes, broken, frozenset(path.stem for path in paths))


def _located(path: Path, brief: Brief, text: str) -> Iterator[LocatedQuote]:
    positions = positions_of(text)
    quotes = (LocatedQuote(quote, path, positions.find(quote.at)) for quote in cited_quotes(brief))
    return iter(sorted(quotes, key=lambda each: each.at))


def _path(directory: Path, name: str) -> Path:
    path = directory / f"{Path(name).name.removesuffix('.yaml')}.yaml"
    as_file = Path(name)
    # A slug, or a file of the directory by whatever way.
    is_of_directory = as_file.name == name or as_file.parent.resolve() == directory.resolve()
    if is_of_directory and path.is_file():
        return path
    nearest = nearest_file(path)
    advice = (
        f"did you mean {nearest.stem}?"
        if nearest
        else "name the slug or the file of one that is there, or none for all of them"
    )
    raise SettingsError(f"{name}: no such brief in {directory}; {advice}")
