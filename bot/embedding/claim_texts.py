"""What of a brief is embedded."""

from bot.core.briefs.brief import Brief, Claim

RECIPE = "1"
"""Another one for other texts or weights: what was embedded before is then embedded anew."""

TITLE_WEIGHT = 0.4
"""What the brief's title counts beside a claim; measured on SciFact and on own questions (make bench)."""


def claim_texts(brief: Brief) -> list[str]:
    """A text for each claim, in the order of the brief: its words, readers' words for it, and what it quotes."""
    return [_text(claim) for _, claim in brief.claims()]


def _text(claim: Claim) -> str:
    quotes = " ".join(item.quote for item in claim.evidence if item.quote)
    return f"{claim.text} {'; '.join(claim.also)} {quotes}"
