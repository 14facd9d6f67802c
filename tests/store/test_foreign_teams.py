"""What was stored under workspaces of others is kept, counted, and moved where it is ours; on both databases."""

from bot.core.delivery.content import ChangeSummary, DigestPage
from bot.core.digests.time_zones import TZDATA_VERSION
from bot.store.channel_moves import Place
from bot.store.foreign_teams import FOREIGN, NO_TOKEN
from bot.store.schema import digest, subscription
from bot.store.store import Store, Transaction
from tests.store.deliveries import added, again, change, message
from tests.store.moments import NOW, later, rows
from tests.store.test_channel_moves import WITH_CHANNEL, channels, everything, fired, follow, schedule

THEIRS, OURS = "T9", "T1"


def adopt(store: Store, channel: str = "C1") -> None:
    with store.transaction() as tx:
        tx.channel_moves.adopt(channel, THEIRS, OURS, NOW)


def mark(tx: Transaction) -> None:
    tx.foreign_teams.mark({OURS})


def reason(store: Store, team: str = THEIRS) -> str | None:
    with store.snapshot() as tx:
        return tx.subscriptions.stop_reason(team)


def test_all_that_is_stored_of_our_channel_is_moved_and_nothing_else(store: Store) -> None:
    with store.transaction() as tx:
        for channel, team in (("C1", THEIRS), ("C2", THEIRS), ("C3", OURS)):
            everything(tx, channel, team)
    numbers = {table.name: len(rows(store, table)) for table in WITH_CHANNEL}
    for _ in range(2):
        adopt(store)
        # The row of the former workspace stays, without a choice.
        assert channels(store, THEIRS) == {t.name: ["C2"] for t in WITH_CHANNEL} | {"default_brief": ["C1", "C2"]}
        assert channels(store, OURS) == {t.name: ["C1", "C3"] for t in WITH_CHANNEL}
        after = {table.name: len(rows(store, table)) for table in WITH_CHANNEL}
        assert after == numbers | {"default_brief": numbers["default_brief"] + 1}


def test_what_both_follow_is_followed_once(store: Store) -> None:
    with store.transaction() as tx:
        follow(tx, "C1", "ferries", team=THEIRS)
        follow(tx, "C1", "rail", team=THEIRS)
        kept = follow(tx, "C1", "ferries")
    adopt(store)
    assert [(row.team, row.target) for row in rows(store, subscription)] == [(OURS, "rail"), (OURS, "ferries")]
    assert rows(store, subscription)[1].id == kept


def test_what_both_were_to_be_told_is_told_once_and_keys_stay(store: Store) -> None:
    with store.transaction() as tx:
        (ours,) = added(tx, change(team=OURS, state="sent"))
        twice, alone, other, sent = added(
            tx,
            change(team=THEIRS),
            change("rail", team=THEIRS),
            message(ChangeSummary((), 2), team=THEIRS),
            change("boats", team=THEIRS, state="sent"),
        )
    adopt(store)
    with store.snapshot() as tx:
        now = [again(tx, each) for each in (ours, twice, alone, other, sent)]
    assert [each.state for each in now] == ["sent", "superseded", "pending", "pending", "sent"]
    assert {each.team for each in now} == {OURS}
    assert [each.key for each in now] == [each.key for each in (ours, twice, alone, other, sent)]


def test_a_digest_that_both_were_to_get_is_sent_once(store: Store) -> None:
    with store.transaction() as tx:
        theirs, later_one, _ = (
            fired(tx, team=THEIRS),
            fired(tx, at=later(days=1), team=THEIRS),
            fired(tx, team=OURS),
        )
        pages = added(
            tx,
            message(DigestPage(theirs, 1, 2), team=THEIRS),
            message(DigestPage(later_one, 1, 2), team=THEIRS),
        )
    adopt(store)
    with store.snapshot() as tx:
        assert [again(tx, each).state for each in pages] == ["superseded", "pending"]
    assert [row.team for row in rows(store, digest)] == [THEIRS, OURS, OURS]


def test_workspaces_without_a_token_are_sent_nothing(store: Store) -> None:
    with store.transaction() as tx:
        follow(tx, team=THEIRS)
        added(tx, change(team="T8"), change(team=OURS))
        mark(tx)
    assert (reason(store), reason(store, "T8"), reason(store, OURS)) == (NO_TOKEN, NO_TOKEN, None)
    with store.snapshot() as tx:
        assert tx.delivery_workers.stalled(later(days=1)) == [("post", OURS)]


def test_what_was_stopped_for_want_of_a_token_goes_on_and_nothing_else(store: Store) -> None:
    stops = (NO_TOKEN, FOREIGN, "team_access_not_granted", "token_revoked")
    with store.transaction() as tx:
        for number, why in enumerate(stops):
            for team in (f"T1{number}", f"T2{number}"):
                tx.subscriptions.mark_stopped(team, why)
        assert tx.foreign_teams.unmark({"T10", "T11", "T12", "T13", "T14"}) == ["T10", "T11", "T12"]
    assert [reason(store, f"T1{number}") for number in range(4)] == [None, None, None, "token_revoked"]
    assert tuple(reason(store, f"T2{number}") for number in range(4)) == stops


def test_nothing_is_owed_to_workspaces_none_of_whose_channels_is_ours(store: Store) -> None:
    with store.transaction() as tx:
        everything(tx, "C1", THEIRS)
        schedule(tx, "C2", team=THEIRS)
        tx.digests.advance_cursor(1, NOW, later(days=1), TZDATA_VERSION)
        mark(tx)
        assert tx.foreign_teams.places() == [Place(THEIRS, "C1"), Place(THEIRS, "C2")]
        assert (tx.digests.due(later(days=2), TZDATA_VERSION), len(tx.posted_messages.posts_showing("ferries"))) == (
            [1],
            0,
        )
        tx.foreign_teams.settle({THEIRS})
        assert tx.foreign_teams.foreign() == {THEIRS}
        assert tx.digests.due(later(days=2), TZDATA_VERSION) == []
        # It is asked for again after each start, and stays as it is meanwhile.
        mark(tx)
    assert reason(store) == FOREIGN


def test_what_is_kept_is_counted(store: Store) -> None:
    with store.transaction() as tx:
        everything(tx, "C1", THEIRS)
        everything(tx, "C3", OURS)
        follow(tx, "C2", team=THEIRS)
        assert tx.foreign_teams.kept() == ()
        mark(tx)
        assert tx.foreign_teams.kept() == ((2, "subscription"), (1, "digest"), (1, "default brief"), (1, "post"))
    adopt(store)
    with store.snapshot() as tx:
        assert tx.foreign_teams.kept() == ((1, "subscription"),)
