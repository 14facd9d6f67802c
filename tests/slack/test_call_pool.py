"""Who waits for Slack takes few threads, so that the others go on answering from memory."""

import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest

from bot.handlers.ports import ApiFailure, Caller, ChannelInfo, Posted, UserInfo
from bot.render.document.message import notice
from bot.slack.call_pool import PLACES, WAIT_MAX_S, WAIT_S, CallPool
from bot.slack.sender import WebSlackClient
from bot.slack.web_api import WebApi
from tests.slack.raw_server import answer, drip, serving

BUSY = ApiFailure("busy")
THREADS = 40
"""As many as the HTTP front has."""

PERSON = answer('{"ok": true, "user": {"tz": "Europe/Berlin"}, "channel": {"is_member": true}}')


def held(pool: CallPool, seconds: float) -> Callable[[], bool]:
    def hold() -> bool:
        with pool.place() as place:
            if place:
                time.sleep(seconds)
            return place

    return hold


def test_more_calls_than_places_wait_for_one_while_slack_is_well() -> None:
    pool = CallPool(places=4)
    with ThreadPoolExecutor(THREADS) as threads:
        calls = [threads.submit(held(pool, 0.02)) for _ in range(80)]
        assert all(each.result() for each in calls)


def test_while_slack_hangs_nobody_waits_longer_than_a_moment() -> None:
    pool = CallPool(places=4)
    with ThreadPoolExecutor(THREADS) as threads:
        calls = [threads.submit(held(pool, 2 * WAIT_S)) for _ in range(4)]
        began = time.monotonic()
        assert not held(pool, 0)()
        waited = time.monotonic() - began
        assert waited < WAIT_S + 0.1
        # From now on Slack is known to hang.
        began = time.monotonic()
        assert [held(pool, 0)() for _ in range(100)] == [False] * 100
        assert time.monotonic() - began < 0.1
        assert all(each.result() for each in calls)
    assert held(pool, 0)()


def test_nobody_waits_longer_than_the_longest_wait() -> None:
    pool = CallPool(places=1)
    with ThreadPoolExecutor(THREADS) as threads:
        began = time.monotonic()
        calls = [threads.submit(held(pool, 0.2)) for _ in range(20)]
        assert sum(each.result() for each in calls) < 20
        assert time.monotonic() - began < WAIT_MAX_S + 0.5


def test_a_place_is_given_back_by_a_call_that_raises() -> None:
    pool = CallPool(places=1)
    with pytest.raises(ZeroDivisionError), pool.place():
        raise ZeroDivisionError
    assert held(pool, 0)()


def test_while_slack_drips_most_threads_stay_free_for_answers_from_memory() -> None:
    """Sixty people ask for what needs Slack, on as many threads as there are."""
    with serving(*drip(PERSON), pause_s=1) as server, ThreadPoolExecutor(THREADS) as threads:
        slack = WebSlackClient(lambda _: WebApi("x", server.url))
        asked = [threads.submit(slack.user_info, "T1", "U1") for _ in range(60)]
        waits = []
        for _ in range(10):
            began = time.monotonic()
            threads.submit(time.sleep, 0).result()
            waits.append(time.monotonic() - began)
        outcomes = [each.result() for each in asked]
        assert outcomes.count(BUSY) == 60 - PLACES
        assert outcomes.count(ApiFailure("dropped")) == PLACES
        assert len(server.requests) == PLACES
    assert waits[0] < 2 * WAIT_S
    assert max(waits[1:]) < 0.1


def test_what_a_person_waits_for_shares_the_places_and_a_delivery_has_its_own() -> None:
    with serving(*drip(PERSON), pause_s=1) as server, ThreadPoolExecutor(THREADS) as threads:
        slack = WebSlackClient(lambda team: WebApi("x", server.url if team == "T1" else well.url))
        caller = Caller("T2", None, "U1", "C1", response_url=server.url, trigger_id="1")
        with serving(answer('{"ok": true, "channel": "C1", "ts": "1.0"}')) as well:
            hung = [threads.submit(slack.user_info, "T1", "U1") for _ in range(PLACES)]
            time.sleep(WAIT_S)
            hello = notice("hello")
            assert slack.user_info("T2", "U1") == BUSY
            assert slack.channel_info("T2", "C1") == BUSY
            assert slack.open_modal(caller, {}) == BUSY
            assert slack.respond(caller, hello) == BUSY
            assert slack.post("T2", "C1", hello, None, person_waits=True) == BUSY
            assert slack.post("T2", "C1", hello, None, key="k") == Posted("C1", "1.0")
            assert slack.update("T2", "C1", "1.0", hello) == Posted("C1", "1.0")
            assert [each.result() for each in hung] == [ApiFailure("dropped")] * PLACES


def test_once_slack_is_well_again_it_is_asked_at_once() -> None:
    with serving(PERSON) as server:
        slack = WebSlackClient(lambda _: WebApi("x", server.url))
        assert slack.user_info("T1", "U1") == UserInfo(guest=False, zone="Europe/Berlin")
        assert slack.channel_info("T1", "C1") == ChannelInfo(archived=False, member=True)
