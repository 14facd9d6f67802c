"""Which posts show a claim, on both databases."""

from bot.handlers.delivery.claim_posts import PostCount, count_posts, posts_of_claims
from bot.store.claim_posts import ClaimPost
from bot.store.posted_messages import PostedClaim
from bot.store.store import Store, Transaction
from tests.store.moments import NOW, later

A, B, C = (PostedClaim("ferries", each) for each in "abc")
RAIL = PostedClaim("rail", "a")


def post(tx: Transaction, ts: str, *claims: PostedClaim, channel: str = "C1", team: str = "T1") -> None:
    tx.posted_messages.add(
        team=team,
        enterprise=None,
        channel=channel,
        ts=ts,
        thread_ts=None,
        publication=3,
        content={"kind": "answer", "by": "U1", "section": "legal"},
        claims=claims,
        at=later(minutes=float(ts)),
    )


def claim_post(ts: str, *claims: PostedClaim, channel: str | None = "C1", team: str = "T1") -> ClaimPost:
    return ClaimPost(team, channel, ts, None, later(minutes=float(ts)), None, claims)


def test_each_post_is_given_once_newest_first_with_the_claims_that_were_asked_for(store: Store) -> None:
    with store.transaction() as tx:
        post(tx, "1.0", A, RAIL, B, C)
        post(tx, "2.0", B)
        post(tx, "3.0", RAIL, channel="C2")
        post(tx, "4.0", A, team="T2")
    with store.snapshot() as tx:
        posts = posts_of_claims(tx, [("ferries", "c"), ("ferries", "a"), ("rail", "a")])
        ours = posts_of_claims(tx, [("ferries", "a"), ("harbour", "a")], "T1")
        none = posts_of_claims(tx, [])
    assert posts == [
        claim_post("4.0", A, team="T2"),
        claim_post("3.0", RAIL, channel="C2"),
        claim_post("1.0", A, RAIL, C),
    ]
    assert count_posts(posts) == PostCount(3, 3)
    assert (ours, none) == ([claim_post("1.0", A)], [])


def test_a_claim_is_found_by_the_names_of_now(store: Store) -> None:
    with store.transaction() as tx:
        post(tx, "1.0", A)
        tx.posted_messages.rename_claim("ferries", "a", "b")
        tx.posted_messages.rename_brief("ferries", "boats")
        assert posts_of_claims(tx, [("ferries", "a"), ("boats", "a")]) == []
        assert posts_of_claims(tx, [("boats", "b")]) == [claim_post("1.0", PostedClaim("boats", "b"))]


def test_of_a_direct_conversation_the_channel_is_not_told(store: Store) -> None:
    with store.transaction() as tx:
        post(tx, "1.0", A, channel="D1")
        post(tx, "2.0", A, channel="D2")
        posts = posts_of_claims(tx, [("ferries", "a")])
    assert posts == [claim_post("2.0", A, channel=None), claim_post("1.0", A, channel=None)]
    assert count_posts(posts) == PostCount(2, 1)


def test_posts_of_workspaces_that_nothing_is_owed_to_do_not_count(store: Store) -> None:
    with store.transaction() as tx:
        post(tx, "1.0", A, team="T9")
        tx.foreign_teams.mark({"T1"})
        assert len(posts_of_claims(tx, [("ferries", "a")])) == 1
        tx.foreign_teams.settle(["T9"])
        assert posts_of_claims(tx, [("ferries", "a")]) == []


def test_a_post_that_cannot_be_edited_says_why(store: Store) -> None:
    with store.transaction() as tx:
        post(tx, "1.0", A)
        tx.posted_messages.set_error(1, "edit_window_closed")
        (only,) = posts_of_claims(tx, [("ferries", "a")])
    assert (only.error, only.posted_at) == ("edit_window_closed", NOW.replace(minute=31))
