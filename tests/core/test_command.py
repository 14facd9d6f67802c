"""The grammar of the command."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.command import (
    VERBS,
    Ambiguous,
    Command,
    Home,
    ListBriefs,
    Misspelt,
    NotYet,
    Search,
    Show,
    ShowHelp,
    ShowSources,
    parse,
)
from tests.make import brief, corpus

NAMES = corpus(
    brief("guatemala-deportations", aliases=("guatemala", "second deal")),
    brief("el-salvador-offer", aliases=("bukele offer",)),
    brief("el-salvador-removals"),
    brief("european-prison-rentals"),
    brief("hidden-draft", status="draft"),
).names

NAMED = [
    ("", Home()),
    ("   ", Home()),
    ("legal", Show("legal")),
    ("LAW", Show("legal")),
    ("leg", Show("legal")),
    ("human reactions", Show("reactions")),
    ("Guatemala", Show(None, "guatemala-deportations")),
    ("guatemala deportations", Show(None, "guatemala-deportations")),
    ("reactions guatemala", Show("reactions", "guatemala-deportations")),
    ("guatemala reactions", Show("reactions", "guatemala-deportations")),
    ("bukele offer human reactions", Show("reactions", "el-salvador-offer")),
    ("rea gua", Show("reactions", "guatemala-deportations")),
    ("legal share", Show("legal", share=True)),
    ("legal SHARE", Show("legal", share=True)),
    ("legal @3FA9C1D0", Show("legal", revision="3fa9c1d0")),
    ("@3fa9c1d0", Show(revision="3fa9c1d0")),
    ("legal guatemala-deportations@3fa9c1d0 share", Show("legal", "guatemala-deportations", "3fa9c1d0", True)),
]

VERB_COMMANDS = [
    ("list", ListBriefs()),
    ("li", ListBriefs()),
    ("list tag:Prisons", ListBriefs("prisons")),
    ("search law of the sea", Search("law of the sea")),
    ("sources", ShowSources()),
    ("sources second deal", ShowSources("guatemala-deportations")),
    ("sou gua", ShowSources("guatemala-deportations")),
    ("help", ShowHelp()),
    ("help digest", ShowHelp("digest")),
    ("help dig", ShowHelp("digest")),
    ("digest daily 08:30", NotYet("digest")),
    ("subscribe all", NotYet("subscribe")),
    ("Changes", NotYet("changes")),
    ("chan", NotYet("changes")),
]

UNKNOWN = [
    ("leagl", Misspelt("leagl", "leagl", ("legal",))),
    ("gutemala", Misspelt("gutemala", "gutemala", ("guatemala-deportations",))),
    ("legal gutemala", Misspelt("gutemala", "legal gutemala", ("legal guatemala-deportations",))),
    ("leagl guatemala", Misspelt("leagl", "leagl guatemala", ("legal guatemala-deportations",))),
    ("prisons", Misspelt("prisons", "prisons", ("european-prison-rentals",))),
    ("sources gutemala", Misspelt("gutemala", "sources gutemala", ("sources guatemala-deportations",))),
    ("help serch", Misspelt("serch", "help serch", ("help search",))),
    ("subscrib", Misspelt("subscrib", "subscrib", ("subscribe", "unsubscribe"))),
    ("zebra", Search("zebra")),
    ("can a citizen be deported", Search("can a citizen be deported")),
    ("legal zebra crossing", Search("zebra crossing", "legal")),
    ("zebra crossing law", Search("zebra crossing", "legal")),
    ("human reactions to zebras", Search("to zebras", "reactions")),
]

AMBIGUOUS = [
    ("el salvador", ("el-salvador-offer", "el-salvador-removals")),
    ("legal el-salvador", ("legal el-salvador-offer", "legal el-salvador-removals")),
    ("sources el", ("sources el-salvador-offer", "sources el-salvador-removals")),
    ("s", ("search", "sources", "status", "subscriptions", "guatemala-deportations")),
]


@pytest.mark.parametrize(("text", "command"), [*NAMED, *VERB_COMMANDS, *UNKNOWN])
def test_text_means_this_command(text: str, command: Command) -> None:
    assert parse(text, NAMES) == command


@pytest.mark.parametrize(("text", "options"), AMBIGUOUS)
def test_several_prefix_matches_make_a_choice(text: str, options: tuple[str, ...]) -> None:
    assert parse(text, NAMES) == Ambiguous(text, options)


@pytest.mark.parametrize("verb", [verb.name for verb in VERBS if verb.changes_state])
def test_a_prefix_never_stands_for_a_verb_that_changes_state(verb: str) -> None:
    commands = [parse(verb[:size], NAMES) for size in range(1, len(verb))]
    assert NotYet(verb) not in commands


@pytest.mark.parametrize("text", ["share", "search", "list all", "list tag:", "sources zebra", "help zebra"])
def test_a_command_that_lacks_something_is_answered_with_help_that_says_what(text: str) -> None:
    command = parse(text, NAMES)
    assert isinstance(command, ShowHelp)
    assert command.reason
    assert command.attempt


def test_sections_beat_verbs() -> None:
    section_called_like_verbs = parse("l", NAMES)
    assert section_called_like_verbs == Show("legal")


def test_drafts_have_no_name() -> None:
    assert parse("hidden-draft", NAMES) == Search("hidden-draft")


def test_natural_questions_are_not_taken_for_verbs_by_their_first_letters() -> None:
    assert parse("he was deported to guatemala", NAMES) == Search("he was deported to guatemala")
    assert parse("so what happened", NAMES) == Search("so what happened")


@given(st.text(max_size=300))
def test_every_text_is_a_command(text: str) -> None:
    parse(text, NAMES)


@given(st.lists(st.sampled_from(["legal", "law", "guatemala", "offer", "share", "@3fa9c1d0", "help", "x", "el"])))
def test_words_of_the_grammar_in_any_order_are_a_command(words: list[str]) -> None:
    parse(" ".join(words), NAMES)


@given(st.sampled_from(["legal", "law", "reactions", "guatemala", "bukele offer"]), st.booleans())
def test_case_and_surrounding_space_do_not_matter(text: str, upper: bool) -> None:
    assert parse(f"  {text.upper() if upper else text}\n", NAMES) == parse(text, NAMES)


def test_a_pasted_page_costs_next_to_nothing() -> None:
    assert isinstance(parse("word " * 10_000, NAMES), Search)
