"""The demo, and a real Chromium that looks at it."""

import shutil
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

import pytest
from playwright.sync_api import Browser, Locator, Page, sync_playwright

from bot.demo.demo import start_demo
from bot.settings import Settings
from tests.browser.scene import Scene, open_scene, open_tab
from tests.conftest import ROOT

T = TypeVar("T")
QUIET = (
    *("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"),
    *("--disable-component-update", "--disable-sync"),
)
TABS_MAX = 200
SYSTEM = ("chromium", "chromium-browser", "google-chrome")


@dataclass
class Demo:
    """One visit: the page, the files behind it, and what the page complained about."""

    page: Page
    briefs: Path
    url: str
    complaints: list[str]

    def type(self, text: str) -> None:
        """Types into the message field and sends it."""
        self.page.fill("#text", text)
        self.page.keyboard.press("Escape")
        self.page.press("#text", "Enter")

    def tab_to(self, control: Locator, key: str = "Tab") -> None:
        """Goes to a control with the keyboard alone."""
        for _ in range(TABS_MAX):
            self.page.keyboard.press(key)
            if control.evaluate("control => control === document.activeElement"):
                return
        raise AssertionError(f"{TABS_MAX} times {key} do not lead there")

    def last(self) -> Locator:
        """The newest message of the channel."""
        return self.page.locator("#messages article").last

    def edit(self, name: str, change: Callable[[str], str]) -> None:
        """Saves a brief file."""
        path = self.briefs / name
        path.write_text(change(path.read_text(encoding="utf-8")), encoding="utf-8")


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    found = next(filter(None, map(shutil.which, SYSTEM)), None)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found, args=list(QUIET))
        yield browser
        browser.close()


@pytest.fixture
def visit(chromium: Browser, tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Demo]:
    """A first visit. Marks of the test: `indirect` parameters go to the browser's context (viewport, colour scheme);
    `fold` is the bot's setting."""
    options = dict(getattr(request, "param", {}))
    settings = {"fold": options.pop("fold")} if "fold" in options else {}
    briefs = tmp_path / "briefs"
    shutil.copytree(ROOT / "briefs", briefs)
    demo = elsewhere(lambda: start_demo(Settings(briefs=briefs, **settings), 0))
    with open_tab(chromium, demo.url, **options) as (page, complaints):
        yield Demo(page, briefs, demo.url, complaints)
    elsewhere(demo.close)


@pytest.fixture
def scene(chromium: Browser, request: pytest.FixtureRequest) -> Iterator[Scene]:
    """A page without a bot. `indirect` parameters as for `visit`."""
    with open_scene(chromium, **getattr(request, "param", {})) as opened:
        yield opened


def elsewhere(do: Callable[[], T]) -> T:
    """On another thread: Playwright has an event loop run on this one, under which jobs do not start."""
    with ThreadPoolExecutor(1) as pool:
        return pool.submit(do).result()
