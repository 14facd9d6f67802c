"""A workspace removes the bot: nothing is sent, what is stored stays for a while, and a re-install goes on."""

from dataclasses import replace
from datetime import timedelta
from itertools import permutations
from pathlib import Path

import pytest

from bot.core.retention import Retention
from bot.handlers.clean_up import CleanUp
from bot.handlers.install import install
from bot.handlers.uninstall import forget, uninstall
from bot.store.foreign_teams import REMOVED
from bot.store.schema import installation, subscription
from bot.store.store import Store
from tests.handlers.desk import TEAM, Desk, ferries
from tests.handlers.replica import MONDAY, follow
from tests.installations import installed
from tests.store.moments import rows

DAY_S = 24 * 3600


@pytest.fixture
def desk(store: Store, tmp_path: Path) -> Desk:
    """A workspace that follows everything, and has installed the bot by OAuth."""
    desk = Desk(tmp_path / "briefs", store, ferries(0))
    desk.subscribe("all")
    put(desk, 0)
    return desk


def put(desk: Desk, second: float, **changed: object) -> None:
    at = MONDAY + timedelta(seconds=second)
    install(installed(**{"team": TEAM, "at": at, **changed}), desk.services)  # type: ignore[arg-type]


def remove(desk: Desk, second: float, owner: str = TEAM) -> None:
    """An event that was made at a second."""
    uninstall(owner, MONDAY + timedelta(seconds=second), desk.services)


def state(desk: Desk, team: str = TEAM) -> tuple[bool, str | None]:
    """Whether it is installed, and why nothing is sent."""
    with desk.store.snapshot() as tx:
        found, reason = tx.installations.find(team), tx.subscriptions.stop_reason(team)
    return found is not None and found.removed_at is None, reason


def clean(desk: Desk, second: float) -> None:
    desk.set_clock(second)
    CleanUp(desk.services).run(desk.replica.at)


def test_nothing_is_sent_any_more_and_a_re_install_goes_on_where_it_was(desk: Desk) -> None:
    remove(desk, 10)
    desk.edit(ferries(1))
    desk.wake()
    assert (state(desk), desk.slack.texts("C1")) == ((False, REMOVED), [])
    clean(desk, 29 * DAY_S)
    put(desk, 29 * DAY_S)
    desk.wake()
    assert (state(desk), len(desk.slack.texts("C1"))) == ((True, None), 1)
    assert len(rows(desk.store, subscription)) == 1


@pytest.mark.parametrize("order", sorted(set(permutations(("gone", "gone", "gone", "again")))), ids="-".join)
def test_in_whatever_order_events_arrive_the_last_word_counts(desk: Desk, order: tuple[str, ...]) -> None:
    """Removed in the tenth second, of which Slack tells three times, and installed again in the twentieth."""
    for what in order:
        if what == "gone":
            remove(desk, 10)
        else:
            put(desk, 20)
    assert state(desk) == (True, None)
    remove(desk, 30)
    remove(desk, 10)
    assert state(desk) == (False, REMOVED)


def test_a_removal_within_the_second_of_the_installation_counts(desk: Desk) -> None:
    put(desk, 20.7)
    remove(desk, 20)
    assert state(desk) == (False, REMOVED)


def test_what_is_stored_is_deleted_after_thirty_days(desk: Desk) -> None:
    follow(desk.store, "all", "C9", "T9")
    remove(desk, 10)
    clean(desk, 30 * DAY_S - 60)
    assert len(rows(desk.store, subscription)) == 2
    clean(desk, 30 * DAY_S + 60)
    assert [row.team for row in rows(desk.store, subscription)] == ["T9"]
    assert rows(desk.store, installation) == []
    with desk.store.snapshot() as tx:
        assert tx.workspace_data.rows(TEAM) == {}


def test_an_operator_decides_for_how_long_and_it_is_deleted_a_little_at_a_time(desk: Desk) -> None:
    desk.decide(retention=replace(Retention(), removed=timedelta(days=1)))
    for number in range(2, 9):
        follow(desk.store, "all", f"C{number}", TEAM)
    remove(desk, 10)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("bot.handlers.clean_up.AT_ONCE", 3)
        clean(desk, 1.1 * DAY_S)
    assert (rows(desk.store, subscription), rows(desk.store, installation)) == ([], [])


def test_a_workspace_that_goes_on_by_a_token_of_the_settings_loses_nothing(desk: Desk) -> None:
    remove(desk, 10)
    with desk.store.transaction() as tx:
        tx.subscriptions.mark_active(TEAM, None)
    clean(desk, 31 * DAY_S)
    assert len(rows(desk.store, subscription)) == 1
    assert rows(desk.store, installation) == []


def test_an_organisation_removes_it_from_all_its_workspaces_but_those_with_their_own(desk: Desk) -> None:
    with desk.store.transaction() as tx:
        for team in ("T2", "T3"):
            tx.subscriptions.mark_active(team, "E1")
    for team in ("T2", "T3"):
        follow(desk.store, "all", "C9", team)
    put(desk, 0, team="E1", whole=True)
    put(desk, 0, team="T3", enterprise="E1")
    remove(desk, 10, "E1")
    assert [state(desk, team)[1] for team in (TEAM, "T2", "T3")] == [None, REMOVED, None]
    clean(desk, 31 * DAY_S)
    assert sorted(row.team for row in rows(desk.store, subscription)) == [TEAM, "T3"]


def test_forgetting_leaves_at_once_nothing_but_that_it_was_removed(desk: Desk) -> None:
    follow(desk.store, "all", "C9", "T9")
    assert forget(TEAM, desk.store, MONDAY) > 2
    assert [row.team for row in rows(desk.store, subscription)] == ["T9"]
    (row,) = rows(desk.store, installation)
    assert {*row} == {TEAM, None, "", False, row.installed_at, MONDAY, row.stamp}
    assert forget("T0", desk.store, MONDAY) == 0
    clean(desk, 31 * DAY_S)
    assert rows(desk.store, installation) == []
