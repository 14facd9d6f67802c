"""A maintainer saves a brief in an editor; readers see in the page what changed, and what was said before corrected."""

import re

from playwright.sync_api import Locator, expect

from tests.browser.axe import SLIGHT, assert_accessible
from tests.browser.conftest import Demo

OFFER = "el-salvador-offer.yaml"

WAS = "The Fifth Amendment forbids taking a person’s liberty"
NOW = "The Fifth Amendment (1791) forbids taking a person’s liberty"
LATER = "The Fifth Amendment (proposed 1789) forbids taking a person’s liberty"
NOTE = r"{date: \1, kind: correction, note: The amendment was proposed in 1789., claims: [fifth-amendment]}"
"""As new as the newest note of the file."""


def dated(text: str) -> str:
    """A claim with a year."""
    return text.replace("The Fifth Amendment forbids", "The Fifth Amendment (1791) forbids")


def noted(text: str) -> str:
    """Another year, and a note that says that this corrects the claim."""
    corrected = text.replace("(1791)", "(proposed 1789)")
    return re.sub(r"^changes:\n(?=  - date: (\S+))", rf"changes:\n  - {NOTE}\n", corrected, flags=re.MULTILINE)


def many(text: str) -> str:
    """Many claims with other words."""
    return re.sub(r"\bU\.S\. citizens\b", "citizens of the United States", text)


def public(visit: Demo) -> Locator:
    """What everybody sees in the channel."""
    return visit.page.locator("#messages article:not(.ephemeral)")


def test_a_saved_claim_stands_in_the_channel_and_a_correction_reaches_what_was_shared(
    own_visit: Demo,
) -> None:
    visit = own_visit
    visit.type("/brief legal share")
    shared = public(visit).first
    expect(shared).to_contain_text("Shared by @you")
    visit.type("/brief subscribe all")
    expect(visit.last()).to_contain_text("@you made this channel follow all briefs")
    visit.edit(OFFER, dated)
    expect(public(visit)).to_have_count(3)
    post = visit.last()
    expect(post).to_contain_text("Update · ")
    expect(post).to_contain_text(f"Was: {WAS}")
    expect(post).to_contain_text(f"Now: {NOW}")
    expect(post.get_by_role("link", name="[19]").first).to_have_attribute(
        "href", "http://www.gpo.gov/fdsys/pkg/HMAN-112/html/HMAN-112-pg92-3.htm"
    )
    expect(post).to_contain_text("Posted because this channel follows all (#1)")
    expect(shared).not_to_contain_text("Corrected")
    visit.edit(OFFER, noted)
    expect(shared).to_contain_text(re.compile(rf"Corrected \d+ \w+ \d{{4}}: now “{re.escape(LATER)}"))
    expect(shared).to_contain_text(LATER)
    shared.get_by_role("button", name="1 reply").click()
    told = visit.page.locator("#replies article").last
    expect(told).to_contain_text("The amendment was proposed in 1789.")
    expect(told).to_contain_text(f"now reads “{LATER}")
    visit.page.get_by_role("button", name="Close the thread").click()
    visit.last().get_by_role("button", name="Open Legal considerations").click()
    expect(visit.last()).to_contain_text(LATER)


def test_what_a_channel_follows_is_told_to_everybody_and_taken_back_with_a_button(own_visit: Demo) -> None:
    visit = own_visit
    visit.type("/brief legal guatemala")
    visit.last().get_by_role("button", name="Follow").click()
    question = visit.page.get_by_role("alertdialog")
    expect(question).to_contain_text("Everybody in this channel will see that it follows")
    question.get_by_role("button", name="Follow").click()
    expect(visit.last()).to_contain_text("@you made this channel follow the brief guatemala-deportations")
    visit.last().get_by_role("button", name="Undo").click()
    expect(visit.last()).to_contain_text("@you ended this channel's subscription of the brief guatemala-deportations")
    visit.last().get_by_role("button", name="Undo").click()
    expect(visit.last()).to_contain_text("@you made this channel follow the brief guatemala-deportations")
    visit.type("/brief subscriptions")
    expect(visit.last()).to_contain_text("#2 guatemala-deportations · since")


def test_nothing_scrolls_sideways_and_axe_finds_no_serious_fault(own_visit: Demo) -> None:
    """Confirmations, a long post, a corrected answer with its note, and what is said of all that."""
    visit = own_visit
    for typed in ("legal share", "subscribe el-salvador-offer", "use el-salvador-offer"):
        visit.type(f"/brief {typed}")
    expect(public(visit)).to_have_count(3)
    visit.edit(OFFER, lambda text: noted(dated(many(text))))
    expect(public(visit)).to_have_count(4)
    expect(public(visit).first.get_by_role("button", name="1 reply")).to_be_visible(timeout=15_000)
    for typed, words in (("subscriptions all", "follow"), ("status", "Status"), ("changes", "What changed")):
        visit.type(f"/brief {typed}")
        expect(visit.last()).to_contain_text(words)
    public(visit).first.get_by_role("button", name="1 reply").click()
    expect(visit.page.locator("#replies article")).to_have_count(2)
    for width in (1280, 400):
        visit.page.set_viewport_size({"width": width, "height": 800})
        assert_accessible(visit.page, SLIGHT)
        assert visit.page.evaluate("document.documentElement.scrollWidth <= innerWidth")
        for part in ("messages", "replies"):
            assert visit.page.evaluate(f"(m => m.scrollWidth <= m.clientWidth)(document.getElementById('{part}'))")
