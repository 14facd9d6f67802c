"""Tells changes that readers can see from those that they cannot, such as new ids of claims and sources."""

from collections.abc import Mapping
from dataclasses import replace

from bot.core.briefs.brief import Brief, Claim
from bot.core.changes.normalization import normalize_text

ARRANGEMENT = frozenset({"also", "lead", "undated"})
"""Fields of a claim of which readers see no words: what finds it, and where it stands."""


def as_read(claim: Claim) -> Claim:
    """What readers see of a claim."""
    return replace(claim, also=(), lead=False, undated=False)


def renamed_sources(before: Brief, after: Brief) -> dict[str, str]:
    """The new ids of sources of which only the id changed, by their ids in the older version."""
    removed = {key: normalize_text(before.sources[key]) for key in before.sources.keys() - after.sources.keys()}
    added = {normalize_text(after.sources[key]): key for key in after.sources.keys() - before.sources.keys()}
    return {key: added[source] for key, source in removed.items() if source in added}


def with_new_source_ids(claim: Claim, new_ids: Mapping[str, str]) -> Claim:
    """A claim of the older version, citing sources by their new ids; `new_ids` is made by `renamed_sources`."""
    evidence = tuple(replace(item, source=new_ids.get(item.source, item.source)) for item in claim.evidence)
    return replace(claim, evidence=evidence)


def reads_differently(before: Claim, after: Claim, new_ids: Mapping[str, str]) -> bool:
    """Whether readers can see a difference between two versions of a claim."""
    # Ids are not shown, so the older claim is compared under the newer one's.
    old = replace(with_new_source_ids(as_read(before), new_ids), id=after.id)
    return bool(normalize_text(old) != normalize_text(as_read(after)))


def reading(claim: Claim, brief: Brief) -> object:
    """What readers see of a claim in a version of its brief, to be compared only: a nested tuple, equal for claims that
    read the same, whatever the ids of the claim and of its sources."""
    sources = tuple((brief.sources.get(item.source), replace(item, source="")) for item in claim.evidence)
    return normalize_text((replace(as_read(claim), id="", evidence=()), *sources))
