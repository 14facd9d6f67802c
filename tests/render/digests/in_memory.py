"""A digest of announcements that are all there, in place of those that the store gives piece by piece."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import islice

from bot.core.changes.announcement import Announcement
from bot.core.digests.digest import Digest, Plan
from bot.core.digests.outline import Outline
from bot.render.digests.digest import DigestMessage
from bot.render.digests.items import DigestItem, group_items, outline_entry, task_items
from bot.render.digests.messages import first_message, next_message

READ_AHEAD = 45
"""Items that are read for a page: some pages hold more."""


@dataclass(frozen=True)
class DigestInMemory:
    """`groups` are of one brief and one kind each, in their order."""

    plan: Plan
    groups: Sequence[Announcement]
    number_of_digest: int = 7

    @cached_property
    def outline(self) -> Outline:
        return Outline(tuple(map(outline_entry, self.groups)))

    @property
    def tasks(self) -> Sequence[DigestItem]:
        return task_items(self.plan, "/brief")

    @property
    def number(self) -> int:
        return self.outline.items + len(self.tasks)

    @cached_property
    def items(self) -> Sequence[DigestItem]:
        return (*(item for group in self.groups for item in group_items(group, "/brief")), *self.tasks)

    def items_from(self, start: int) -> Iterator[DigestItem]:
        return islice(iter(self.items), start, None)

    def page_from(self, start: int) -> Digest:
        """As somebody reads it."""
        stretch = self.outline.stretch(start, start + READ_AHEAD)
        names = {(each.slug, each.kind) for each in stretch.entries}
        groups = tuple(each for each in self.groups if (each.change_set.slug, each.kind) in names)
        return Digest(self.plan, groups, self.outline, start, stretch.skipped)

    def messages(self) -> list[DigestMessage]:
        """As it is posted."""
        messages = [first_message(self, "/brief", self.number_of_digest)]
        while messages[-1].part.number < messages[-1].part.count:
            messages.append(next_message(self, "/brief", self.number_of_digest, messages[-1].part))
        return messages
