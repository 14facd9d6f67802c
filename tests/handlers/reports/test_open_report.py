"""Where the form is opened, with which claims, and what is said where it is not."""

import json
from dataclasses import replace
from typing import Any

import pytest

from bot.core.commands.button_value import encode_command
from bot.core.commands.command import Show
from bot.core.commands.report_commands import EditBrief, ReportMistake
from bot.handlers.commands import interactions
from bot.handlers.commands.slash_command import answer_mention
from bot.handlers.reports.open_report import PointedMessage, suggest_claims
from bot.render.reports.report_form import TYPEAHEAD
from tests.handlers.desk import Desk, counted, ferries
from tests.handlers.reports.counter import Counter
from tests.make import VOCABULARY, brief, claim

SECTIONS = {"legal": [counted("a", 0, "ferries"), counted("c", 1, "trains")], "reactions": [counted("d", 2, "boats")]}


@pytest.fixture
def wide(counter: Counter) -> Desk:
    """The ferries have two sections, with claims that can be told apart."""
    counter.desk.edit(
        brief("ferries", SECTIONS), brief("plan", {"legal": [claim("x", "A secret plan.")]}, status="draft")
    )
    return counter.desk


def offered(desk: Desk) -> list[tuple[str, list[str]]]:
    """The claims of the form that was opened last, by group; the one group of a plain menu has no title."""
    field = desk.slack.views[-1][1]["blocks"][0]["element"]
    if field["type"] == "external_select":
        return []
    groups = field.get("option_groups") or [{"label": {"text": ""}, "options": field["options"]}]
    return [(each["label"]["text"], [option["value"] for option in each["options"]]) for each in groups]


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("report ferries/legal", [("", ["ferries/a", "ferries/c"])]),
        ("report legal ferries", [("", ["ferries/a", "ferries/c"])]),
        ("report a mistake in ferries/reactions", [("", ["ferries/d"])]),
        (
            "report ferries",
            [("Legal considerations", ["ferries/a", "ferries/c"]), ("Reactions", ["ferries/d"])],
        ),
        ("report", []),
        ("report a mistake", []),
        ("report legal", []),
    ],
)
def test_the_command_opens_the_form_with_the_claims_that_it_names(wide: Desk, typed: str, expected: Any) -> None:
    assert wide.ask(typed) is None
    assert offered(wide) == expected


@pytest.mark.parametrize(
    ("typed", "place"),
    [("report ferries/legal", "{} · Legal considerations"), ("report ferries", "{}"), ("report", None)],
)
def test_the_form_says_which_brief_its_claims_are_of(wide: Desk, typed: str, place: str | None) -> None:
    wide.ask(typed)
    hint = wide.slack.views[-1][1]["blocks"][0].get("hint", {}).get("text")
    assert hint == (place and place.format(wide.services.corpus.corpus.briefs["ferries"].title))


def test_a_section_alone_is_that_of_the_default_brief(wide: Desk) -> None:
    wide.ask("use ferries")
    wide.replica.readers.refresh()
    assert wide.ask("report reactions") is None
    assert offered(wide) == [("", ["ferries/d"])]


@pytest.mark.parametrize("typed", ["report plan", "report ferries/outlook", "report feries"])
def test_where_there_is_nothing_to_report_it_is_said_and_no_form_opens(wide: Desk, typed: str) -> None:
    answer = wide.ask(typed)
    assert answer is not None
    assert "secret" not in str(answer.blocks)
    assert wide.slack.views == []


def test_the_menu_under_an_answer_opens_it_with_the_claims_of_its_section(wide: Desk) -> None:
    answer = wide.ask("legal ferries")
    assert answer is not None
    value = encode_command(ReportMistake("ferries", "legal"))
    assert json.dumps(value)[1:-1] in json.dumps(answer.blocks)
    interactions.open_command(ReportMistake("ferries", "legal"), wide.slack.caller("U1", "C1"), wide.services)
    assert offered(wide) == [("", ["ferries/a", "ferries/c"])]


def test_a_mention_has_a_button_as_no_form_can_open_by_itself(wide: Desk) -> None:
    caller = wide.slack.caller("U1", "C1")
    answer_mention("report ferries/legal", caller, "1.1", wide.services)
    (entry,) = wide.entries()
    assert encode_command(ReportMistake("ferries", "legal")) in [
        each["value"] for block in entry.message.blocks if block["type"] == "actions" for each in block["elements"]
    ]
    assert wide.slack.views == []


def test_where_slack_does_not_open_it_a_button_stays(wide: Desk) -> None:
    wide.slack.refuse("open_modal", "expired_trigger_id")
    answer = wide.ask("report ferries/legal")
    assert answer is not None
    assert "does not open here by itself" in answer.text
    assert "report ferries/legal" in answer.text


def test_nothing_is_asked_of_slack_before_the_form_opens(wide: Desk) -> None:
    wide.slack.refuse("user_info", "http_503", times=10)
    assert wide.ask("report ferries") is None
    assert len(wide.slack.views) == 1


# On a message


def point(desk: Desk, ts: str, thread_ts: str | None = None, *, own: bool = True, values: tuple[str, ...] = ()) -> str:
    """What who uses the shortcut reads; nothing where a form opened."""
    before = len(desk.entries())
    caller = desk.slack.caller("U1", "C1")
    interactions.report_message(PointedMessage(ts, thread_ts, own, values), caller, desk.services)
    return "".join(each.text for each in desk.entries()[before:])


def test_on_a_post_it_offers_the_claims_that_the_post_shows_under_their_ids_of_now(wide: Desk) -> None:
    wide.subscribe("ferries")
    wide.edit(brief("ferries", {**SECTIONS, "legal": [counted("a", 5, "ferries"), counted("c", 1, "trains")]}))
    wide.run()
    (post,) = wide.entries()
    wide.edit(brief("ferries", {**SECTIONS, "legal": [counted("b", 5, "ferries"), counted("c", 1, "trains")]}))
    wide.run()
    assert point(wide, post.ts) == ""
    assert offered(wide) == [("", ["ferries/b"])]
    # What stands in its thread is about it.
    assert point(wide, "9.9", post.ts) == ""
    assert offered(wide) == [("", ["ferries/b"])]


def test_on_a_shared_answer_too_and_where_the_claim_is_gone_it_says_so(wide: Desk) -> None:
    wide.ask("reactions ferries share")
    (post,) = wide.entries()
    assert point(wide, post.ts) == ""
    assert offered(wide) == [("", ["ferries/d"])]
    wide.edit(ferries(0))
    wide.run()
    assert "shows no claim of a brief that readers see now" in point(wide, post.ts)


def test_a_message_that_is_not_remembered_is_known_by_its_controls(wide: Desk) -> None:
    for value in (
        encode_command(ReportMistake("ferries", "reactions")),
        encode_command(Show("reactions", "ferries")),
        '[["show","reactions","ferries"],"0123abcd",1]',
    ):
        assert point(wide, "9.9", values=("legal", "[broken", value)) == ""
        assert offered(wide) == [("", ["ferries/d"])]


def test_on_a_message_of_somebody_else_it_says_so(wide: Desk) -> None:
    text = point(wide, "9.9", own=False)
    assert text.startswith("This message is not the bot's")
    assert "/brief report" in text
    assert wide.slack.views == []


def test_on_a_message_without_claims_it_says_so(wide: Desk) -> None:
    assert "shows no claim" in point(wide, "9.9", values=(encode_command(EditBrief("ferries")), "x"))
    assert wide.slack.views == []


# Typed into the form


def test_claims_are_found_by_their_words_of_one_brief_or_of_all_and_never_of_drafts(wide: Desk) -> None:
    def found(typed: str, scope: str = "") -> list[str]:
        return [each.value for each in suggest_claims(typed, scope, wide.services)]

    assert found("TRAINS") == ["ferries/c"]
    assert set(found("there were")) == {"ferries/a", "ferries/c", "ferries/d", "harbour/b"}
    assert found("there were", "harbour") == ["harbour/b"]
    assert "ferries/d" in found("how many boats were there")
    assert found("secret") == []
    assert TYPEAHEAD.startswith("report")


# Edit this brief


def test_the_menu_leads_to_the_file_at_the_line_of_the_published_version(counter: Counter) -> None:
    desk = counter.desk
    interactions.open_command(EditBrief("ferries", "legal"), desk.slack.caller("U1", "C1"), desk.services)
    assert "does not say where its files are edited" in desk.entries()[-1].text
    address = "https://github.com/o/r/edit/main/briefs/{file}#L{line}"
    desk.replica.words(replace(VOCABULARY, edit_url=address))
    desk.replica.look("_store")
    assert '["edit","ferries","legal"]' in json.dumps(desk.ask("legal ferries").blocks).replace('\\"', '"')  # type: ignore[union-attr]
    path = desk.replica.directory / "ferries.yaml"
    path.write_text("# a comment\n\n" + path.read_text(encoding="utf-8"), encoding="utf-8")
    desk.replica.look("ferries")
    interactions.open_command(EditBrief("ferries", "legal"), desk.slack.caller("U1", "C1"), desk.services)
    assert "<https://github.com/o/r/edit/main/briefs/ferries.yaml#L3|ferries.yaml, line 3>" in desk.entries()[-1].text


def test_of_a_draft_nobody_learns_where_it_is_edited(wide: Desk) -> None:
    interactions.open_command(EditBrief("plan"), wide.slack.caller("U1", "C1"), wide.services)
    assert "no brief is called" in wide.entries()[-1].text
