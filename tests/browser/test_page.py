"""A newcomer opens the page of the demo, in real Chromium."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.axe import assert_accessible
from tests.browser.conftest import Demo
from tests.browser.scene import NARROW

OFFER = "El Salvador's offer to house U.S. prisoners"
GUATEMALA = "Guatemala's second deportation deal with the United States"
ALL_SOURCES = re.compile(r"^All \d+ sources$")


def test_the_first_answer_has_its_citations_and_the_hint_goes_away(visit: Demo) -> None:
    expect(visit.page.locator("#hint")).to_contain_text("/brief legal")
    visit.type("/brief legal")
    answer = visit.last()
    expect(answer).to_contain_text(OFFER)
    expect(answer).to_contain_text("Only visible to you")
    expect(answer.get_by_role("link", name="[1]").first).to_have_attribute(
        "href", "https://chanrobles.com/usa/uslaws/codes/title18/18usc4100.php"
    )
    expect(visit.page.locator("#hint")).to_be_hidden()
    visit.page.reload()
    expect(visit.page.locator("#hint")).to_be_hidden()


def test_reactions_too(visit: Demo) -> None:
    visit.type("/brief reactions")
    expect(visit.last()).to_contain_text("I would do it in a heartbeat")


def test_share_shows_the_answer_to_the_channel(visit: Demo) -> None:
    visit.type("/brief legal guatemala")
    visit.last().get_by_role("button", name="Share").click()
    expect(visit.last()).to_contain_text("Shared in this channel.")
    shared = visit.page.locator("#messages article:not(.ephemeral)").last
    expect(shared).to_contain_text("Shared by @you")
    expect(shared).to_contain_text(GUATEMALA)


def test_continue_leads_to_the_next_page(visit: Demo) -> None:
    visit.type("/brief legal quotes")
    expect(visit.last()).to_contain_text("page 1 of")
    visit.last().get_by_role("button", name="Continue").click()
    expect(visit.last()).to_contain_text("page 2 of")


def test_a_typeahead_narrows_and_leads_to_a_brief(visit: Demo) -> None:
    visit.type("/brief")
    visit.last().get_by_role("button", name="Find a brief").click()
    field = visit.page.get_by_role("combobox", name="Find a brief")
    expect(visit.page.get_by_role("option")).to_have_count(5)
    field.press_sequentially("guate")
    expect(visit.page.get_by_role("option")).to_have_count(1)
    field.press("Enter")
    expect(visit.last()).to_contain_text(GUATEMALA)


def test_a_menu_leads_to_another_section(visit: Demo) -> None:
    visit.type("/brief legal")
    visit.last().get_by_role("button", name="More", exact=True).click()
    sections = visit.page.get_by_role("group", name="Other sections")
    sections.get_by_role("option", name="Ethics and human rights").click()
    expect(visit.last()).to_contain_text("Ethics and human rights · as of")


def test_sources_open_in_a_modal_that_closes(visit: Demo) -> None:
    visit.type("/brief legal")
    visit.last().get_by_role("button", name="More", exact=True).click()
    visit.page.get_by_role("option", name=ALL_SOURCES).click()
    dialog = visit.page.get_by_role("dialog", name="Sources")
    expect(dialog).to_contain_text("51 sources")
    visit.page.keyboard.press("Escape")
    expect(dialog).to_be_hidden()


def test_a_misspelt_word_is_suggested_and_the_button_answers(visit: Demo) -> None:
    visit.type("/brief leagl")
    expect(visit.last()).to_contain_text("Nearest: legal")
    visit.last().get_by_role("button", name="legal").click()
    expect(visit.last()).to_contain_text(OFFER)


def test_completions_show_what_may_be_typed(visit: Demo) -> None:
    field = visit.page.locator("#text")
    field.press_sequentially("/brief rea")
    expect(visit.page.get_by_role("option")).to_have_text(["/brief reactionsReactions"])
    field.press("Tab")
    field.press_sequentially(" gua")
    expect(visit.page.get_by_role("option")).to_have_text([f"/brief reactions guatemala-deportations{GUATEMALA}"])
    field.press("ArrowDown")
    field.press("Enter")
    expect(field).to_have_value("/brief reactions guatemala-deportations")


def test_a_mention_in_a_thread_is_answered_there(visit: Demo) -> None:
    visit.type("What does the law say?")
    visit.last().get_by_role("button", name="Reply in thread").click()
    reply = visit.page.get_by_label("Reply", exact=True)
    reply.fill("@briefbot legal guatemala")
    reply.press("Enter")
    expect(visit.page.locator("#replies")).to_contain_text(GUATEMALA)
    expect(visit.last()).to_contain_text("2 replies")
    reply.fill("/brief legal")
    reply.press("Enter")
    expect(visit.page.locator("#replies")).to_contain_text("/brief is not supported in threads")


def test_a_direct_message_is_answered(visit: Demo) -> None:
    visit.page.get_by_role("button", name="briefbot").click()
    visit.type("law")
    expect(visit.last()).to_contain_text(OFFER)


def test_a_command_that_nobody_has_is_answered_by_slack_itself(visit: Demo) -> None:
    visit.type("/poll lunch?")
    expect(visit.last()).to_contain_text("/poll is not a valid command. Try /brief.")


@pytest.mark.parametrize("visit", [NARROW], indirect=True)
def test_at_400_pixels_everything_is_reached_and_nothing_scrolls_sideways(visit: Demo) -> None:
    visit.type("/brief legal")
    expect(visit.last()).to_contain_text(OFFER)
    assert visit.page.evaluate("document.documentElement.scrollWidth") <= 400
    assert visit.page.evaluate("document.getElementById('messages').scrollWidth") <= 400
    visit.page.get_by_role("button", name="Channels").click()
    visit.page.get_by_role("button", name="legal-desk").click()
    expect(visit.page.get_by_role("heading", name="legal-desk")).to_be_visible()


def test_with_the_keyboard_alone(visit: Demo) -> None:
    keyboard = visit.page.keyboard
    keyboard.type("/brief legal")
    keyboard.press("Escape")
    keyboard.press("Enter")
    expect(visit.last()).to_contain_text(OFFER)
    share = visit.last().get_by_role("button", name="Share")
    visit.tab_to(share, "Shift+Tab")
    keyboard.press("Enter")
    expect(visit.last()).to_contain_text("Shared in this channel.")


@pytest.mark.parametrize("visit", [{}, NARROW], ids=["wide", "narrow"], indirect=True)
def test_axe_finds_nothing(visit: Demo) -> None:
    visit.type("/brief legal guatemala")
    expect(visit.last()).to_contain_text(GUATEMALA)
    visit.type("/brief leagl")
    expect(visit.last()).to_contain_text("Nearest: legal")
    assert_accessible(visit.page)
    visit.page.get_by_role("button", name="More", exact=True).first.click()
    assert_accessible(visit.page)
    visit.page.get_by_role("option", name=ALL_SOURCES).click()
    expect(visit.page.get_by_role("dialog", name="Sources")).to_be_visible()
    assert_accessible(visit.page)


def ask_until(visit: Demo, words: str) -> None:
    """Asks once every half a second, until these words are in the answer."""
    for _ in range(20):
        visit.page.wait_for_timeout(500)
        visit.type("/brief legal")
        if words in (visit.last().text_content() or ""):
            return
    expect(visit.last()).to_contain_text(words)


def test_an_edit_shows_in_the_next_answer_and_a_broken_one_is_reported(own_visit: Demo) -> None:
    visit = own_visit
    visit.edit("el-salvador-offer.yaml", lambda text: text.replace("The Fifth Amendment forbids", "The 5th forbids"))
    ask_until(visit, "The 5th forbids")
    visit.edit("el-salvador-offer.yaml", lambda text: text.replace("owner:", "ownr:"))
    unread = visit.page.get_by_role("button", name="brief-maintainers, unread")
    unread.click()
    expect(visit.last()).to_contain_text('"ownr" is not a key that belongs here; did you mean "owner"?')
    visit.type("/brief legal")
    expect(visit.last()).to_contain_text("The 5th forbids")
    visit.edit("el-salvador-offer.yaml", lambda text: text.replace("ownr:", "owner:"))
    expect(visit.page.locator("#messages")).to_contain_text("el-salvador-offer.yaml is fixed")
