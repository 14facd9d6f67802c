"""The output of `briefbot diff`: text, JSON, or the messages as Slack is sent them."""

from collections.abc import Mapping
from dataclasses import fields, is_dataclass, replace
from datetime import date
from typing import Any

from bot.cli.job_summary import job_summary
from bot.cli.output import to_json
from bot.comparison.comparison import Comparison
from bot.core.changes.change_set import Change, ChangeSet
from bot.core.changes.visibility import ARRANGEMENT
from bot.core.delivery.radius import Radius
from bot.render.changes.told_summary import told_summary
from bot.render.delivery.radius import radius_lines, radius_summary
from bot.render.document import terminal
from bot.render.document.paging import single_page
from bot.render.reply_layout import layout
from bot.render.reply_message import render_reply

BETWEEN_POSTS = "\n\n---\n\n"


def text(comparison: Comparison, command: str) -> str:
    """The number of posts by kind, then what readers are not told, then the posts in full: a terminal has no button to
    expand them."""
    unfolded = (replace(post, collapsed=False) for post in comparison.posts)
    posts = (terminal.text(single_page(layout(post, command))) for post in unfolded)
    silent = "\n".join(["Readers will not be told:", *(f"- {line}" for line in comparison.silent)])
    held = f"Nothing is published without briefbot publish --force: {comparison.held}. By force:"
    head = [told_summary(comparison.posts), *([silent] if comparison.silent else [])]
    if comparison.held:
        head.insert(0, held)
    if comparison.radius:
        head.insert(-1 if comparison.silent else len(head), _radius_text(comparison.radius))
    return BETWEEN_POSTS.join(["\n\n".join(head), *posts])


def _radius_text(radius: Radius) -> str:
    return "\n".join([radius_summary(radius), *(f"- {line}" for line in radius_lines(radius))])


def blocks(comparison: Comparison, command: str) -> str:
    """The messages as JSON."""
    messages = (render_reply(post, command=command) for post in comparison.posts)
    return to_json([{"text": each.text, "blocks": each.blocks} for each in messages])


def json(comparison: Comparison, command: str) -> str:
    """A record for each brief in which something differs, also silently; behind them, where a database is named, one
    of who will hear."""
    renames = (
        {"brief": new, "kind": "editorial", "changes": [_rename(old, new)]} for old, new in comparison.renamed.items()
    )
    heard = [{"radius": _value(comparison.radius)}] if comparison.radius else []
    return to_json([*map(record, comparison.change_sets), *renames, *heard])


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
