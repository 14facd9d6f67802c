"""The output of `briefbot diff`: text, JSON, or the messages as Slack is sent them."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields, is_dataclass, replace
from datetime import date
from typing import Any

from bot.cli.job_summary import job_summary
from bot.cli.output import to_json
from bot.core.changes.announcement import Announcement
from bot.core.changes.change_set import SEVERITY, Change, ChangeSet
from bot.core.changes.visibility import ARRANGEMENT
from bot.render.changes.announcement_head import kind_label
from bot.render.document import terminal
from bot.render.document.paging import single_page
from bot.render.document.phrases import REINSTATED, count
from bot.render.reply_layout import layout
from bot.render.reply_message import render_reply

BETWEEN_POSTS = "\n\n---\n\n"

NOUNS = {"Evidence": "evidence post", "New": "new post", REINSTATED: "reinstatement"}
"""What is counted under a label that is no noun with a plural."""

NAMED_KINDS = ("Correction", "Withdrawal")
"""Labels of posts that the summary names one by one."""


@dataclass(frozen=True, slots=True)
class Comparison:
    """What differs between two states. `change_sets` are those of all briefs that differ for readers or silently,
    `posts` the announcements; `silent` are lines for maintainers on what readers are not told; `renamed` is the new
    slug of each renamed brief by its old one; `held` is why the bot publishes none of it, None where it does."""

    change_sets: Sequence[ChangeSet]
    posts: Sequence[Announcement]
    silent: Sequence[str]
    renamed: Mapping[str, str]
    held: str | None = None


def text(comparison: Comparison, command: str) -> str:
    """The number of posts by kind, then what readers are not told, then the posts in full: a terminal has no button to
    expand them."""
    unfolded = (replace(post, collapsed=False) for post in comparison.posts)
    posts = (terminal.text(single_page(layout(post, command))) for post in unfolded)
    silent = "\n".join(["Readers will not be told:", *(f"- {line}" for line in comparison.silent)])
    held = f"Nothing is published without briefbot publish --force: {comparison.held}. By force:"
    head = [_summary(comparison.posts), *([silent] if comparison.silent else [])]
    if comparison.held:
        head.insert(0, held)
    return BETWEEN_POSTS.join(["\n\n".join(head), *posts])


def _summary(posts: Sequence[Announcement]) -> str:
    """`Readers will be told of 3 briefs: 1 correction, 2 updates.`, then the corrections and withdrawals by name."""
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


def blocks(comparison: Comparison, command: str) -> str:
    """The messages as JSON."""
    messages = (render_reply(post, command=command) for post in comparison.posts)
    return to_json([{"text": each.text, "blocks": each.blocks} for each in messages])


def json(comparison: Comparison, command: str) -> str:
    """A record for each brief in which something differs, also silently."""
    renames = (
        {"brief": new, "kind": "editorial", "changes": [_rename(old, new)]} for old, new in comparison.renamed.items()
    )
    return to_json([*map(record, comparison.change_sets), *renames])


def record(change_set: ChangeSet) -> dict[str, Any]:
    """A change set as JSON values; all keys are always present."""
    changes = [_change(change) for change in change_set.changes]
    return {"brief": change_set.slug, "kind": change_set.kind, "changes": changes}


def _rename(old: str, new: str) -> dict[str, Any]:
    return _change(Change("moved", "brief", "editorial", new, before=old, after=new))


def _change(change: Change) -> dict[str, Any]:
    return {
        "op": change.op,
        "what": change.what,
        "kind": change.kind,
        "id": change.id,
        "section": change.section,
        "before": _value(change.before),
        "after": _value(change.after),
    }


def _value(value: Any) -> Any:
    if is_dataclass(value):
        # What readers see no words of is no part of a change.
        names = (field.name for field in fields(value) if field.name not in ARRANGEMENT)
        return {name: _value(getattr(value, name)) for name in names}
    if isinstance(value, Mapping):
        return {key: _value(each) for key, each in value.items()}
    if isinstance(value, tuple):
        return [_value(each) for each in value]
    return value.isoformat() if isinstance(value, date) else value


def markdown(comparison: Comparison, command: str) -> str:
    """The text as a part of a job's summary."""
    return job_summary("What readers will be told", text(comparison, command))


FORMATS = {"text": text, "json": json, "blocks": blocks, "markdown": markdown}
