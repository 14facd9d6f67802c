"""A hundred commands at a time while files change; `python -m tests.load.storm` does it with twice as many and for
longer."""

from tests.live import Stage
from tests.load.storm import storm


def test_no_answer_fails_and_none_mixes_two_revisions(over_http: Stage) -> None:
    tally = storm(over_http, 3, at_once=100)
    assert len(tally.taken) > 50
    assert len(tally.versions) > 1
    assert (tally.errors, tally.mixed) == ([], [])
