"""How many briefs readers are told of, and of what kinds, in words for maintainers."""

from collections import Counter
from collections.abc import Sequence

from bot.core.changes.announcement import Announcement
from bot.core.changes.change_set import SEVERITY
from bot.render.changes.announcement_head import kind_label
from bot.render.document.phrases import REINSTATED, count

NOUNS = {"Evidence": "evidence post", "New": "new post", REINSTATED: "reinstatement"}
"""What is counted under a label that is no noun with a plural."""

NAMED_KINDS = ("Correction", "Withdrawal")
"""Labels of posts that the summary names one by one."""


def told_summary(posts: Sequence[Announcement]) -> str:
    """`Readers will be told of 3 briefs: 1 correction, 2 updates.`, then the corrections and withdrawals by name, a
    line for each."""
    if not posts:
        return "Readers will be told nothing."
    by_severity = sorted(posts, key=lambda post: SEVERITY.index(post.kind))
    labels = [kind_label(post.kind, post) for post in by_severity]
    kinds = ", ".join(count_of(label, number) for label, number in Counter(labels).items())
    names: dict[str, list[str]] = {label: [] for label in NAMED_KINDS if label in labels}
    for label, post in zip(labels, by_severity, strict=True):
        if label in names:
            names[label].append(post.change_set.slug)
    lines = [f"{label}{'s' if len(slugs) > 1 else ''}: {', '.join(slugs)}" for label, slugs in names.items()]
    return "\n".join([f"Readers will be told of {count(len(posts), 'brief')}: {kinds}.", *lines])


def count_of(label: str, number: int) -> str:
    """`2 corrections`, of a label of posts; what has no plural is counted in posts."""
    return count(number, NOUNS.get(label, label.lower()))
