"""How much text blocks carry: what is shown, and nothing else."""

from typing import Any

import pytest

from bot.render.document.block_text import block_text_length


def plain(text: str) -> dict[str, Any]:
    return {"type": "plain_text", "text": text}


OPTION = {"text": plain("four"), "value": "not shown"}
QUOTE = {"type": "rich_text_quote", "elements": [{"type": "text", "text": "held"}]}
CONFIRM = {"title": plain("ab"), "text": plain("cd"), "confirm": plain("ef"), "deny": plain("gh")}


@pytest.mark.parametrize(
    ("block", "units"),
    [
        ({"type": "divider"}, 0),
        ({"type": "header", "text": plain("Title")}, 5),
        ({"type": "section", "text": plain("ab"), "fields": [plain("cd"), plain("ef")]}, 6),
        ({"type": "section", "text": {"type": "mrkdwn", "text": "<https://a.example|a>"}}, 21),
        ({"type": "rich_text", "elements": [QUOTE, QUOTE]}, 8),
        ({"type": "link", "url": "https://a.example/long", "text": "[1]"}, 3),
        ({"type": "link", "url": "https://a.example"}, 17),
        ({"type": "date", "timestamp": 1, "format": "{date}", "fallback": "1 May"}, 5),
        ({"type": "button", "text": plain("Go"), "value": "x" * 50, "confirm": CONFIRM}, 10),
        ({"type": "static_select", "placeholder": plain("More"), "options": [OPTION]}, 8),
        ({"type": "static_select", "option_groups": [{"label": plain("Open"), "options": [OPTION]}]}, 8),
        (
            {"type": "container", "title": plain("Evidence"), "child_blocks": [{"type": "header", "text": plain("A")}]},
            9,
        ),
        ({"type": "header", "text": plain("🗽é")}, 3),
    ],
)
def test_what_is_shown_counts(block: dict[str, Any], units: int) -> None:
    assert block_text_length([block]) == units
    assert block_text_length([block, block]) == 2 * units


@pytest.mark.parametrize("value", [None, "text", 5, [], {}, {"text": 7}, [["a"]]])
def test_other_values_have_none(value: object) -> None:
    assert block_text_length(value) == 0
