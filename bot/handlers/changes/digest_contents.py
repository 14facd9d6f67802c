"""What a digest tells: its outline at once, and the items of a page as they are read."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from functools import cached_property
from itertools import islice

from bot.core.batches import batches
from bot.core.briefs import canonical
from bot.core.briefs.brief import ChangeKind
from bot.core.changes.announcement import Announcement
from bot.core.digests.digest import Digest, Plan, group_by_kind, rank
from bot.core.digests.outline import Outline, OutlineEntry
from bot.handlers.changes.announcements import announcements_in_digest, current_specs
from bot.handlers.context import Services
from bot.render.digests.items import DigestItem, group_items, outline_entry, task_items
from bot.store.store import AT_ONCE, Transaction

READ_AHEAD = 60
"""Items that are read for one page: more than most pages hold."""

ENTRIES_AT_ONCE = 8
"""Entries whose items are made, and kept, together."""

GroupName = tuple[str, ChangeKind]
"""The slug of a brief, and the kind of the changes in it."""


class DigestContents:
    """What a plan tells, within one transaction. Channels with the same specs and window share its outline, and the
    items of what is posted."""

    def __init__(self, tx: Transaction, services: Services, plan: Plan) -> None:
        self._tx, self._services = tx, services
        self.plan = replace(plan, specs=current_specs(tx, plan.specs, plan.publication))
        corpus = services.corpus.corpus
        # Not the number of the corpus: a digest is being sent while others publish.
        names = (canonical.VOCABULARY.dump_json(corpus.vocabulary), *sorted(corpus.former_slugs.items()))
        self._key = ("digest", plan.after_publication, plan.publication, self.plan.specs, names)

    @cached_property
    def tasks(self) -> tuple[DigestItem, ...]:
        """What there is to look after, below the changes."""
        return task_items(self.plan, self._services.policy.command)

    @property
    def number(self) -> int:
        """How many items it has."""
        return self.outline.items + len(self.tasks)

    @property
    def has_changes(self) -> bool:
        """Whether there is anything to tell; quicker than the outline."""
        return any(True for _ in announcements_in_digest(self._tx, self._services, self.plan))

    @cached_property
    def outline(self) -> Outline:
        """All that has changed."""
        outline: Outline = self._services.announcement_cache.get((*self._key, "outline"), self._outline)
        return outline

    def _outline(self) -> Outline:
        # Of each brief only numbers are kept: together they may be thousands.
        ranked = [
            (rank(group), outline_entry(group))
            for announcement in announcements_in_digest(self._tx, self._services, self.plan)
            for group in group_by_kind([announcement])
        ]
        return Outline(tuple(entry for _, entry in sorted(ranked, key=lambda each: each[0])))

    def page_from(self, start: int) -> Digest:
        """The digest as it is read from an item on, or from the first one where it has no such item."""
        outline = self.outline
        start = start if 0 < start < self.number else 0
        stretch = outline.stretch(start, start + READ_AHEAD)
        groups = self.groups((each.slug, each.kind) for each in stretch.entries)
        return Digest(self.plan, tuple(groups), outline, start, stretch.skipped)

    def groups(self, names: Iterable[GroupName]) -> list[Announcement]:
        """The groups of these names, by the slugs of the digest's time or of now, in their order."""
        wanted = list(names)
        groups = self._groups(slug for slug, _ in wanted)
        if any(name not in groups for name in wanted):
            current, number = self._tx.renames.current_slug, self.plan.publication
            wanted = [name if name in groups else (current(name[0], number), name[1]) for name in wanted]
            groups |= self._groups(slug for slug, kind in wanted if (slug, kind) not in groups)
        return [groups[name] for name in wanted if name in groups]

    def _groups(self, slugs: Iterable[str]) -> dict[GroupName, Announcement]:
        ordered, groups = sorted(set(slugs)), {}
        for several in batches(ordered, AT_ONCE):
            for group in group_by_kind(announcements_in_digest(self._tx, self._services, self.plan, several)):
                groups[group.change_set.slug, group.kind] = group
        return groups

    def items_from(self, start: int) -> Iterator[DigestItem]:
        """The items from an index on: of the changes, then what there is to look after."""
        entries, before = self.outline.entries, 0
        for several in batches(entries, ENTRIES_AT_ONCE):
            end = before + sum(each.items for each in several)
            if end > start:
                yield from islice(self._items(several), max(0, start - before), None)
            before = end
        yield from islice(self.tasks, max(0, start - before), None)

    def _items(self, entries: Sequence[OutlineEntry]) -> Sequence[DigestItem]:
        names = tuple((each.slug, each.kind) for each in entries)
        command = self._services.policy.command
        items: tuple[DigestItem, ...] = self._services.announcement_cache.get(
            (*self._key, command, names), lambda: self.items(self.groups(names))
        )
        return items

    def items(self, groups: Iterable[Announcement]) -> tuple[DigestItem, ...]:
        """The items of some groups, in their order."""
        return tuple(item for group in groups for item in group_items(group, self._services.policy.command))
