"""From a directory to a corpus. Keeps the last good version of a brief whose file is broken."""

from collections import defaultdict
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TypeVar

from bot.content.loader import STORE_FILE, Loaded, diagnostics, load_brief, load_vocabulary
from bot.core import checks
from bot.core.brief import Brief, Vocabulary
from bot.core.corpus import Corpus
from bot.core.diagnostic import Diagnostic, Problem
from bot.core.search import Index
from bot.errors import SettingsError

T = TypeVar("T", Brief, Vocabulary)

NO_VOCABULARY = Vocabulary(sections={})
"""Stands in for a `_store.yaml` that is missing or broken: section keys are then their own titles."""


def is_brief_file(path: Path) -> bool:
    """Whether a name is that of a brief: `*.yaml`, not beginning with `_` or `.`."""
    return path.suffix == ".yaml" and not path.name.startswith(("_", "."))


def brief_files(directory: Path) -> list[Path]:
    """The brief files of a directory, by name. Raises: SettingsError if it cannot be listed."""
    try:
        return sorted(filter(is_brief_file, directory.iterdir()))
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        raise SettingsError(f"{directory}: {reason}; name a directory of brief files (BRIEFBOT_BRIEFS)") from error


def check_directory(directory: Path) -> list[Diagnostic]:
    """Every problem of every file of a directory in one run, by path and place. Raises: SettingsError."""
    briefs = {path.stem: load_brief(path) for path in brief_files(directory)}
    valid = {slug: loaded.value for slug, loaded in briefs.items() if loaded.value is not None}
    store = load_vocabulary(directory / STORE_FILE) if (directory / STORE_FILE).exists() else None
    vocabulary = store.value if store else None
    across: dict[str, list[Problem]] = defaultdict(list)
    for slug, problem in checks.check_names(vocabulary, valid):
        across[slug].append(problem)
    found = [d for slug, loaded in briefs.items() for d in diagnostics(loaded, across[slug])]
    if store:
        found += diagnostics(store, checks.check_vocabulary(store.value, valid) if store.value else ())
    return sorted(found)


class Repository:
    """The corpus of a directory, kept up to date. One writer calls `load` and `reload`; `corpus` may be read by all."""

    def __init__(self, directory: Path) -> None:
        self.directory = directory
        self.broken: dict[Path, list[Diagnostic]] = {}
        self.corpus = Corpus.of({}, NO_VOCABULARY, Index())

    def load(self) -> Corpus:
        """Reads the whole directory. Raises: SettingsError if it cannot be listed."""
        gone = (self.directory / f"{slug}.yaml" for slug in self.corpus.briefs)
        return self.reload({*brief_files(self.directory), self.directory / STORE_FILE, *gone})

    def reload(self, paths: Iterable[Path]) -> Corpus:
        """Reads the named files again and swaps in a new corpus, if anything in it changed. A broken file keeps what it
        last held and is listed in `broken`; a removed one loses its brief."""
        old, vocabulary, changed = self.corpus, self.corpus.vocabulary, dict[str, Brief | None]()
        for path in paths:
            if path.name == STORE_FILE:
                vocabulary = self._read(path, load_vocabulary, vocabulary) or NO_VOCABULARY
            elif is_brief_file(path):
                last = old.briefs.get(path.stem)
                if (brief := self._read(path, load_brief, last)) is not last:
                    changed[path.stem] = brief
        if changed or vocabulary is not old.vocabulary:
            self._swap(old, old.changed(changed, vocabulary), changed)
        return self.corpus

    def _read(self, path: Path, load: Callable[[Path], Loaded[T]], last: T | None) -> T | None:
        """What a file holds now; the last value where it is broken or says the same; None where it is gone."""
        self.broken.pop(path, None)
        if not path.exists():
            return None
        loaded = load(path)
        if loaded.value is None:
            self.broken[path] = diagnostics(loaded)
        return last if loaded.value is None or loaded.value == last else loaded.value

    def _swap(self, old: Corpus, new: Corpus, changed: Iterable[str]) -> None:
        """Readers of the old corpus go on with it; the index holds both versions until the new one is in place."""
        for slug in changed:
            if (brief := new.briefs.get(slug)) and brief.status == "published":
                new.index.add(brief)
        self.corpus = new
        for slug in changed:
            if gone := old.briefs.get(slug):
                new.index.remove(gone)
