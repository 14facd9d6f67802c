"""The first screen of an answer answers; its evidence opens and closes with the keyboard alone."""

import re
from datetime import UTC, datetime
from typing import Any

import pytest
from playwright.sync_api import Locator, expect

from bot.content.repository import Repository
from bot.core.briefs.brief import Brief
from bot.render.document.phrases import age, day
from tests.browser.axe import assert_accessible
from tests.browser.conftest import Demo
from tests.browser.scene import NARROW

QUOTE = "An offender may be transferred from the United States pursuant to this chapter only to a country"
WIDE = {"viewport": {"width": 1280, "height": 800}}
ZOOM = {"viewport": {"width": 640, "height": 400}, "device_scale_factor": 2}
"""A window of 1280 x 800 at 200 %."""

WINDOWS: tuple[dict[str, Any], ...] = (NARROW, ZOOM, WIDE)

AT_ITS_TOP = """() => {
  const box = document.getElementById("messages");
  const [row, around] = [box.lastElementChild, box].map((each) => each.getBoundingClientRect());
  return Math.abs(row.top - around.top) < 2;
}"""
SEEN = """(message, words) => {
  const around = document.getElementById("messages").getBoundingClientRect();
  const walker = document.createTreeWalker(message, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const at = walker.currentNode.data.indexOf(words);
    if (at < 0) continue;
    const range = document.createRange();
    range.setStart(walker.currentNode, at);
    range.setEnd(walker.currentNode, at + words.length);
    const box = range.getBoundingClientRect();
    return box.height > 0 && box.top >= around.top && box.bottom <= around.bottom;
  }
  return false;
}"""
"""Whether these words of a message, all their lines, are between the channel's head and the message field."""


def answered(visit: Demo) -> Brief:
    """Asks for a section when another answer is there already; the brief that answers."""
    brief = Repository(visit.briefs).load().briefs["el-salvador-offer"]
    assert brief
    visit.type("/brief legal guatemala")
    expect(visit.page.locator("#messages article")).to_have_count(1)
    visit.type("/brief legal")
    expect(visit.last()).to_contain_text(brief.title)
    visit.page.wait_for_function(AT_ITS_TOP)
    return brief


def seen(visit: Demo, words: str) -> bool:
    return bool(visit.last().evaluate(SEEN, words))


def place(brief: Brief) -> str:
    return f"as of {day(brief.as_of)}, {age(brief.as_of, datetime.now(UTC).date())}"


def assert_sound(visit: Demo) -> None:
    """Axe finds nothing, and the page is as tall as the window, and no wider."""
    assert_accessible(visit.page)
    size = visit.page.evaluate(
        "(({scrollHeight, scrollWidth}) => [scrollHeight, scrollWidth])(document.documentElement)"
    )
    assert size == visit.page.evaluate("[innerHeight, innerWidth]")


def assert_sound_in_every_window(visit: Demo) -> None:
    for window in WINDOWS:
        visit.page.set_viewport_size(window["viewport"])
        assert_sound(visit)


def within(visit: Demo, control: Locator) -> bool:
    """Whether a control is above the message field."""
    field, box = visit.page.locator(".compose").bounding_box(), control.bounding_box()
    assert field
    assert box
    return box["y"] + box["height"] <= field["y"]


@pytest.mark.parametrize("visit", [WIDE], indirect=True)
def test_the_first_screen_answers(visit: Demo) -> None:
    brief = answered(visit)
    for words in (brief.title, place(brief), "In short"):
        assert seen(visit, words), words
    claims = brief.sections["legal"].claims
    shown = [claim for claim in claims if seen(visit, claim.text)]
    assert len(shown) >= 5
    assert {claim.id for claim in claims if claim.lead} <= {claim.id for claim in shown}
    row = visit.last().locator(".actions").first.get_by_role("button")
    expect(row).to_have_text(["Share", re.compile(r"^Evidence \(\d+ quotes\)$"), "Follow", "Open the newer brief", "⋯"])
    assert [within(visit, button) for button in row.all()] == [True] * 5
    assert_sound(visit)


@pytest.mark.parametrize("visit", [NARROW, ZOOM], indirect=True)
def test_a_small_screen_shows_title_age_and_lead(visit: Demo) -> None:
    brief = answered(visit)
    lead = next(claim for claim in brief.sections["legal"].claims if claim.lead)
    assert "months ago" in place(brief) or "years ago" in place(brief)
    for words in (brief.title, place(brief), lead.text):
        assert seen(visit, words), words
    assert_sound(visit)


@pytest.mark.parametrize("visit", [WIDE], indirect=True)
def test_evidence_opens_with_the_keyboard_and_leads_back(visit: Demo) -> None:
    answered(visit)
    expect(visit.last()).not_to_contain_text(QUOTE)
    visit.tab_to(visit.last().get_by_role("button", name="Evidence"), "Shift+Tab")
    visit.page.keyboard.press("Enter")
    expect(visit.last()).to_contain_text(QUOTE)
    assert_sound_in_every_window(visit)
    visit.tab_to(visit.last().get_by_role("button", name="Without quotes"))
    visit.page.keyboard.press("Enter")
    expect(visit.last().get_by_role("button", name="Evidence")).to_be_visible()
    expect(visit.last()).not_to_contain_text(QUOTE)
    assert_sound_in_every_window(visit)


@pytest.mark.parametrize("visit", [{"fold": "container", **WIDE}], indirect=True)
def test_a_container_opens_and_closes_with_the_keyboard(visit: Demo) -> None:
    visit.type("/brief legal guatemala")
    answer = visit.last()
    title, quote = answer.locator("summary"), answer.locator("details blockquote").first
    expect(title).to_contain_text(re.compile(r"^Evidence: \d+ quotes$"))
    expect(answer.get_by_role("button", name="Evidence")).to_have_count(0)
    expect(quote).to_be_hidden()
    visit.tab_to(title, "Shift+Tab")
    for key in ("Space", "Enter"):
        visit.page.keyboard.press(key)
        expect(quote).to_be_visible()
        visit.page.keyboard.press(key)
        expect(quote).to_be_hidden()
    assert_sound_in_every_window(visit)
    visit.page.keyboard.press("Enter")
    expect(quote).to_be_visible()
    assert_sound_in_every_window(visit)
