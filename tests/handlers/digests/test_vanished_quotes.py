"""Maintainers are told once of each quote that vanished, with what rests on it, and see it as long as it stays so."""

from datetime import date, timedelta
from pathlib import Path

import pytest

from bot.core.evidence.lock import QuoteState
from bot.handlers.digests.fire_due_digests import fire_due_digests
from bot.store.store import Store
from tests.evidence import quoted, verified
from tests.handlers.desk import TEAM, Desk
from tests.handlers.replica import MONDAY
from tests.make import brief

TEA = brief("tea", {"legal": [quoted("duty"), quoted("tax")], "overview": [quoted("act")]})
MISSING, GONE = QuoteState.MISSING, QuoteState.GONE
HEADING = "Quotes that are not on their pages"
DAY_S = 24 * 3600


@pytest.fixture
def desk(tmp_path: Path, store: Store) -> Desk:
    """A desk whose maintainers in C2 get a digest at 10:00 each day; the answer about the law was shared in C1, and
    also in a workspace's direct conversation."""
    made = Desk(tmp_path / "briefs", store, TEA)
    made.slack.add_channel("C2")
    made.decide(maintainers=(TEAM, "C2"))
    made.ask("legal tea share")
    made.ask("digest daily 10:00 UTC", channel="C2")
    made.run()
    return made


def day(desk: Desk, number: int, **states: QuoteState) -> str:
    """What the digest of a day (from 1) says, after a run that found the quotes of these claims in these states; empty
    without a digest."""
    desk.set_clock((number - 1) * DAY_S)
    desk.verify(verified(TEA, on=date(2026, 5, 10 + number), since=date(2026, 5, 10 + number), states=states))
    return digest(desk, number)


def digest(desk: Desk, number: int) -> str:
    before = len(desk.entries("C2"))
    desk.set_clock((number - 1) * DAY_S + 3600)
    fire_due_digests(desk.services, MONDAY + timedelta(days=number - 1, hours=1))
    desk.run()
    return "\n".join(each.text for each in desk.entries("C2")[before:])


def test_a_quote_that_vanished_is_told_with_its_claim_and_the_posts_that_rest_on_it(desk: Desk) -> None:
    text = day(desk, 1, duty=MISSING)
    assert HEADING in text
    assert "New · Tea · legal · duty · not on the page of The Gazette since 11 May 2026" in text
    assert "“the gazette said duty in these words”" in text
    assert "1 post shows the claim, in <#C1>" in text


def test_a_claim_that_no_post_shows_says_so(desk: Desk) -> None:
    assert "no posts show the claim" in day(desk, 1, act=GONE)


def test_it_is_told_once_for_each_change_of_its_state_and_listed_meanwhile(desk: Desk) -> None:
    assert "New" in day(desk, 1, duty=MISSING)
    # Nothing is new: no digest comes for it.
    assert day(desk, 2, duty=MISSING) == ""
    text = day(desk, 3, duty=MISSING, act=MISSING)
    new, known = text.index("New · Tea · overview · act"), text.index("• Tea · legal · duty · not on the page")
    assert new < known
    assert "New · Tea · legal · duty · the page is gone of The Gazette since 14 May 2026" in day(
        desk, 4, duty=GONE, act=MISSING
    )


def test_what_is_found_again_is_listed_no_more(desk: Desk) -> None:
    day(desk, 1, duty=MISSING, tax=MISSING)
    text = day(desk, 2, tax=MISSING, act=MISSING)
    assert "legal · tax" in text
    assert "legal · duty" not in text


def test_a_quote_that_was_taken_out_of_its_brief_is_listed_no_more(desk: Desk) -> None:
    day(desk, 1, duty=MISSING)
    desk.edit(brief("tea", {"legal": [quoted("duty", "what the page says now"), quoted("tax")]}))
    desk.set_clock(DAY_S)
    desk.verify(verified(TEA, states={"duty": MISSING, "tax": MISSING}))
    text = digest(desk, 2)
    assert "New · Tea · legal · tax" in text
    assert "legal · duty" not in text


def test_the_digest_of_another_channel_says_nothing_of_it(desk: Desk) -> None:
    desk.subscribe("all deliver:digest")
    desk.ask("digest daily 10:00 UTC")
    desk.run()
    before = len(desk.entries("C1"))
    assert HEADING in day(desk, 1, duty=MISSING)
    assert len(desk.entries("C1")) == before
