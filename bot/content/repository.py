"""From a directory to a corpus. Keeps the last good version of a brief whose file is broken."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from bot.content import file_text
from bot.content.loader import (
    STORE_FILE,
    brief_from,
    diagnostics,
    file_hash,
    load_brief,
    load_vocabulary,
)
from bot.core import checks
from bot.core.brief import Brief, Vocabulary
from bot.core.diagnostic import Diagnostic, Problem
from bot.core.shelf import NO_VOCABULARY
from bot.errors import SettingsError


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


@dataclass(frozen=True, slots=True)
class Reloaded:
    """What a reload has found to be different: briefs by slug (None: gone) and the revisions that they had before, the
    vocabulary where it is another one, and which version each file read is, by the hash of its bytes."""

    briefs: Mapping[str, Brief | None] = field(default_factory=dict)
    was: Mapping[str, str | None] = field(default_factory=dict)
    vocabulary: Vocabulary | None = None
    files: Mapping[str, tuple[str, str]] = field(default_factory=dict)

    def __bool__(self) -> bool:
        return bool(self.briefs) or self.vocabulary is not None


class Repository:
    """The briefs of a directory as their files last held them without error. One thread calls `load` and `reload`.

    `briefs` are what was known before the files were looked at, e.g. what is published: a file that is broken from the
    start stands for these. `known` holds briefs by the hash of their files: these files are not parsed again.
    """

    def __init__(
        self,
        directory: Path,
        briefs: Mapping[str, Brief] | None = None,
        vocabulary: Vocabulary = NO_VOCABULARY,
        known: Mapping[str, Brief] | None = None,
    ) -> None:
        self.directory = directory
        self.briefs = dict(briefs or {})
        self.vocabulary = vocabulary
        self.broken: dict[Path, list[Diagnostic]] = {}
        self._known = known or {}
        self._read: dict[Path, str] = {}
        """The hash of each file's bytes when it was last read: it is not parsed again before they are others."""
        self.parsed = 0
        """How many files were parsed so far."""

    def load(self) -> Reloaded:
        """Reads the whole directory. Raises: SettingsError if it cannot be listed."""
        gone = (self.directory / f"{slug}.yaml" for slug in self.briefs)
        return self.reload({*brief_files(self.directory), self.directory / STORE_FILE, *gone})

    def reload(self, paths: Iterable[Path]) -> Reloaded:
        """Reads the named files again. A broken file keeps what it last held and is listed in `broken`; a removed one
        loses its brief."""
        changed: dict[str, Brief | None] = {}
        files: dict[str, tuple[str, str]] = {}
        vocabulary = self.vocabulary
        for path in paths:
            if path.name == STORE_FILE:
                vocabulary = self._vocabulary(path)
            elif is_brief_file(path):
                last = self.briefs.get(path.stem)
                if (brief := self._brief(path, last, files)) is not last:
                    changed[path.stem] = brief
        was = {slug: last.revision if (last := self.briefs.get(slug)) else None for slug in changed}
        self._keep(changed)
        same, self.vocabulary = vocabulary == self.vocabulary, vocabulary
        return Reloaded(changed, was, None if same else vocabulary, files)

    def _keep(self, changed: Mapping[str, Brief | None]) -> None:
        for slug, brief in changed.items():
            if brief is None:
                del self.briefs[slug]
            else:
                self.briefs[slug] = brief

    def _vocabulary(self, path: Path) -> Vocabulary:
        """What `_store.yaml` holds now; the last one where it is broken."""
        self.broken.pop(path, None)
        if not path.exists():
            return NO_VOCABULARY
        loaded = load_vocabulary(path)
        if loaded.value is None:
            self.broken[path] = diagnostics(loaded)
        return loaded.value or self.vocabulary

    def _brief(self, path: Path, last: Brief | None, files: dict[str, tuple[str, str]]) -> Brief | None:
        """What a file holds now; the last value where it is broken or says the same; None where it is gone."""
        if not path.exists():
            self.broken.pop(path, None)
            self._read.pop(path, None)
            return None
        data = file_text.read(path)
        key = file_hash(path.stem, data) if isinstance(data, bytes) else ""
        if key and self._read.get(path) == key:
            return last
        self.broken.pop(path, None)
        self._read[path] = key
        found = self._known.get(key)
        if found is None:
            self.parsed += 1
            loaded = brief_from(path, data)
            if loaded.value is None:
                self.broken[path] = diagnostics(loaded)
                return last
            found = loaded.value
        files[key] = (found.slug, found.revision)
        return last if found == last else found
