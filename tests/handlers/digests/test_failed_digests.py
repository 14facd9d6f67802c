"""What a digest that failed for good would have told comes with the next one, however late that is."""

from pathlib import Path

import pytest

from bot.handlers.clean_up import CleanUp
from bot.store.store import Store
from tests.handlers.desk import TEAM, Desk, ferries, harbour
from tests.handlers.replica import MONDAY

DAY_S = 24 * 3600


@pytest.mark.parametrize("days", [2, 35, 100])
def test_the_next_digest_tells_what_a_refused_one_did_not(store: Store, tmp_path: Path, days: int) -> None:
    desk = Desk(tmp_path / "briefs", store, ferries(0))
    desk.subscribe("all deliver:digest")
    with desk.store.transaction() as tx:
        tx.digests.ensure_cursor(TEAM, None, "C1", MONDAY)
    desk.set_clock(DAY_S)
    desk.edit(ferries(1))
    desk.set_clock(DAY_S + 60)
    desk.slack.refuse("post", "msg_too_long")
    desk.ask("digest now")
    desk.wake()
    assert [row.state for row in desk.rows()] == ["dead"]
    desk.set_clock(days * DAY_S)
    CleanUp(desk.services).run(desk.replica.at)
    desk.edit(harbour(1))
    desk.set_clock(days * DAY_S + 60)
    desk.ask("digest now")
    desk.wake()
    (entry,) = desk.entries()
    assert all(each in entry.text for each in ("There were 1 ferries", "harbour"))
