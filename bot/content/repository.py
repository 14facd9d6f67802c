"""The briefs of a directory. Keeps the published version of a brief whose file does not pass the gate."""

import os
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from bot.content import file_text
from bot.content.evidence_file import load_evidence
from bot.content.evidence_lock import LOCK_FILE
from bot.content.file_lines import lines_of
from bot.content.file_names import is_brief_name, is_read, stem_of
from bot.content.loader import (
    STORE_FILE,
    LoadResult,
    brief_from,
    diagnostics,
    file_hash,
    load_brief,
    load_vocabulary,
)
from bot.core.briefs.brief import Brief
from bot.core.briefs.file_place import FileLines
from bot.core.briefs.vocabulary import NO_VOCABULARY, Vocabulary
from bot.core.evidence.lock import NO_EVIDENCE, EvidenceLock
from bot.core.linting import gate
from bot.core.linting.arrangement import check_successors
from bot.core.linting.diagnostic import Diagnostic, Problem
from bot.errors import SettingsError


def is_brief_file(path: Path) -> bool:
    """Whether a file name is that of a brief: `*.yaml`, not beginning with `_` or `.`."""
    return is_brief_name(path.name)


def brief_files(directory: Path) -> list[Path]:
    """The brief files of a directory, sorted by name. Raises: SettingsError if it cannot be listed."""
    try:
        return sorted(filter(is_brief_file, directory.iterdir()))
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        advice = "name a directory of brief files (BRIEFBOT_BRIEFS), or make one: briefbot init"
        raise SettingsError(f"{directory}: {reason}; {advice}") from error


def check_directory(directory: Path, changed: Collection[str] = (), today: date | None = None) -> list[Diagnostic]:
    """Every problem of every file of a directory, sorted by path, line and column; `today` as in `checks.check`. Of two
    briefs with one name that in `changed` (slugs, `gate.STORE` for the store) has the problem. Raises: SettingsError if
    the directory cannot be listed."""
    evidence, broken = load_evidence(directory)
    loaded = {path.stem: load_brief(path, today, evidence) for path in brief_files(directory)}
    valid = {slug: each.value for slug, each in loaded.items() if each.value is not None}
    store = load_vocabulary(directory / STORE_FILE) if (directory / STORE_FILE).exists() else None
    vocabulary = store.value if store and store.value else NO_VOCABULARY
    between = gate.find_problems(gate.Content(valid, vocabulary), changed)
    across = gate.blame_vocabulary(between, vocabulary, changed)
    # Not of the gate: that another file is away keeps no brief from readers.
    for slug, problem in check_successors(valid, loaded.keys() - valid):
        across = {**across, slug: (*across.get(slug, ()), problem)}
    of_briefs = (d for slug, each in loaded.items() for d in diagnostics(each, across.get(slug, ())))
    all_diagnostics = [*broken, *of_briefs]
    if store:
        all_diagnostics += diagnostics(store, across.get(gate.STORE, ()))
    return sorted(all_diagnostics)


@dataclass(frozen=True, slots=True)
class FileChanges:
    """What differs from before a reload. `briefs`: the changed ones by slug, None for one whose file is gone.
    `previous_revisions`: the revision of each of these before, None for a new one. `vocabulary`, `evidence`: None if
    unchanged. `files`: slug and revision of each file that was read, by the hash of its bytes; `lines`: where its parts
    begin, of those that were parsed."""

    briefs: Mapping[str, Brief | None] = field(default_factory=dict)
    previous_revisions: Mapping[str, str | None] = field(default_factory=dict)
    vocabulary: Vocabulary | None = None
    files: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    lines: Mapping[str, FileLines] = field(default_factory=dict)
    evidence: EvidenceLock | None = None

    def __bool__(self) -> bool:
        return bool(self.briefs) or self.vocabulary is not None or self.evidence is not None


class Repository:
    """The briefs of a directory as readers may see them: each in its last version that passed the gate. Only one thread
    may call `load` and `reload`.

    `briefs`, `vocabulary` and `evidence` stand in for files that are broken from the start: pass what is published.
    `known`: briefs by the hash of their files, which are not parsed again.
    """

    def __init__(
        self,
        directory: Path,
        briefs: Mapping[str, Brief] | None = None,
        vocabulary: Vocabulary = NO_VOCABULARY,
        known: Mapping[str, Brief] | None = None,
        evidence: EvidenceLock = NO_EVIDENCE,
    ) -> None:
        self.directory = directory
        self.briefs = dict(briefs or {})
        self.vocabulary, self.evidence = vocabulary, evidence
        self.broken: dict[Path, list[Diagnostic]] = {}
        """The problems of files that did not pass the gate."""
        self.held: str | None = None
        """Why nothing is published, whatever the files say; None where nothing is held."""
        self._known = known or {}
        self._present: set[str] = set()
        """The stems of the files that are there, `_store` among them, and `evidence.lock`."""
        self._valid: dict[str, Brief] = {}
        """What the files say that are valid in themselves."""
        self._store: Vocabulary | None = None
        self._lock: EvidenceLock | None = None
        self._own: dict[Path, list[Diagnostic]] = {}
        """The problems that files have by themselves."""
        self._hashes: dict[Path, str] = {}
        """The hash of each file when it was last read; a file with the same hash is not parsed again."""
        self._lines: dict[str, FileLines] = {}
        """Where the parts of the files begin that this reload has parsed, by hash."""
        self.parsed = 0
        """The number of files parsed so far."""

    def load(self, absent: Collection[str] = (), *, force: bool = False) -> FileChanges:
        """Reads the whole directory; see `reload`. Raises: SettingsError if it cannot be listed."""
        # Also files that are gone, so that `reload` drops their briefs.
        gone = map(self._path, {*self.briefs, *self._present})
        paths = {*brief_files(self.directory), self.directory / STORE_FILE, self.directory / LOCK_FILE, *gone}
        return self.reload(paths, absent, force=force)

    @property
    def present(self) -> set[str]:
        """The names of the files that are there."""
        return {self._path(stem).name for stem in self._present}

    def missing(self) -> set[str]:
        """The stems of files that published briefs and the vocabulary come from, and that are not there."""
        stems = {*self.briefs, *([gate.STORE] if self.vocabulary != NO_VOCABULARY else [])}
        return {stem for stem in stems if not os.path.lexists(self.directory / f"{stem}.yaml")}

    def reload(
        self,
        paths: Iterable[Path],
        absent: Collection[str] = (),
        gone: Collection[str] | None = None,
        *,
        force: bool = False,
    ) -> FileChanges:
        """Reads these files again. `gone` are the stems of those that were seen to be removed; None: those that are
        not there. A file that does not pass the gate keeps its last version and is listed in `broken`;
        the brief of a removed file is dropped, unless its stem is in `absent`. Where most briefs would go nothing
        changes, and `held` says why, unless it is `force`; a `_store.yaml` that is gone keeps its last version too."""
        files: dict[str, tuple[str, str]] = {}
        self._lines = {}
        for path in paths:
            if is_read(path.name):
                self._read(path, absent, gone, files)
        said = gate.Content(self._said(absent), self._vocabulary(absent))
        let_go = force and gate.STORE not in self._present
        published = gate.Content(self.briefs, NO_VOCABULARY if let_go else self.vocabulary)
        admission = gate.admit(published, said, absent)
        # What is held is not let go because its files are looked for again.
        waiting = absent if self.held else ()
        there = {slug: brief for slug, brief in admission.content.briefs.items() if slug not in waiting}
        self.held = None if force else self._reason_to_hold(there)
        # Of a directory that is held it is said as a whole what is missing.
        unsaid = {gate.STORE} - self._present if self.held else ()
        self.broken = self._own | self._clashes({k: v for k, v in admission.problems.items() if k not in unsaid})
        if self.held:
            return FileChanges(files=files, lines=self._lines)
        return self._apply(admission.content, self._evidence(absent), files)

    @property
    def waits_for_force(self) -> bool:
        """Whether something is missing that `force` would let go: what is held, or `_store.yaml`."""
        return self.held is not None or (gate.STORE not in self._present and self.vocabulary != NO_VOCABULARY)

    def drop_unpublished(self, published: Collection[str], vocabulary: Vocabulary) -> None:
        """Another process has published that some of the missing files are gone, so they are no longer held. Takes what
        is published: slugs, and the vocabulary."""
        for slug in self.missing() - {gate.STORE, *published}:
            del self.briefs[slug]
        if vocabulary == NO_VOCABULARY and gate.STORE not in self._present:
            self.vocabulary = NO_VOCABULARY

    def _said(self, absent: Collection[str]) -> dict[str, Brief]:
        """The brief of each file that is there, as published where the file is broken or absent."""
        stems = self._present.union(absent)
        briefs = ((slug, self._valid.get(slug) or self.briefs.get(slug)) for slug in stems)
        return {slug: brief for slug, brief in briefs if brief is not None}

    def _vocabulary(self, absent: Collection[str]) -> Vocabulary:
        """The vocabulary of `_store.yaml`; the last one if the file is broken or absent, an empty one if it is gone,
        which the gate refuses unless none was published."""
        if gate.STORE not in self._present.union(absent):
            return NO_VOCABULARY
        return self._store or self.vocabulary

    def _evidence(self, absent: Collection[str]) -> EvidenceLock:
        """What `evidence.lock` says; what it said last if it is broken or absent, nothing if it is gone."""
        if LOCK_FILE not in self._present.union(absent):
            return NO_EVIDENCE
        return self.evidence if self._lock is None else self._lock

    def _clashes(self, problems: gate.Problems) -> dict[Path, list[Diagnostic]]:
        """Problems between files, with line and column."""
        return {path: self._located(path, problems[path.stem]) for path in map(self._path, problems)}

    def _path(self, stem: str) -> Path:
        return self.directory / (stem if stem == LOCK_FILE else f"{stem}.yaml")

    def _located(self, path: Path, problems: Iterable[Problem]) -> list[Diagnostic]:
        if not os.path.lexists(path):
            return diagnostics(LoadResult(path, None, ()), problems)
        return diagnostics(load_vocabulary(path) if path.name == STORE_FILE else load_brief(path), problems)

    def _reason_to_hold(self, admitted: Mapping[str, Brief]) -> str | None:
        if not self._present - {LOCK_FILE}:
            return f"{self.directory} has neither a brief nor {STORE_FILE}"
        return gate.reason_to_hold(self.briefs, admitted)

    def _apply(
        self, admitted: gate.Content, evidence: EvidenceLock, files: Mapping[str, tuple[str, str]]
    ) -> FileChanges:
        before, after = self.briefs, admitted.briefs
        slugs = [slug for slug in {*before, *after} if before.get(slug) is not after.get(slug)]
        changed = {slug: after.get(slug) for slug in slugs}
        previous = {slug: last.revision if (last := before.get(slug)) else None for slug in slugs}
        vocabulary = None if admitted.vocabulary == self.vocabulary else admitted.vocabulary
        new = None if evidence == self.evidence else evidence
        self.briefs, self.vocabulary, self.evidence = dict(after), admitted.vocabulary, evidence
        return FileChanges(changed, previous, vocabulary, files, self._lines, new)

    # One file

    def _read(
        self, path: Path, absent: Collection[str], gone: Collection[str] | None, files: dict[str, tuple[str, str]]
    ) -> None:
        # What was seen to be gone may be on its way back, and what was seen may just have gone: all of it as seen, or
        # some files of a directory would be taken as of one moment and others as of the next.
        # Not `exists`: a link to a file that is gone is a file that cannot be read.
        stem = stem_of(path.name)
        if stem not in (gone or ()) and os.path.lexists(path):
            self._present.add(stem)
            if path.name == STORE_FILE:
                self._read_store(path)
            elif path.name == LOCK_FILE:
                self._lock, problems = load_evidence(self.directory)
                self._set_own(path, problems)
            else:
                self._read_brief(path, files)
        elif stem in absent or (gone is not None and stem not in gone):
            self._present.add(stem)
        else:
            self._present.discard(stem)
            self._valid.pop(stem, None)
            self._own.pop(path, None)
            self._hashes.pop(path, None)

    def _read_store(self, path: Path) -> None:
        loaded = load_vocabulary(path)
        self._store = loaded.value or self.vocabulary
        self._set_own(path, diagnostics(loaded) if loaded.value is None else [])

    def _set_own(self, path: Path, problems: list[Diagnostic]) -> None:
        self._own.pop(path, None)
        if problems:
            self._own[path] = problems

    def _read_brief(self, path: Path, files: dict[str, tuple[str, str]]) -> None:
        """Adds the file to `files` if it was read and is valid."""
        slug, data = path.stem, file_text.read(path)
        key = file_hash(slug, data) if isinstance(data, bytes) else ""
        # A file that cannot be read has no hash, and is tried again each time.
        if key and self._hashes.get(path) == key:
            return
        self._hashes[path] = key
        self._valid.pop(slug, None)
        brief, problems = self._known.get(key), list[Diagnostic]()
        if brief is None:
            self.parsed += 1
            loaded = brief_from(path, data)
            brief, problems = loaded.value, diagnostics(loaded) if loaded.value is None else []
            if brief is not None:
                self._lines[key] = lines_of(loaded.text, brief)
        self._set_own(path, problems)
        if brief is not None:
            files[key] = (brief.slug, brief.revision)
            last = self.briefs.get(slug)
            # The published one itself where they are equal, as the gate compares by identity.
            self._valid[slug] = last if last == brief else brief
