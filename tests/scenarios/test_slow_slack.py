"""Slack answers slowly; what needs nothing of it is answered all the same."""

import time
from concurrent.futures import ThreadPoolExecutor

from tests.live import Stage

PEOPLE = 60
PLACES = 8
"""Of people for whom Slack is asked at a time."""
SLOW_S = 3


def test_answers_from_memory_go_on_while_sixty_people_wait_for_slack(scene: Stage) -> None:
    """Whoever changes what a channel follows is looked up by `users.info` first."""
    workspace = scene.workspace
    people = [workspace.add_user(f"person-{number}") for number in range(PEOPLE)]
    workspace.faults.inject(1, {"slow": 1.0}, frozenset({"users.info"}), slow_s=SLOW_S)
    with ThreadPoolExecutor(PEOPLE) as pool:
        asked = [pool.submit(workspace.command, each, scene.general, "/brief subscribe all") for each in people]
        time.sleep(0.1)
        waits = []
        for _ in range(20):
            began = time.monotonic()
            assert scene.ask("/brief legal").text
            waits.append(time.monotonic() - began)
        told = sum(each.result().error is None for each in asked)
    # Those who got a place wait for nearly as long as Slack does.
    assert told >= PEOPLE - PLACES
    workspace.faults.inject(1, {})
    assert max(waits) < 1.5
    assert sorted(waits)[10] < 0.2
    assert "(busy)" not in scene.ask("/brief subscribe all").text
