"""An answer: what answers first, everything else one press away."""

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from bot.core.answers.corpus import Corpus
from bot.core.briefs.brief import Brief, Caveat, Evidence, Group, Section, Source
from bot.core.commands.button_value import decode_command
from bot.core.commands.command import Command, Show, ShowChanges, ShowExport, ShowSources
from bot.core.commands.report_commands import ReportMistake
from bot.handlers.answers.answer_cache import AnswerCache
from bot.render.document.message import Message
from bot.render.document.phrases import age
from tests.make import GAZETTE, brief, claim, corpus
from tests.render.limits import check, walk

TODAY = date(2026, 11, 26)
RADIO = Source(publisher="Coast Radio", url="https://example.org/radio", kind="news")
BY_RADIO = Evidence(source="radio", quote="half of the ferries are gone")
BY_BOTH = (Evidence(source="gazette", quote="six ferries a day"), BY_RADIO)


def ferries(**fields: Any) -> Brief:
    """Four claims in `legal`: a lead, one of a group, one of somebody's opinion, one of a folded group."""
    claims = (
        claim("six", "There are six ferries.", evidence=BY_BOTH),
        claim("half", "The board halved the ferries.", evidence=(BY_RADIO,), lead=True),
        claim(
            "wise",
            "The chair called it wise.",
            standing="opinion",
            evidence=(Evidence(source="radio", quote="It is wise"),),
        ),
        claim("old", "There were twelve in 1999.", evidence=BY_BOTH),
    )
    groups = (
        Group(title="The timetable", claims=("six", "wise")),
        Group(title="Before", claims=("old",), folded=True),
    )
    sections = {"legal": Section(claims=claims, groups=groups), "reactions": Section(claims=(claim("r"),))}
    made = brief("ferries", sources={"gazette": GAZETTE, "radio": RADIO}, **fields)
    return replace(made, sections=sections)


HARBOUR = brief("harbour", {"legal": [claim("h")]}, title="The harbour since 2026", as_of=date(2026, 1, 2))


def ask(typed: str, *briefs: Brief, folds: bool = False) -> Message:
    answers = AnswerCache(held(*briefs), "/brief", TODAY, folds=folds)
    message = answers.render_page(answers.parse(typed))
    check(message)
    return message


def held(*briefs: Brief) -> Corpus:
    return corpus(*(briefs or (ferries(),)))


def lines(message: Message) -> list[str]:
    return [line for line in message.text.splitlines() if line]


def buttons(message: Message) -> Iterator[tuple[str, Command | None]]:
    for part in walk(message.blocks):
        if part.get("type") == "button" and part["action_id"].startswith("open"):
            yield part["text"]["text"], decode_command(part["value"], pytest.fail)


def test_the_lead_is_what_a_notification_begins_with() -> None:
    message = ask("legal ferries")
    assert lines(message)[:3] == [
        "The board halved the ferries. [2]",
        "Ferries",
        "Legal considerations · as of 10 February 2025, 21 months ago",
    ]
    assert [block["type"] for block in message.blocks[:4]] == ["header", "context", "rich_text", "actions"]


def test_what_is_not_verified_says_so_first() -> None:
    doubtful = claim("x", "Whether they were sold: no report read says so.", standing="unverified", note="Looked for.")
    assert lines(ask("legal", brief("boats", {"legal": [doubtful]})))[0].startswith("Not verified: Whether")


def test_groups_stand_under_their_titles_and_quotes_only_where_a_claim_is_not_supported() -> None:
    text = ask("legal ferries").text
    assert (
        "The timetable\n• There are six ferries. [1] [2]\n• Opinion: The chair called it wise. [2]\n&gt; It is wise [2]"
        in text
    )
    assert "six ferries a day" not in text


def test_what_is_folded_is_counted_and_one_press_away() -> None:
    message = ask("legal ferries")
    assert "twelve in 1999" not in message.text
    assert "3 of 4 claims · ferries@" in message.text
    assert dict(buttons(message))["Show all 4 claims (1 more)"] == Show("legal", "ferries", view="all")
    whole = ask("legal ferries all")
    assert "Before\n• There were twelve in 1999." in whole.text
    assert "of 4 claims" not in whole.text


@pytest.mark.parametrize(
    ("made", "label", "head"),
    [
        (brief("boats", {"legal": [claim("x")]}), "Its source", "1 source · as of"),
        (ferries(), "All 2 sources", "2 sources · as of"),
    ],
)
def test_a_single_source_is_one(made: Brief, label: str, head: str) -> None:
    assert f'"text": "{label}"' in json.dumps(ask("legal", made).blocks)
    assert head in ask("sources", made).text


def test_evidence_is_the_same_answer_with_each_quotation_once() -> None:
    assert dict(buttons(ask("legal ferries")))["Evidence (3 quotes)"] == Show("legal", "ferries", view="quotes")
    message = ask("legal ferries quotes")
    assert [message.text.count(quote) for quote in ("half of the ferries", "six ferries a day", "It is wise")] == [
        1,
        1,
        1,
    ]
    assert "twelve in 1999. [1] [2]" in message.text
    assert dict(buttons(message))["Without quotes"] == Show("legal", "ferries")


def test_quotes_may_be_folded_into_the_message() -> None:
    message = ask("legal ferries", folds=True)
    (fold,) = (block for block in message.blocks if block["type"] == "container")
    text = "\n".join(block["text"]["text"] for block in fold["child_blocks"])
    quotes = re.findall(r"^&gt; (.*) \[", text, re.MULTILINE)
    assert quotes == [
        "six ferries a day",
        "half of the ferries are gone",
        "It is wise",
    ]
    assert "Evidence (3 quotes)" not in dict(buttons(message))


def test_quotes_that_have_no_room_are_behind_the_button_all_the_same() -> None:
    quotes = tuple(Evidence(source="gazette", quote=f"{n} {'ferries ' * 140}") for n in range(12))
    message = ask("legal", brief("long", {"legal": [claim("a", evidence=quotes)]}), folds=True)
    assert [block for block in message.blocks if block["type"] == "container"] == []
    assert "Evidence (12 quotes)" in dict(buttons(message))


@pytest.mark.parametrize(
    "typed", ["legal ferries", "legal ferries quotes", "sources ferries", "search wise", "reactions ferries"]
)
def test_a_source_has_one_number_wherever_it_stands(typed: str) -> None:
    text = ask(typed, ferries(), HARBOUR).text
    shown = set(re.findall(r"\[(\d)\] (?:&lt;|<[^|]*\|)?(Coast Radio|The Gazette|A title)", text))
    assert shown
    assert shown <= {("1", "The Gazette"), ("1", "A title"), ("2", "Coast Radio")}


def test_a_caveat_stands_with_the_sections_that_it_concerns() -> None:
    caveats = (Caveat(text="The minutes were not read."), Caveat(text="Reports differ.", sections=("reactions",)))
    doubtful = ferries(caveats=caveats)
    legal, reactions, sources = (ask(f"{typed} ferries", doubtful).text for typed in ("legal", "reactions", "sources"))
    assert ("The minutes" in legal, "Reports differ" in legal) == (True, False)
    assert ("The minutes" in reactions, "Reports differ" in reactions) == (True, True)
    assert ("The minutes" in sources, "Reports differ" in sources) == (True, True)


def test_a_brief_that_goes_on_elsewhere_leads_there() -> None:
    message = ask("legal ferries", ferries(continued_in="harbour"), HARBOUR)
    assert "continued in The harbour since 2026, 2 January 2026" in message.text
    assert dict(buttons(message))["Open the newer brief"] == Show("legal", "harbour")
    other = ask("reactions ferries", ferries(continued_in="harbour"), HARBOUR)
    assert dict(buttons(other))["Open the newer brief"] == Show(None, "harbour")


@pytest.mark.parametrize("successor", ["nothing", "draft"])
def test_a_brief_that_nobody_can_read_is_no_successor(successor: str) -> None:
    draft = brief("draft", status="draft")
    assert "continued in" not in ask("legal ferries", ferries(continued_in=successor), draft).text


def test_the_summary_stands_where_no_section_is_named() -> None:
    assert "What it is about." in ask("ferries").text
    assert "What it is about." not in ask("legal ferries").text


def test_a_menu_leads_to_the_rest_and_follow_asks_first() -> None:
    message = ask("legal ferries", ferries(), HARBOUR)
    (menu,) = (part for part in walk(message.blocks) if part.get("type") == "static_select")
    groups = {
        group["label"]["text"]: [decode_command(option["value"], pytest.fail) for option in group["options"]]
        for group in menu["option_groups"]
    }
    assert groups == {
        "Other sections": [Show("reactions", "ferries")],
        "Legal considerations elsewhere": [Show("legal", "harbour")],
        "This brief": [ShowSources("ferries"), ShowChanges("ferries"), ReportMistake("ferries", "legal")],
        "Export Legal considerations": [ShowExport("legal", "ferries"), ShowExport("legal", "ferries", "csl-json")],
    }
    (follow,) = (part for part in walk(message.blocks) if part.get("action_id") == "follow")
    assert "Everybody in this channel will see" in follow["confirm"]["text"]["text"]


@pytest.mark.parametrize(
    ("since", "words"),
    [
        ("2026-11-27", ""),
        ("2026-11-26", "today"),
        ("2026-11-25", "yesterday"),
        ("2026-11-24", "2 days ago"),
        ("2026-10-26", "31 days ago"),
        ("2026-09-27", "60 days ago"),
        ("2026-09-26", "2 months ago"),
        ("2025-02-10", "21 months ago"),
        ("2023-11-27", "35 months ago"),
        ("2023-11-26", "3 years ago"),
        ("1776-07-04", "250 years ago"),
    ],
)
def test_the_age_of_a_brief(since: str, words: str) -> None:
    assert age(date.fromisoformat(since), TODAY) == words


def test_of_many_sources_that_were_searched_in_vain_the_first_are_named() -> None:
    sources = {f"s{n}": replace(RADIO, title=f"Report {n}") for n in range(6)}
    searched = tuple(Evidence(source=key) for key in sources)
    doubtful = claim("x", "Whether they were sold: no report says so.", standing="unverified", note="Looked for.")
    made = brief("boats", {"legal": [replace(doubtful, evidence=searched)]}, sources=sources)
    for typed in ("legal", "search sold"):
        text = ask(typed, made).text
        assert "Looked for. Searched: [1] [2] [3] [4] and 2 more sources" in text
        assert ("Report 3" in text, "Report 4" in text) == (True, False)
    assert "Report 5" in ask("legal quotes", made).text


def test_a_quotation_that_only_a_supported_claim_has_shown_stands_with_the_next_one_that_needs_it() -> None:
    quote = (Evidence(source="gazette", quote="the board met in secret"),)
    doubted = claim("b", "They met.", standing="disputed", note="The chair denies it.", evidence=quote)
    text = ask("legal", brief("boats", {"legal": [claim("a", evidence=quote), doubted, replace(doubted, id="c")]})).text
    assert text.count("the board met in secret") == 1


def test_the_buttons_stand_below_all_quotations_of_the_lead() -> None:
    quotes = tuple(Evidence(source="gazette", quote=f"{n} {'ferries ' * 100}") for n in range(3))
    message = ask("legal quotes", brief("long", {"legal": [claim("a", evidence=quotes), claim("b")]}))
    kinds = [block["type"] for block in message.blocks]
    shown = [n for n, block in enumerate(message.blocks) if "ferries ferries" in str(block)]
    assert kinds.index("actions") > shown[-1]
