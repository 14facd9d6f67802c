"""A maintainer looks before a merge, in real Chromium."""

import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from statistics import median
from urllib.error import HTTPError
from urllib.request import Request, urlopen

import pytest
from playwright.sync_api import Page, expect

from bot.preview.drawing import Drawer
from bot.preview.live import Live
from bot.preview.page import application
from bot.preview.reading import Reader
from bot.workspace.local_server import LocalServer
from tests.browser.axe import assert_accessible
from tests.browser.scene import NARROW, Chromium, open_tab
from tests.cli.test_diff import FERRIES, STORE
from tests.git_repository import Repository

WIDE = {"viewport": {"width": 1280, "height": 800}}
SHOWN_S = 0.3
BRIEFS = {
    "_store": STORE,
    "ferries": FERRIES,
    "trams": FERRIES.replace("ferries", "trams").replace("ferry", "tram"),
    "buses": FERRIES.replace("ferries", "buses").replace("ferry", "bus"),
}
SHOWN = """(note) => new Promise((done) => {
  const isShown = () => document.querySelector("#briefs").textContent.includes(note);
  const look = () => isShown() ? done() : requestAnimationFrame(look);
  look();
})"""
OVERFLOW = "document.documentElement.scrollWidth - innerWidth"


@dataclass
class Look:
    """The page of a preview, and the files that it follows."""

    page: Page
    url: str
    git: Repository

    def path(self, slug: str) -> Path:
        return self.git.path / "briefs" / f"{slug}.yaml"

    def edit(self, slug: str, change: Callable[[str], str]) -> None:
        """Saves a brief file."""
        path = self.path(slug)
        path.write_text(change(path.read_text(encoding="utf-8")), encoding="utf-8")

    def see(self, lead: str) -> None:
        """Waits until the page says this first."""
        expect(self.page.locator(".lead")).to_have_text(lead)


@pytest.fixture(scope="module")
def git(tmp_path_factory: pytest.TempPathFactory) -> Repository:
    path = tmp_path_factory.mktemp("preview")
    (path / "briefs").mkdir()
    git = Repository(path)
    git.commit({f"briefs/{slug}.yaml": text for slug, text in BRIEFS.items()})
    return git


@pytest.fixture(scope="module")
def url(git: Repository, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    reader = Reader(None, git.path / "briefs", tmp_path_factory.mktemp("scratch"))
    live = Live(reader, Drawer("/brief", folds=False), git.path / "briefs", None)
    server = LocalServer(application(live))
    with ExitStack() as stack:
        stack.callback(server.close)
        live.start()
        stack.callback(live.stop)
        yield server.url


@pytest.fixture
def look(chromium: Chromium, url: str, git: Repository, request: pytest.FixtureRequest) -> Iterator[Look]:
    """`indirect` parameters go to the tab."""
    git.git("checkout", "--quiet", "--", ".")
    git.git("clean", "--quiet", "--force")
    with open_tab(chromium, url, ".lead", **getattr(request, "param", WIDE)) as (page, _):
        look = Look(page, url, git)
        look.see("Readers will be told nothing.")
        yield look


def correct(text: str) -> str:
    """The ferries with another day, and the note that corrects it."""
    note = "  - {date: 2025-05-12, kind: correction, note: The board met on 3 March., claims: [halved]}\n"
    return text.replace("On 2 March", "On 3 March").replace("changes:\n", f"changes:\n{note}", 1)


def misspell(text: str) -> str:
    """A file with a key that is not known."""
    return text.replace("source: ", "sourse: ", 1)


def test_at_once_it_says_what_changed_what_readers_are_told_and_what_is_wrong(look: Look) -> None:
    look.edit("ferries", correct)
    look.edit("trams", misspell)
    look.see("Readers will be told of 1 brief: 1 correction.")
    page = look.page
    expect(page.locator("#entries .kind")).to_have_text(["Held back", "Correction"])
    expect(page.locator("#summary-counts li").first).to_have_text("1 error")
    held = "Held back, as it has errors; readers keep its last version: trams."
    expect(page.locator("#summary-held")).to_have_text(held)
    broken, corrected = page.locator("#brief-trams"), page.locator("#brief-ferries")
    expect(broken.locator(".place")).to_contain_text("trams.yaml:12:13")
    expect(broken.locator(".line.at")).to_contain_text("- sourse: gazette")
    # What readers keep stands beside it.
    expect(broken.locator(".side").first).to_contain_text("On 2 March 2025 the board cut the number of daily trams")
    expect(corrected.locator("> .slack")).to_contain_text("The board met on 3 March.")
    expect(corrected.locator(".differs.old").first).to_contain_text("On 2 March 2025")
    expect(corrected.locator(".differs.new").first).to_contain_text("On 3 March 2025")
    expect(page.locator("#quiet")).to_be_hidden()
    expect(page.locator("#quiet > li")).to_have_count(1)


def test_the_keyboard_leads_to_a_brief_and_opens_an_unchanged_one_and_what_is_open_stays_open(look: Look) -> None:
    look.edit("ferries", correct)
    look.see("Readers will be told of 1 brief: 1 correction.")
    page = look.page
    page.keyboard.press("Tab")
    expect(page.locator(".skip")).to_be_focused()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator("#brief-ferries")).to_be_focused()
    page.locator("#unchanged > summary").focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    inside = page.locator("#quiet .inside").first
    expect(inside.locator(".answer")).not_to_have_count(0)
    inside.locator("summary").nth(1).focus()
    page.keyboard.press("Enter")
    look.edit("ferries", lambda text: text.replace("The board met", "The whole board met"))
    expect(page.locator("#brief-ferries > .slack")).to_contain_text("The whole board met")
    expect(inside.locator("summary").nth(1)).to_be_focused()
    expect(inside.locator(".message").nth(1)).to_be_visible()


def test_what_the_page_opened_closes_by_itself_and_what_a_person_opened_stays_open(look: Look) -> None:
    look.edit("ferries", misspell)
    card = look.page.locator("#brief-ferries")
    overview, sources = card.locator("[data-fold=overview]"), card.locator("details", has_text="Sources").last
    expect(overview).to_have_attribute("open", "")
    sources.locator("> summary").click()
    look.edit("ferries", lambda text: text.replace("sourse: ", "source: ") + "# checked\n")
    expect(card.locator(".untold")).to_be_visible()
    expect(sources).to_have_attribute("open", "")
    expect(overview).not_to_have_attribute("open", "")


def test_a_save_is_shown_within_300_ms(look: Look) -> None:
    took = []
    for number in range(5):
        note = f"Measured for the {number + 1}th time."
        began = time.monotonic()
        look.edit("buses", partial(with_note, note=note))
        look.page.evaluate(SHOWN, note)
        took.append(time.monotonic() - began)
    assert median(took) < SHOWN_S, took


def with_note(text: str, note: str) -> str:
    return text.replace("changes:\n", f"changes:\n  - {{date: 2025-05-12, kind: update, note: {note}}}\n", 1)


@pytest.mark.parametrize("look", [WIDE, NARROW], ids=["wide", "narrow"], indirect=True)
def test_it_is_accessible_in_light_and_dark_and_no_wider_than_the_window(look: Look) -> None:
    look.edit("ferries", correct)
    look.edit("trams", misspell)
    look.see("Readers will be told of 1 brief: 1 correction.")
    look.page.locator("#summary-digest summary").click()
    look.page.locator("#unchanged > summary").click()
    assert look.page.evaluate(OVERFLOW) <= 0
    assert_accessible(look.page)


def test_nobody_but_the_page_may_ask(look: Look) -> None:
    for path, headers in (("/view", {}), ("/brief?slug=ferries", {}), ("/", {"Host": "evil.example"})):
        with pytest.raises(HTTPError, match="403"):
            urlopen(Request(f"{look.url}{path}", headers=headers), timeout=5)  # noqa: S310  loopback
