"""Event ids are remembered for a day."""

from bot.slack.events import REMEMBERED_S, Seen


def test_an_event_is_first_once_a_day() -> None:
    now = [0.0]
    seen = Seen(lambda: now[0])
    assert [seen.first("a"), seen.first("a"), seen.first("b")] == [True, False, True]
    now[0] = REMEMBERED_S
    assert not seen.first("a")
    now[0] = REMEMBERED_S + 1
    assert seen.first("a")
