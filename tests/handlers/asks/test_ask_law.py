"""Whatever Slack and the database do meanwhile, each ask is decided once, carried out once, and all hear of it once."""

import re
from datetime import timedelta
from random import Random

import pytest

from bot.errors import DatabaseFailureError
from bot.handlers.asks.lapse_asks import lapse_asks
from bot.store.asks import Asks
from tests.conftest import members
from tests.handlers.asks.office import Office

FAULTS = ("refuse", "drop before", "drop after", "limit")
WAIT = timedelta(seconds=30)
"""Longer than a worker waits for anything, so that its run ends: the clock stands still meanwhile."""

ASKS = ["subscribe all", "subscribe ferries", "subscribe harbour", "use ferries", "subscribe tag:x", "use harbour"]


def trouble(office: Office, chance: Random) -> None:
    """One of three calls fails."""
    if chance.random() < 0.33:
        kind = chance.choice(FAULTS)
        match kind:
            case "refuse":
                office.desk.slack.refuse("post", "http_503")
            case "limit":
                office.desk.slack.refuse("post", "ratelimited", retry_after=WAIT)
            case _:
                office.desk.slack.drop("post", arrives=kind == "drop after")


def times(texts: list[str], pattern: str) -> int:
    return sum(bool(re.search(pattern, text)) for text in texts)


@pytest.mark.parametrize("seed", members(range(40), 1))
def test_none_is_lost_and_none_is_doubled(office: Office, seed: int) -> None:
    chance = Random(seed)  # noqa: S311  repeatable on purpose
    second, verdicts = 0.0, {}
    for number, typed in enumerate(ASKS[:4], 1):
        trouble(office, chance)
        office.ask(typed)
        if chance.random() < 0.5:
            second += 5
            office.come_by(second)
        trouble(office, chance)
        verdicts[number] = chance.choice(("allow", "decline"))
        for _ in range(chance.choice((1, 2))):
            office.decide(verdicts[number], chance.choice(("U1", "U2")), number)
    for _ in range(6):
        second += 60
        office.come_by(second)
    expected = {"allow": "allowed", "decline": "declined"}
    assert [state for state, _ in office.states()] == [expected[each] for each in verdicts.values()]
    for number, typed in enumerate(ASKS[:4], 1):
        once = rf"{expected[verdicts[number]]} what you asked for in <#C1>:\n/brief {typed}\n"
        assert times(office.told("U3"), once) == 1
        for admin in ("U1", "U2"):
            assert times(office.told(admin), rf"/brief {typed}\n+(Allowed|Declined) by") == 1
        announced = [each.text for each in office.desk.entries() if each.visible_to is None]
    assert times(announced, "Asked for by <@U3>") == list(verdicts.values()).count("allow")
    assert office.buttons("U1") == office.buttons("U2") == []


@pytest.mark.parametrize("step", ["add", "close", "find"])
def test_where_the_database_fails_nothing_is_half_done(
    office: Office, step: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise DatabaseFailureError("away")

    if step != "add":
        office.ask("subscribe all")
    with monkeypatch.context() as patched:
        patched.setattr(Asks, step, fail)
        with pytest.raises(DatabaseFailureError):
            office.ask("subscribe all") if step == "add" else office.decide("allow")
    assert office.desk.subscriptions() == []
    assert [state for state, _ in office.states()] == ([] if step == "add" else ["open"])
    if step == "add":
        office.ask("subscribe all")
    assert office.decide("allow").startswith("Allowed by")
    office.come_by(10)
    assert (len(office.desk.subscriptions()), len(office.told("U3"))) == (1, 1)


def test_a_process_that_dies_after_the_decision_has_told_nobody_and_another_one_tells_all(office: Office) -> None:
    office.ask("subscribe all")
    office.desk.run()
    office.desk.slack.drop("post", arrives=False)
    office.decide("allow")
    # Its jobs are gone: the sweep of another one finds what is owed.
    office.desk.replica.queue.lose()
    for second in (60, 120, 180):
        office.desk.set_clock(second)
        lapse_asks(office.desk.services)
        office.desk.wake()
    assert len([each for each in office.desk.entries() if each.visible_to is None]) == 1
    assert [len(office.told(each)) for each in ("U1", "U2", "U3")] == [1, 1, 1]
