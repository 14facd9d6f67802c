"""The running bot, whose clock is wrong, or steps while it posts: everybody is told, and once."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from bot.workspace.workspace import plain
from tests.conftest import PROFILE
from tests.handlers.replica import follow
from tests.live import Stage, eventually, stage
from tests.scenarios.room import COURT, FERRIES, FILES, SIX_TO_FOUR

CHANNELS = 20 if PROFILE != "gate" else 8
POST = "chat.postMessage"


@pytest.fixture
def here(tmp_path: Path, database_url: str) -> Iterator[Stage]:
    """Channels, whose history the bot may read, follow a brief."""
    files = FILES | {"ferries.yaml": FERRIES}
    with stage(tmp_path, files=files, posts_per_minute=9999, database_url=database_url) as made:
        made.workspace.state.app.scopes |= {"channels:history"}
        for number in range(CHANNELS):
            channel = made.workspace.add_channel(f"c{number}", made.ann)
            follow(made.bot.services.store, "ferries", channel, made.workspace.state.team)
        yield made


def told(here: Stage, words: str) -> int:
    """How many posts say so now."""
    posts = here.workspace.state.messages
    return sum(f"Now: {words}" in plain(message.text) for message in posts)


def test_a_step_back_of_two_hours_while_it_posts(here: Stage) -> None:
    here.workspace.faults.script(POST, "drop_after")
    here.workspace.faults.script(POST, "slow", times=CHANNELS, seconds=0.05)
    here.edit("ferries.yaml", COURT)
    eventually(lambda: told(here, "Three towns") > 3)
    here.ahead -= timedelta(hours=2)
    eventually(lambda: told(here, "Three towns") == CHANNELS)
    here.settle()
    here.edit("ferries.yaml", SIX_TO_FOUR)
    eventually(lambda: told(here, "On 2 March") == CHANNELS)
    here.settle()
    assert (told(here, "Three towns"), told(here, "On 2 March")) == (CHANNELS, CHANNELS)


def test_a_start_whose_clock_is_right_again(here: Stage) -> None:
    with here.down():
        here.ahead = timedelta(hours=2)
    here.workspace.faults.inject(1, {"unavailable": 0.5}, frozenset({POST}))
    here.edit("ferries.yaml", COURT)
    eventually(lambda: told(here, "Three towns") > 0)
    with here.down():
        here.ahead = timedelta(0)
        here.workspace.faults.inject(1, {})
    here.edit("ferries.yaml", SIX_TO_FOUR)
    here.settle()
    eventually(lambda: told(here, "On 2 March") == CHANNELS)
    assert told(here, "Three towns") == CHANNELS
