"""What changed between publications, as far as a channel's subscriptions ask for it."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date

from bot.core.batches import batches
from bot.core.briefs.vocabulary import Vocabulary
from bot.core.changes.announcement import Announcement, announce
from bot.core.changes.change_set import ChangeSet
from bot.core.changes.diff import squash
from bot.core.changes.summary import Summary, summarize
from bot.core.delivery.content import ChangeSummary
from bot.core.digests.digest import Plan
from bot.core.subscriptions.subscription import SubscriptionSpec, matches, matches_note, matching_changes
from bot.handlers.context import Services
from bot.store.publications import RevisionChange
from bot.store.renames import RENAME
from bot.store.store import AT_ONCE, Transaction


def announcement_for(
    tx: Transaction,
    services: Services,
    slug: str,
    after_publication: int,
    publication: int,
    specs: Sequence[SubscriptionSpec],
) -> tuple[Announcement | None, Sequence[SubscriptionSpec]]:
    """What changed in a brief after one publication (not included) up to another, as far as any of these specs asks for
    it, and the specs that do; None where there is nothing to announce."""
    steps = _told(tx.publications.revision_changes(slug=slug, after=after_publication, until=publication))
    announcement, asking = _announcement(tx, services, steps, specs)
    if announcement is None:
        return None, ()
    reverted_to = _reverted_to(tx, slug, _revisions(steps), publication)
    return replace(announcement, reverted_to=reverted_to), asking


def _told(steps: Iterable[RevisionChange]) -> list[RevisionChange]:
    """Without new names, which are nothing to announce, although a note may tell of them."""
    return [step for step in steps if step.kind != RENAME]


def _announcement(
    tx: Transaction, services: Services, steps: Sequence[RevisionChange], specs: Sequence[SubscriptionSpec]
) -> tuple[Announcement | None, Sequence[SubscriptionSpec]]:
    """The same for consecutive revision changes of one brief, without the day of a version that is published again."""
    vocabulary = services.corpus.corpus.vocabulary
    change_set = _change_set(tx, steps, vocabulary)
    if change_set is None or change_set.is_silent:
        return None, ()
    announcement = announce(change_set, vocabulary, on=steps[-1].published_at.date())
    asking = [spec for spec in specs if matches(spec, change_set)]
    ids = {id(change) for spec in asking for change in matching_changes(spec, change_set)}
    changes = tuple(change for change in announcement.changes if id(change) in ids)
    # A specification may match changes that the announcement leaves out as repetition.
    if not asking or (announcement.changes and not changes):
        return None, ()
    return replace(announcement, changes=changes), asking


def _revisions(steps: Sequence[RevisionChange]) -> list[str | None]:
    """The revisions that a brief had, oldest first; empty without steps."""
    return [steps[0].before, *(step.after for step in steps)] if steps else []


def _change_set(tx: Transaction, steps: Sequence[RevisionChange], vocabulary: Vocabulary) -> ChangeSet | None:
    """The difference between the first and the last revision of consecutive changes of one brief."""
    if not steps:
        return None
    slug, revisions = steps[0].slug, _revisions(steps)
    if len(revisions) == 2:
        change_set = tx.change_set(slug, revisions[0], revisions[1], vocabulary)
    else:
        # Over several publications: a claim that was edited and restored is no change.
        change_set = squash([tx.brief(slug, revision) for revision in revisions], vocabulary)
    return tx.reinstated(change_set, steps[0].publication) if change_set else None


def _reverted_to(tx: Transaction, slug: str, revisions: Sequence[str | None], publication: int) -> date | None:
    """The day on which the same content was published before, in a revert; None otherwise."""
    if revisions[-1] is None or revisions[0] is None:
        return None
    changes = tx.publications.with_revision(revisions[-1], slug)
    earlier = (each for each in changes if each.after == revisions[-1] and each.publication < publication)
    return next((each.published_at.date() for each in earlier), None)


# Of many briefs


def summary_for(
    tx: Transaction, services: Services, content: ChangeSummary, specs: Sequence[SubscriptionSpec]
) -> tuple[Summary | None, Sequence[SubscriptionSpec]]:
    """What changed in the briefs of a summary, as far as any of these specs asks for it, and the specs that do; None
    where there is nothing to announce."""
    steps_by_brief = _with_versions(tx, _steps_by_brief(tx, content))
    results = ((steps, *_announcement(tx, services, steps, specs)) for steps in steps_by_brief)
    announced = [(steps, each, asking) for steps, each, asking in results if each is not None]
    if not announced:
        return None, ()
    first = min(steps[0].published_at for steps, _, _ in announced)
    last = max(steps[-1].published_at for steps, _, _ in announced)
    announcements = [_with_matching_notes(each, asking) for _, each, asking in announced]
    all_asking = {spec for _, _, asking in announced for spec in asking}
    summary = summarize(announcements, since=first.date(), on=last.date())
    return summary, [spec for spec in specs if spec in all_asking]


def _with_versions(
    tx: Transaction, steps_by_brief: Sequence[Sequence[RevisionChange]]
) -> Iterator[Sequence[RevisionChange]]:
    """The same steps, whose versions are read for many briefs at once."""
    for some in batches(steps_by_brief, AT_ONCE):
        tx.expect({(step.slug, revision) for steps in some for step in steps for revision in (step.before, step.after)})
        yield from some


def _steps_by_brief(tx: Transaction, content: ChangeSummary) -> Sequence[Sequence[RevisionChange]]:
    """The revision changes of each brief of a summary, oldest first."""
    starts = dict(content.starts)
    # In one query: a summary may be about thousands of briefs.
    steps = _told(tx.publications.revision_changes(after=min(starts.values()), until=content.publication))
    by_slug: dict[str, list[RevisionChange]] = {}
    for step in steps:
        if step.publication > starts.get(step.slug, content.publication):
            by_slug.setdefault(step.slug, []).append(step)
    return list(by_slug.values())


def current_specs(tx: Transaction, specs: Iterable[SubscriptionSpec], publication: int) -> tuple[SubscriptionSpec, ...]:
    """What subscriptions asked for at a publication, by the slugs of now."""
    return tuple(_current_spec(tx, spec, publication) for spec in specs)


def _current_spec(tx: Transaction, spec: SubscriptionSpec, publication: int) -> SubscriptionSpec:
    brief = spec.target.brief
    if brief is None:
        return spec
    return replace(spec, target=replace(spec.target, brief=tx.renames.current_slug(brief, publication)))


def announcements_in_digest(
    tx: Transaction, services: Services, plan: Plan, slugs: Collection[str] | None = None
) -> Iterator[Announcement]:
    """What changed in each brief of a plan's window, as far as its specs ask for it, in order of slugs; only in some
    briefs (at most `AT_ONCE`) where `slugs` are given. It is read piece by piece, as it may be thousands."""
    after, until = plan.after_publication, plan.publication
    changes = tx.publications.revision_changes(slugs=slugs, after=after, until=until) if plan.specs else []
    by_slug: dict[str, list[RevisionChange]] = {}
    for step in sorted(_told(changes), key=lambda each: (each.slug, each.publication)):
        by_slug.setdefault(step.slug, []).append(step)
    for steps in _with_versions(tx, list(by_slug.values())):
        announcement, asking = _announcement(tx, services, steps, plan.specs)
        if announcement is not None:
            yield _with_matching_notes(announcement, asking)


def _with_matching_notes(announcement: Announcement, specs: Sequence[SubscriptionSpec]) -> Announcement:
    """Without the notes that none of the specs asks for: beside other briefs a note has the weight of a change."""
    change_set = announcement.change_set
    notes = (note for note in announcement.notes if any(matches_note(spec, note, change_set) for spec in specs))
    return replace(announcement, notes=tuple(notes))
