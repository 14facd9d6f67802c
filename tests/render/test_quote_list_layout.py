"""What is known of quotes: in the small print of an answer, and one by one."""

from collections.abc import Callable
from datetime import date

import pytest

from bot.content.repository import Repository
from bot.core.answers.answer import Help, NoMatch, QuoteList, Reply
from bot.core.answers.corpus import Corpus, CurrentCorpus
from bot.core.commands.button_value import decode, decode_command
from bot.core.commands.command import Command
from bot.core.commands.quote_commands import ShowQuotes
from bot.core.evidence.lock import NO_EVIDENCE, EvidenceLock, QuoteState
from bot.handlers.answers.answer_cache import AnswerCache
from bot.render.document import terminal
from bot.render.document.message import Message
from bot.render.document.paging import single_page
from bot.render.reply_layout import layout
from tests.conftest import ROOT
from tests.evidence import MAY_10, quoted, verified
from tests.make import VOCABULARY, brief, claim
from tests.render.limits import check, walk

TEA = brief(
    "tea", {"legal": [quoted("duty"), quoted("tax", "a tax of 1773", "a tax of 1774")], "overview": [quoted("act")]}
)
COFFEE = brief("coffee", {"legal": [claim("bean")]})
EXAMPLE = ROOT / "tests" / "examples" / "evidence"


def answers(evidence: EvidenceLock = NO_EVIDENCE) -> AnswerCache:
    corpus = CurrentCorpus()
    corpus.put({"tea": TEA, "coffee": COFFEE}, VOCABULARY)
    return AnswerCache(corpus.put_evidence(evidence), "/brief", date(2026, 5, 20))


def ask(typed: str, evidence: EvidenceLock = NO_EVIDENCE, default: str | None = None) -> Message:
    given = answers(evidence)
    message = given.render_page(given.parse(typed), default)
    check(message)
    return message


def small_print(typed: str, **states: QuoteState | None) -> str:
    message = ask(typed, verified(TEA, states=states))
    return next(line for line in message.text.splitlines() if TEA.revision in line)


def options(message: Message) -> list[Command | None]:
    menus = (part for part in walk(message.blocks) if part.get("type") == "static_select")
    groups = (group for menu in menus for group in menu.get("option_groups", ()))
    return [decode_command(each["value"], pytest.fail) for group in groups for each in group["options"]]


@pytest.mark.parametrize(
    ("states", "words"),
    [
        ({}, "quotes checked 10 May 2026"),
        ({"tax": None}, "1 of 3 quotes checked 10 May 2026"),
        ({"duty": QuoteState.UNREACHABLE}, "2 of 3 quotes checked 10 May 2026"),
        ({"duty": QuoteState.MISSING}, "source changed since 3 May 2026"),
        ({"duty": QuoteState.GONE}, "source changed since 3 May 2026"),
        # Of another section: it concerns no claim of this answer.
        ({"act": QuoteState.MISSING}, "quotes checked 10 May 2026"),
    ],
)
def test_the_small_print_says_what_is_known_of_the_quotes_of_the_claims_that_are_shown(
    states: dict[str, QuoteState | None], words: str
) -> None:
    assert small_print("legal tea", **states).split(" · ")[:2] == [f"tea@{TEA.revision}", words]


def test_without_anything_known_it_says_nothing_and_offers_nothing() -> None:
    unread = verified(TEA, states=dict.fromkeys(("duty", "tax", "act"), QuoteState.UNREACHABLE))
    for evidence in (NO_EVIDENCE, unread, verified(COFFEE), verified()):
        message = ask("legal tea", evidence)
        assert "checked" not in message.text
        assert "source changed" not in message.text
        assert not [each for each in options(message) if isinstance(each, ShowQuotes)]


def test_an_answer_offers_the_list_of_its_quotes() -> None:
    assert ShowQuotes("tea", "legal") in options(ask("legal tea", verified(TEA)))


def example() -> Corpus:
    repository, corpus = Repository(EXAMPLE), CurrentCorpus()
    changes = repository.load()
    corpus.put_evidence(repository.evidence)
    return corpus.put(changes.briefs, repository.vocabulary)


def test_the_list_has_each_quote_with_its_state_its_day_and_its_source(golden: Callable[[str, str], None]) -> None:
    reply = AnswerCache(example(), "/brief", MAY_10).answer(ShowQuotes("tea-act"))
    golden("answers/verify.txt", terminal.text(single_page(layout(reply, "/brief"))) + "\n")


def claims(reply: Reply) -> list[str]:
    assert isinstance(reply, QuoteList)
    return [each.excerpt.claim.id for each in reply.entries]


ALL, LEGAL = ["act", "duty", "tax", "tax"], ["duty", "tax", "tax"]


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("verify tea", ALL),
        ("verify tea/legal", LEGAL),
        (f"verify tea@{TEA.revision}", ALL),
        (f"verify @{TEA.revision}", ALL),
        ("verify coffee", []),
    ],
)
def test_the_quotes_of_a_brief_or_a_section_are_listed_whatever_is_known(typed: str, expected: list[str]) -> None:
    for evidence in (NO_EVIDENCE, verified(TEA)):
        given = answers(evidence)
        assert claims(given.answer(given.parse(typed))) == expected
        ask(typed, evidence)


def test_those_that_are_not_on_their_pages_come_first() -> None:
    given = answers(verified(TEA, states={"tax": QuoteState.GONE, "duty": None}))
    assert claims(given.answer(ShowQuotes("tea"))) == ["tax", "tax", "duty", "act"]


@pytest.mark.parametrize("typed", ["legal tea", "overview tea", "legal tea quotes", "sources tea", "verify tea/legal"])
def test_the_id_in_the_small_print_of_an_answer_names_its_quotes(typed: str) -> None:
    footer = next(line for line in ask(typed, verified(TEA)).text.splitlines() if TEA.revision in line)
    given = answers()
    expected = {"legal": LEGAL, "overview": ["act"], "sources": ALL, "verify": LEGAL}[typed.split(maxsplit=1)[0]]
    for words in (footer.rpartition(" ")[2], footer, footer.rpartition(" · ")[2]):
        assert claims(given.answer(given.parse(f"verify {words}"))) == expected


def test_without_a_name_it_is_the_brief_that_answers_here() -> None:
    assert "Which brief?" in ask("verify").text
    assert "4 quotes" in ask("verify", default="tea").text
    assert "3 quotes" in ask("verify law", default="tea").text


def test_an_earlier_revision_is_said_to_be_one() -> None:
    text = ask("verify tea@0a1b2c3d", verified(TEA)).text
    assert f"tea@0a1b2c3d is not what it says now; these are the quotes of tea@{TEA.revision}." in text


@pytest.mark.parametrize("typed", ["verify 0a1b2c3d", "verify @0a1b2c3d"])
def test_an_id_that_is_none_of_now_says_what_to_do(typed: str) -> None:
    given = answers(verified(TEA))
    assert isinstance(given.answer(given.parse(typed)), Help)
    assert "nothing that the briefs say now has this id; name the brief instead" in ask(typed).text


def test_a_brief_that_is_gone_and_a_section_that_it_lacks_show_no_other() -> None:
    given = answers()
    for query in (ShowQuotes("milk"), ShowQuotes("tea", "reactions")):
        assert isinstance(given.answer(query), NoMatch)


def test_a_long_list_goes_on_page_by_page() -> None:
    many = brief("tea", {"legal": [quoted(f"c{n}", f"the words {n} of the act " * 20) for n in range(40)]})
    corpus = CurrentCorpus()
    corpus.put({"tea": many}, VOCABULARY)
    given = AnswerCache(corpus.put_evidence(verified(many)), "/brief", MAY_10)
    message = given.render_page(ShowQuotes("tea"))
    check(message)
    (button,) = (part for part in walk(message.blocks) if part.get("action_id") == "continue")
    value = decode(button["value"], pytest.fail)
    assert value
    assert (value.command, value.revision, value.page) == (ShowQuotes("tea"), many.revision, 2)
    texts = [given.render_page(ShowQuotes("tea"), None, page).text for page in range(1, 9)]
    assert all(any(f"the words {n} of the act" in text for text in texts) for n in range(40))
