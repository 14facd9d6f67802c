"""Whatever Slack does meanwhile, each report that was confirmed is kept, told and answered once."""

import re
from collections import Counter as Count
from datetime import timedelta
from random import Random

import pytest

from bot.handlers.reports.keep_report import FormProblem
from tests.conftest import members
from tests.handlers.desk import ferries
from tests.handlers.reports.counter import Counter

REPORTS, FAULTS = 12, ("refuse", "drop before", "drop after", "limit")
TAG = re.compile(r"tag-\d+-")
WAIT = timedelta(seconds=30)
"""Longer than a worker waits for anything, so that its run ends: the clock stands still meanwhile."""


def trouble(counter: Counter, chance: Random) -> None:
    """One of four calls fails."""
    if chance.random() < 0.25:
        kind = chance.choice(FAULTS)
        match kind:
            case "refuse":
                counter.desk.slack.refuse("post", "http_503")
            case "limit":
                counter.desk.slack.refuse("post", "ratelimited", retry_after=WAIT)
            case _:
                counter.desk.slack.drop("post", arrives=kind == "drop after")


def times_told(texts: list[str]) -> Count[str]:
    return Count(tag for text in texts for tag in set(TAG.findall(text)))


@pytest.mark.parametrize("seed", members(range(40), 1))
def test_none_is_lost_and_none_is_doubled(counter: Counter, seed: int) -> None:
    chance = Random(seed)  # noqa: S311  repeatable on purpose
    confirmed, second = set[str](), 0
    for number in range(REPORTS):
        trouble(counter, chance)
        for _ in range(chance.choice((1, 1, 2))):
            outcome = counter.report(f"tag-{number}-", view=f"V{seed}-{number}", user=("U1", "U2")[number % 2])
            assert not isinstance(outcome, FormProblem)
        confirmed.add(f"tag-{number}-")
        if chance.random() < 0.2:
            second += 5
            counter.desk.wake_at(second)
            if chance.random() < 0.5:
                counter.desk.edit(ferries(second))
                trouble(counter, chance)
            counter.attend()
    counter.desk.edit(ferries(second + 1))
    for _ in range(5):
        second += 60
        counter.desk.set_clock(second)
        counter.attend()
    once = dict.fromkeys(confirmed, 1)
    assert times_told(counter.told()) == once
    assert times_told(counter.answers("U1") + counter.answers("U2")) == once
    assert set(counter.states()) == {"changed"}
    assert len(counter.reports()) == REPORTS
