"""What a directory of briefs holds that is not read, and lacks: by names alone, no file is opened."""

import os
from collections.abc import Iterator
from pathlib import Path

from bot.content.loader import STORE_FILE
from bot.content.repository import brief_files, is_brief_file
from bot.core.linting import directory_rules
from bot.core.linting.diagnostic import START, Diagnostic, Problem
from bot.core.spelling import closest_match

_YAML_SUFFIXES = (".yaml.txt", ".yml.txt", ".yaml", ".yml")


def directory_problems(directory: Path) -> Iterator[Diagnostic]:
    """The problems of a directory as a whole, and of files that are there and not read, in no particular order. Raises:
    OSError if it cannot be listed."""
    entries = sorted(directory.iterdir())
    # By name: where case does not matter, `ferries.yaml` would exist as soon as `ferries.YAML` does.
    names = {path.name for path in entries}
    for path in entries:
        if (name := right_name(path)) and path.is_file():
            yield _diagnostic(path, directory_rules.misnamed(START, name, name in names))
        elif path.suffix != ".yaml" and not path.name.startswith(("_", ".")) and path.is_dir():
            yield from _subdirectory(path)
    if STORE_FILE not in names:
        if any(map(is_brief_file, entries)):
            yield _diagnostic(directory / STORE_FILE, directory_rules.no_store(START))
        else:
            yield _diagnostic(directory, directory_rules.no_briefs(START))


def right_name(path: Path) -> str | None:
    """The name under which a file would be read that is meant to be a brief or the store's; None if it is read as it
    is, or is meant to be neither."""
    suffix = next(filter(path.name.lower().endswith, _YAML_SUFFIXES), None)
    if suffix is None:
        return None
    stem = path.name[: -len(suffix)]
    name = STORE_FILE if stem.lower() == "_store" else f"{stem}.yaml"
    is_meant = name == STORE_FILE or is_brief_file(Path(name))
    return name if is_meant and name != path.name else None


def _subdirectory(directory: Path) -> Iterator[Diagnostic]:
    """One warning, at the first of the YAML files at any depth; links are not followed."""
    files = sorted(
        Path(top, name)
        for top, _, names in os.walk(directory)
        for name in names
        if name.lower().endswith(_YAML_SUFFIXES)
    )
    if files:
        target = directory.parent / (right_name(files[0]) or files[0].name)
        yield _diagnostic(files[0], directory_rules.in_subdirectory(START, directory.name, len(files), str(target)))


def _diagnostic(path: Path, problem: Problem) -> Diagnostic:
    return Diagnostic(str(path), *START, problem.code, problem.severity, problem.message, problem.hint)


def why_unread(path: Path, briefs: Path) -> str | None:
    """Why a file that was named is not read, and what to do; None if it is read. `briefs` is known to be a directory of
    briefs; others are known by their `_store.yaml`."""
    if path.name != STORE_FILE and (reason := why_no_brief(path)):
        return reason
    if store := _store_around(path.parent.resolve(), briefs):
        return f"is not read, as it is in a subdirectory of {store}; move it to {store / path.name}"
    return None


def why_no_brief(path: Path) -> str | None:
    """Why a file is no brief by its name, and what to do; None if it is one."""
    if name := right_name(path):
        return f"is not read, as its name does not end with .yaml; rename it to {name}"
    if is_brief_file(path):
        return None
    is_hidden = path.suffix == ".yaml"
    reason = f"is not read, as its name begins with {path.name[0]}" if is_hidden else "is not a brief file"
    return f"{reason}; name files such as ferries.yaml, or their directory"


def holds_briefs(directory: Path) -> bool:
    """Whether a directory holds a brief or `_store.yaml`. Raises: SettingsError if it cannot be listed."""
    return bool(brief_files(directory)) or (directory / STORE_FILE).exists()


def nearest_file(path: Path) -> Path | None:
    """The brief file that somebody may mean who names a path that does not exist; None where none is near."""
    if not path.name or not path.parent.is_dir():
        return None
    stems = [each.stem for each in brief_files(path.parent)]
    nearest = closest_match(path.name.removesuffix(".yaml"), stems)
    return path.parent / f"{nearest}.yaml" if nearest else None


def _store_around(directory: Path, briefs: Path) -> Path | None:
    """The directory of briefs around a subdirectory, relative if it can be; None for a directory of briefs itself."""
    around = (each for each in (directory, *directory.parents) if _holds_store(each, briefs))
    store = next(around, directory)
    here = Path.cwd()
    return None if store == directory else store.relative_to(here) if store.is_relative_to(here) else store


def _holds_store(directory: Path, briefs: Path) -> bool:
    return (directory / STORE_FILE).exists() or directory == briefs.resolve()
