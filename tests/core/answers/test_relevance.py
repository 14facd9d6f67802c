"""What answers a question by its words, and what does not."""

import pytest

from bot.core.answers.answer import NoMatch, SearchResults
from tests.core.answers.test_lookup import ask
from tests.make import brief, claim, corpus

OTHERS = [claim(f"other-{number}", f"Something else number {number} is so.") for number in range(12)]
STORE = corpus(
    brief("ferries", {"legal": [claim("cut", "The board halved the ferries on Monday."), *OTHERS]}),
    brief("trains", {"legal": [claim("stop", "The minister stopped the night trains.")]}),
)

ANSWERED = [
    "who halved the ferries",
    "ferries halved on a monday?",
    "did the minister stop night trains",
    "minister",
    "why didn't the minister stop the trains",
]
NOT_ANSWERED = [
    "who is the minister of agriculture and fishing quotas",
    "canteen menu monday",
    "vpn keeps dropping on monday",
    "what is the weather like",
    "printer out of toner",
]


@pytest.mark.parametrize("question", ANSWERED)
def test_a_claim_that_holds_most_of_a_question_answers_it(question: str) -> None:
    results = ask(question, STORE)
    assert isinstance(results, SearchResults)
    assert not results.only_related
    assert results.excerpts[0].claim.id in ("cut", "stop")


@pytest.mark.parametrize("question", NOT_ANSWERED)
def test_a_word_by_chance_is_no_answer(question: str) -> None:
    assert isinstance(ask(question, STORE), NoMatch)
