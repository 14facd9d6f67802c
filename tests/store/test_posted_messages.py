"""What was shown where, on both databases."""

import pytest

from bot.store.posted_messages import PostedClaim, PostedMessage, PostRef, ShownClaim
from bot.store.schema import posted_claim, posted_message
from bot.store.store import Store, Transaction
from tests.store.moments import NOW, rows

CONTENT = {"kind": "answer", "section": "legal", "page": 1, "by": "Ann “A” Nonymous"}


def record(
    tx: Transaction, *claims: tuple[str, str], ts: str = "1.0", channel: str = "C1", team: str = "T1"
) -> int | None:
    return tx.posted_messages.add(
        team=team,
        enterprise=None,
        channel=channel,
        ts=ts,
        thread_ts=None,
        publication=3,
        content=CONTENT,
        claims=[PostedClaim(*each) for each in claims],
        at=NOW,
    )


def test_a_post_is_found_as_it_was_recorded(store: Store) -> None:
    claims = (PostedClaim("ferries", "b"), PostedClaim("ferries", "a"), PostedClaim("rail", "a"))
    with store.transaction() as tx:
        number = tx.posted_messages.add(
            team="T1",
            enterprise="E1",
            channel="C1",
            ts="1.0",
            thread_ts="0.5",
            publication=3,
            content=CONTENT,
            claims=claims,
            at=NOW,
        )
        assert number is not None
        assert tx.posted_messages.get(number) == PostedMessage(
            number, "T1", "E1", "C1", "1.0", "0.5", 3, CONTENT, NOW, claims, None
        )


def test_a_post_is_recorded_once(store: Store) -> None:
    with store.transaction() as tx:
        assert record(tx, ("ferries", "a")) is not None
        assert record(tx, ("ferries", "a"), ("ferries", "b")) is None
        assert record(tx, channel="C2") is not None
        assert record(tx, team="T2") is not None
    assert len(rows(store, posted_message)) == 3
    assert [row.claim for row in rows(store, posted_claim)] == ["a"]


def test_what_was_never_shown_is_not_found(store: Store) -> None:
    with store.snapshot() as tx, pytest.raises(LookupError, match="number 7"):
        tx.posted_messages.get(7)


def test_posts_are_found_by_the_brief_whose_claims_they_show(store: Store) -> None:
    with store.transaction() as tx:
        one = record(tx, ("ferries", "a"), ("rail", "a"), ("ferries", "b"), ts="1.0")
        two = record(tx, ("ferries", "c"), ts="2.0", channel="C2", team="T2")
        record(tx, ("rail", "a"), ts="3.0")
        posts = (
            PostRef(one or 0, "T1", None, "C1", None, "1.0", None),
            PostRef(two or 0, "T2", None, "C2", None, "2.0", None),
        )
        assert tx.posted_messages.posts_showing("ferries") == [
            ShownClaim(posts[0], 3, "a", "a"),
            ShownClaim(posts[0], 3, "b", "b"),
            ShownClaim(posts[1], 3, "c", "c"),
        ]
        assert tx.posted_messages.posts_showing("harbour") == []
        assert tx.posted_messages.shown_briefs(["harbour", "rail", "ferries"]) == {"rail", "ferries"}


def test_a_claim_has_the_id_of_now_and_keeps_the_one_it_was_shown_by(store: Store) -> None:
    def ids(slug: str) -> list[tuple[str, str]]:
        return [(each.claim, each.current_claim) for each in tx.posted_messages.posts_showing(slug)]

    with store.transaction() as tx:
        number = record(tx, ("ferries", "a"), ("rail", "a"))
        tx.posted_messages.rename_claim("ferries", "a", "b")
        tx.posted_messages.rename_claim("ferries", "b", "c")
        assert (ids("ferries"), ids("rail")) == ([("a", "c")], [("a", "a")])
        tx.posted_messages.follow_claim("ferries", tx.posted_messages.posts_showing("ferries")[0], "d")
        assert (ids("ferries"), ids("rail")) == ([("a", "d")], [("a", "a")])
        assert tx.posted_messages.get(number or 0).claims == (PostedClaim("ferries", "a"), PostedClaim("rail", "a"))


def test_what_cannot_be_edited_says_why_and_is_counted(store: Store) -> None:
    with store.transaction() as tx:
        number = record(tx, ("ferries", "a"))
        tx.posted_messages.set_error(number or 0, "edit_window_closed")
        assert tx.posted_messages.get(number or 0).error == "edit_window_closed"
        (shown,) = tx.posted_messages.posts_showing("ferries")
        assert shown.post.error == "edit_window_closed"
        assert (
            tx.posted_messages.count_uneditable("T1"),
            tx.posted_messages.count_uneditable("T2"),
        ) == (1, 0)


# Live threads


def test_a_brief_has_one_parent_in_a_channel(store: Store) -> None:
    with store.transaction() as tx:
        assert tx.posted_messages.thread("T1", "C1", "ferries") is None
        tx.posted_messages.start_thread("T1", None, "C1", "ferries", "1.0")
        tx.posted_messages.start_thread("T1", None, "C1", "rail", "2.0")
        tx.posted_messages.start_thread("T1", None, "C1", "ferries", "3.0")
        found = [tx.posted_messages.thread("T1", "C1", slug) for slug in ("ferries", "rail")]
        assert found == ["3.0", "2.0"]
        assert tx.posted_messages.thread("T2", "C1", "ferries") is None


def test_a_parent_that_is_gone_is_forgotten(store: Store) -> None:
    with store.transaction() as tx:
        tx.posted_messages.start_thread("T1", None, "C1", "ferries", "1.0")
        tx.posted_messages.start_thread("T1", None, "C2", "ferries", "2.0")
        tx.posted_messages.end_thread("T1", "C1", "ferries")
        found = [tx.posted_messages.thread("T1", channel, "ferries") for channel in ("C1", "C2")]
        assert found == [None, "2.0"]
