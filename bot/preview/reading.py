"""Reads what a preview shows: the two states of the briefs, the difference, and all problems of the newer one."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

from bot.comparison.comparison import Comparison, compare
from bot.comparison.problems import between_versions
from bot.comparison.states import WORKING_TREE_STATE, State, states
from bot.comparison.versions import Versions, read
from bot.content import file_text
from bot.content.evidence_file import load_evidence
from bot.content.evidence_lock import LOCK_FILE
from bot.content.git_revision import resolved
from bot.content.loader import LoadResult, brief_from, diagnostics
from bot.core.briefs.brief import Brief
from bot.core.evidence.lock import NO_EVIDENCE, EvidenceLock
from bot.core.linting.diagnostic import Diagnostic
from bot.core.linting.gate import STORE
from bot.errors import SettingsError

HASH_SHOWN = 8
"""Characters of a commit's hash."""


@dataclass(frozen=True, slots=True)
class Preview:
    """What a merge would change on the day `on`. `base` names the older state; `problems` are those of the newer files,
    by slug, in the order of their lines; `STORE` stands for `_store.yaml`, and
    `LOCK_FILE` for that file."""

    base: str
    versions: Versions
    comparison: Comparison
    problems: Mapping[str, Sequence[Diagnostic]]
    on: date
    evidence: tuple[EvidenceLock, EvidenceLock] = (NO_EVIDENCE, NO_EVIDENCE)
    """What is known of the quotes, before and after."""


class Reader:
    """Reads again and again; files that have not changed since are not parsed again. `scratch` is an empty directory
    for the files of revisions."""

    def __init__(self, base: Path | None, briefs: Path, scratch: Path) -> None:
        self._base, self._briefs, self._scratch = base or WORKING_TREE_STATE, briefs, scratch
        self._known: dict[Path, tuple[object, LoadResult[Brief]]] = {}
        self._states: tuple[State, State] | None = None
        self._commit: str | None = None
        self._extracted = 0

    @property
    def commit(self) -> str | None:
        """The commit that the base is now; None where it is a directory, or git cannot say."""
        return None if self._base.exists() else resolved(self._briefs, str(self._base))

    def read(self) -> Preview:
        """Both states as they are now. Raises: SettingsError for a base that is neither a revision nor a directory, and
        where there are no briefs."""
        on = datetime.now(UTC).date()
        old, new = self._both_states()
        before, (after, broken) = load_evidence(old.directory)[0] or NO_EVIDENCE, load_evidence(new.directory)
        # Where it is broken readers keep what was known.
        evidence = before, before if after is None else after
        versions = read(old, new, lambda path: self._load(path, on, evidence[1]))
        comparison = compare(versions, on)
        problems = defaultdict[str, list[Diagnostic]](list, {LOCK_FILE: broken} if broken else {})
        for slug, each in sorted(set(_problems(versions, comparison)), key=lambda pair: pair[1]):
            problems[slug].append(each)
        return Preview(self._name(), versions, comparison, problems, on, evidence)

    def _both_states(self) -> tuple[State, State]:
        commit = self.commit
        if self._states is None or commit is None or commit != self._commit:
            if self._base.is_file():
                raise SettingsError(f"{self._base} is a file; name a revision, or a directory of briefs")
            self._extracted += 1
            scratch = self._scratch / str(self._extracted)
            scratch.mkdir()
            self._states, self._commit = states(self._base, None, self._briefs, scratch), commit
        return self._states

    def _name(self) -> str:
        return f"{self._base} ({self._commit[:HASH_SHOWN]})" if self._commit else str(self._base)

    def _load(self, path: Path, on: date, evidence: EvidenceLock) -> LoadResult[Brief]:
        data = file_text.read(path)
        read_from = data, on, evidence
        known = self._known.get(path)
        if known is None or known[0] != read_from:
            known = self._known[path] = read_from, brief_from(path, data, on, evidence)
        return known[1]


def _problems(versions: Versions, comparison: Comparison) -> Iterator[tuple[str, Diagnostic]]:
    """(slug, problem) of the newer files: by themselves, between them, and against the older state."""
    _, store = versions.stores
    for slug, loaded in versions.after.items():
        yield from ((slug, each) for each in versions.new.located(diagnostics(loaded)))
    if store:
        yield from ((STORE, each) for each in versions.new.located(diagnostics(store)))
    for slug, problems in versions.problems.items():
        yield from ((slug, each) for each in versions.located(slug, problems))
    for each in between_versions(versions, comparison):
        yield Path(each.path).stem, each
