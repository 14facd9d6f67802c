"""What readers see of a difference. Ids they do not see: neither a claim's nor a source's."""

from collections.abc import Mapping
from dataclasses import replace

from bot.core.briefs.brief import Brief, Claim
from bot.core.changes.normalization import typeset


def renamed(before: Brief, after: Brief) -> dict[str, str]:
    """The sources that only got another id: the new one by the old one."""
    gone = {key: typeset(before.sources[key]) for key in before.sources.keys() - after.sources.keys()}
    came = {typeset(after.sources[key]): key for key in after.sources.keys() - before.sources.keys()}
    return {key: came[source] for key, source in gone.items() if source in came}


def renewed(claim: Claim, new_ids: Mapping[str, str]) -> Claim:
    """An older claim, its sources under the ids that they have now; `new_ids` is what `renamed` gives."""
    evidence = tuple(replace(item, source=new_ids.get(item.source, item.source)) for item in claim.evidence)
    return replace(claim, evidence=evidence)


def differs(before: Claim, after: Claim, new_ids: Mapping[str, str]) -> bool:
    """Whether a claim reads otherwise than before."""
    return bool(typeset(replace(renewed(before, new_ids), id=after.id)) != typeset(after))
