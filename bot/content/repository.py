"""The briefs of a directory. Keeps the last valid version of a brief whose file is broken."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
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
from bot.core.briefs.brief import NO_VOCABULARY, Brief, Vocabulary
from bot.core.linting import checks
from bot.core.linting.diagnostic import Diagnostic, Problem
from bot.errors import SettingsError


def is_brief_file(path: Path) -> bool:
    """Whether a file name is that of a brief: `*.yaml`, not beginning with `_` or `.`."""
    return path.suffix == ".yaml" and not path.name.startswith(("_", "."))


def brief_files(directory: Path) -> list[Path]:
    """The brief files of a directory, sorted by name. Raises: SettingsError if it cannot be listed."""
    try:
        return sorted(filter(is_brief_file, directory.iterdir()))
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        raise SettingsError(f"{directory}: {reason}; name a directory of brief files (BRIEFBOT_BRIEFS)") from error


def check_directory(directory: Path, today: date | None = None) -> list[Diagnostic]:
    """Every problem of every file of a directory, sorted by path, line and column; `today` as in `checks.check`.
    Raises: SettingsError if the directory cannot be listed."""
    briefs = {path.stem: load_brief(path, today) for path in brief_files(directory)}
    valid = {slug: loaded.value for slug, loaded in briefs.items() if loaded.value is not None}
    store = load_vocabulary(directory / STORE_FILE) if (directory / STORE_FILE).exists() else None
    vocabulary = store.value if store else None
    across: dict[str, list[Problem]] = defaultdict(list)
    for slug, problem in checks.check_names(vocabulary, valid):
        across[slug].append(problem)
    all_diagnostics = [d for slug, loaded in briefs.items() for d in diagnostics(loaded, across[slug])]
    if store:
        all_diagnostics += diagnostics(store, checks.check_vocabulary(store.value, valid) if store.value else ())
    return sorted(all_diagnostics)


@dataclass(frozen=True, slots=True)
class FileChanges:
    """What differs from before a reload. `briefs`: the changed ones by slug, None for one whose file is gone.
    `previous_revisions`: the revision of each of these before, None for a new one. `vocabulary`: None if unchanged.
    `files`: slug and revision of each file that was read, by the hash of its bytes."""

    briefs: Mapping[str, Brief | None] = field(default_factory=dict)
    previous_revisions: Mapping[str, str | None] = field(default_factory=dict)
    vocabulary: Vocabulary | None = None
    files: Mapping[str, tuple[str, str]] = field(default_factory=dict)

    def __bool__(self) -> bool:
        return bool(self.briefs) or self.vocabulary is not None


class Repository:
    """The briefs of a directory, each in its last valid version. Only one thread may call `load` and `reload`.

    `briefs` and `vocabulary` stand in for files that are broken from the start: pass what is published. `known`: briefs
    by the hash of their files, which are not parsed again.
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
        self._hashes: dict[Path, str] = {}
        """The hash of each file when it was last read; a file with the same hash is not parsed again."""
        self.parsed = 0
        """The number of files parsed so far."""

    def load(self) -> FileChanges:
        """Reads the whole directory. Raises: SettingsError if it cannot be listed."""
        # Also files that are gone, so that `reload` drops their briefs.
        gone = (self.directory / f"{slug}.yaml" for slug in self.briefs)
        return self.reload({*brief_files(self.directory), self.directory / STORE_FILE, *gone})

    def reload(self, paths: Iterable[Path]) -> FileChanges:
        """Reads these files again. A broken file keeps its last valid version and is listed in `broken`; the brief of a
        removed file is dropped."""
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
        previous = {slug: last.revision if (last := self.briefs.get(slug)) else None for slug in changed}
        self._apply(changed)
        same, self.vocabulary = vocabulary == self.vocabulary, vocabulary
        return FileChanges(changed, previous, None if same else vocabulary, files)

    def _apply(self, changed: Mapping[str, Brief | None]) -> None:
        for slug, brief in changed.items():
            if brief is None:
                del self.briefs[slug]
            else:
                self.briefs[slug] = brief

    def _vocabulary(self, path: Path) -> Vocabulary:
        """The vocabulary of `_store.yaml`; the last valid one if the file is broken, an empty one if it is gone."""
        self.broken.pop(path, None)
        if not path.exists():
            return NO_VOCABULARY
        loaded = load_vocabulary(path)
        if loaded.value is None:
            self.broken[path] = diagnostics(loaded)
        return loaded.value or self.vocabulary

    def _brief(self, path: Path, last: Brief | None, files: dict[str, tuple[str, str]]) -> Brief | None:
        """The brief of a file; `last` itself if the file is broken or its brief unchanged; None if the file is gone.
        Adds the file to `files` if it was read and is valid."""
        if not path.exists():
            self.broken.pop(path, None)
            self._hashes.pop(path, None)
            return None
        data = file_text.read(path)
        key = file_hash(path.stem, data) if isinstance(data, bytes) else ""
        # A file that cannot be read has no hash, and is tried again each time.
        if key and self._hashes.get(path) == key:
            return last
        self.broken.pop(path, None)
        self._hashes[path] = key
        brief = self._known.get(key)
        if brief is None:
            self.parsed += 1
            loaded = brief_from(path, data)
            if loaded.value is None:
                self.broken[path] = diagnostics(loaded)
                return last
            brief = loaded.value
        files[key] = (brief.slug, brief.revision)
        # `last` itself, as `reload` compares by identity.
        return last if brief == last else brief
