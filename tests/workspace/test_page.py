"""The page's answers, and how Block Kit becomes HTML."""

import asyncio
import json
from collections.abc import Callable, Iterator
from html import unescape
from http.client import HTTPConnection
from threading import Timer
from typing import Any
from urllib.parse import urlsplit

import pytest

from bot.render.document import html
from bot.workspace.change_signal import ChangeSignal
from bot.workspace.clock import MovableClock
from bot.workspace.local_server import LocalServer
from bot.workspace.page import Page
from bot.workspace.page_view import PageView
from bot.workspace.server import application
from bot.workspace.state import Json
from bot.workspace.workspace import Workspace
from tests.workspace.over_http import page_token

NOON = 1760436000.0


def asked(served: LocalServer, method: str, path: str, body: object = None) -> tuple[int, Any]:
    connection = HTTPConnection(urlsplit(served.url).netloc)
    headers = {"X-Page-Token": page_token(served.url), "Content-Type": "application/json"}
    connection.request(method, path, None if body is None else json.dumps(body), headers)
    answer = connection.getresponse()
    read = answer.read()
    connection.close()
    return answer.status, json.loads(read) if read.startswith(b"{") else read


def serve(clock: MovableClock | None) -> tuple[LocalServer, Workspace, str]:
    workspace = Workspace(clock=clock or (lambda: NOON))
    you = workspace.add_user("you", tz="Nowhere/Land" if clock is None else "Europe/Berlin")
    channel = workspace.add_channel("general", you)
    page = Page(workspace, you, "/brief", lambda _: [], clock)
    return LocalServer(application(workspace, page.routes())), workspace, channel


@pytest.fixture
def clock() -> MovableClock:
    return MovableClock(lambda: NOON)


@pytest.fixture
def served(clock: MovableClock) -> Iterator[tuple[LocalServer, Workspace, str]]:
    made = serve(clock)
    yield made
    made[0].close()


def test_a_clock_only_moves_forward(clock: MovableClock) -> None:
    clock.forward(3600)
    clock.forward(60)
    assert clock() == clock.now() == NOON + 3660
    for seconds in (0, -1):
        with pytest.raises(ValueError, match="forward"):
            clock.forward(seconds)


def test_the_page_moves_the_clock_and_says_that_something_changed(
    served: tuple[LocalServer, Workspace, str], clock: MovableClock
) -> None:
    server, workspace, channel = served
    before = workspace.state.version
    assert asked(server, "POST", "/clock", {"seconds": 3600}) == (200, {"now": NOON + 3600, "zone": "Europe/Berlin"})
    assert workspace.state.version > before
    assert asked(server, "GET", f"/view?channel={channel}")[1]["clock"]["now"] == clock.now() == NOON + 3600


@pytest.mark.parametrize(
    "body", [{}, {"seconds": 0}, {"seconds": -5}, {"seconds": 1.5}, {"seconds": True}, {"seconds": 1e9}]
)
def test_other_moves_are_refused(served: tuple[LocalServer, Workspace, str], clock: MovableClock, body: Json) -> None:
    assert asked(served[0], "POST", "/clock", body)[0] == 400
    assert clock.now() == NOON


def test_without_a_clock_there_is_none_to_move() -> None:
    server, _, channel = serve(None)
    assert asked(server, "POST", "/clock", {"seconds": 1})[0] == 404
    assert asked(server, "GET", f"/view?channel={channel}")[1]["clock"] is None
    server.close()


@pytest.mark.parametrize("body", [[], "", 1, None, "[" * 5000])
def test_what_is_no_object_is_refused(served: tuple[LocalServer, Workspace, str], body: object) -> None:
    assert asked(served[0], "POST", "/say", body)[0] == 400


def test_a_message_is_drawn_again_only_where_it_or_a_name_changed(monkeypatch: pytest.MonkeyPatch) -> None:
    workspace, drawn = Workspace(), list[str]()
    you = workspace.add_user("you", "You")
    channel = workspace.state.channels[workspace.add_channel("general", you)]
    message = workspace.say(you, channel.id, f"See <#{channel.id}>")
    draw, view = html.mrkdwn, PageView(workspace, you, None)

    def count(text: str, name: Callable[[str], str]) -> str:
        drawn.append(text)
        return draw(text, name)

    monkeypatch.setattr(html, "mrkdwn", count)

    def shown() -> str:
        return str(view.everything(channel, None)["messages"])

    assert [shown(), shown()][1].count("#general") == 1
    channel.name = "everything"
    assert "#everything" in shown()
    workspace.edit(message, "Gone")
    assert "Gone" in shown()
    assert len(drawn) == 3


def test_what_cannot_be_submitted_is_an_error(served: tuple[LocalServer, Workspace, str]) -> None:
    assert asked(served[0], "POST", "/submit", {"values": {}}) == (400, {"error": "there is nothing to submit"})


# Changes


def test_an_open_page_hears_of_each_change_until_it_is_closed() -> None:
    workspace = Workspace()
    you = workspace.add_user("you")
    channel = workspace.add_channel("general", you)
    page = Page(workspace, you, "/brief", lambda _: [])
    server = LocalServer(application(workspace, page.routes()))
    connection = HTTPConnection(urlsplit(server.url).netloc, timeout=5)
    connection.request("GET", f"/changes?token={page_token(server.url)}")
    stream = connection.getresponse()

    def event() -> bytes:
        line = stream.readline()
        assert stream.readline() == b"\n"
        return line

    assert event() == b"data: %d\n" % workspace.state.version
    workspace.say(you, channel, "hello")
    assert event() == b"data: %d\n" % workspace.state.version
    page.close()
    stream.read()
    assert stream.isclosed()
    connection.close()
    server.close()


def test_a_wait_ends_with_the_next_change_from_any_thread() -> None:
    changes = ChangeSignal()

    async def scene() -> tuple[int, int, int]:
        late = await changes.wait_beyond(-1, 10)
        Timer(0.05, changes.announce).start()
        woken = await changes.wait_beyond(late, 10)
        return late, woken, await changes.wait_beyond(woken, 0.01)

    assert asyncio.run(scene()) == (0, 1, 1)


# HTML


def shown(*blocks: Json) -> str:
    return html.blocks(blocks, lambda key: {"U1": "ann", "C1": "general"}.get(key, key))


def rich(*spans: Json) -> str:
    return shown({"type": "rich_text", "elements": [{"type": "rich_text_section", "elements": list(spans)}]})


def test_styles_of_rich_text_become_elements() -> None:
    style = {"bold": True, "italic": True, "strike": True, "code": True}
    assert rich({"type": "text", "text": "<x>", "style": style}) == (
        "<div class=rich><p><code><s><i><b>&lt;x&gt;</b></i></s></code></p></div>"
    )


@pytest.mark.parametrize(
    ("span", "words"),
    [
        ({"type": "user", "user_id": "U1"}, "@ann"),
        ({"type": "channel", "channel_id": "C1"}, "#general"),
        ({"type": "broadcast", "range": "here"}, "@here"),
        ({"type": "date", "timestamp": 1, "format": "{date}", "fallback": "1 January"}, "1 January"),
        ({"type": "emoji", "name": "wave"}, ":wave:"),
    ],
)
def test_every_span_says_something(span: Json, words: str) -> None:
    assert words in rich(span)


def test_lists_are_numbered_where_they_should_be() -> None:
    item = {"type": "rich_text_section", "elements": [{"type": "text", "text": "one"}]}
    for style, tag in (("ordered", "ol"), ("bullet", "ul")):
        element = {"type": "rich_text_list", "style": style, "elements": [item]}
        assert f"<{tag}><li><p>one</p></li></{tag}>" in shown({"type": "rich_text", "elements": [element]})


def test_a_date_in_markup_is_its_fallback() -> None:
    assert html.mrkdwn("on <!date^1760436000^{date}|14 October>", str) == "on 14 October"


def test_quoted_lines_of_markup_are_a_quotation() -> None:
    text = "Radio:\n&gt; *six*\n&gt;seven &gt; 6\n\n<https://example.org|News> &gt; rumour"
    link = '<a href="https://example.org" rel="noopener noreferrer" target=_blank>News</a>'
    assert html.mrkdwn(text, str) == f"Radio:<blockquote><b>six</b><br>seven &gt; 6</blockquote><br>{link} &gt; rumour"


def test_a_field_is_labelled_and_escaped() -> None:
    element = {"type": "plain_text_input", "action_id": "a", "initial_value": '"><script>', "min_length": 2}
    label = {"type": "plain_text", "text": "A & B"}
    made = shown({"type": "input", "block_id": 'x "y', "label": label, "element": element, "optional": True})
    assert '<label for="field-x--y" id="label-x--y">A &amp; B <span class=optional>(optional)</span></label>' in made
    assert 'data-block="x &#34;y"' in made
    assert 'minlength="2"' in made
    assert 'value="&#34;&gt;&lt;script&gt;"' in made
    assert " required" not in made


def test_a_field_of_another_kind_is_named() -> None:
    label = {"type": "plain_text", "text": "Who"}
    made = shown({"type": "input", "block_id": "b", "label": label, "element": {"type": "users_select"}})
    assert made == "<div class=context>users_select</div>"


def test_a_menu_of_groups_has_its_first_option_chosen() -> None:
    options = [{"text": {"type": "plain_text", "text": words}, "value": words} for words in ("daily", "weekly")]
    group = {"label": {"type": "plain_text", "text": "often"}, "options": options}
    element = {"type": "static_select", "action_id": "a", "option_groups": [group], "initial_option": options[1]}
    made = shown(
        {"type": "input", "block_id": "b", "label": {"type": "plain_text", "text": "Rhythm"}, "element": element}
    )
    assert '<optgroup label="often"><option value="daily">daily</option>' in made
    assert '<option value="weekly" selected>weekly</option>' in made


CELL = {"type": "raw_text", "text": "a < b"}
RICH = {
    "type": "rich_text",
    "elements": [{"type": "rich_text_section", "elements": [{"type": "text", "text": "Evidence"}]}],
}


@pytest.mark.parametrize(
    ("fields", "start"),
    [
        ({}, '<div class="container standard"><div class=title><b>Evidence</b></div>'),
        ({"width": "full", "has_header_divider": True}, '<div class="container full divided">'),
        ({"is_collapsible": True}, '<details class="container standard" open><summary><b>Evidence</b></summary>'),
        ({"is_collapsible": True, "default_collapsed": True}, '<details class="container standard"><summary>'),
        ({"rich_text_title": RICH}, '<div class="container standard"><div class=title><div class=rich><p>Evidence'),
    ],
)
def test_a_container_is_a_box_or_a_fold_with_its_blocks(fields: Json, start: str) -> None:
    title = {"type": "plain_text", "text": "Evidence"}
    made = shown({"type": "container", "title": title, "child_blocks": [{"type": "divider"}], **fields})
    assert made.startswith(start)
    assert "<hr></d" in made


def test_a_table_has_text_and_rich_text() -> None:
    made = shown({"type": "table", "rows": [[CELL, RICH]]})
    assert "<tr><td>a &lt; b</td><td><div class=rich><p>Evidence</p></div></td></tr>" in made


def test_a_question_is_data_of_its_control() -> None:
    texts = {key: {"type": "plain_text", "text": f'{key} "<>'} for key in ("title", "text", "confirm", "deny")}
    button = {"type": "button", "action_id": "a", "text": texts["title"], "confirm": texts, "style": "danger"}
    made = shown({"type": "actions", "elements": [button]})
    asked = json.loads(unescape(made.partition('data-confirm="')[2].partition('"')[0]))
    assert asked == {**{key: f"{key} &#34;&lt;&gt;" for key in texts}, "style": "primary"}
    assert " class=danger>" in made


@pytest.mark.parametrize("placeholder", ["More", "⋯"])
def test_dots_are_called_more(placeholder: str) -> None:
    words = {"type": "plain_text", "text": placeholder}
    menu = {"type": "static_select", "action_id": "a", "placeholder": words, "options": []}
    made = shown({"type": "actions", "elements": [menu]})
    assert "<button type=button class=dots aria-label=More aria-haspopup=listbox aria-expanded=false>⋯</button>" in made


def test_a_press_that_nobody_can_make_is_an_error(served: tuple[LocalServer, Workspace, str]) -> None:
    server, workspace, channel = served
    message = workspace.say("U00000001", channel, "hello")
    body = {"channel": channel, "ts": message.ts, "action": "share"}
    assert asked(server, "POST", "/press", body) == (400, {"error": "no control share in 'hello'"})
