"""What people type for a section, a brief or both, with all that stands around it: text → what it means. A line more is
a case more."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.briefs.vocabulary import SectionMeta, Vocabulary
from bot.core.commands.command import (
    Ambiguous,
    Command,
    DidYouMean,
    Greet,
    ListBriefs,
    Search,
    Show,
    ShowChanges,
    ShowHelp,
    ShowHome,
    ShowSources,
    Subscribe,
)
from bot.core.commands.parser import parse
from bot.core.subscriptions.subscription import SubscriptionSpec, Target
from tests.conftest import examples
from tests.make import brief, corpus

SECTIONS = Vocabulary(
    sections={
        "overview": SectionMeta(title="Overview", aliases=("background",)),
        "legal": SectionMeta(title="Legal considerations", aliases=("law", "legality")),
        "rights": SectionMeta(title="Ethics and human rights", aliases=("ethics", "human rights")),
        "reactions": SectionMeta(title="Reactions", aliases=("politics",)),
    }
)
NAMES = corpus(
    brief(
        "guatemala-deportations",
        title="Guatemala's second deportation deal with the United States",
        aliases=("guatemala", "guatemala deal"),
        tags=("asylum",),
    ),
    brief("uk-rwanda", title="The UK–Rwanda asylum plan", aliases=("rwanda", "rwanda plan", "safety of rwanda act")),
    brief("el-salvador-offer", title="El Salvador's offer to house U.S. prisoners", aliases=("bukele offer",)),
    brief("el-salvador-removals", title="Removals to El Salvador's mega-prison", aliases=("cecot", "removals")),
    brief(
        "european-prison-rentals", title="Renting prison places abroad", aliases=("prison rentals",), tags=("prisons",)
    ),
    brief("pysec-2016-1", title="A flaw", aliases=("CVE-2016-10127", "GHSA-h4m5-qqfw-abcd")),
    brief("budget-2024", title="The budget of 2024", aliases=("rule 39",)),
    vocabulary=SECTIONS,
).names

GUATEMALA, RWANDA, OFFER = "guatemala-deportations", "uk-rwanda", "el-salvador-offer"
LEGAL = Show("legal")

NAMED: list[tuple[str, Command]] = [
    # Marks around words
    *((text, LEGAL) for text in ("legal?", "legal.", "legal!", "legal,", "'legal'", "“legal”", "*legal*", "`legal`")),
    *(
        (text, LEGAL)
        for text in ("«legal»", "„legal“", "(legal)", "legal…", ": legal", ", legal", "ＬＥＧＡＬ", "~legal~")
    ),
    *((text, LEGAL) for text in ("⚖️ legal", "legal ⚖️", ":scales: legal", "legal :thumbsup:", "legal 👍🏽", "legal 🇬🇹")),
    *(
        (text, LEGAL)
        for text in ("\u200blegal\u200b", "le\u00adgal", "\u200elegal", "legal\u00a0", "le\u2060gal", "\ufefflegal")
    ),
    ("legal: guatemala", Show("legal", GUATEMALA)),
    ("“legal” “guatemala”?", Show("legal", GUATEMALA)),
    ("guatemala?", Show(None, GUATEMALA)),
    ("sources guatemala?", ShowSources(GUATEMALA)),
    # Words that say nothing
    *((text, LEGAL) for text in ("the legal section", "legal section", "show legal", "show me legal", "legal please")),
    *((text, LEGAL) for text in ("brief legal", "/brief legal", "@brief legal", "briefbot legal", "legal 2")),
    *((text, LEGAL) for text in ("tell me about the law", "what about legal?", "please show me the legal section")),
    ("what about guatemala?", Show(None, GUATEMALA)),
    ("about the rwanda plan", Show(None, RWANDA, name="rwanda plan")),
    *((text, Show("legal", GUATEMALA)) for text in ("legal for guatemala", "legal in guatemala", "legal/guatemala")),
    *(
        (text, Show("legal", GUATEMALA))
        for text in ("guatemala/legal", "guatemala-deportations/legal", "legal – guatemala")
    ),
    ("legal of the guatemala deal", Show("legal", GUATEMALA, name="guatemala deal")),
    ("rights in guatemala", Show("rights", GUATEMALA)),
    # What the bot prints
    ("Legal considerations", LEGAL),
    ("ethics and human rights", Show("rights")),
    ("rights & ethics", Show("rights")),
    ("Guatemala's second deportation deal with the United States", Show(None, GUATEMALA)),
    ("Guatemala’s second deportation deal with the United States", Show(None, GUATEMALA)),
    ("The UK–Rwanda asylum plan", Show(None, RWANDA)),
    ("UK‑Rwanda", Show(None, RWANDA)),
    ("El Salvador's offer to house U.S. prisoners", Show(None, OFFER)),
    ("legal El Salvador's offer to house U.S. prisoners", Show("legal", OFFER)),
    ("sources The UK–Rwanda asylum plan", ShowSources(RWANDA)),
    ("subscribe The UK–Rwanda asylum plan", Subscribe(SubscriptionSpec(Target(RWANDA)))),
    ("subscribe uk-rwanda/legal", Subscribe(SubscriptionSpec(Target(RWANDA, "legal")))),
    # Share at either end
    *(
        (text, Show("legal", share=True))
        for text in ("share legal", "legal share", "legal please share", "legal share.")
    ),
    *((text, Show("legal", GUATEMALA, share=True)) for text in ("legal guatemala share.", "share legal guatemala")),
    ("legal share guatemala", Show("legal", GUATEMALA, share=True)),
    # A name that readers do not see is said
    ("legal cve-2016-10127", Show("legal", "pysec-2016-1", name="CVE-2016-10127")),
    *((f"CVE-2016-10127{mark}", Show(None, "pysec-2016-1", name="CVE-2016-10127")) for mark in ("", "?", ".", "!")),
    *((text, Show(None, "pysec-2016-1", name="CVE-2016-10127")) for text in ("(CVE-2016-10127)", "CVE–2016–10127")),
    ("bukele", Show(None, OFFER, name="bukele offer")),
    ("prison", Show(None, "european-prison-rentals", name="prison rentals")),
    ("safety", Show(None, RWANDA, name="safety of rwanda act")),
    ("budget", Show(None, "budget-2024", name="budget-2024")),
    # Verbs that people use
    *((text, Subscribe(SubscriptionSpec(Target(GUATEMALA)))) for text in ("follow guatemala", "watch guatemala")),
    *((text, ShowChanges()) for text in ("news", "latest", "what's new", "What’s new?", "changelog", "changes!")),
    ("news guatemala", ShowChanges(GUATEMALA)),
    *((text, ShowHelp()) for text in ("?", "??", "-h", "--help", "help me", "help!", "hilfe")),
    *((text, ShowHelp("digest")) for text in ("help digest", "help digest please", "digest help", "digest -h")),
    ("subscribe help", ShowHelp("subscribe")),
    *((text, ListBriefs()) for text in ("briefs", "list", "Briefs?")),
    ("tag:prisons", ListBriefs("prisons")),
    *((text, ShowHome()) for text in ("", "!", "...", "\u200b", "“”")),
    *((text, Greet("ok")) for text in ("👍", ":wave:")),
]


@pytest.mark.parametrize(("text", "command"), NAMED)
def test_text_is_understood(text: str, command: Command) -> None:
    assert parse(text, NAMES) == command


CHOICES: list[tuple[str, list[str]]] = [
    ("legal and rights", ["legal", "rights"]),
    ("legal, rights", ["legal", "rights"]),
    ("legal rights", ["legal", "rights"]),
    ("both legal and rights", ["legal", "rights"]),
    ("overview + legal + politics", ["overview", "legal", "reactions"]),
    ("legal and rights guatemala", ["legal guatemala-deportations", "rights guatemala-deportations"]),
    ("Legal — El Salvador", ["legal el-salvador-offer", "legal el-salvador-removals"]),
]


@pytest.mark.parametrize(("text", "options"), CHOICES)
def test_several_meanings_are_a_choice(text: str, options: list[str]) -> None:
    command = parse(text, NAMES)
    assert isinstance(command, Ambiguous)
    assert (command.typed, [str(option) for option in command.options]) == (text, options)


SUGGESTED: list[tuple[str, str]] = [
    ("leagl", "legal"),
    ("leagl guatemala", "legal guatemala-deportations"),
    ("share leagl", "legal share"),
    ("subscibe guatemala", "subscribe guatemala-deportations"),
    ("folow guatemala", "subscribe guatemala-deportations"),
    ("souces guatemala", "sources guatemala-deportations"),
    ("chnages guatemala", "changes guatemala-deportations"),
    ("unsubcribe all", "unsubscribe all"),
    ("digets daily 08:30", "digest daily 08:30"),
    ("subscriptoins all", "subscriptions all"),
    ("chnages", "changes"),
    ("guatemala sources", "sources guatemala-deportations"),
    ("guatemala changes", "changes guatemala-deportations"),
    ("CVE2016-10127", "pysec-2016-1"),
    ("CVE-2016-1012", "pysec-2016-1"),
    ("pysec-2016", "pysec-2016-1"),
]


@pytest.mark.parametrize(("text", "first"), SUGGESTED)
def test_what_is_nearly_right_is_suggested(text: str, first: str) -> None:
    command = parse(text, NAMES)
    assert isinstance(command, DidYouMean)
    assert (command.typed, str(command.options[0])) == (text, first)
    assert len(command.options) <= 3


REASONS: list[tuple[str, str]] = [
    ("sources guatemala share", "only a section of a brief can be shared, e.g. legal share"),
    ("list share", "only a section of a brief can be shared, e.g. legal share"),
    ("changes share", "only a section of a brief can be shared, e.g. legal share"),
    ("legal 09b32b5a", "“09b32b5a” is not a revision: that is @ and 8 characters from 0 to 9 and a to f"),
    ("sources legal", "“legal” is a section; `sources` is about a whole brief"),
    ("changes legal", "“legal” is a section; `changes` is about a whole brief"),
    ("legal @1234567", "“@1234567” is not a revision: that is @ and 8 characters from 0 to 9 and a to f"),
]


@pytest.mark.parametrize(("text", "reason"), REASONS)
def test_what_cannot_be_done_says_why(text: str, reason: str) -> None:
    command = parse(text, NAMES)
    assert isinstance(command, ShowHelp)
    assert (command.reason, command.attempt) == (reason, text)


@pytest.mark.parametrize("text", [f"subscribe all {'kind:correction ' * 200}", f"digest daily {'8:30 ' * 8000}"])
def test_no_part_of_a_command_that_is_too_long_is_carried_out(text: str) -> None:
    command = parse(text, NAMES)
    assert isinstance(command, ShowHelp)
    assert command.reason == "a command has at most 2,000 characters"


SEARCHES: list[tuple[str, Search]] = [
    ("search burden share", Search("burden share")),
    ("burden share", Search("burden share")),
    ("is it legal to deport citizens?", Search("is it legal to deport citizens?")),
    ("legal deportation of citizens", Search("legal deportation of citizens", "legal")),
    ("what did courts say of the law?", Search("what did courts say of the law?", "legal")),
    ("how many flights to guatemala?", Search("how many flights to guatemala?", None, GUATEMALA)),
    ("flights to guatemala and rwanda", Search("flights to guatemala and rwanda")),
    ("fix for CVE-2016-10127", Search("fix for CVE-2016-10127", None, "pysec-2016-1")),
    *((text, Search(text)) for text in ("CVE-2016", "GHSA-h4m5", "GHSA-h4m5-qq", "CVE-2024-54321")),
]


@pytest.mark.parametrize(("text", "search"), SEARCHES)
def test_questions_are_searched_as_they_were_typed(text: str, search: Search) -> None:
    assert parse(text, NAMES) == search


MARKS = st.sampled_from(
    ["", "“", "”", "?", "!", ".", ",", "*", "`", "'", "«", "…", "(", ")", " ", "\u200b", " 👍", " :ok:"]
)


@examples(200)
@given(MARKS, MARKS, MARKS, MARKS, st.sampled_from(["legal guatemala", "guatemala / legal", "Legal  Guatemala"]))
def test_marks_around_names_change_nothing(a: str, b: str, c: str, d: str, text: str) -> None:
    left, right = text.split(maxsplit=1)
    assert parse(f"{a}{b}{left} {right}{c}{d}", NAMES) == Show("legal", GUATEMALA)


def test_no_beginning_within_an_identifier_or_a_number_means_a_brief() -> None:
    for name in ("CVE-2016-10127", "GHSA-h4m5-qqfw-abcd", "pysec-2016-1"):
        for size in range(1, len(name)):
            command = parse(name[:size], NAMES)
            assert not (isinstance(command, Show) and command.brief == "pysec-2016-1"), name[:size]
