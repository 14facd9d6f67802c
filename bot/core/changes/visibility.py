"""What readers see of a difference. Ids they do not see: neither a claim's nor a source's."""

from collections.abc import Mapping
from dataclasses import replace

from bot.core.briefs.brief import Brief, Claim
from bot.core.changes.normalization import normalize_text


def renamed_sources(before: Brief, after: Brief) -> dict[str, str]:
    """The sources that only got another id: the new one by the old one."""
    gone = {key: normalize_text(before.sources[key]) for key in before.sources.keys() - after.sources.keys()}
    came = {normalize_text(after.sources[key]): key for key in after.sources.keys() - before.sources.keys()}
    return {key: came[source] for key, source in gone.items() if source in came}


def with_new_source_ids(claim: Claim, new_ids: Mapping[str, str]) -> Claim:
    """An older claim, its sources under the ids that they have now; `new_ids` is what `renamed` gives."""
    evidence = tuple(replace(item, source=new_ids.get(item.source, item.source)) for item in claim.evidence)
    return replace(claim, evidence=evidence)


def reads_differently(before: Claim, after: Claim, new_ids: Mapping[str, str]) -> bool:
    """Whether a claim reads otherwise than before."""
    return bool(normalize_text(replace(with_new_source_ids(before, new_ids), id=after.id)) != normalize_text(after))
