"""Rate limits, which are on unless a test says otherwise, and faults."""

import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError
from slack_sdk.webhook import WebhookClient

from bot.workspace.faults import BY_CHANCE, POST_TEAM_MAX, Faults, Kind, Limits
from bot.workspace.local_server import LocalServer
from bot.workspace.server import many
from bot.workspace.workspace import Workspace


def test_limits_are_on_in_every_new_workspace_until_switched_off() -> None:
    limits = Workspace(clock=lambda: 100.0).limits
    assert [limits.retry_after("views.open", 1, None) for _ in range(2)] == [None, 60]
    limits.on = False
    assert limits.retry_after("views.open", 1, None) is None


def test_limits_pass_faster_where_a_bot_does() -> None:
    now = [100.0]
    limits = Limits(lambda: now[0])
    limits.speed = 10
    assert [limits.retry_after("chat.update", 1, None) for _ in range(2)] == [None, 6]
    assert limits.retry_after("chat.postMessage", None, "C1") is None
    now[0] = 100.09
    assert limits.retry_after("chat.postMessage", None, "C1") == 1
    now[0] = 100.11
    assert limits.retry_after("chat.postMessage", None, "C1") is None
    now[0] = 106.0
    assert limits.retry_after("chat.update", 1, None) is None


def test_a_tier_counts_within_a_minute() -> None:
    now = [0.0]
    limits = Limits(lambda: now[0])
    assert [limits.retry_after("chat.update", 2, None) for _ in range(3)] == [None, None, 60]
    now[0] = 45.5
    assert limits.retry_after("chat.update", 2, None) == 15
    now[0] = 60.0
    assert limits.retry_after("chat.update", 2, None) is None


def test_one_post_a_second_and_channel() -> None:
    now = [100.0]
    limits = Limits(lambda: now[0])
    assert limits.retry_after("chat.postMessage", None, "C1") is None
    assert limits.retry_after("chat.postMessage", None, "C1") == 1
    assert limits.retry_after("chat.postMessage", None, "C2") is None
    now[0] = 101.0
    assert limits.retry_after("chat.postMessage", None, "C1") is None


def test_240_posts_a_minute_and_workspace() -> None:
    limits = Limits(lambda: 100.0)
    answers = [limits.retry_after("chat.postMessage", None, f"C{number}") for number in range(POST_TEAM_MAX + 1)]
    assert answers == [None] * POST_TEAM_MAX + [60]


def test_a_fault_is_met_as_often_as_scripted() -> None:
    faults = Faults()
    faults.script("chat.update", "unavailable", times=2)
    faults.script("*", "slow")
    kinds = [fault.kind if (fault := faults.take(name)) else None for name in ("auth.test", *["chat.update"] * 3)]
    assert kinds == ["slow", "unavailable", "unavailable", None]


# Chance


def kinds(faults: Faults, method: str, calls: int) -> list[Kind | None]:
    return [fault.kind if (fault := faults.take(method)) else None for _ in range(calls)]


def by_chance(seed: int, rates: dict[Kind, float], methods: frozenset[str] | None = None) -> Faults:
    faults = Faults()
    faults.inject(seed, rates, methods)
    return faults


def test_chance_is_repeatable_whatever_is_called_in_between() -> None:
    rates: dict[Kind, float] = {"ratelimited": 0.1, "unavailable": 0.1, "drop_before": 0.05, "drop_after": 0.05}
    first, second = by_chance(7, rates), by_chance(7, rates)
    alone = kinds(first, "chat.postMessage", 500)
    mixed = list[Kind | None]()
    for _ in range(500):
        second.take("chat.update")
        mixed += kinds(second, "chat.postMessage", 1)
    assert alone == mixed
    assert alone != kinds(by_chance(8, rates), "chat.postMessage", 500)
    assert 110 < sum(kind is not None for kind in alone) < 190
    assert sum(first.counts.values()) == sum(kind is not None for kind in alone)


def test_a_wait_by_chance_is_of_one_to_three_seconds() -> None:
    faults = by_chance(1, {"ratelimited": 1.0})
    waits = {fault.seconds for _ in range(50) if (fault := faults.take("auth.test"))}
    assert waits == {1, 2, 3}


def test_chance_keeps_to_its_methods_and_scripted_faults_come_first() -> None:
    faults = by_chance(1, {"slow": 1.0}, frozenset({"chat.update"}))
    faults.script("*", "unavailable")
    assert kinds(faults, "chat.update", 2) == ["unavailable", "slow"]
    assert kinds(faults, "auth.test", 1) == [None]
    faults.inject(1, {})
    assert kinds(faults, "chat.update", 1) == [None]


@pytest.mark.parametrize("rates", [{"expired": 0.1}, {"slow": 0.6, "unavailable": 0.6}, {"slow": -0.1}])
def test_rates_that_make_no_sense_are_refused(rates: dict[Kind, float]) -> None:
    with pytest.raises(ValueError, match=r"chance|rates"):
        Faults().inject(1, rates)


# Waiting


def test_a_call_within_the_announced_time_is_early() -> None:
    now = [100.0]
    limits = Limits(lambda: now[0])
    for moment in (100.0, 101.0, 130.0, 160.0):
        now[0] = moment
        limits.retry_after("chat.update", 1, None)
    assert (limits.calls_before_retry_after, limits.refused) == (1, Counter({"chat.update": 2}))


def test_what_was_under_way_already_is_not_early() -> None:
    now = [100.0]
    limits = Limits(lambda: now[0])
    limits.grace = 0.5
    limits.refuse("chat.update", 3)
    for moment in (100.2, 100.4, 103.0):
        now[0] = moment
        limits.retry_after("chat.update", None, None)
    assert limits.calls_before_retry_after == 0
    limits.refuse("chat.update", 3)
    now[0] = 104.0
    limits.retry_after("chat.update", None, None)
    assert limits.calls_before_retry_after == 1


def test_a_channel_waits_alone_and_a_fault_makes_all_of_them_wait() -> None:
    now = [100.0]
    limits = Limits(lambda: now[0])
    assert limits.retry_after("chat.postMessage", None, "C1") is None
    assert limits.retry_after("chat.postMessage", None, "C1") == 1
    assert limits.retry_after("chat.postMessage", None, "C2") is None
    assert limits.retry_after("chat.update", 50, None) is None
    assert limits.calls_before_retry_after == 0
    limits.refuse("chat.postMessage", 2, "C3")
    now[0] = 101.5
    limits.retry_after("chat.postMessage", None, "C1")
    assert limits.calls_before_retry_after == 1


def test_a_refused_call_does_not_count() -> None:
    now = [100.0]
    limits = Limits(lambda: now[0])
    for moment in range(100, 161, 10):
        now[0] = float(moment)
        limits.retry_after("chat.update", 2, None)
    assert limits.refused["chat.update"] == 4  # of 100, 110, 120 … 160 the first two and the last went on


def test_limits_hold_when_many_call_at_once() -> None:
    limits = Limits(lambda: 100.0)
    with ThreadPoolExecutor(16) as pool:
        answers = list(pool.map(lambda n: limits.retry_after("chat.postMessage", None, f"C{n}"), range(2000)))
    assert answers.count(None) == POST_TEAM_MAX
    assert limits.refused["chat.postMessage"] == 2000 - POST_TEAM_MAX


# Over HTTP


@pytest.fixture
def workspaces() -> Iterator[list[Workspace]]:
    made = [Workspace(1), Workspace(2)]
    served = LocalServer(many(made))
    for workspace in made:
        workspace.base_url = served.url
    yield made
    served.close()


def client(workspace: Workspace) -> WebClient:
    token = workspace.state.app.bot_token
    return WebClient(token=token, base_url=f"{workspace.base_url}/api/", retry_handlers=[])


def test_a_thread_counts_with_its_channel_and_a_workspace_by_itself(workspaces: list[Workspace]) -> None:
    channels = [workspace.add_channel("general") for workspace in workspaces]
    webs = [client(workspace) for workspace in workspaces]
    parent = webs[0].chat_postMessage(channel=channels[0], text="hello")["ts"]
    with pytest.raises(SlackApiError) as caught:
        webs[0].chat_postMessage(channel=channels[0], text="hello", thread_ts=parent)
    assert (caught.value.response.status_code, caught.value.response.headers["Retry-After"]) == (429, "1")
    assert webs[1].chat_postMessage(channel=channels[1], text="hello")["ok"]
    assert [workspace.limits.refused["chat.postMessage"] for workspace in workspaces] == [1, 0]


def test_a_person_and_their_direct_conversation_are_one_channel(workspaces: list[Workspace]) -> None:
    first, web = workspaces[0], client(workspaces[0])
    ann = first.add_user("ann")
    direct = first.state.direct(ann).id
    web.chat_postMessage(channel=ann, text="hello")
    with pytest.raises(SlackApiError):
        web.chat_postMessage(channel=direct, text="hello")


def test_a_fault_announces_a_wait_and_early_calls_are_counted(workspaces: list[Workspace]) -> None:
    first, web = workspaces[0], client(workspaces[0])
    first.faults.script("auth.test", "ratelimited", seconds=1)
    with pytest.raises(SlackApiError) as caught:
        web.auth_test()
    assert caught.value.response.headers["Retry-After"] == "1"
    web.auth_test()
    time.sleep(1)
    web.auth_test()
    assert first.limits.refused["auth.test"] == 1
    assert [workspace.limits.calls_before_retry_after for workspace in workspaces] == [1, 0]


@pytest.mark.parametrize("kind", BY_CHANCE)
def test_a_response_url_meets_faults_too(workspaces: list[Workspace], kind: Kind) -> None:
    first = workspaces[0]
    ann = first.add_user("ann")
    url = first.response_url({"channel": first.add_channel("general", ann), "user": ann})
    first.faults.script("response_url", kind, seconds=0.1)
    web = WebhookClient(url, retry_handlers=[])
    statuses = {"ratelimited": 429, "unavailable": 503, "slow": 200}
    if kind in statuses:
        assert web.send(text="hello").status_code == statuses[kind]
    else:
        with pytest.raises(OSError, match=r"closed|reset|aborted"):
            web.send(text="hello")
    assert len(first.state.messages) == (kind in ("slow", "drop_after"))
