"""Every example of the help can be typed, and means its verb."""

from datetime import date

import pytest

from bot.core.answers.answer import Help
from bot.core.answers.lookup import reply
from bot.core.commands.command import Ambiguous, DidYouMean, Search, Show, ShowHelp
from bot.core.commands.examples import ASK_EXAMPLES, EXAMPLES, with_names
from bot.core.commands.parser import parse
from bot.core.commands.verbs import VERBS, Verb
from tests.make import brief, corpus

TODAY = date(2025, 5, 12)
CORPUS = corpus(brief("ferry-timetable", tags=("transport",)), brief("harbour-levy"))
HELP = reply(ShowHelp(), CORPUS, default=None, today=TODAY)


def test_help_names_what_there_is() -> None:
    assert isinstance(HELP, Help)
    assert HELP.names == {
        "brief": "ferry-timetable",
        "section": "legal",
        "words": "ferry timetable",
        "tag": "transport",
    }


@pytest.mark.parametrize("verb", VERBS, ids=lambda verb: verb.name)
def test_every_example_is_understood(verb: Verb) -> None:
    assert isinstance(HELP, Help)
    examples = list(with_names(EXAMPLES[verb.name], HELP.names))
    assert len(examples) == len(EXAMPLES[verb.name])
    assert len(examples) == (6 if verb.name == "digest" else max(1, min(3, len(examples))))
    for each in examples:
        meant = parse(each.words, CORPUS.names)
        assert not isinstance(meant, Ambiguous | DidYouMean), each
        assert not (isinstance(meant, ShowHelp) and verb.name != "help"), each
        assert str(meant).startswith(verb.name) or isinstance(meant, Search | Show), each


def test_every_example_of_a_question_shows_a_section() -> None:
    assert isinstance(HELP, Help)
    examples = list(with_names(ASK_EXAMPLES, HELP.names))
    assert examples
    assert all(isinstance(parse(each.words, CORPUS.names), Show) for each in examples)


def test_without_briefs_no_example_names_one() -> None:
    help_ = reply(ShowHelp(), corpus(), default=None, today=TODAY)
    assert isinstance(help_, Help)
    assert help_.names == {}
    assert list(with_names(EXAMPLES["use"], help_.names)) == [EXAMPLES["use"][1]]
