"""Commands in the values of buttons and menus."""

import json
from datetime import UTC, date, time, timedelta
from typing import Any, get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.briefs.brief import ID_MAX
from bot.core.commands import (
    command,
    digest_commands,
    quote_commands,
    report_commands,
    subscription_commands,
    undo_commands,
)
from bot.core.commands.button_value import (
    NAMES,
    TYPED_MAX,
    VALUE_MAX,
    ButtonValue,
    decode,
    decode_command,
    encode,
    encode_command,
)
from bot.core.commands.command import Ambiguous, Command, DidYouMean, Range, Search, Show, ShowChanges
from bot.core.commands.day_words import DayTime
from bot.core.commands.schedule_arguments import ScheduleSpec
from bot.core.commands.spec_arguments import KINDS
from bot.core.commands.verbs import VERBS_BY_NAME
from bot.core.digests.schedule import DAILY
from bot.core.subscriptions.subscription import DELIVERS, Filter, SubscriptionSpec, Target
from bot.render.document import mrkdwn
from tests.conftest import examples
from tests.render.hostile import texts

OPTION_VALUE_MAX = 150
"""Characters in an option's value. Source: docs.slack.dev, option object."""


def words(max_chars: int) -> st.SearchStrategy[str]:
    return texts(max_chars).map(str.split).map(" ".join)


SLUGS = st.from_regex(rf"[a-z0-9]([a-z0-9-]{{0,{ID_MAX - 1}}})", fullmatch=True).filter(lambda slug: slug != "all")
REVISIONS = st.text("0123456789abcdef", min_size=8, max_size=8)
TAGS = texts(60).map(lambda text: "".join(text.split())).filter(bool)
HOURS = st.integers(1, 24 * 3660).map(lambda hours: timedelta(hours=hours))
INSTANTS = st.datetimes(timezones=st.just(UTC)).filter(lambda instant: 1 < instant.year < 9999)
UNTIL_DAYS = st.dates() | st.sampled_from(["tomorrow", "next-week", "friday"])
CLOCKS = st.builds(time, st.integers(0, 23), st.integers(0, 59))
IDS = st.integers(0, 10**9)
TARGETS = st.one_of(
    st.builds(Target, st.none() | SLUGS, st.none() | SLUGS),
    st.builds(Target, tag=TAGS),
)
FILTERS = st.one_of(
    st.builds(Filter, st.just("kind"), st.sampled_from(KINDS), st.booleans()),
    st.builds(Filter, st.just("section"), SLUGS, st.booleans()),
    st.builds(Filter, st.just("tag"), TAGS, st.booleans()),
)
SPECS = st.builds(SubscriptionSpec, TARGETS, st.lists(FILTERS, max_size=4).map(tuple), st.sampled_from(DELIVERS))
SCHEDULES = st.builds(
    ScheduleSpec,
    st.frozensets(st.integers(0, 6), min_size=1),
    CLOCKS,
    st.none() | st.sampled_from(["UTC", "Europe/Berlin", "America/Argentina/ComodRivadavia"]),
)
FIELDS: dict[type, dict[str, st.SearchStrategy[Any]]] = {
    command.Show: {
        "section": st.none() | SLUGS,
        "brief": st.none() | SLUGS,
        "revision": st.none() | REVISIONS,
        "share": st.booleans(),
        "name": st.none() | SLUGS,
        "view": st.sampled_from([None, "all", "quotes"]),
    },
    command.Search: {"words": words(TYPED_MAX), "section": st.none() | SLUGS},
    command.ListBriefs: {"tag": st.none() | TAGS},
    command.ShowSources: {"brief": st.none() | SLUGS},
    command.ShowExport: {"section": SLUGS, "brief": SLUGS},
    quote_commands.ShowQuotes: {
        "brief": st.none() | SLUGS,
        "section": st.none() | SLUGS,
        "revision": st.none() | REVISIONS,
        "answer": st.none() | REVISIONS,
    },
    command.ShowHelp: {
        "verb": st.none() | st.sampled_from(sorted(VERBS_BY_NAME)),
        "reason": st.none() | words(150),
        "attempt": st.none() | words(150),
    },
    command.ShowChanges: {
        "brief": st.none() | SLUGS,
        "since": st.none() | HOURS | st.dates() | st.sampled_from(["yesterday", "last-week", "monday"]),
        "between": st.none() | st.builds(Range, st.none() | REVISIONS, st.none() | REVISIONS),
        "skip": st.none() | IDS,
    },
    command.ShowSubscriptions: {"everywhere": st.booleans()},
    subscription_commands.ShowSubscription: {"number": IDS},
    command.Subscribe: {"spec": SPECS},
    command.Unsubscribe: {"target_or_id": TARGETS | IDS},
    subscription_commands.Unmute: {"target_or_id": TARGETS | IDS},
    undo_commands.RestoreSubscription: {
        "number": IDS,
        "version": IDS,
        "spec": st.none() | SPECS,
        "muted_until": st.none() | INSTANTS,
    },
    undo_commands.Resubscribe: {"specs": st.lists(SPECS, max_size=2).map(tuple)},
    undo_commands.RestoreDefaultBrief: {"brief": st.none() | SLUGS, "chosen": st.none() | SLUGS},
    command.Mute: {
        "target_or_id": TARGETS | IDS,
        "until": HOURS | UNTIL_DAYS | st.builds(DayTime, st.none() | UNTIL_DAYS, CLOCKS),
    },
    command.SetDefaultBrief: {"brief": st.none() | SLUGS},
    digest_commands.SetDigest: {"spec": SCHEDULES, "existing": st.none() | IDS | st.just("add")},
    digest_commands.ShowDigest: {"number": IDS, "skip": st.none() | IDS},
    digest_commands.EndDigests: {"number": st.none() | IDS | st.just("all")},
    report_commands.ReportMistake: {"brief": st.none() | SLUGS, "section": st.none() | SLUGS},
    report_commands.EditBrief: {"brief": SLUGS, "section": st.none() | SLUGS},
}
COMMANDS: st.SearchStrategy[Command] = st.one_of(*(st.builds(kind, **FIELDS.get(kind, {})) for kind in NAMES))


def never(text: str) -> Command:
    raise AssertionError(text)


def test_every_command_but_a_choice_has_a_name_in_a_value() -> None:
    assert {*NAMES} == {*get_args(Command)} - {Ambiguous, DidYouMean}
    assert len({*NAMES.values()}) == len(NAMES)


@given(COMMANDS)
@examples(500)
def test_a_command_is_decoded_to_itself(given_: Command) -> None:
    value = encode_command(given_)
    assert decode_command(value, never) == given_
    assert mrkdwn.length(value) <= VALUE_MAX


@given(COMMANDS, st.none() | REVISIONS, st.integers(1, 999))
@examples(500)
def test_a_page_is_decoded_to_itself(given_: Command, revision: str | None, page: int) -> None:
    value = encode(ButtonValue(given_, revision, page))
    assert decode(value, never) == ButtonValue(given_, revision, page)
    assert mrkdwn.length(value) <= VALUE_MAX


LONGEST = "a" * ID_MAX


@pytest.mark.parametrize(
    "option",
    [
        Show(LONGEST, LONGEST),
        Show(LONGEST, LONGEST, "3fa9c1d0"),
        ShowChanges(LONGEST, None, Range("9b1c22aa", "3fa9c1d0")),
        command.ShowChanges(LONGEST, date(2025, 5, 31)),
        command.ShowSources(LONGEST),
        report_commands.ReportMistake(LONGEST, LONGEST),
        report_commands.EditBrief(LONGEST, LONGEST),
        quote_commands.ShowQuotes(LONGEST, LONGEST),
        command.SetDefaultBrief(LONGEST),
        command.Unsubscribe(Target(LONGEST)),
        command.Mute(Target(LONGEST), timedelta(days=3650)),
        command.Subscribe(
            SubscriptionSpec(Target(LONGEST), (Filter("kind", "clarification", exclude=True),), "digest")
        ),
        digest_commands.SetDigest(ScheduleSpec(DAILY, time(8, 30), "America/Argentina/ComodRivadavia")),
    ],
    ids=lambda option: type(option).__name__,
)
def test_what_menus_offer_fits_an_option(option: Command) -> None:
    assert len(encode_command(option)) <= OPTION_VALUE_MAX


def test_of_a_long_search_as_much_is_repeated_as_a_value_holds() -> None:
    value = decode(encode(ButtonValue(Search("word " * 1000), None, 2)), never)
    assert value == ButtonValue(Search(("word " * 1000)[:TYPED_MAX]), None, 2)


def test_a_choice_between_meanings_is_what_was_typed() -> None:
    """Its options can be hundreds."""
    choice = Ambiguous("el", tuple(Show(None, f"el-{n}") for n in range(500)))
    value = encode(ButtonValue(choice, None, 2))
    assert decode(value, lambda text: Ambiguous(text, choice.options)) == ButtonValue(choice, None, 2)


# Values of earlier versions


@pytest.mark.parametrize("text", ["legal ferries", "", "digest off #3", "subscribe all -kind:new", "search [1]"])
def test_text_is_what_an_earlier_version_wrote(text: str) -> None:
    assert decode_command(text, Search) == Search(text)
    assert decode(json.dumps([text, "3fa9c1d0", 3]), Search) == ButtonValue(Search(text), "3fa9c1d0", 3)


# Values that no version wrote

LONG, MANY = "x" * (ID_MAX + 1), ",".join(f"tag-{n}" for n in range(30))

GARBAGE = [
    '["',
    '["show"',
    '["shout"]',
    '["show",1]',
    '["show","legal","ferries",null,false,null,null,null]',
    '["show","legal","ferries",null,false,null,"fold"]',
    '["show",["legal"]]',
    '["search"]',
    '["unsubscribe"]',
    '["unsubscribe",[1]]',
    '["mute",3]',
    '["mute",3,"soon"]',
    '["subscribe"]',
    '["subscribe",[]]',
    '["subscribe",["all","kind:new","nowhere"]]',
    '["subscribe",["all","colour:red","channel"]]',
    '["subscribe","all"]',
    '["digest",{"days":[0],"at":"25:00"}]',
    '["changes",null,null,"someday"]',
    '["changes",null,null,"@1..2"]',
    '["off","some"]',
    '["list","a"]x',
    f'["subscribe",["tag:{LONG}","","channel"]]',
    f'["subscribe",["all","section:{LONG}","channel"]]',
    f'["subscribe",["tag:{MANY}","","channel"]]',
    f'["subscribe",["all","{" ".join(f"tag:{n}" for n in range(21))}","channel"]]',
    f'["resubscribe",[["all","","channel"],["all","tag:{LONG}","channel"]]]',
    '["subscribe",["tag:a\\u0000","","channel"]]',
    '["unsubscribe","tag:\\u0000"]',
    '["use","a\\u0000b"]',
    '["use","\\ud800"]',
    '["unmute",-1]',
    f'["unmute",{2**31}]',
    '["unmute",1e999]',
    f'["restore",1,{10**400}]',
    '["restore",1,1,["all","","channel"],"2026-05-11T09:00:00"]',
    '["restore",1,1,["all","","channel"],"9999-12-31T23:59:59-12:00"]',
    '["mute",1,"P999999999D"]',
    '["mute",1,"P0D"]',
    '["changes",null,"-P1D"]',
    f'["changes",null,null,null,{2**63}]',
    '["digest",{"days":[],"at":"09:00"}]',
    '["digest",{"days":[7],"at":"09:00"}]',
    '["digest",{"days":[1],"at":"09:00:30"}]',
    '["digest",{"days":[1],"at":"09:00+02:00"}]',
    json.dumps(["search", "x " * 1001]),
    '["' + "[" * 1990,
    '["show",' + "[" * 1990,
    '["show",' + "[" * 1990 + "]" * 1991,
]


@pytest.mark.parametrize("value", GARBAGE)
def test_a_value_that_no_version_wrote_is_no_command(value: str) -> None:
    assert decode_command(value, never) is None
    assert decode(f"[{value},null,1]", never) is None


@pytest.mark.parametrize(
    "value", ["", "x", "[", "{}", "[]", "3", "null", '["x"]', '["x",null,0]', '["x",3,1]', '["x",null,"1"]', "[" * 2000]
)
def test_a_value_that_no_version_wrote_is_no_page(value: str) -> None:
    assert decode(value, never) is None


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20) | st.sampled_from(["P7D", "@1..2"]),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=8,
)


@given(st.sampled_from(sorted(NAMES.values())), st.lists(JSON, max_size=5))
@examples(500)
def test_nothing_behind_a_name_raises(name: str, values: list[Any]) -> None:
    value = json.dumps([name, *values])
    again = decode_command(value, never)
    assert again is None or decode_command(encode_command(again), never) == again
    assert decode(json.dumps([[name, *values], None, 1]), never) == (again and ButtonValue(again))


@given(st.text(max_size=200) | JSON.map(json.dumps))
def test_no_value_raises(value: str) -> None:
    assert decode_command(value, Search) is None or isinstance(decode_command(value, Search), Command)
    assert decode(value, Search) is None or isinstance(decode(value, Search), ButtonValue)
