"""Subscriptions that could never be the reason for a post, and what may have been meant instead."""

from collections.abc import Collection
from dataclasses import dataclass, replace

from bot.core.briefs.brief import Brief
from bot.core.briefs.vocabulary import Vocabulary
from bot.core.spelling import closest_match
from bot.core.subscriptions.subscription import (
    SubscriptionSpec,
    Target,
    matches_brief,
    passes,
    with_current_sections,
)

NEAREST_MAX = 5
"""Subscriptions that are suggested instead."""


@dataclass(frozen=True, slots=True)
class Unreachable:
    """Why nothing would ever be posted, without capital and full stop. `nearest` are similar subscriptions, best first,
    `tags` those that there are, where an unknown one was named that is like none of them; both may be empty."""

    reason: str
    nearest: tuple[SubscriptionSpec, ...] = ()
    tags: tuple[str, ...] = ()


def unreachable(spec: SubscriptionSpec, briefs: Collection[Brief], vocabulary: Vocabulary) -> Unreachable | None:
    """Why no change of these briefs can match, as they are now; None where one can. Whether the brief of the target is
    among them is not looked at."""
    spec = with_current_sections(spec, vocabulary)
    return _unknown_tag(spec, briefs) or _contradiction(spec) or _other_tags(spec, briefs) or _no_section(spec, briefs)


def _unknown_tag(spec: SubscriptionSpec, briefs: Collection[Brief]) -> Unreachable | None:
    tags = {tag for brief in briefs for tag in brief.tags}
    typed = [*sorted(spec.target.tags), *(each.value for each in spec.filters if each.field == "tag")]
    unknown = next((tag for tag in typed if tag not in tags), None)
    if unknown is None:
        return None
    nearest = _instead(unknown, tags)
    reason = f"no brief has the tag “{unknown}”"
    if not nearest:
        return Unreachable(reason, tags=tuple(sorted(tags)))
    return Unreachable(reason, tuple(_with_tag(spec, unknown, tag) for tag in nearest))


def _instead(unknown: str, tags: Collection[str]) -> tuple[str, ...]:
    """The tag that is spelled like an unknown one; else those that its words are."""
    near = closest_match(unknown, sorted(tags))
    words = tuple(word for word in unknown.split("-") if word in tags)
    return (near,) if near else words


def _with_tag(spec: SubscriptionSpec, before: str, now: str) -> SubscriptionSpec:
    """A subscription with another tag in the place of one."""
    tags = sorted(now if tag == before else tag for tag in spec.target.tags)
    filters = (
        replace(each, value=now) if (each.field, each.value) == ("tag", before) else each for each in spec.filters
    )
    target = replace(spec.target, tag=",".join(dict.fromkeys(tags))) if tags else spec.target
    return replace(spec, target=target, filters=tuple(dict.fromkeys(filters)))


def _contradiction(spec: SubscriptionSpec) -> Unreachable | None:
    """The same is asked for and left out."""
    for each in spec.filters:
        opposite = replace(each, exclude=not each.exclude)
        included = {other.value for other in spec.filters if other.field == each.field and not other.exclude}
        excluded = {other.value for other in spec.filters if other.field == each.field and other.exclude}
        if included and included <= excluded and opposite in spec.filters:
            without = [tuple(f for f in spec.filters if f != left_out) for left_out in (opposite, each)]
            nearest = tuple(replace(spec, filters=filters) for filters in without)
            return Unreachable(f"{each} and {opposite} leave nothing to post", nearest)
    return None


def _other_tags(spec: SubscriptionSpec, briefs: Collection[Brief]) -> Unreachable | None:
    """The tags are there, but on no brief that the target means."""
    conditions = [each for each in spec.filters if each.field == "tag"]
    if not conditions or any(matches_brief(spec, brief) for brief in briefs):
        return None
    without = replace(spec, filters=tuple(each for each in spec.filters if each.field != "tag"))
    what = f"the brief {spec.target.brief}" if spec.target.brief else "no brief of these"
    meets = "does not meet" if spec.target.brief else "meets"
    return Unreachable(f"{what} {meets} {' '.join(map(str, conditions))}", (without,))


def _no_section(spec: SubscriptionSpec, briefs: Collection[Brief]) -> Unreachable | None:
    """No section of the briefs that are meant is one that is followed."""
    conditions = [each for each in spec.filters if each.field == "section"]
    meant = [brief for brief in briefs if matches_brief(spec, brief)]
    if not (spec.target.section or conditions) or not meant:
        return None
    keys = dict.fromkeys(key for brief in meant for key in brief.sections)
    if any(_follows(spec, key) for key in keys):
        return None
    if spec.target.section and spec.target.section not in keys:
        where = f"the brief {spec.target.brief}" if spec.target.brief else "no brief"
        has = "has no section" if spec.target.brief else "has the section"
        return Unreachable(f"{where} {has} {spec.target.section}", _sections_of(spec, [*keys]))
    without = replace(spec, filters=tuple(each for each in spec.filters if each.field != "section"))
    return Unreachable(f"{' '.join(map(str, conditions))} leaves no section of {spec.target}", (without,))


def _follows(spec: SubscriptionSpec, key: str) -> bool:
    return spec.target.section in (None, key) and passes(spec.filters, "section", {key})


def _sections_of(spec: SubscriptionSpec, keys: list[str]) -> tuple[SubscriptionSpec, ...]:
    """The whole brief, and each of its sections; of all briefs nothing is nearer than another."""
    if not spec.target.brief:
        return ()
    conditions = tuple(each for each in spec.filters if each.field != "section")
    targets = [Target(spec.target.brief), *(Target(spec.target.brief, key) for key in keys)]
    return tuple(replace(spec, target=target, filters=conditions) for target in targets[:NEAREST_MAX])
