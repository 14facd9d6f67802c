"""What a digest tells, in order and counted, without its words: it may be about thousands of briefs."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from bot.core.briefs.brief import ChangeKind
from bot.core.changes.summary import KindCount


@dataclass(frozen=True, slots=True)
class OutlineEntry:
    """What changed in one brief and is of one kind. `introductions` counts the items that stand above those of the
    changes, which `bodies` counts. `is_new_brief`: the brief itself is new."""

    slug: str
    kind: ChangeKind
    is_new_brief: bool
    introductions: int
    bodies: int

    @property
    def items(self) -> int:
        """How many items it has."""
        return self.introductions + self.bodies

    def changes_from(self, item: int = 0) -> int:
        """How many changes its items from this index on tell. Where only notes are told, the first counts as one."""
        return self.bodies - max(0, item - self.introductions) if self.bodies else int(item == 0)


@dataclass(frozen=True, slots=True)
class Stretch:
    """Consecutive entries of an outline; the first `skipped` items of the first one are left out."""

    entries: Sequence[OutlineEntry] = ()
    skipped: int = 0


# No slots here: `cached_property` stores its value in the instance's `__dict__`.
@dataclass(frozen=True)
class Outline:
    """The entries of a digest in its order. Items are counted from 0 through all of them."""

    entries: tuple[OutlineEntry, ...] = ()

    @cached_property
    def items(self) -> int:
        """How many items all entries have."""
        return sum(each.items for each in self.entries)

    @cached_property
    def briefs(self) -> int:
        """How many briefs have changed."""
        return len({each.slug for each in self.entries})

    @cached_property
    def counts(self) -> tuple[KindCount, ...]:
        """The changes by kind, in the order of the digest."""
        return self.counts_from(0)

    @property
    def changes(self) -> int:
        """How many changes it tells."""
        return sum(each.number for each in self.counts)

    def counts_from(self, item: int) -> tuple[KindCount, ...]:
        """The changes by kind, in the order of the digest, of the items from this index on."""
        numbers: Counter[tuple[ChangeKind, bool]] = Counter()
        for entry, skipped in self._from(item):
            numbers[entry.kind, entry.is_new_brief] += entry.changes_from(skipped)
        kinds = list(dict.fromkeys(each.kind for each in self.entries))
        # New briefs before what is new in others.
        ordered = sorted(numbers, key=lambda each: (kinds.index(each[0]), not each[1]))
        return tuple(KindCount(*each, numbers[each]) for each in ordered if numbers[each])

    def stretch(self, start: int, end: int) -> Stretch:
        """The entries that the items from index `start` up to `end`, excluded, belong to."""
        entries: list[OutlineEntry] = []
        skipped = items = 0
        for entry, omitted in self._from(start):
            if entries and items >= end - start:
                break
            skipped = skipped if entries else omitted
            entries.append(entry)
            items += entry.items - omitted
        return Stretch(tuple(entries), skipped)

    def _from(self, item: int) -> Iterator[tuple[OutlineEntry, int]]:
        """The entries that have items from this index on, each with the number of its items before."""
        before = 0
        for entry in self.entries:
            if before + entry.items > item or (entry.items == 0 and before >= item):
                yield entry, max(0, item - before)
            before += entry.items


NO_OUTLINE = Outline()
