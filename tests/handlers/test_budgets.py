"""How often a person, and a workspace, changes what channels follow within a day."""

from datetime import timedelta

import pytest

from bot.core.budget import DAY, Budget, free_again, wait_words
from bot.handlers.clean_up import CleanUp
from bot.handlers.commands.slash_command import answer_mention
from bot.slack.actions import act
from bot.store.schema import channel_change
from tests.handlers.desk import TEAM, Desk
from tests.handlers.replica import MONDAY


@pytest.mark.parametrize(
    ("seconds", "words"),
    [(0, "1 minute"), (60, "1 minute"), (61, "2 minutes"), (3599, "1 hour"), (3601, "2 hours"), (86400, "24 hours")],
)
def test_a_wait_is_rounded_up(seconds: int, words: str) -> None:
    assert wait_words(timedelta(seconds=seconds)) == words


def test_another_one_fits_once_the_nth_newest_is_a_day_old() -> None:
    assert free_again(None, MONDAY) is None
    assert free_again(MONDAY, MONDAY + DAY) is None
    assert free_again(MONDAY, MONDAY + timedelta(hours=1)) == timedelta(hours=23)


def test_who_has_changed_enough_reads_so_and_changes_nothing_more(desk: Desk) -> None:
    desk.decide(changes=Budget(2, 3))
    assert desk.ask("subscribe all") is None
    desk.set_clock(3600)
    # What is refused does not count.
    assert desk.ask("unsubscribe #77") is not None
    assert desk.ask("use ferries") is None
    answer = desk.ask("subscribe harbour")
    assert answer is not None
    assert answer.text == (
        "You have changed what channels follow 2 times within a day, and no more is taken for now.\n"
        "Try again in 23 hours."
    )
    assert desk.ask("subscribe harbour", user="U2") is None
    answer = desk.ask("subscribe ferries", user="U2")
    assert answer is not None
    assert answer.text.startswith("This workspace has changed what channels follow 3 times within a day")
    assert len(desk.subscriptions()) == 2
    # Reading goes on.
    assert "Nothing" not in str(desk.ask("subscriptions"))
    desk.set_clock(DAY.total_seconds())
    assert desk.ask("subscribe ferries") is None


def test_another_workspace_is_not_counted(desk: Desk) -> None:
    desk.decide(changes=Budget(1, 1))
    with desk.store.transaction() as tx:
        tx.channel_changes.add("T2", "U1", desk.replica.at)
    assert desk.ask("subscribe all") is None
    with desk.store.snapshot() as tx:
        assert [tx.channel_changes.nth_newest(TEAM, None, n) for n in (1, 2)] == [MONDAY, None]


def test_what_is_a_day_old_is_forgotten(desk: Desk) -> None:
    desk.ask("subscribe all")
    CleanUp(desk.services).run(MONDAY + DAY + timedelta(seconds=1))
    with desk.store.snapshot() as tx:
        assert tx.connection.execute(channel_change.select()).all() == []


def test_who_sends_too_many_commands_reads_so_in_whatever_way_and_goes_on_in_the_next_minute(desk: Desk) -> None:
    desk.decide(commands=Budget(2, 3))
    desk.set_clock(50)
    texts = [answer.text for _ in range(3) if (answer := desk.ask("list")) is not None]
    assert "You have sent" not in "".join(texts[:2])
    assert texts[2] == (
        "You have sent 2 commands within a minute, and no more are answered for now.\nTry again in 10 seconds."
    )
    answer_mention("list", desk.slack.caller("U1", "C1"), "1.1", desk.services)
    assert desk.entries()[-1].text == texts[2]
    act({"action_id": "open:1", "value": '["list"]'}, desk.slack.caller("U1", "C1"), desk.services)
    assert desk.entries()[-1].text == texts[2]
    answer = desk.ask("list", user="U2")
    assert answer is not None
    assert answer.text.startswith("This workspace has sent 3 commands within a minute")
    desk.set_clock(60)
    assert desk.ask("list", user="U2") != answer
    assert desk.ask("subscribe all") is None
