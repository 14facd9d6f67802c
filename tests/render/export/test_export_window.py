"""An export in a window holds the whole text, within what Slack takes."""

import json
from typing import Any, get_args

import pytest
from hypothesis import given

from bot.core.answers.extract import Extract, extract
from bot.core.commands.button_value import encode_command
from bot.core.commands.command import ExportFormat, ShowExport
from bot.render.export.export_window import PIECE_MAX, TEXTS, export_window
from bot.workspace.blockkit import validate_view
from tests.conftest import examples
from tests.make import VOCABULARY, brief, claim
from tests.render.export.extracts import HOSTILE, shipped


def pieces(view: dict[str, Any]) -> list[str]:
    elements = [block["elements"][0] for block in view["blocks"] if block["type"] == "rich_text"]
    return [element["elements"][0]["text"] for element in elements if element["type"] == "rich_text_preformatted"]


def check(extracted: Extract, format: ExportFormat) -> None:
    view = export_window(extracted, format)
    assert validate_view(view) == []
    assert all(len(each) <= PIECE_MAX for each in pieces(view))
    whole = TEXTS[format][1](extracted).rstrip("\n")
    assert "".join(pieces(view)).replace("\n", "") == whole.replace("\n", "")


@pytest.mark.parametrize("format", get_args(ExportFormat))
def test_every_section_fits_a_window_and_is_there_whole(format: ExportFormat) -> None:
    for whole in shipped()[:2]:
        for section in whole.sections:
            check(extract(whole.brief, VOCABULARY, section.key), format)


@given(HOSTILE)
@examples(50, gate=4)
def test_hostile_texts_fit_too(extracted: Extract) -> None:
    check(extracted, "markdown")


def test_what_no_window_holds_is_cut_and_says_where_all_of_it_is() -> None:
    texts = [f"At pier {n} there were ferries. {'It rained. ' * 80}" for n in range(400)]
    made = brief("ferries", {"legal": [claim(f"c{n}", text.strip()) for n, text in enumerate(texts)]})
    view = export_window(extract(made, VOCABULARY, "legal"), "markdown")
    assert validate_view(view) == []
    assert len(json.dumps(view)) < 250_000
    assert "All of it: briefbot export ferries --section legal" in str(view["blocks"][1])


def test_the_value_of_an_option_fits_the_longest_names() -> None:
    for each in get_args(ExportFormat):
        assert len(encode_command(ShowExport("s" * 60, "b" * 60, each))) <= 150
