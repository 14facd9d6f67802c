"""Modals and Home tabs."""

import json

import pytest

from bot.workspace.blockkit import validate_view
from tests.workspace.blockkit.examples import (
    COVERED,
    HOME,
    MODAL,
    Json,
    actions,
    button,
    mrkdwn,
    places,
    plain,
    put,
    without,
)


@pytest.mark.parametrize("pointer", ["/title/text", "/submit/text", "/close/text"])
def test_a_view_has_short_titles(pointer: str) -> None:
    assert validate_view(put(MODAL, pointer, "x" * 24)) == []
    assert places(validate_view(put(MODAL, pointer, "x" * 25))) == [(pointer, "max_length")]
    assert places(validate_view(put(MODAL, pointer, ""))) == [(pointer, "min_length")]


@pytest.mark.parametrize(("name", "most"), [("private_metadata", 3000), ("callback_id", 255), ("external_id", 255)])
@pytest.mark.parametrize("view", [MODAL, HOME], ids=["modal", "home"])
def test_what_a_view_carries_is_limited(view: Json, name: str, most: int) -> None:
    assert validate_view({**view, name: "x" * most}) == []
    assert places(validate_view({**view, name: "x" * (most + 1)})) == [(f"/{name}", "max_length")]


@pytest.mark.parametrize("pointer", ["/title", "/submit", "/close"])
def test_a_view_has_plain_titles(pointer: str) -> None:
    assert places(validate_view(put(MODAL, pointer, mrkdwn()))) == [(f"{pointer}/type", "enum")]


def test_a_modal_has_a_title() -> None:
    assert [finding.message for finding in validate_view(without(MODAL, "/title"))] == ["missing required field: title"]


def test_a_modal_with_an_input_has_a_submit_button() -> None:
    assert places(validate_view(without(MODAL, "/submit"))) == [("", "required")]


def test_a_modal_without_inputs_needs_no_submit_button() -> None:
    assert validate_view({**without(MODAL, "/submit"), "blocks": COVERED["header"]}) == []


@pytest.mark.parametrize("name", ["title", "submit", "close"])
def test_a_home_tab_has_no_titles(name: str) -> None:
    assert places(validate_view({**HOME, name: plain()})) == [("", "additional_properties")]


@pytest.mark.parametrize(("count", "constraint"), [(0, "min_items"), (101, "max_items")])
@pytest.mark.parametrize("view", [MODAL, HOME], ids=["modal", "home"])
def test_a_view_has_1_to_100_blocks(view: Json, count: int, constraint: str) -> None:
    assert places(validate_view({**view, "blocks": [{"type": "divider"}] * count})) == [("/blocks", constraint)]


def test_a_view_is_refused_over_250_kb() -> None:
    def view(rest: int) -> Json:
        return {**HOME, "blocks": [{"type": "section", "text": plain("x" * chars)} for chars in [2900] * 83 + [rest]]}

    rest = 250_000 - len(json.dumps(view(0)))
    assert validate_view(view(rest)) == []
    [finding] = validate_view(view(rest + 1))
    assert (finding.pointer, finding.constraint["got"]) == ("", 250_001)


def test_pointers_into_a_view_begin_at_the_view() -> None:
    blocks = [*actions(button("go"), button("go")), {"type": "header", "text": mrkdwn()}]
    refused = places(validate_view({**HOME, "blocks": blocks}))
    assert refused == [("/blocks/1/text/type", "enum"), ("/blocks/0/elements/1/action_id", "unique")]


@pytest.mark.parametrize("view", [None, [], "", {}, {"type": "workflow_step", "blocks": []}], ids=str)
def test_a_view_is_a_modal_or_a_home_tab(view: Json) -> None:
    assert len(validate_view(view)) == 1
