"""The page is as tall as its window, whatever is written into it: what scrolls is the list of messages."""

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import ViewportSize, expect

from bot.workspace.state import Json
from tests.browser.scene import Scene, button, fold, plain

STRUCK = {"type": "text", "text": "twelve ferries", "style": {"strike": True}}
LONG = "Donaudampfschifffahrtselektrizitätenhauptbetriebswerk" * 20
ROWS = [[{"type": "raw_text", "text": f"{LONG[:40]} {row}.{column}"} for column in range(10)] for row in range(20)]


def rich(kind: str, *spans: Json) -> Json:
    return {"type": "rich_text", "elements": [{"type": kind, "elements": list(spans)}]}


def words(text: str) -> Json:
    return {"type": "text", "text": text}


MESSAGES: dict[str, Json] = {
    "struck out": {"blocks": [rich("rich_text_section", *[STRUCK, words(" ")] * 200)]},
    "struck out in mrkdwn": {"text": "~twelve~ six\n" * 60},
    "struck out in a fold": {"blocks": [fold(rich("rich_text_quote", *[STRUCK] * 60))]},
    "quotes": {"blocks": [rich("rich_text_quote", words("held\n" * 30))] * 10},
    "preformatted": {"blocks": [rich("rich_text_preformatted", words(f"{LONG}\n" * 8))]},
    "a long word": {"text": LONG},
    "long words in controls": {
        "blocks": [{"type": "actions", "elements": [button(LONG[:75], str(i))]} for i in range(9)]
    },
    "a long word as title": {"blocks": [{"type": "header", "text": plain(LONG[:150])}] * 5},
    "a table": {"blocks": [{"type": "table", "rows": ROWS}]},
}
WIDE: dict[str, ViewportSize] = {"viewport": {"width": 1280, "height": 800}}
NARROW: dict[str, ViewportSize] = {"viewport": {"width": 400, "height": 800}}
ZOOMED: dict[str, ViewportSize] = {"viewport": {"width": 640, "height": 400}}
"""1280×800 at 200 %."""
NARROW_ZOOMED: dict[str, ViewportSize] = {"viewport": {"width": 400, "height": 400}}
TINY: dict[str, ViewportSize] = {"viewport": {"width": 320, "height": 256}}
"""1280×1024 at 400 %."""

OVERFLOW = """() => {
  const root = document.documentElement, messages = document.querySelector("#messages");
  const outside = ["#title", "#now", "#text"].filter((each) => {
    const box = document.querySelector(each).getBoundingClientRect();
    return !box.height || box.top < 0 || box.bottom > innerHeight || box.left < 0 || box.right > innerWidth;
  });
  return {
    height: root.scrollHeight - innerHeight, top: root.scrollTop, width: root.scrollWidth - innerWidth,
    outside, sideways: messages.scrollWidth > messages.clientWidth,
  };
}"""


def assert_fits(scene: Scene) -> None:
    page: dict[str, Any] = scene.tab.evaluate(OVERFLOW)
    assert page == {"height": 0, "top": 0, "width": 0, "outside": [], "sideways": False}


def assert_every_end_fits(scene: Scene) -> None:
    for end in ("0", "box.scrollHeight"):
        scene.tab.locator("#messages").evaluate(f"(box) => {{ box.scrollTop = {end}; }}")
        assert_fits(scene)


SIZES: dict[str, dict[str, ViewportSize]] = {
    "wide": WIDE,
    "narrow": NARROW,
    "200 %": ZOOMED,
    "narrow at 200 %": NARROW_ZOOMED,
    "400 %": TINY,
}


def windows(scene: Scene) -> Iterator[str]:
    """The scene in a window of each size, one after the other."""
    for name, size in SIZES.items():
        scene.tab.set_viewport_size(size["viewport"])
        yield name


def test_the_page_is_as_tall_as_the_window(scene: Scene) -> None:
    for _ in windows(scene):
        assert_fits(scene)
    for name, message in MESSAGES.items():
        scene.post(**{"text": name, **message})
        expect(scene.rows()).to_have_count(1)
        for _ in windows(scene):
            scene.tab.locator("#text").focus()
            assert_every_end_fits(scene)
            scene.rows().last.evaluate("(row) => row.scrollIntoView({ block: 'end' })")
            assert_fits(scene)
        scene.clear()
        expect(scene.rows()).to_have_count(0)


def test_300_messages_and_a_thread_leave_the_window_as_it_is(scene: Scene) -> None:
    first = scene.post(text="the first", blocks=MESSAGES["struck out"]["blocks"])
    for number in range(300):
        scene.post(text=f"~{number}~ and {number + 1}", **({"thread_ts": first} if number % 2 else {}))
    expect(scene.rows()).to_have_count(151, timeout=20_000)
    for _ in windows(scene):
        assert_every_end_fits(scene)
    scene.rows().first.get_by_role("button", name="150 replies").click()
    expect(scene.tab.locator("#replies article")).to_have_count(151)
    reply = scene.tab.get_by_label("Reply", exact=True)
    for name in windows(scene):
        height = scene.tab.evaluate("document.documentElement.scrollHeight - innerHeight")
        assert (name, height) == (name, 0)
        expect(reply).to_be_in_viewport(ratio=1)


@pytest.mark.parametrize("scene", SIZES.values(), ids=SIZES, indirect=True)
def test_what_opens_leaves_the_window_as_it_is(scene: Scene) -> None:
    entries = [{"text": plain(f"Option {i}"), "value": str(i)} for i in range(40)]
    menu = {"type": "static_select", "action_id": "more", "placeholder": plain("More"), "options": entries}
    scene.post(text="x", blocks=[*MESSAGES["struck out"]["blocks"], {"type": "actions", "elements": [menu]}])
    scene.rows().last.get_by_role("button", name="More").click()
    expect(scene.tab.get_by_role("option")).to_have_count(40)
    assert_fits(scene)
    scene.tab.keyboard.press("ArrowUp")
    assert_fits(scene)
    scene.tab.keyboard.press("Escape")
    scene.tab.locator("#text").press_sequentially("/b")
    expect(scene.tab.locator("#completions")).to_be_visible()
    expect(scene.tab.locator("#completions")).to_be_in_viewport(ratio=1)
    assert_fits(scene)
    sections = [{"type": "section", "text": {"type": "mrkdwn", "text": "~twelve~ six\n" * 60}}] * 5
    scene.open({"type": "modal", "title": plain("Sources"), "blocks": sections})
    scene.tab.locator("#view .view-body").evaluate("(box) => { box.scrollTop = box.scrollHeight; }")
    assert_fits(scene)
