"""A walk through the history of a brief, which goes on where it stopped."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Self

from bot.core.changes.change_set import ChangeSet
from bot.core.changes.reinstatement import NOTHING, Withdrawn, withdrawn
from bot.store.publications import RevisionChange


@dataclass(frozen=True, slots=True)
class HistoryWalk:
    """What was withdrawn of a brief up to its `last` change; None before the first."""

    last: RevisionChange | None = None
    withdrawn: Withdrawn = NOTHING

    @property
    def until(self) -> int:
        """The number of the publication of the last change; 0 before the first."""
        return self.last.publication if self.last else 0

    def after(
        self,
        steps: Sequence[RevisionChange],
        change_set: Callable[[str, str | None, str | None], ChangeSet | None],
    ) -> Self:
        """The walk after those of these changes, oldest first, that follow its last one. `change_set` gives the
        difference between two revisions of a brief."""
        following = [step for step in steps if step.publication > self.until]
        if not following:
            return self
        change_sets = (change_set(step.slug, step.before, step.after) for step in following)
        state = withdrawn((each for each in change_sets if each is not None), self.withdrawn)
        return type(self)(following[-1], state)
