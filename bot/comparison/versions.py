"""What readers have before a change of the brief files and after it, by the gate through which the bot publishes."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from bot.comparison.states import State
from bot.content.loader import STORE_FILE, LoadResult, diagnostics, load_brief, load_vocabulary
from bot.content.repository import brief_files
from bot.core.briefs.brief import Brief
from bot.core.briefs.vocabulary import NO_VOCABULARY, Vocabulary
from bot.core.linting import gate
from bot.core.linting.diagnostic import Diagnostic, Problem

Files = Mapping[str, LoadResult[Brief]]
"""Brief files by slug."""

Store = LoadResult[Vocabulary] | None
"""`_store.yaml`; None where there is none."""


@dataclass(frozen=True, slots=True)
class Versions:
    """Two states as they were read. The value of a newer file that the gate refuses is None, as that of a broken one.
    `vocabularies` are those that readers have before and after. `problems` are those between files of the newer state
    that the older one lacks, by the slug of the file at fault."""

    old: State
    new: State
    before: Files
    after: Files
    stores: tuple[Store, Store]
    vocabularies: tuple[Vocabulary, Vocabulary]
    problems: gate.Problems

    @property
    def briefs_before(self) -> dict[str, Brief]:
        return _values(self.before)

    @property
    def briefs_after(self) -> dict[str, Brief]:
        """The newer briefs; of a file that is broken or refused the older one."""
        return _with_last(self.before, self.after)

    def located(self, slug: str, problems: Iterable[Problem]) -> Iterator[Diagnostic]:
        """Problems of the file of a slug, `gate.STORE` for that of the store. What is gone stands at its old place."""
        if slug == gate.STORE:
            new: LoadResult[Brief] | Store = self.stores[1]
            file = new or self.stores[0]
        else:
            new = self.after.get(slug)
            file = new or self.before.get(slug)
        if file:
            state = self.new if new else self.old
            yield from state.located(diagnostics(replace(file, problems=()), problems))


Load = Callable[[Path], LoadResult[Brief]]


def read(old: State, new: State, load: Load = load_brief) -> Versions:
    """Reads two directories, or two files of one brief, which is then compared alone: all else is as in NEW. `load`
    reads one brief file."""
    before, after = _files(old, load), _files(new, load)
    stores = _store(old), _store(new)
    others: Mapping[str, Brief] = {}
    if not new.path.is_dir():
        beside = (path for path in brief_files(new.directory) if path != new.path)
        others = _values({path.stem: load(path) for path in beside})
        stores = stores[1], stores[1]
    vocabulary = stores[0].value if stores[0] and stores[0].value else NO_VOCABULARY
    published = gate.Content({**others, **_values(before)}, vocabulary)
    files = gate.Content({**others, **_with_last(before, after)}, _vocabulary(stores[1], published.vocabulary))
    admission = gate.admit(published, files)
    vocabularies = published.vocabulary, admission.content.vocabulary
    admitted = _admitted(after, files.briefs, admission.content.briefs)
    return Versions(old, new, before, admitted, stores, vocabularies, _new(admission.problems, published, after))


def _files(state: State, load: Load) -> Files:
    paths = brief_files(state.path) if state.path.is_dir() else [state.path]
    return {path.stem: load(path) for path in paths}


def _store(state: State) -> Store:
    path = state.directory / STORE_FILE
    return load_vocabulary(path) if path.exists() else None


def _vocabulary(store: Store, last: Vocabulary) -> Vocabulary:
    return (store.value or last) if store else NO_VOCABULARY


def _values(files: Files) -> dict[str, Brief]:
    return {slug: loaded.value for slug, loaded in files.items() if loaded.value}


def _with_last(before: Files, after: Files) -> dict[str, Brief]:
    """The newer briefs, of a broken file the older one; where both are equal the older one itself, by which the gate
    knows what has not changed."""
    last = _values(before)
    briefs = ((slug, loaded.value or last.get(slug)) for slug, loaded in after.items())
    return {slug: last[slug] if last.get(slug) == brief else brief for slug, brief in briefs if brief}


def _admitted(after: Files, said: Mapping[str, Brief], admitted: Mapping[str, Brief]) -> Files:
    return {
        slug: loaded if admitted.get(slug) is said.get(slug) else replace(loaded, value=None)
        for slug, loaded in after.items()
    }


def _new(problems: gate.Problems, published: gate.Content, after: Files) -> gate.Problems:
    """The problems of the files that are compared, without those that the older state has too."""
    known = {(slug, each.message) for slug, every in gate.find_problems(published).items() for each in every}
    new = {slug: tuple(each for each in every if (slug, each.message) not in known) for slug, every in problems.items()}
    return {slug: every for slug, every in new.items() if every and (slug in after or slug == gate.STORE)}
