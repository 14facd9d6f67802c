"""Where a claim that was reported stands now, also in another brief."""

from dataclasses import dataclass

from bot.core.reports.claim_follow import Step, follow_claim, heir_of
from bot.core.reports.report import ReportState
from bot.store.store import Transaction


@dataclass(frozen=True, slots=True)
class Whereabouts:
    """The slug and the id of a claim now. `state`: open if it reads as it did."""

    slug: str
    claim: str
    state: ReportState


class ClaimTracker:
    """Follows claims up to a publication, within one transaction; what it has read serves for all of them."""

    def __init__(self, tx: Transaction, newest: int) -> None:
        self._tx, self._newest = tx, newest
        self._steps: dict[str, tuple[int, list[Step]]] = {}
        self._changed: tuple[int, list[str]] | None = None

    def follow(self, slug: str, claim: str, after: int) -> Whereabouts:
        """What became of a claim since a publication (not included). One that a split moved to another brief is
        followed there."""
        here = follow_claim(claim, (change_set for _, change_set in self._steps_of(slug, after)))
        others = (
            step for other in self._slugs_changed(after) if other != slug for step in self._steps_of(other, after)
        )
        heir = heir_of(here.claim, here.last, others) if here.last else None
        if heir is None:
            return Whereabouts(slug, here.claim, here.state)
        there = self.follow(heir.slug, heir.claim, heir.publication)
        has_changed = "changed" in (here.state, heir.state)
        return Whereabouts(there.slug, there.claim, "changed" if has_changed and there.state == "open" else there.state)

    def _steps_of(self, slug: str, after: int) -> list[Step]:
        since, steps = self._steps.get(slug, (self._newest, []))
        if after < since:
            steps = self._read(slug, after)
            self._steps[slug] = after, steps
        return [step for step in steps if step[0] > after]

    def _read(self, slug: str, after: int) -> list[Step]:
        changes = self._tx.publications.kept_changes(slug, after=after, until=self._newest)
        change_sets = ((each.publication, self._tx.change_set(slug, each.before, each.after)) for each in changes)
        return [(number, change_set) for number, change_set in change_sets if change_set is not None]

    def _slugs_changed(self, after: int) -> list[str]:
        """The briefs that were changed after a publication; after an earlier one, if that was asked for before."""
        if self._changed is None or after < self._changed[0]:
            changes = self._tx.publications.revision_changes(after=after, until=self._newest)
            self._changed = after, [*dict.fromkeys(each.slug for each in changes)]
        return self._changed[1]
