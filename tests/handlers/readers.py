"""What readers are to be told of brief files that change. It is a calculation of its own: PyYAML reads the files, and
nothing of the product compares what they say."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from tests.handlers.history import File, brief_of, name_of


@dataclass(frozen=True)
class View:
    """What readers see of a brief: the numbers in its claims by id, and its notes. `content` is its whole file without
    aliases and notes."""

    name: str
    published: bool
    numbers: Mapping[str, int]
    notes: frozenset[str]
    content: File = field(repr=False)


Views = Mapping[str, View]
"""By slug."""

Event = tuple[str, ...]
"""(name, what happened, claim or note, number before, number now)."""


def view(file: File) -> View:
    claims = file["sections"]["legal"]["claims"]
    numbers = {claim["id"]: int(claim["text"].split()[-3]) for claim in claims}
    notes = frozenset(f"{note['kind']} {note['note']}" for note in file["changes"])
    content = {key: value for key, value in file.items() if key not in ("aliases", "changes")}
    return View(name_of(file), file["status"] == "published", numbers, notes, content)


def views(directory: Path, before: Views) -> Views:
    """What the files of a directory say. A file that is not in order stands for what it last said."""
    files = {path.stem: brief_of(path.read_text()) for path in directory.glob("[!_]*.yaml")}
    said = {slug: view(file) if file else before.get(slug) for slug, file in files.items()}
    return {slug: each for slug, each in said.items() if each is not None}


@dataclass
class Readers:
    """What readers have seen so far; `known` are the slugs under which they have."""

    views: Views = field(default_factory=dict)
    known: set[str] = field(default_factory=set)

    def look(self, directory: Path) -> Counter[Event]:
        """What has happened since they looked last, in the files that are there now."""
        before, self.views = self.views, views(directory, self.views)
        renamed = dict(self._renames(before))
        self.known = (self.known - renamed.keys()) | set(renamed.values())
        happened = Counter(self._events(before, {*renamed, *renamed.values()}))
        self.known |= {slug for slug, each in self.views.items() if each.published}
        return happened

    def _renames(self, before: Views) -> Iterator[tuple[str, str]]:
        """(slug before, slug now) of files that say the same under another name, one that is not taken."""
        for old in before.keys() - self.views.keys():
            for new in self.views.keys() - before.keys() - self.known:
                if before[old].content == self.views[new].content:
                    yield old, new

    def _events(self, before: Views, renamed: set[str]) -> Iterator[Event]:
        for slug in (before.keys() | self.views.keys()) - renamed:
            old, new = before.get(slug), self.views.get(slug)
            was, now = (each is not None and each.published for each in (old, new))
            if was and not now and old:
                yield old.name, "gone"
            elif now and not was and new:
                yield new.name, "back" if slug in self.known else "new"
            elif old and new:
                yield from _changes(old, new)


def _changes(old: View, new: View) -> Iterator[Event]:
    # Of a brief that stays withdrawn readers see the notes alone.
    for claim in old.numbers.keys() | new.numbers.keys() if new.published else ():
        pair = old.numbers.get(claim), new.numbers.get(claim)
        if pair[0] != pair[1]:
            yield new.name, "claim", claim, *map(str, pair)
    for note in new.notes - old.notes:
        yield new.name, "note", note
