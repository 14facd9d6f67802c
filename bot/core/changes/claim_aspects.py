"""What differs between two versions of a claim beside its words."""

from bot.core.briefs.brief import Claim
from bot.core.changes.normalization import equal_when_normalized


def other_aspects(old: Claim, new: Claim) -> str:
    """`another note and another quotation`, as the object of a sentence; empty where the same is left."""
    quotes, sources = (
        [[getattr(item, name) for item in claim.evidence] for claim in (old, new)] for name in ("quote", "source")
    )
    differs = {
        "another note": not equal_when_normalized(old.note, new.note),
        "another quotation": not equal_when_normalized(*map(_sorted, quotes)),
        "other sources": _sorted(sources[0]) != _sorted(sources[1]),
    }
    return " and ".join(what for what, is_other in differs.items() if is_other)


def _sorted(values: list[str | None]) -> tuple[str, ...]:
    return tuple(sorted(filter(None, values)))
