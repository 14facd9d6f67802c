"""A newcomer sets a digest in the demo, edits a file, moves the clock, and sees it."""

from playwright.sync_api import expect

from tests.browser.axe import SLIGHT, assert_accessible
from tests.browser.conftest import Demo
from tests.browser.test_changes_page import NOW, OFFER, WAS, dated, public


def test_a_newcomer_sees_tomorrows_digest_today(own_visit: Demo) -> None:
    visit, page = own_visit, own_visit.page
    visit.type("/brief subscribe all deliver:digest")
    expect(visit.last()).to_contain_text("Changes come with this channel's digest")
    visit.last().get_by_role("button", name="Set a digest").click()
    form = page.get_by_role("dialog")
    expect(form).to_contain_text("Time zone")
    assert_good_in_every_window(visit)
    form.get_by_label("How often").select_option("Every day")
    form.get_by_role("button", name="Set", exact=True).click()
    expect(visit.last()).to_contain_text("set a digest for this channel: daily 09:00")
    visit.edit(OFFER, dated)
    visit.type("/brief legal el-salvador-offer")
    while "(1791)" not in visit.last().inner_text():
        page.wait_for_timeout(200)
        visit.type("/brief legal el-salvador-offer")
        page.wait_for_timeout(200)
    posted = public(visit).count()
    before = page.locator("#now").inner_text()
    page.get_by_role("button", name="+1 day").click()
    expect(page.locator("#now")).not_to_have_text(before)
    expect(public(visit)).to_have_count(posted + 1, timeout=15_000)
    digest = public(visit).last
    for said in ("Digest · ", f"Was: {WAS}", f"Now: {NOW}", "Posted because this channel follows all (#1)"):
        expect(digest).to_contain_text(said)
    assert_good_in_every_window(visit)
    digest.get_by_role("button", name="Open Legal considerations").first.click()
    expect(visit.last()).to_contain_text(NOW)


def assert_good_in_every_window(visit: Demo) -> None:
    """Axe finds no serious fault, nothing scrolls sideways, the clock is there."""
    for width in (400, 1280):
        visit.page.set_viewport_size({"width": width, "height": 900})
        visit.last().evaluate("message => message.scrollIntoView()")
        assert_accessible(visit.page, SLIGHT)
        assert visit.page.evaluate("document.documentElement.scrollWidth <= innerWidth")
        expect(visit.page.locator("#now")).to_be_visible()
