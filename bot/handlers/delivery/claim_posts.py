"""Which posts rest on a source: for the shell, and for whoever reports that a quote or a page is gone."""

from collections.abc import Iterable
from dataclasses import dataclass

from bot.store.claim_posts import ClaimPost
from bot.store.posted_messages import PostedClaim
from bot.store.store import Transaction


@dataclass(frozen=True, slots=True)
class PostCount:
    """How many posts there are, and in how many channels; all direct conversations count as one."""

    posts: int
    channels: int


def posts_of_claims(tx: Transaction, claims: Iterable[tuple[str, str]], team: str | None = None) -> list[ClaimPost]:
    """The posts that show at least one of these claims, as (slug, claim id) of now, newest first: in one workspace, or
    in all (None). Nothing in them says who shared or asked."""
    return tx.claim_posts.showing({PostedClaim(*each) for each in claims}, team)


def count_posts(posts: Iterable[ClaimPost]) -> PostCount:
    """How many these are, and in how many channels."""
    places = [(each.team, each.channel) for each in posts]
    return PostCount(len(places), len({*places}))
