"""The grammar of the command."""

from dataclasses import replace
from datetime import date, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.briefs.vocabulary import SectionMeta, Vocabulary
from bot.core.commands.command import (
    Ambiguous,
    Command,
    DidYouMean,
    ListBriefs,
    Mute,
    Range,
    Search,
    SetDefaultBrief,
    Show,
    ShowChanges,
    ShowHelp,
    ShowHome,
    ShowSources,
    ShowStatus,
    ShowSubscriptions,
    StoreChange,
    Subscribe,
    Unsubscribe,
)
from bot.core.commands.digest_commands import EndDigests, PreviewDigest, SendDigest, SetDigest, ShowDigest, ShowDigests
from bot.core.commands.parser import parse
from bot.core.commands.quote_commands import ShowQuotes
from bot.core.commands.schedule_arguments import ScheduleSpec
from bot.core.commands.spec_arguments import KINDS
from bot.core.commands.subscription_commands import ShowObjects
from bot.core.commands.verbs import VERBS, VERBS_BY_WORD
from bot.core.digests.schedule import DAILY, WEEKDAYS
from bot.core.subscriptions.subscription import Deliver, Filter, SubscriptionSpec, Target
from tests.make import brief, corpus

NAMES = corpus(
    brief("guatemala-deportations", aliases=("guatemala", "second deal")),
    brief("el-salvador-offer", aliases=("bukele offer",)),
    brief("el-salvador-removals"),
    brief("european-prison-rentals"),
    brief("hidden-draft", status="draft"),
).names

NAMED = [
    ("", ShowHome()),
    ("   ", ShowHome()),
    ("legal", Show("legal")),
    ("LAW", Show("legal")),
    ("leg", Show("legal")),
    ("human reactions", Show("reactions")),
    ("Guatemala", Show(None, "guatemala-deportations")),
    ("guatemala deportations", Show(None, "guatemala-deportations")),
    ("reactions guatemala", Show("reactions", "guatemala-deportations")),
    ("guatemala reactions", Show("reactions", "guatemala-deportations")),
    ("bukele offer human reactions", Show("reactions", "el-salvador-offer", name="bukele offer")),
    ("rea gua", Show("reactions", "guatemala-deportations", name="guatemala")),
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
    ("verify", ShowQuotes()),
    ("ver", ShowQuotes()),
    ("verify second deal", ShowQuotes("guatemala-deportations")),
    ("verify guatemala/law", ShowQuotes("guatemala-deportations", "legal")),
    ("verify law", ShowQuotes(None, "legal")),
    ("verify legal gua", ShowQuotes("guatemala-deportations", "legal")),
    ("verify gua legal", ShowQuotes("guatemala-deportations", "legal")),
    ("verify guatemala-deportations@3FA9C1D0", ShowQuotes("guatemala-deportations", None, "3fa9c1d0")),
    ("verify guatemala/legal@3fa9c1d0", ShowQuotes("guatemala-deportations", "legal", "3fa9c1d0")),
    ("verify @3fa9c1d0", ShowQuotes(revision="3fa9c1d0")),
    ("verify 12ab34cd", ShowQuotes(answer="12ab34cd")),
    ("verify answer 12AB34CD", ShowQuotes(answer="12ab34cd")),
    ("verify guatemala-deportations@3fa9c1d0 · answer 12ab34cd", ShowQuotes(answer="12ab34cd")),
    ("help", ShowHelp()),
    ("help digest", ShowHelp("digest")),
    ("help dig", ShowHelp("digest")),
    ("Changes", ShowChanges()),
    ("chan", ShowChanges()),
]

GUATEMALA = "guatemala-deportations"

LOOKING_BACK = [
    ("changes guatemala", ShowChanges(GUATEMALA)),
    ("chan gua since:7d", ShowChanges(GUATEMALA, timedelta(days=7))),
    ("changes since:12h", ShowChanges(None, timedelta(hours=12))),
    ("changes SINCE:2025-05-31 second deal", ShowChanges(GUATEMALA, date(2025, 5, 31))),
    ("changes skip:20", ShowChanges(skip=20)),
    ("changes skip:0", ShowChanges()),
    ("changes skip:", ShowChanges()),
    ("changes guatemala since:7d skip:40", ShowChanges(GUATEMALA, timedelta(days=7), skip=40)),
    ("changes guatemala @9b1c22aa..3fa9c1d0", ShowChanges(GUATEMALA, None, Range("9b1c22aa", "3fa9c1d0"))),
    ("changes guatemala @..9b1c22aa", ShowChanges(GUATEMALA, None, Range(None, "9b1c22aa"))),
    ("changes guatemala @9b1c22aa..", ShowChanges(GUATEMALA, None, Range("9b1c22aa", None))),
    ("subscriptions", ShowSubscriptions()),
    ("subscriptions ALL", ShowSubscriptions(everywhere=True)),
    ("subs", ShowSubscriptions()),
    ("status", ShowStatus()),
    ("stat", ShowStatus()),
]

KEEPING = [
    ("subscribe all", Subscribe(SubscriptionSpec(Target()))),
    ("SUBSCRIBE All", Subscribe(SubscriptionSpec(Target()))),
    (
        "subscribe guatemala/legal kind:correction deliver:thread",
        Subscribe(SubscriptionSpec(Target(GUATEMALA, "legal"), (Filter("kind", "correction"),), "thread")),
    ),
    ("unsubscribe #3", Unsubscribe(3)),
    ("unsubscribe 3", Unsubscribe(3)),
    ("unsubscribe all", Unsubscribe(Target())),
    ("unsubscribe legal guatemala", Unsubscribe(Target(GUATEMALA, "legal"))),
    ("unsubscribe tag:Prisons", Unsubscribe(Target(tag="prisons"))),
    ("unsubscribe a-brief-that-is-gone", Unsubscribe(Target("a-brief-that-is-gone"))),
    ("unsubscribe a-brief-that-is-gone/legal", Unsubscribe(Target("a-brief-that-is-gone", "legal"))),
    ("mute #3", Mute(3, timedelta(days=7))),
    ("mute #3 for:12h", Mute(3, timedelta(hours=12))),
    ("mute FOR:2w guatemala", Mute(Target(GUATEMALA), timedelta(weeks=2))),
    ("use guatemala", SetDefaultBrief(GUATEMALA)),
    ("use second deal", SetDefaultBrief(GUATEMALA)),
    ("use gua", SetDefaultBrief(GUATEMALA)),
    ("use none", SetDefaultBrief(None)),
    ("use NONE", SetDefaultBrief(None)),
]

DIGESTS = [
    ("digest", ShowDigests()),
    ("digest daily 08:30", SetDigest(ScheduleSpec(DAILY, time(8, 30)))),
    ("digest daily", SetDigest(ScheduleSpec(DAILY, time(9)))),
    ("DIGEST Weekdays 17:00 europe/berlin", SetDigest(ScheduleSpec(WEEKDAYS, time(17), "Europe/Berlin"))),
    (
        "digest weekly fri 7:15 america/new york",
        SetDigest(ScheduleSpec(frozenset({4}), time(7, 15), "America/New_York")),
    ),
    ("digest off", EndDigests()),
    ("digest OFF all", EndDigests("all")),
    ("digest off #2", EndDigests(2)),
    ("digest off 2", EndDigests(2)),
    ("digest preview", PreviewDigest()),
    ("digest preview skip:40", PreviewDigest(40)),
    ("digest show #12", ShowDigest(12)),
    ("digest show 12 skip:40", ShowDigest(12, 40)),
    ("digest Now", SendDigest()),
]

NO_ZONE = "is not a valid time zone; write its IANA name, e.g. Europe/Berlin or America/New_York"

NO_GUTEMALA = "no brief and no section is called “gutemala”"
OFFER, REMOVALS = "el-salvador-offer", "el-salvador-removals"
NO_SEARCH = ShowHelp("search", "it does not say what to search for", "search")


def subscribe(*targets: Target, filters: tuple[Filter, ...] = (), deliver: Deliver = "channel") -> tuple[Command, ...]:
    return tuple(Subscribe(SubscriptionSpec(target, filters, deliver)) for target in targets)


UNKNOWN = [
    ("leagl", DidYouMean("leagl", "leagl", (Show("legal"),))),
    ("gutemala", DidYouMean("gutemala", "gutemala", (Show(None, GUATEMALA),))),
    ("legal gutemala", DidYouMean("gutemala", "legal gutemala", (Show("legal", GUATEMALA),))),
    ("leagl guatemala", DidYouMean("leagl", "leagl guatemala", (Show("legal", GUATEMALA),))),
    ("prisons", DidYouMean("prisons", "prisons", (Show(None, "european-prison-rentals"),))),
    ("serch", DidYouMean("serch", "serch", (NO_SEARCH,))),
    ("sources gutemala", DidYouMean("gutemala", "sources gutemala", (ShowSources(GUATEMALA),))),
    ("verify gutemala", DidYouMean("gutemala", "verify gutemala", (ShowQuotes(GUATEMALA),))),
    ("help serch", DidYouMean("serch", "help serch", (ShowHelp("search"),))),
    (
        "subscrib",
        DidYouMean(
            "subscrib",
            "subscrib",
            (ShowObjects("subscribe"), ShowObjects("unsubscribe")),
            "no command is called “subscrib”",
        ),
    ),
    ("changes gutemala", DidYouMean("gutemala", "changes gutemala", (ShowChanges(GUATEMALA),))),
    ("use gutemala", DidYouMean("gutemala", "use gutemala", (SetDefaultBrief(GUATEMALA),))),
    (
        "subscribe gutemala -kind:evidence deliver:thread",
        DidYouMean(
            "gutemala",
            "subscribe gutemala -kind:evidence deliver:thread",
            subscribe(
                Target(GUATEMALA),
                Target(tag="gutemala"),
                filters=(Filter("kind", "evidence", exclude=True),),
                deliver="thread",
            ),
            NO_GUTEMALA,
        ),
    ),
    (
        "subscribe gutemala kind:spelling",
        DidYouMean(
            "gutemala",
            "subscribe gutemala kind:spelling",
            (
                ShowHelp(
                    "subscribe",
                    f"no kind is called “spelling”; there are {', '.join(KINDS)}",
                    "subscribe guatemala-deportations kind:spelling",
                ),
            ),
            NO_GUTEMALA,
        ),
    ),
    (
        "mute gutemala for:1d",
        DidYouMean("gutemala", "mute gutemala for:1d", (Mute(Target(GUATEMALA), timedelta(days=1)),), NO_GUTEMALA),
    ),
    (
        "digest weekly mon 08:30 berlin",
        DidYouMean(
            "berlin",
            "digest weekly mon 08:30 berlin",
            (
                SetDigest(ScheduleSpec(frozenset({0}), time(8, 30), "Europe/Berlin")),
                SetDigest(ScheduleSpec(frozenset({0}), time(8, 30))),
            ),
            f"“berlin” {NO_ZONE}",
        ),
    ),
    ("changed lately", Search("changed lately")),
    ("zebra", Search("zebra")),
    ("can a citizen be deported", Search("can a citizen be deported")),
    ("legal zebra crossing", Search("legal zebra crossing", "legal")),
    ("zebra crossing law", Search("zebra crossing law", "legal")),
    ("human reactions to zebras", Search("human reactions to zebras", "reactions")),
    ("zebras of guatemala", Search("zebras of guatemala", None, "guatemala-deportations")),
]

AMBIGUOUS: list[tuple[str, tuple[Command, ...]]] = [
    ("el salvador", (Show(None, OFFER), Show(None, REMOVALS))),
    ("legal el-salvador", (Show("legal", OFFER), Show("legal", REMOVALS))),
    ("sources el", (ShowSources(OFFER), ShowSources(REMOVALS))),
    ("s", (NO_SEARCH, ShowSources(), ShowStatus(), ShowSubscriptions(), Show(None, GUATEMALA))),
    ("changes el", (ShowChanges(OFFER), ShowChanges(REMOVALS))),
    ("use el", (SetDefaultBrief(OFFER), SetDefaultBrief(REMOVALS))),
    ("subscribe el salvador deliver:thread", subscribe(Target(OFFER), Target(REMOVALS), deliver="thread")),
    ("unsubscribe el", (Unsubscribe(Target(OFFER)), Unsubscribe(Target(REMOVALS)))),
    ("mute el for:2w", (Mute(Target(OFFER), timedelta(weeks=2)), Mute(Target(REMOVALS), timedelta(weeks=2)))),
]

UNCLEAR = [
    ("changes since:soon", "“since:soon” is not a valid time; write since:7d, since:yesterday or since:2025-05-31"),
    ("changes since:0d", "“since:0d” is not a valid time; write since:7d, since:yesterday or since:2025-05-31"),
    ("changes kind:new", "“kind:new” does not belong here"),
    ("changes -since:7d", "“-since:7d” does not belong here"),
    ("changes @..9b1c22aa", "it does not say of which brief"),
    ("changes zebra", "no brief is called “zebra”"),
    ("changes x @..9b1c22aa", "no brief is called “x”"),
    ("changes zebra", "no brief is called “zebra”"),
    ("subscriptions here", "it takes nothing, the word all, or a number such as #3"),
    ("changes skip:20 skip:40", "there are two skip: and only one can count; write one of them"),
    ("changes since:7d since:1d", "there are two since: and only one can count; write one of them"),
    ("status now", "it takes nothing"),
    ("unsubscribe tag:", "“tag:” is not a valid filter; the filters are kind, section, tag"),
    ("mute for:7d", "it does not say which subscription"),
    ("mute #3 for:soon", "“for:soon” is not a valid time of at most ten years; write for:7d, for:12h or until:friday"),
    ("mute #3 for:", "“for:” is not a valid time of at most ten years; write for:7d, for:12h or until:friday"),
    ("mute #3 for:0h", "“for:0h” is not a valid time of at most ten years; write for:7d, for:12h or until:friday"),
    ("use zebra", "no brief is called “zebra”"),
    ("digest xyz", "“xyz” is not daily, weekdays, weekly, off, preview or now"),
    ("digest weekly someday", "“someday” is not a day of the week"),
    ("digest daily 25:00", "“25:00” is not a valid time of day; write it as 08:30 or 17:00"),
    ("digest off daily", "“off” takes the number of a digest or the word all, e.g. digest off 5"),
    ("digest off #2 #3", "“off” takes the number of a digest or the word all, e.g. digest off 5"),
    ("digest off 1234567890", "“off” takes the number of a digest or the word all, e.g. digest off 5"),
    ("digest preview all", "“preview” takes nothing more"),
    ("digest now 08:30", "“now” takes nothing more"),
]


@pytest.mark.parametrize(("text", "command"), [*NAMED, *VERB_COMMANDS, *LOOKING_BACK, *KEEPING, *DIGESTS, *UNKNOWN])
def test_text_means_this_command(text: str, command: Command) -> None:
    assert parse(text, NAMES) == command


@pytest.mark.parametrize(("text", "options"), AMBIGUOUS)
def test_several_prefix_matches_make_a_choice(text: str, options: tuple[Command, ...]) -> None:
    assert parse(text, NAMES) == Ambiguous(text, options)


@pytest.mark.parametrize("rest", ["", " all", " #3", " none", " guatemala", " off", " daily", " now"])
@pytest.mark.parametrize("verb", [verb.name for verb in VERBS if verb.changes_state])
def test_a_prefix_never_stands_for_a_verb_that_changes_state(verb: str, rest: str) -> None:
    beginnings = [verb[:size] for size in range(1, len(verb)) if verb[:size] not in VERBS_BY_WORD]
    commands = [parse(beginning + rest, NAMES) for beginning in beginnings]
    assert not [each for each in commands if isinstance(each, StoreChange)]


@pytest.mark.parametrize(("text", "reason"), UNCLEAR)
def test_a_verb_that_cannot_be_carried_out_says_why(text: str, reason: str) -> None:
    assert parse(text, NAMES) == ShowHelp(text.partition(" ")[0], reason, text)


@pytest.mark.parametrize("verb", [verb.name for verb in VERBS])
def test_a_pasted_page_behind_a_verb_costs_next_to_nothing(verb: str) -> None:
    assert not isinstance(parse(f"{verb} " + "word " * 10_000, NAMES), StoreChange)


@pytest.mark.parametrize("times", ["daily", "daily 08:30", "weekly mon"])
def test_a_pasted_page_for_a_time_zone_costs_next_to_nothing(times: str) -> None:
    assert isinstance(parse(f"digest {times} " + "word " * 10_000, NAMES), ShowHelp)


@pytest.mark.parametrize("text", ["search", "list tag:", "list kind:new", "sources zebra", "help zebra"])
def test_a_command_that_lacks_something_is_answered_with_help_that_says_what(text: str) -> None:
    command = parse(text, NAMES)
    assert isinstance(command, ShowHelp)
    assert command.reason
    assert command.attempt


def test_sections_beat_verbs() -> None:
    section_called_like_verbs = parse("l", NAMES)
    assert section_called_like_verbs == Show("legal")


def test_a_section_whose_name_begins_a_verb_does_not_hide_its_help() -> None:
    vocabulary = Vocabulary(sections={"source": SectionMeta(title="Source")})
    names = corpus(brief("ferries"), vocabulary=vocabulary).names
    assert parse("help source", names) == ShowHelp("sources")


def test_a_choice_of_which_an_option_is_ambiguous_itself_ends() -> None:
    """Such names are an error of B501, but a vocabulary can come later than the briefs."""
    names = corpus(brief("legal")).names
    command = parse("subscribe legal", names)
    assert isinstance(command, Ambiguous)
    assert list(map(str, command.options)) == ["subscribe all/legal", "subscribe legal"]


@pytest.mark.parametrize(
    ("text", "command"),
    [*NAMED, *VERB_COMMANDS, *LOOKING_BACK, *KEEPING, *DIGESTS],
)
def test_the_text_of_a_command_is_typed_to_get_it_again(text: str, command: Command) -> None:
    again = parse(str(command), NAMES)
    # What is typed to get it again names the brief by its slug.
    assert again == (replace(command, name=None) if isinstance(command, Show) else command)


def test_drafts_have_no_name() -> None:
    assert parse("hidden-draft", NAMES) == Search("hidden-draft")


def test_natural_questions_are_not_taken_for_verbs_by_their_first_letters() -> None:
    assert parse("he was deported", NAMES) == Search("he was deported")
    assert parse("so what happened", NAMES) == Search("so what happened")


@given(st.text(max_size=300))
def test_every_text_is_a_command(text: str) -> None:
    parse(text, NAMES)


WORDS = (
    "legal law guatemala offer share @3fa9c1d0 help x el all none #3 tag:x for:1d since:1d @.. / kind:new "
    "daily weekdays weekly mon 08:30 25:00 off preview now berlin Europe/Berlin"
).split()


@given(st.lists(st.sampled_from([*WORDS, *(verb.name for verb in VERBS)])))
def test_words_of_the_grammar_in_any_order_are_a_command(words: list[str]) -> None:
    parse(" ".join(words), NAMES)


@given(st.sampled_from(["legal", "law", "reactions", "guatemala", "bukele offer"]), st.booleans())
def test_case_and_surrounding_space_do_not_matter(text: str, upper: bool) -> None:
    assert parse(f"  {text.upper() if upper else text}\n", NAMES) == parse(text, NAMES)


def test_a_pasted_page_costs_next_to_nothing() -> None:
    assert isinstance(parse("word " * 10_000, NAMES), Search)
