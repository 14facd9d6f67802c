"""The words by which a question that found nothing would be answered."""

from dataclasses import replace
from datetime import date

import pytest

from bot.core.answers.answer import SearchResults
from bot.core.answers.corpus import Corpus
from bot.core.answers.lookup import reply
from bot.core.answers.unanswered import words_to_add
from bot.core.briefs.brief import Section
from bot.core.commands.command import Search
from bot.core.delivery.words_to_add import WordsToAdd
from bot.core.linting.readers_words import check_words
from tests.make import VOCABULARY, brief, claim, corpus

FERRIES = brief(
    "ferries",
    {
        "legal": [
            claim("halved", "The harbour board halved the winter ferries."),
            claim("court", "Towns went to court."),
        ]
    },
    title="The ferry timetable",
)
TEA = brief("tea-act", {"legal": [claim("chests", "All chests were thrown into the water.")]}, title="The tea act")
STORE = corpus(FERRIES, TEA, vocabulary=replace(VOCABULARY, equivalents=(("boat", "ferry"), ("how much", "price"))))

CASES: list[tuple[str, tuple[str, ...], str | None, str | None]] = [
    # The question, the words to add, and the brief and the claim that came nearest.
    ("zebra crossing", ("zebra", "crossing"), None, None),
    ("Were they whisked away?", ("whisked",), None, None),
    ("why did the board axe so many winter sailings", ("axe", "sailings"), "ferries", "halved"),
    ("were boats scrapped", ("scrapped",), "ferries", None),
    ("which hooligans drowned the chests", ("hooligans", "drowned"), "tea-act", None),
    ("chests in court", ("chests",), "ferries", "court"),
    ("zebras on the harbuor", ("zebras",), "ferries", "halved"),
    ("is 2.5 % of £290m lost", ("2.5", "290m", "lost"), None, None),
    ("how much is it", (), None, None),
    ("what about it then?", (), None, None),
    ("x y z", (), None, None),
    ("", (), None, None),
    ("⚖️ …", (), None, None),
    ("z" * 70, (), None, None),
]  # fmt: skip


@pytest.mark.parametrize(("question", "words", "slug", "id_"), CASES)
def test_words_that_no_claim_holds_are_to_be_added_where_most_of_it_stands(
    question: str, words: tuple[str, ...], slug: str | None, id_: str | None
) -> None:
    assert words_to_add(question, STORE) == WordsToAdd(question, words, slug, id_)


def taking(words: tuple[str, ...], slug: str, id_: str) -> Corpus:
    """The store with the words at a claim."""
    old = STORE.briefs[slug]
    mended = [replace(each, also=words) if each.id == id_ else each for each in old.sections["legal"].claims]
    new = replace(old, sections={"legal": Section(claims=tuple(mended))})
    assert list(check_words(new)) == []
    return corpus(*({**STORE.briefs, slug: new}.values()), vocabulary=STORE.vocabulary)


@pytest.mark.parametrize("question", [question for question, words, *_ in CASES if words])
def test_who_takes_the_advice_answers_the_question(question: str) -> None:
    advice = words_to_add(question, STORE)
    slug = advice.brief or "ferries"
    id_ = advice.claim or STORE.briefs[slug].sections["legal"].claims[0].id
    results = reply(Search(question), taking(advice.words, slug, id_), default=None, today=date(2026, 1, 1))
    assert isinstance(results, SearchResults)
    assert not results.only_related
    assert (results.excerpts[0].brief.slug, results.excerpts[0].claim.id) == (slug, id_)


def test_a_brief_that_is_no_longer_published_is_not_named() -> None:
    STORE.index.add(brief("gone", {"legal": [claim("one", "Zebras crossed.")]}))
    assert words_to_add("zebra crossing", corpus(FERRIES)) == WordsToAdd("zebra crossing", ("zebra", "crossing"))
