"""What differs in a claim beside its words."""

from dataclasses import replace

import pytest

from bot.core.briefs.brief import Claim, Evidence
from bot.core.changes.claim_aspects import other_aspects
from tests.ferries import ALTERNATIVE

QUOTED = ALTERNATIVE.evidence[0]
RADIO = Evidence(source="radio")


@pytest.mark.parametrize(
    ("now", "words"),
    [
        (ALTERNATIVE, ""),
        (replace(ALTERNATIVE, note="So it is."), "another note"),
        (replace(ALTERNATIVE, note=None, evidence=(QUOTED, RADIO)), "another note and other sources"),
        (replace(ALTERNATIVE, evidence=(replace(QUOTED, quote="no other way"),)), "another quotation"),
        (replace(ALTERNATIVE, evidence=(replace(QUOTED, source="radio"),)), "other sources"),
    ],
)
def test_they_are_named(now: Claim, words: str) -> None:
    assert other_aspects(ALTERNATIVE, now) == words
