"""The form of a report stays within Slack's limits, and gives back what was entered."""

from datetime import UTC, datetime

import pytest

from bot.core.briefs.file_place import FilePlace
from bot.core.commands.command import Show
from bot.core.reports.report import SOURCE_MAX, WORD_MAX, WRONG_MAX, Report
from bot.render.document.block_text import BLOCK_TEXT_MAX, block_text_length
from bot.render.document.document import Option
from bot.render.document.mrkdwn import length
from bot.render.document.paging import TEXT_MAX
from bot.render.reports.report_form import (
    CLAIM,
    LISTED_MAX,
    TYPEAHEAD,
    Entry,
    FormContext,
    claim_value,
    dismissal_form,
    entry_of,
    report_form,
    thanks,
)
from bot.render.reports.report_messages import ClaimNow, report_answer, report_notice
from bot.workspace.blockkit import validate_blocks, validate_view

CONTEXT = FormContext("C1 group", 3, "ferries")
LONG = "😀 & <!channel> " * 70


def claims(number: int) -> list[Option]:
    return [Option(LONG, claim_value("s" * 60, f"{n:060}")) for n in range(number)]


@pytest.mark.parametrize(
    ("sizes", "kind"),
    [
        ((), "external_select"),
        ((1,), "options"),
        ((100,), "options"),
        ((101,), "option_groups"),
        ((3, 2), "option_groups"),
        ((250, 150), "option_groups"),
        ((LISTED_MAX + 1,), "external_select"),
    ],
)
def test_a_form_of_any_number_of_claims_is_one_that_slack_takes(sizes: tuple[int, ...], kind: str) -> None:
    view = report_form([(LONG, claims(size)) for size in sizes], CONTEXT, is_read=True)
    assert list(validate_view(view)) == []
    field = view["blocks"][0]["element"]
    assert kind in (*field, field["type"])
    assert field["action_id"] == (TYPEAHEAD if kind == "external_select" else CLAIM)
    assert ("initial_option" in field) == (sizes == (1,))


def test_the_form_says_where_nobody_reads_it_at_once() -> None:
    texts = [str(report_form((), CONTEXT, is_read=is_read)["blocks"][-1]) for is_read in (True, False)]
    assert ["No channel of maintainers is set" in each for each in texts] == [False, True]


@pytest.mark.parametrize("view", [dismissal_form(LONG, "C1\n7"), thanks([])], ids=["dismissal", "thanks"])
def test_the_other_views_are_such_too(view: dict[str, object]) -> None:
    view = view if view.get("submit") else {**view, "blocks": [{"type": "divider"}]}
    assert list(validate_view(view)) == []


def test_the_context_comes_back() -> None:
    assert FormContext.of(str(CONTEXT)) == CONTEXT
    for text in ("", "C1", "C1\nx\n", "C1\n1\n\n"):
        with pytest.raises(ValueError, match=r"values to unpack|invalid literal"):
            FormContext.of(text)


def test_what_was_entered_is_read_from_a_menu_and_from_a_typeahead() -> None:
    for action in (CLAIM, TYPEAHEAD):
        values = {
            "claim": {action: {"selected_option": {"value": "ferries/a"}}},
            "wrong": {"wrong": {"value": "It was four."}},
            "source": {"source": {"value": None}},
        }
        assert entry_of(values) == Entry("ferries", "a", "It was four.", "")


def report(**fields: object) -> Report:
    at = datetime(2026, 5, 11, tzinfo=UTC)
    given = {"shown": "<" * 1000, "wrong": "&" * WRONG_MAX, "source": f"https://example.org/{'a' * SOURCE_MAX}"}
    rest = {"place": LONG, "state": "open", "word": "😀" * WORD_MAX, **fields}
    return Report(7, "T1", None, "U1", "ferries", "a", publication=1, reported_at=at, **{**given, **rest})  # type: ignore[arg-type]


@pytest.mark.parametrize("state", ["open", "changed", "gone", "declined"])
def test_messages_about_the_longest_report_are_within_limits_and_ping_nobody(state: str) -> None:
    place = FilePlace("ferries.yaml", 12, f"https://example.org/{'b' * 1900}")
    now = ClaimNow(LONG, f"{LONG} · {LONG}", "Legal", Show("legal", "ferries"))
    messages = [report_notice(report(state=state), place, f"https://example.org/{'c' * 1900}")]
    if state != "open":
        messages += [report_answer(report(state=state), now), report_answer(report(state=state), None)]
    for message in messages:
        assert list(validate_blocks(message.blocks)) == []
        assert length(message.text) <= TEXT_MAX
        assert block_text_length(message.blocks) <= BLOCK_TEXT_MAX
        assert "<!" not in message.text
