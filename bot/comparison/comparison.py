"""What differs between two states of the briefs: the posts for readers, and the lines for maintainers."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from bot.comparison.versions import Versions
from bot.content.loader import LoadResult
from bot.core.briefs.brief import Brief
from bot.core.changes.announcement import Announcement, announce
from bot.core.changes.change_set import ChangeSet
from bot.core.changes.diff import diff_corpora
from bot.core.changes.rename import renames
from bot.core.delivery.radius import Radius
from bot.core.linting.gate import reason_to_hold
from bot.render.changes.silent_changes import rename_line, silent_lines, unseen_line, vocabulary_line

Briefs = Mapping[str, Brief]


@dataclass(frozen=True, slots=True)
class Comparison:
    """What differs between two states. `change_sets` are those of all briefs that differ for readers or silently,
    `posts` the announcements; `silent` are lines for maintainers on what readers are not told; `renamed` is the new
    slug of each renamed brief by its old one; `held` is why the bot publishes none of it, None where it does; `radius`
    who would hear, None where no database is named."""

    change_sets: Sequence[ChangeSet] = ()
    posts: Sequence[Announcement] = ()
    silent: Sequence[str] = ()
    renamed: Mapping[str, str] = field(default_factory=dict)
    held: str | None = None
    radius: Radius | None = None


def compare(versions: Versions, on: date) -> Comparison:
    """What differs; `on` is the day on which it would be published. A brief that is broken in the newer state, or that
    the gate refuses, counts as unchanged; one that is broken in the older state is not compared."""
    renamed = renames(_published(versions.briefs_before), _published(versions.briefs_after))
    old, new = _comparable(versions)
    vocabulary = versions.vocabularies[1]
    sets = diff_corpora(_under_new_names(old, renamed), new, vocabulary)
    posts = [announce(each, vocabulary, on=on) for each in sets if not each.is_silent]
    silent = [rename_line(*each) for each in renamed.items()]
    silent += [*_silent(sets, versions, renamed), *filter(None, [vocabulary_line(*versions.vocabularies)])]
    held = reason_to_hold(versions.briefs_before, versions.briefs_after)
    return Comparison(sets, posts, silent, renamed, held)


def _comparable(versions: Versions) -> tuple[Briefs, Briefs]:
    """The older and the newer briefs, without those that are broken in the older state."""
    old, new = versions.briefs_before, versions.briefs_after
    return old, {slug: brief for slug, brief in new.items() if slug in old or slug not in versions.before}


def _published(briefs: Briefs) -> dict[str, Brief]:
    return {slug: brief for slug, brief in briefs.items() if brief.status != "draft"}


def _under_new_names(briefs: Briefs, renamed: Mapping[str, str]) -> dict[str, Brief]:
    names = {slug: renamed.get(slug, slug) for slug in briefs}
    return {
        names[slug]: replace(brief, slug=names[slug]) if slug in renamed else brief for slug, brief in briefs.items()
    }


# What readers are not told


def _silent(sets: Iterable[ChangeSet], versions: Versions, renamed: Mapping[str, str]) -> Iterator[str]:
    by_slug = {each.slug: each for each in sets}
    for slug in sorted({*versions.before, *versions.after} - {*renamed}):
        old, new = versions.before.get(slug), versions.after.get(slug)
        if change_set := by_slug.get(slug):
            yield from silent_lines(change_set)
        elif slug not in renamed.values() and _differ(old, new):
            yield unseen_line(slug, old.value if old else None, new.value if new else None)


def _differ(old: LoadResult[Brief] | None, new: LoadResult[Brief] | None) -> bool:
    """Whether a file differs, and neither version is broken."""
    is_valid = all(loaded is None or loaded.value for loaded in (old, new))
    return is_valid and (old and old.text) != (new and new.text)
