"""One person's page of a workspace, without a bot, in a real Chromium."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from playwright.sync_api import Browser, Locator, ViewportSize, expect
from playwright.sync_api import Page as Tab

from bot.workspace.api.web_api import call
from bot.workspace.clock import MovableClock
from bot.workspace.deliver import Ack, Kind
from bot.workspace.local_server import LocalServer
from bot.workspace.page import Page
from bot.workspace.server import application
from bot.workspace.state import Json
from bot.workspace.workspace import Workspace

NOON = 1760436000.0  # Tuesday, 14 October 2025, 12:00 in Berlin
NARROW = {"viewport": {"width": 400, "height": 800}}
DARK = {"color_scheme": "dark"}


def plain(words: str) -> Json:
    return {"type": "plain_text", "text": words}


def option(value: str) -> Json:
    return {"text": plain(value.title()), "value": value}


def button(words: str, action: str = "go", **more: Any) -> Json:
    return {"type": "button", "action_id": action, "text": plain(words), **more}


def fold(*blocks: Json, **more: Any) -> Json:
    """A container that is folded."""
    folded = {"is_collapsible": True, "default_collapsed": True, **more}
    return {"type": "container", "title": plain("Evidence"), "child_blocks": list(blocks), **folded}


def field_of(block_id: str, element: Json, **more: Any) -> Json:
    element = {**element, "action_id": f"{block_id}-action"}
    return {"type": "input", "block_id": block_id, "label": plain(block_id.title()), "element": element, **more}


FORM: Json = {
    "type": "modal",
    "callback_id": "follow",
    "title": plain("Follow a brief"),
    "submit": plain("Follow"),
    "close": plain("Not now"),
    "blocks": [
        {"type": "section", "text": plain("You hear of every correction.")},
        field_of("brief", {"type": "external_select", "placeholder": plain("Find a brief"), "min_query_length": 0}),
        field_of(
            "rhythm",
            {
                "type": "static_select",
                "options": [option("daily"), option("weekly")],
                "initial_option": option("daily"),
            },
        ),
        field_of(
            "time",
            {"type": "timepicker", "initial_time": "08:30", "timezone": "Europe/Berlin"},
            hint=plain("On workdays"),
        ),
        field_of("note", {"type": "plain_text_input", "multiline": True, "max_length": 200}, optional=True),
    ],
}


@dataclass
class Script:
    """An app that answers as it is told, and keeps what it was sent."""

    answers: list[Json | None] = field(default_factory=list)
    sent: list[Json] = field(default_factory=list)

    def send(self, kind: Kind, payload: Json, retry: tuple[int, str] | None = None) -> Ack:
        """The next answer; a typeahead offers two briefs."""
        assert (kind, retry) == ("interactive", None)
        if payload["type"] == "block_suggestion":
            return Ack({"options": [option("legal"), option("reactions")]})
        self.sent.append(payload)
        return Ack(self.answers.pop(0))


@dataclass
class Scene:
    """One person's page of a workspace, without a bot."""

    tab: Tab
    workspace: Workspace
    app: Script
    clock: MovableClock
    you: str
    channel: str
    complaints: list[str]

    def bot(self, method: str, **arguments: Any) -> Json:
        return call(self.workspace.state, method, arguments, self.workspace.state.app.bot_token)

    def post(self, **arguments: Any) -> str:
        return str(self.bot("chat.postMessage", channel=self.channel, **arguments)["ts"])

    def clear(self) -> None:
        """Deletes all messages of the channel."""
        for message in self.workspace.state.messages.of(self.channel):
            self.bot("chat.delete", channel=self.channel, ts=message.ts)

    def rows(self) -> Locator:
        return self.tab.locator("#messages article")

    def open(self, view: Json = FORM) -> Locator:
        self.bot("views.open", trigger_id=self.workspace.state.new_trigger(self.you), view=view)
        dialog = self.tab.get_by_role("dialog", name=view["title"]["text"])
        expect(dialog).to_be_visible()
        return dialog


class Chromium:
    """One browser, and in it one tab for each scale; a new one costs more than most tests do on it."""

    def __init__(self, browser: Browser) -> None:
        self.browser = browser
        self._tabs: dict[float, Tab] = {}

    def tab(self, scale: float) -> Tab:
        """The tab in which a device's pixel is so many times smaller than a page's."""
        if scale not in self._tabs:
            context = self.browser.new_context(device_scale_factor=scale)
            context.set_default_timeout(10_000)
            self._tabs[scale] = context.new_page()
        return self._tabs[scale]


VIEWPORT: ViewportSize = {"width": 1280, "height": 720}


@contextmanager
def open_tab(
    chromium: Chromium, url: str, ready: str = "#channels button", **options: Any
) -> Iterator[tuple[Tab, list[str]]]:
    """The page at an address, which knows nothing of earlier visits, with these options (viewport, colour scheme, scale
    of the device), and its complaints, of which there are none at the end. It is there once it has the element
    `ready`."""
    tab, complaints = chromium.tab(options.get("device_scale_factor", 1)), list[str]()
    tab.set_viewport_size(options.get("viewport", VIEWPORT))
    tab.emulate_media(color_scheme=options.get("color_scheme", "light"))
    tab.mouse.move(0, 0)

    listeners: dict[Any, Callable[[Any], None]] = {
        "console": lambda m: complaints.append(m.text) if m.type in ("error", "warning") else None,
        "pageerror": lambda error: complaints.append(str(error)),
    }
    for event, listener in listeners.items():
        tab.on(event, listener)
    tab.goto(url)
    tab.locator(ready).first.wait_for(state="attached")
    try:
        yield tab, complaints
        assert complaints == []
    finally:
        for event, listener in listeners.items():
            tab.remove_listener(event, listener)
        tab.evaluate("localStorage.clear()")
        tab.goto("about:blank")


@contextmanager
def open_scene(chromium: Chromium, **options: Any) -> Iterator[Scene]:
    """A scene in a context with these options of Chromium's (viewport, colour scheme), which complains of nothing."""
    clock, app = MovableClock(lambda: NOON), Script()
    workspace = Workspace(clock=clock)
    workspace.delivery = app
    you = workspace.add_user("you", "You")
    channel = workspace.add_channel("general", you)
    page = Page(workspace, you, "/brief", lambda _: [], clock)
    served = LocalServer(application(workspace, page.routes()))
    workspace.base_url = served.url
    with open_tab(chromium, served.url, **options) as (tab, complaints):
        yield Scene(tab, workspace, app, clock, you, channel, complaints)
    page.close()
    served.close()
