"""What channels follow, which brief answers in them, and which workspaces work, on both databases."""

from dataclasses import replace
from datetime import datetime

from bot.core.subscriptions.subscription import Filter, Subscription, SubscriptionSpec, Target, matches_brief
from bot.store.store import Store, Transaction
from tests.make import brief
from tests.store.moments import NOW, at_once, later
from tests.subscriptions import all_subscriptions

ALL = SubscriptionSpec(Target())
LEGAL = SubscriptionSpec(
    Target("ferries", "legal"), (Filter("kind", "correction"), Filter("tag", "rail", exclude=True)), deliver="thread"
)


def follow(
    tx: Transaction,
    wish: SubscriptionSpec = ALL,
    channel: str = "C1",
    *,
    team: str = "T1",
    by: str = "U1",
    at: datetime = NOW,
) -> Subscription:
    return tx.subscriptions.add(wish, team, None, channel, by=by, at=at)


def test_what_was_asked_for_is_found_again(store: Store) -> None:
    with store.transaction() as tx:
        made = tx.subscriptions.add(LEGAL, "T1", "E1", "C1", by="U1", at=NOW)
    assert made == Subscription(made.id, "T1", "C1", LEGAL, "U1", NOW, enterprise="E1")
    with store.snapshot() as tx:
        assert tx.subscriptions.find("T1", "C1", LEGAL.target) == made
        assert tx.subscriptions.find("T1", "C1", made.id) == made
        assert tx.subscriptions.find("T1", "C1", Target("ferries")) is None
        assert tx.subscriptions.find("T1", "C2", LEGAL.target) is None


def test_a_target_of_each_form_is_found_again(store: Store) -> None:
    targets = [Target(), Target("ferries"), Target("ferries", "legal"), Target(section="legal"), Target(tag="rail")]
    with store.transaction() as tx:
        for target in targets:
            follow(tx, SubscriptionSpec(target))
        assert [each.spec.target for each in tx.subscriptions.of_channel("T1", "C1")] == targets


def test_the_same_target_again_replaces_the_wish_and_keeps_the_number(store: Store) -> None:
    with store.transaction() as tx:
        first = follow(tx, SubscriptionSpec(LEGAL.target))
        tx.subscriptions.mute("T1", first.id, later(days=7))
        tx.subscriptions.pause("T1", "C1", "is_archived")
        then = follow(tx, LEGAL, by="U2", at=later(hours=1))
        assert tx.subscriptions.of_channel("T1", "C1") == [then]
    assert then == Subscription(first.id, "T1", "C1", LEGAL, "U2", later(hours=1), version=3)


def test_what_is_followed_by_a_channel_a_team_and_all(store: Store) -> None:
    with store.transaction() as tx:
        one, two = follow(tx), follow(tx, LEGAL)
        beside, elsewhere = follow(tx, channel="C2"), follow(tx, team="T2")
        assert tx.subscriptions.of_channel("T1", "C1") == [one, two]
        assert tx.subscriptions.of_team("T1") == [one, two, beside]
        assert all_subscriptions(tx) == [one, two, beside, elsewhere]


FORMS = (
    *("all", "all/legal", "all/key-facts", "rail", "rail/legal", "rail/key-facts", "rail-2", "rail-2/legal", "railway"),
    *("tag:trains", "tag:sea", "tag:sea,trains", "tag:sea,air", "tag:trains-2", "allowance", "allowance/legal"),
)
BRIEFS = (brief("rail", tags=("trains", "uk")), brief("rail-2"), brief("allowance", tags=("sea",)), brief("other"))


def test_who_can_hear_of_briefs_is_found_whatever_the_form_of_what_they_follow(store: Store) -> None:
    with store.transaction() as tx:
        for form in FORMS:
            follow(tx, SubscriptionSpec(Target.parse(form)), channel=form)
        for some in ((), BRIEFS[:1], BRIEFS[1:2], BRIEFS[2:3], BRIEFS[3:], BRIEFS):
            tags = {tag for each in some for tag in each.tags}
            asking = {
                str(each.spec.target)
                for each in tx.subscriptions.of_briefs([each.slug for each in some], tags)
                if any(matches_brief(each.spec, one) for one in some)
            }
            wanted = {
                form for form in FORMS if any(matches_brief(SubscriptionSpec(Target.parse(form)), one) for one in some)
            }
            assert asking == wanted
        nobody = {str(each.spec.target) for each in tx.subscriptions.of_briefs(["unknown"], [])}
        assert nobody == {"all", "all/legal", "all/key-facts"}


def test_a_number_of_another_workspace_is_not_found_and_not_changed(store: Store) -> None:
    with store.transaction() as tx:
        theirs = follow(tx, team="T2")
        assert tx.subscriptions.find("T1", "C1", theirs.id) is None
        tx.subscriptions.remove("T1", theirs.id)
        tx.subscriptions.mute("T1", theirs.id, later(days=1))
        assert all_subscriptions(tx) == [theirs]


def test_a_number_of_another_channel_is_found(store: Store) -> None:
    with store.transaction() as tx:
        beside = follow(tx, channel="C2")
        assert tx.subscriptions.find("T1", "C1", beside.id) == beside


def test_what_was_removed_is_gone_and_its_number_is_not_given_again(store: Store) -> None:
    with store.transaction() as tx:
        one, two = follow(tx), follow(tx, LEGAL)
        tx.subscriptions.remove("T1", two.id)
        again = follow(tx, LEGAL)
        assert tx.subscriptions.of_channel("T1", "C1") == [one, again]
    assert again.id > two.id


def test_a_muted_one_says_until_when(store: Store) -> None:
    with store.transaction() as tx:
        made = follow(tx)
        tx.subscriptions.mute("T1", made.id, later(days=7))
        (muted,) = tx.subscriptions.of_channel("T1", "C1")
        tx.subscriptions.mute("T1", made.id, None)
        (unmuted,) = tx.subscriptions.of_channel("T1", "C1")
    assert (muted.muted(later(days=7, seconds=-1)), muted.muted(later(days=7))) == (True, False)
    assert unmuted == replace(made, version=3)


def test_each_change_by_people_counts_and_says_by_whom(store: Store) -> None:
    with store.transaction() as tx:
        first = follow(tx)
        tx.subscriptions.mute("T1", first.id, later(days=7), by="U2")
        (muted,) = tx.subscriptions.of_channel("T1", "C1")
        narrowed = tx.subscriptions.change(muted, replace(first.spec, deliver="digest"), None, by="U3")
        assert tx.subscriptions.of_channel("T1", "C1") == [narrowed]
        again = follow(tx, by="U4")
    assert [(each.version, each.changed_by) for each in (first, muted, narrowed, again)] == [
        (1, None),
        (2, "U2"),
        (3, "U3"),
        (4, None),
    ]


def test_who_chose_a_default_brief_is_known(store: Store) -> None:
    with store.transaction() as tx:
        assert tx.subscriptions.default_brief("T1", "C1") == (None, None)
        tx.subscriptions.set_default_brief("ferries", team="T1", enterprise=None, channel="C1", by="U1")
        tx.subscriptions.set_default_brief("rail", team="T1", enterprise=None, channel="C1", by="U2")
        tx.subscriptions.rename_brief("rail", "trains")
        assert tx.subscriptions.default_brief("T1", "C1") == ("trains", "U2")


def test_pausing_a_channel_pauses_all_that_it_follows_once(store: Store) -> None:
    with store.transaction() as tx:
        follow(tx, by="U2")
        follow(tx, LEGAL, by="U1")
        beside, elsewhere = follow(tx, channel="C2"), follow(tx, team="T2")
        paused = tx.subscriptions.pause("T1", "C1", "is_archived")
        assert sorted({each.created_by for each in paused}) == ["U1", "U2"]
        assert [each.paused for each in tx.subscriptions.of_channel("T1", "C1")] == ["is_archived"] * 2
        assert tx.subscriptions.pause("T1", "C1", "not_in_channel") == []
        assert [each.paused for each in tx.subscriptions.of_channel("T1", "C1")] == ["is_archived"] * 2
        assert all_subscriptions(tx)[2:] == [beside, elsewhere]


def test_resuming_a_channel_takes_up_all_that_was_paused(store: Store) -> None:
    with store.transaction() as tx:
        follow(tx)
        follow(tx, LEGAL)
        tx.subscriptions.pause("T1", "C1", "is_archived")
        follow(tx)
        assert tx.subscriptions.resume("T1", "C1") == 1
        assert tx.subscriptions.resume("T1", "C1") == 0
        assert [each.paused for each in tx.subscriptions.of_channel("T1", "C1")] == [None, None]


# Default briefs


def use(tx: Transaction, slug: str | None, channel: str = "C1") -> None:
    tx.subscriptions.set_default_brief(slug, team="T1", enterprise=None, channel=channel)


def test_choices_are_read_from_where_one_stopped(store: Store) -> None:
    with store.transaction() as tx:
        use(tx, "ferries")
        use(tx, "rail", "C2")
    with store.transaction() as tx:
        first = tx.subscriptions.default_briefs_since(0)
        assert [choice[1:] for choice in first] == [("T1", "C1", "ferries"), ("T1", "C2", "rail")]
        seen = first[-1][0]
        assert tx.subscriptions.default_briefs_since(seen) == []
        use(tx, None)
        assert [choice[1:] for choice in tx.subscriptions.default_briefs_since(seen)] == [("T1", "C1", None)]
        assert [choice[1:] for choice in tx.subscriptions.default_briefs_since(0)] == [
            ("T1", "C2", "rail"),
            ("T1", "C1", None),
        ]


def test_choices_at_the_same_time_get_stamps_one_after_the_other(store: Store) -> None:
    def choose(channel: str) -> None:
        for number in range(10):
            with store.transaction() as tx:
                use(tx, f"b{number}", channel)

    at_once(*(lambda channel=channel: choose(channel) for channel in ("C1", "C2", "C3")))
    with store.snapshot() as tx:
        found = tx.subscriptions.default_briefs_since(0)
    assert {choice[1:] for choice in found} == {("T1", channel, "b9") for channel in ("C1", "C2", "C3")}
    assert found[-1][0] == 30


# Workspaces


def test_a_workspace_is_stopped_until_its_token_works_again(store: Store) -> None:
    with store.transaction() as tx:
        assert tx.subscriptions.stop_reason("T1") is None
        tx.subscriptions.mark_active("T1", "E1")
        tx.subscriptions.mark_stopped("T1", "invalid_auth")
        tx.subscriptions.mark_stopped("T2", "token_revoked")
        assert tx.subscriptions.stop_reason("T1") == "invalid_auth"
        tx.subscriptions.mark_active("T1", "E1")
        assert tx.subscriptions.stop_reason("T1") is None
        assert tx.subscriptions.stop_reason("T2") == "token_revoked"
