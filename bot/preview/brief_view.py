"""The briefs of a preview, each with what becomes of it, the most urgent first."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from bot.core.briefs.brief import Brief
from bot.core.changes.announcement import Announcement
from bot.core.changes.change_set import SEVERITY
from bot.core.evidence.lock import EvidenceLock, QuoteCheck, QuoteKey
from bot.core.linting.diagnostic import Diagnostic, is_error
from bot.preview.reading import Preview
from bot.render.changes.announcement_head import kind_label

Fate = Literal["held", "told", "silent", "unchanged"]
"""What becomes of a file: the gate holds it back, readers are told of it, they are not, or it is as before."""

FATES: tuple[Fate, ...] = ("held", "told", "silent", "unchanged")
LABELS = {"held": "Held back", "silent": "Not told", "unchanged": "Unchanged"}


QUOTES_DIFFER = "what is known of its quotes (evidence.lock)"


@dataclass(frozen=True, slots=True)
class BriefView:
    """One brief. `before` and `after` are what readers have now and after the merge, None where there is nothing;
    `slug` is that of after. `text` is its newer file, `problems` what is wrong with it, or with the file of its older
    name that is gone."""

    slug: str
    fate: Fate
    before: Brief | None
    after: Brief | None
    post: Announcement | None
    silent: Sequence[str]
    problems: Sequence[Diagnostic]
    text: str

    @property
    def title(self) -> str:
        """Of the newer version; the slug where no version could be read."""
        brief = self.after or self.before
        return brief.title if brief else self.slug

    @property
    def label(self) -> str:
        """One or two words for what becomes of it."""
        if self.fate == "told" and self.post:
            return kind_label(self.post.kind, self.post)
        if self.fate == "silent" and self.after and self.after.status == "draft":
            return "Draft"
        return LABELS[self.fate]

    @property
    def texts(self) -> dict[str, str]:
        """The file, by the slug that is in the path of a problem in it."""
        return {self.slug: self.text}

    @property
    def errors(self) -> int:
        """How many of its problems are errors."""
        return sum(map(is_error, self.problems))


def brief_views(preview: Preview) -> list[BriefView]:
    """All briefs of both states, but for the older names of renamed ones: held back, told by severity, silent,
    unchanged."""
    versions, comparison = preview.versions, preview.comparison
    before, after = versions.briefs_before, versions.briefs_after
    old_slugs = {new: old for old, new in comparison.renamed.items()}
    posts = {each.change_set.slug: each for each in comparison.posts}
    silent = _silent(comparison.silent)
    views = []
    for slug in sorted({*versions.before, *versions.after} - {*comparison.renamed}):
        file, post = versions.after.get(slug), posts.get(slug)
        text, older = file.text if file else "", old_slugs.get(slug)
        wrong = [*(preview.problems.get(older, ()) if older else ()), *preview.problems.get(slug, ())]
        fate, lines = _fate(preview, slug, told=post is not None), silent.get(slug, ())
        if len({frozenset(known_of(slug, each).items()) for each in preview.evidence}) > 1:
            fate, lines = "silent" if fate == "unchanged" else fate, (*lines, QUOTES_DIFFER)
        old = before.get(older or slug)
        views.append(BriefView(slug, fate, old, after.get(slug), post, lines, wrong, text))
    return sorted(views, key=_rank)


def known_of(slug: str, evidence: EvidenceLock) -> dict[QuoteKey, QuoteCheck]:
    """What is known of the quotes of a brief."""
    return {key: check for key, check in evidence.checks.items() if key.brief == slug}


def _rank(view: BriefView) -> tuple[int, int, str]:
    return FATES.index(view.fate), SEVERITY.index(view.post.kind) if view.post else 0, view.slug


def _fate(preview: Preview, slug: str, *, told: bool) -> Fate:
    versions = preview.versions
    old, new = versions.before.get(slug), versions.after.get(slug)
    if new is not None and new.value is None:
        return "held"
    if told:
        return "told"
    return "unchanged" if old and new and old.text == new.text else "silent"


def _silent(lines: Sequence[str]) -> dict[str, list[str]]:
    """What readers are not told of each brief, by slug, without its name."""
    by_slug = defaultdict[str, list[str]](list)
    for each in lines:
        slug, _, words = each.partition(": ")
        by_slug[slug].append(words)
    return by_slug
