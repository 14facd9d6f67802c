"""What is still to be done in a draft."""

from collections.abc import Iterator

from bot.core.briefs.brief import SOURCE_KEYS, BriefContent, Claim, Source
from bot.core.linting.diagnostic import Path
from bot.core.linting.value_rules import PLACEHOLDER

AS_OF = "as_of: set the day up to which all of this is true"


def work(brief: BriefContent) -> Iterator[tuple[Path, str]]:
    """(place, what is to be done there) of a draft that was just made, in the order of its file."""
    texts = (("title", brief.title), ("summary", brief.summary), ("as_of", ""), ("owner", brief.owner))
    for key, text in texts:
        if key == "as_of" or text.startswith(PLACEHOLDER):
            yield (key,), AS_OF if key == "as_of" else f"{key}: {text.removeprefix(PLACEHOLDER).strip()}"
    for key, section in brief.sections.items():
        for index, claim in enumerate(section.claims):
            yield ("sections", key, "claims", index), f"claim {claim.id}: {_of_claim(claim)}"
    for name, source in brief.sources.items():
        yield ("sources", name), f"source {name}: {_of_source(source)}"


def _of_claim(claim: Claim) -> str:
    return "write it" if claim.text.startswith(PLACEHOLDER) else "find a source, and quote it"


def _of_source(source: Source) -> str:
    lacking = [key for key in (*SOURCE_KEYS, "title", "date") if not getattr(source, key)]
    return f"look it up ({', '.join(lacking)}), and cite it" if lacking else "cite it"
