"""The demo, and a real Chromium that looks at it."""

import shutil
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

import pytest
from playwright.sync_api import Locator, Page, sync_playwright

from bot.demo import demo as started
from bot.demo.demo import start_demo
from bot.settings import Settings
from tests.browser.scene import Chromium, Scene, open_scene, open_tab
from tests.conftest import ROOT

T = TypeVar("T")
QUIET = (
    *("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"),
    *("--disable-component-update", "--disable-sync"),
    # One process draws all pages: else each visit starts one, which takes longer than most visits.
    *("--disable-site-isolation-trials", "--renderer-process-limit=1"),
)
TABS_MAX = 200
SYSTEM = ("chromium", "chromium-browser", "google-chrome")


@dataclass(frozen=True)
class Running:
    """A demo, and the files behind it."""

    demo: started.Demo
    briefs: Path

    def forget(self) -> None:
        """Nothing was said, and nothing is open."""
        state = self.demo.workspace.state
        state.views.clear()
        for channel in state.channels:
            state.messages.drop(channel)


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
        element = control.element_handle()
        for _ in range(TABS_MAX):
            self.page.keyboard.press(key)
            if element.evaluate("control => control === document.activeElement"):
                return
        raise AssertionError(f"{TABS_MAX} times {key} do not lead there")

    def last(self) -> Locator:
        """The newest message of the channel."""
        return self.page.locator("#messages article").last

    def edit(self, name: str, change: Callable[[str], str]) -> None:
        """Saves a brief file."""
        path = self.briefs / name
        path.write_text(change(path.read_text(encoding="utf-8")), encoding="utf-8")


@pytest.fixture(scope="package")
def chromium() -> Iterator[Chromium]:
    found = next(filter(None, map(shutil.which, SYSTEM)), None)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found, args=list(QUIET))
        yield Chromium(browser)
        browser.close()


class Demos:
    """One demo at a time, as a process has one bot."""

    def __init__(self, directories: pytest.TempPathFactory) -> None:
        self._directories, self._running, self._settings = directories, ExitStack(), dict[str, str]()
        self._last: Running | None = None

    def shared(self, **settings: str) -> Running:
        """The demo with these settings that ran last, in which nothing was said yet, for those who save no file, have
        no channel follow anything and leave the clock alone."""
        if self._last is None or self._settings != settings:
            self._last, self._settings = self.fresh(**settings), settings
        self._last.forget()
        return self._last

    def fresh(self, **settings: str) -> Running:
        """A new demo, for one who asks alone."""
        self.close()
        return self._running.enter_context(run_demo(self._directories.mktemp("demo"), **settings))

    def close(self) -> None:
        self._last = None
        self._running.close()


@pytest.fixture(scope="package")
def demos(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Demos]:
    demos = Demos(tmp_path_factory)
    yield demos
    demos.close()


@pytest.fixture
def visit(chromium: Chromium, demos: Demos, request: pytest.FixtureRequest) -> Iterator[Demo]:
    """A visit to a shared demo. Marks of the test: `indirect` parameters go to the tab (viewport, scale of the device);
    `fold` is the bot's setting."""
    options = dict(getattr(request, "param", {}))
    settings = {"fold": options.pop("fold")} if "fold" in options else {}
    yield from look(chromium, demos.shared(**settings), **options)


@pytest.fixture
def own_visit(chromium: Chromium, demos: Demos) -> Iterator[Demo]:
    """A first visit to a demo that nobody else sees."""
    yield from look(chromium, demos.fresh())


def look(chromium: Chromium, running: Running, **options: Any) -> Iterator[Demo]:
    with open_tab(chromium, running.demo.url, **options) as (page, complaints):
        yield Demo(page, running.briefs, running.demo.url, complaints)


@contextmanager
def run_demo(directory: Path, **settings: Any) -> Iterator[Running]:
    """The demo over a copy of the briefs."""
    briefs = directory / "briefs"
    shutil.copytree(ROOT / "briefs", briefs)
    demo = elsewhere(lambda: start_demo(Settings(briefs=briefs, **settings), 0))
    yield Running(demo, briefs)
    elsewhere(demo.close)


@pytest.fixture
def scene(chromium: Chromium, request: pytest.FixtureRequest) -> Iterator[Scene]:
    """A page without a bot. `indirect` parameters as for `visit`."""
    with open_scene(chromium, **getattr(request, "param", {})) as opened:
        yield opened


def elsewhere(do: Callable[[], T]) -> T:
    """On another thread: Playwright has an event loop run on this one, under which jobs do not start."""
    with ThreadPoolExecutor(1) as pool:
        return pool.submit(do).result()
