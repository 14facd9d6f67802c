"""Rate limits and faults, when they are switched on."""

from bot.workspace.faults import POST_TEAM_MAX, Faults, Limits


def test_limits_are_off_until_switched_on() -> None:
    limits = Limits(lambda: 0.0)
    assert all(limits.retry_after("views.open", 1, None) is None for _ in range(10))


def test_a_tier_counts_within_a_minute() -> None:
    now = [0.0]
    limits = Limits(lambda: now[0])
    limits.on = True
    assert [limits.retry_after("chat.update", 2, None) for _ in range(3)] == [None, None, 60]
    now[0] = 45.5
    assert limits.retry_after("chat.update", 2, None) == 15
    now[0] = 60.0
    assert limits.retry_after("chat.update", 2, None) is None


def test_one_post_a_second_and_channel() -> None:
    now = [100.0]
    limits = Limits(lambda: now[0])
    limits.on = True
    assert limits.retry_after("chat.postMessage", None, "C1") is None
    assert limits.retry_after("chat.postMessage", None, "C1") == 1
    assert limits.retry_after("chat.postMessage", None, "C2") is None
    now[0] = 101.0
    assert limits.retry_after("chat.postMessage", None, "C1") is None


def test_240_posts_a_minute_and_workspace() -> None:
    limits = Limits(lambda: 100.0)
    limits.on = True
    answers = [limits.retry_after("chat.postMessage", None, f"C{number}") for number in range(POST_TEAM_MAX + 1)]
    assert answers == [None] * POST_TEAM_MAX + [60]


def test_a_fault_is_met_as_often_as_ordered() -> None:
    faults = Faults()
    faults.order("chat.update", "unavailable", times=2)
    faults.order("*", "slow")
    kinds = [fault.kind if (fault := faults.take(name)) else None for name in ("auth.test", *["chat.update"] * 3)]
    assert kinds == ["slow", "unavailable", "unavailable", None]
