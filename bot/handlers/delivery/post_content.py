"""What the store keeps of a posted announcement, as JSON values, from which it can be made again."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from bot.core.changes.announcement import Announcement
from bot.core.changes.summary import KIND_COUNTS, Summary
from bot.core.delivery.content import ChangeSummary
from bot.core.digests.digest import PLAN
from bot.core.subscriptions.subscription import Filter, SubscriptionSpec, Target
from bot.handlers.changes import announcements
from bot.handlers.context import Services
from bot.render.changes.summary import SummaryItem
from bot.store.store import Transaction


def announcement_content(
    announcement: Announcement, after_publication: int, specs: Sequence[SubscriptionSpec]
) -> dict[str, Any]:
    """Of a post of what changed in a brief after a publication (not included), as `specs` asked for it."""
    return {
        "kind": "change",
        "slug": announcement.change_set.slug,
        "base": after_publication,
        "wishes": _wishes(specs),
        "because": announcement.reason,
    }


def summary_content(
    summary: Summary, items: Sequence[SummaryItem], content: ChangeSummary, specs: Sequence[SubscriptionSpec]
) -> dict[str, Any]:
    """Of a summary that shows these items, the first of all, as `specs` asked for it: the briefs of these alone, and
    the numbers of all."""
    slugs = {summary.details[each.brief].change_set.slug for each in items}
    return {
        "kind": "summary",
        "starts": [start for start in content.starts if start[0] in slugs],
        "items": len(items),
        "counts": KIND_COUNTS.dump_python(summary.counts, mode="json"),
        "days": [summary.since.isoformat(), summary.on.isoformat()],
        "wishes": _wishes(specs),
        "because": summary.reason,
    }


def summary_of(tx: Transaction, services: Services, content: Mapping[str, Any], publication: int) -> Summary:
    """The summary of such a content, up to the publication of the post. Raises: LookupError where nothing that it
    showed has changed."""
    starts = tx.renames.current_starts(content["starts"], publication)
    specs = announcements.current_specs(tx, specs_of(content), publication)
    summary, _ = announcements.summary_for(tx, services, ChangeSummary(starts, publication), specs)
    if summary is None:
        raise LookupError(f"publication {publication} shows no change of {starts}")
    since, on = map(date.fromisoformat, content["days"])
    counts = KIND_COUNTS.validate_python(content["counts"])
    return replace(summary, counts=counts, since=since, on=on, reason=content["because"])


def start_of(content: Mapping[str, Any], publication: int) -> int:
    """After which publication that begins which a post tells: with a change its first version is needed, with an answer
    that of the publication it was made from."""
    match content["kind"]:
        case "change":
            return int(content["base"])
        case "summary":
            return min((start for _, start in content["starts"]), default=publication)
        case "digest":
            return PLAN.validate_python(content["plan"]).after_publication
        case _:
            return publication


# Stored: the keys keep the names that earlier versions gave them.
def _wishes(specs: Sequence[SubscriptionSpec]) -> list[list[str]]:
    return [[str(spec.target), " ".join(map(str, spec.filters))] for spec in specs]


def specs_of(content: Mapping[str, Any]) -> list[SubscriptionSpec]:
    """What the channel asked for when it was posted."""
    return [SubscriptionSpec(Target.parse(target), Filter.parse_all(filters)) for target, filters in content["wishes"]]
