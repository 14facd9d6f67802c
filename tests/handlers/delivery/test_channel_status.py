"""What readers and maintainers are told of how things are, on both databases."""

from pathlib import Path

import pytest

from bot.store.store import Store
from tests.handlers.desk import TEAM, Desk, ferries, harbour


@pytest.fixture
def desk(store: Store, tmp_path: Path) -> Desk:
    """C1 is the maintainers' channel, C2 another one."""
    desk = Desk(tmp_path / "briefs", store, ferries(0), harbour(0))
    desk.slack.add_channel("C2")
    desk.decide(maintainers=(TEAM, "C1"))
    return desk


def status(desk: Desk, channel: str) -> str:
    message = desk.ask("status", channel)
    assert message is not None
    return message.text


def test_readers_are_told_what_they_get_and_what_changed(desk: Desk) -> None:
    assert "This channel follows nothing.\nEverything has been posted." in status(desk, "C2")
    desk.ask("subscribe ferries", "C2")
    desk.run()
    desk.edit(ferries(1))
    text = status(desk, "C2")
    assert "2 briefs to ask.\nThis channel follows the brief ferries.\n1 message is still to be posted here." in text
    assert "Latest changes\n• " in text
    assert "Publication" not in text
    desk.run()
    assert "Everything has been posted." in status(desk, "C2")


def test_maintainers_and_who_has_no_channel_for_them_see_the_figures(desk: Desk) -> None:
    assert "Publication 1 of " in status(desk, "C1")
    desk.decide(maintainers=None)
    assert "Publication 1 of " in status(desk, "C2")
