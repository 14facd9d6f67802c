"""Block Kit as HTML: no value of a block becomes markup."""

from html.parser import HTMLParser
from typing import Any

import pytest
from hypothesis import given

from bot.render.document import html
from tests.render.hostile import texts

HOSTILE = "\"'><img src=x>&{0}{key}"


class Tags(HTMLParser):
    """The names of the elements of a text, and the names of all attributes."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.names: set[str] = set()
        self.attributes: set[str] = set()
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.names.add(tag)
        self.attributes |= {name for name, _ in attrs}


def plain(text: str) -> dict[str, Any]:
    return {"type": "plain_text", "text": text}


def option(text: str) -> dict[str, Any]:
    return {"text": plain(text), "value": text}


def field(**element: Any) -> dict[str, Any]:
    label = plain(HOSTILE)
    return {"type": "input", "block_id": HOSTILE, "label": label, "hint": label, "element": element}


def blocks(text: str) -> list[dict[str, Any]]:
    """Every kind of block, with this text for each value."""
    menu = {"type": "static_select", "action_id": text, "placeholder": plain(text), "options": [option(text)]}
    button = {"type": "button", "action_id": text, "text": plain(text)}
    spans = [
        {"type": "text", "text": text, "style": {"bold": True}},
        {"type": "link", "url": f"https://example.org/{text}", "text": text},
        {"type": "link", "url": text, "text": text},
        {"type": "user", "user_id": text},
        {"type": "broadcast", "range": text},
        {"type": "emoji", "name": text},
        {"type": "date", "format": text},
    ]
    return [
        {"type": "header", "text": plain(text)},
        {"type": "section", "text": {"type": "mrkdwn", "text": text}, "fields": [plain(text)], "accessory": button},
        {"type": "actions", "elements": [menu, button]},
        {"type": "rich_text", "elements": [{"type": "rich_text_section", "elements": spans}]},
        {"type": text},
        field(type="plain_text_input", initial_value=text, placeholder=plain(text), min_length=text, max_length=text),
        field(type="plain_text_input", initial_value=text, multiline=True),
        field(type="static_select", option_groups=[{"label": plain(text), "options": [option(text)]}]),
        field(type="timepicker", initial_time=text, timezone=text),
        field(type="external_select", action_id=text, initial_option=option(text), placeholder=plain(text)),
    ]


@pytest.mark.parametrize("block", blocks(HOSTILE))
def test_no_value_becomes_an_element(block: dict[str, Any]) -> None:
    tags = Tags(html.blocks([block], str))
    assert "img" not in tags.names
    assert "src" not in tags.attributes


NAMES = Tags(html.blocks(blocks("x"), str))
STYLES = {"b", "i", "s", "code", "br", "a", "span"}


@given(texts(200))
def test_hostile_texts_add_no_elements_but_those_of_mrkdwn(text: str) -> None:
    tags = Tags(html.blocks(blocks(text), str))
    assert tags.names <= NAMES.names | STYLES
    assert tags.attributes <= NAMES.attributes | {"href", "rel", "target", "class"}
