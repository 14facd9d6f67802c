"""What channels follow, which brief answers in them, and which workspaces work, on both databases."""

from datetime import datetime

from sqlalchemy import Connection

from bot.core.subscriptions.subscription import Filter, Subscription, SubscriptionSpec, Target
from bot.store import subscriptions
from bot.store.store import Store
from tests.store.moments import NOW, at_once, later

ALL = SubscriptionSpec(Target())
LEGAL = SubscriptionSpec(
    Target("ferries", "legal"), (Filter("kind", "correction"), Filter("tag", "rail", exclude=True)), deliver="thread"
)


def follow(
    connection: Connection,
    wish: SubscriptionSpec = ALL,
    channel: str = "C1",
    *,
    team: str = "T1",
    by: str = "U1",
    at: datetime = NOW,
) -> Subscription:
    return subscriptions.add(connection, wish, team, None, channel, by=by, at=at)


def test_what_was_asked_for_is_found_again(store: Store) -> None:
    with store.writing() as connection:
        made = subscriptions.add(connection, LEGAL, "T1", "E1", "C1", by="U1", at=NOW)
    assert made == Subscription(made.id, "T1", "C1", LEGAL, "U1", NOW, enterprise="E1")
    with store.reading() as connection:
        assert subscriptions.find(connection, "T1", "C1", LEGAL.target) == made
        assert subscriptions.find(connection, "T1", "C1", made.id) == made
        assert subscriptions.find(connection, "T1", "C1", Target("ferries")) is None
        assert subscriptions.find(connection, "T1", "C2", LEGAL.target) is None


def test_a_target_of_each_form_is_found_again(store: Store) -> None:
    targets = [Target(), Target("ferries"), Target("ferries", "legal"), Target(section="legal"), Target(tag="rail")]
    with store.writing() as connection:
        for target in targets:
            follow(connection, SubscriptionSpec(target))
        assert [each.spec.target for each in subscriptions.of_channel(connection, "T1", "C1")] == targets


def test_the_same_target_again_replaces_the_wish_and_keeps_the_number(store: Store) -> None:
    with store.writing() as connection:
        first = follow(connection, SubscriptionSpec(LEGAL.target))
        subscriptions.mute(connection, "T1", first.id, later(days=7))
        subscriptions.pause(connection, "T1", "C1", "is_archived")
        then = follow(connection, LEGAL, by="U2", at=later(hours=1))
        assert subscriptions.of_channel(connection, "T1", "C1") == [then]
    assert then == Subscription(first.id, "T1", "C1", LEGAL, "U2", later(hours=1))


def test_what_is_followed_by_a_channel_a_team_and_all(store: Store) -> None:
    with store.writing() as connection:
        one, two = follow(connection), follow(connection, LEGAL)
        beside, elsewhere = follow(connection, channel="C2"), follow(connection, team="T2")
        assert subscriptions.of_channel(connection, "T1", "C1") == [one, two]
        assert subscriptions.of_team(connection, "T1") == [one, two, beside]
        assert subscriptions.all_subscriptions(connection) == [one, two, beside, elsewhere]


def test_a_number_of_another_workspace_is_not_found_and_not_changed(store: Store) -> None:
    with store.writing() as connection:
        theirs = follow(connection, team="T2")
        assert subscriptions.find(connection, "T1", "C1", theirs.id) is None
        subscriptions.remove(connection, "T1", theirs.id)
        subscriptions.mute(connection, "T1", theirs.id, later(days=1))
        assert subscriptions.all_subscriptions(connection) == [theirs]


def test_a_number_of_another_channel_is_found(store: Store) -> None:
    with store.writing() as connection:
        beside = follow(connection, channel="C2")
        assert subscriptions.find(connection, "T1", "C1", beside.id) == beside


def test_what_was_removed_is_gone_and_its_number_is_not_given_again(store: Store) -> None:
    with store.writing() as connection:
        one, two = follow(connection), follow(connection, LEGAL)
        subscriptions.remove(connection, "T1", two.id)
        again = follow(connection, LEGAL)
        assert subscriptions.of_channel(connection, "T1", "C1") == [one, again]
    assert again.id > two.id


def test_a_muted_one_says_until_when(store: Store) -> None:
    with store.writing() as connection:
        made = follow(connection)
        subscriptions.mute(connection, "T1", made.id, later(days=7))
        (muted,) = subscriptions.of_channel(connection, "T1", "C1")
        subscriptions.mute(connection, "T1", made.id, None)
        (unmuted,) = subscriptions.of_channel(connection, "T1", "C1")
    assert (muted.muted(later(days=7, seconds=-1)), muted.muted(later(days=7))) == (True, False)
    assert unmuted == made


def test_pausing_a_channel_pauses_all_that_it_follows_once(store: Store) -> None:
    with store.writing() as connection:
        follow(connection, by="U2")
        follow(connection, LEGAL, by="U1")
        beside, elsewhere = follow(connection, channel="C2"), follow(connection, team="T2")
        paused = subscriptions.pause(connection, "T1", "C1", "is_archived")
        assert subscriptions.creators(paused) == ["U1", "U2"]
        assert [each.paused for each in subscriptions.of_channel(connection, "T1", "C1")] == ["is_archived"] * 2
        assert subscriptions.pause(connection, "T1", "C1", "not_in_channel") == []
        assert [each.paused for each in subscriptions.of_channel(connection, "T1", "C1")] == ["is_archived"] * 2
        assert subscriptions.all_subscriptions(connection)[2:] == [beside, elsewhere]


def test_resuming_a_channel_takes_up_all_that_was_paused(store: Store) -> None:
    with store.writing() as connection:
        follow(connection)
        follow(connection, LEGAL)
        subscriptions.pause(connection, "T1", "C1", "is_archived")
        follow(connection)
        assert subscriptions.resume(connection, "T1", "C1") == 1
        assert subscriptions.resume(connection, "T1", "C1") == 0
        assert [each.paused for each in subscriptions.of_channel(connection, "T1", "C1")] == [None, None]


# Default briefs


def use(connection: Connection, slug: str | None, channel: str = "C1") -> None:
    subscriptions.set_default_brief(connection, slug, team="T1", enterprise=None, channel=channel)


def test_choices_are_read_from_where_one_stopped(store: Store) -> None:
    with store.writing() as connection:
        use(connection, "ferries")
        use(connection, "rail", "C2")
    with store.writing() as connection:
        first = subscriptions.default_briefs_since(connection, 0)
        assert [choice[1:] for choice in first] == [("T1", "C1", "ferries"), ("T1", "C2", "rail")]
        seen = first[-1][0]
        assert subscriptions.default_briefs_since(connection, seen) == []
        use(connection, None)
        assert [choice[1:] for choice in subscriptions.default_briefs_since(connection, seen)] == [("T1", "C1", None)]
        assert [choice[1:] for choice in subscriptions.default_briefs_since(connection, 0)] == [
            ("T1", "C2", "rail"),
            ("T1", "C1", None),
        ]


def test_choices_at_the_same_time_get_stamps_one_after_the_other(store: Store) -> None:
    def choose(channel: str) -> None:
        for number in range(10):
            with store.writing() as connection:
                use(connection, f"b{number}", channel)

    at_once(*(lambda channel=channel: choose(channel) for channel in ("C1", "C2", "C3")))
    with store.reading() as connection:
        found = subscriptions.default_briefs_since(connection, 0)
    assert {choice[1:] for choice in found} == {("T1", channel, "b9") for channel in ("C1", "C2", "C3")}
    assert found[-1][0] == 30


# Workspaces


def test_a_workspace_is_stopped_until_its_token_works_again(store: Store) -> None:
    with store.writing() as connection:
        assert subscriptions.stop_reason(connection, "T1") is None
        subscriptions.mark_active(connection, "T1", "E1")
        subscriptions.mark_stopped(connection, "T1", "invalid_auth")
        subscriptions.mark_stopped(connection, "T2", "token_revoked")
        assert subscriptions.stop_reason(connection, "T1") == "invalid_auth"
        subscriptions.mark_active(connection, "T1", "E1")
        assert subscriptions.stop_reason(connection, "T1") is None
        assert subscriptions.stop_reason(connection, "T2") == "token_revoked"
