"""Pages of other sites can do nothing in the local workspace, and read nothing of it."""

import json
from collections.abc import Iterator
from http.client import HTTPConnection
from urllib.parse import urlencode, urlsplit

import pytest
from websockets.exceptions import InvalidStatus
from websockets.sync.client import connect
from websockets.typing import Origin

from bot.workspace.api.web_api import call
from bot.workspace.local_server import LocalServer
from bot.workspace.page import Page
from bot.workspace.server import application
from bot.workspace.workspace import Workspace

FOREIGN = [
    {"Origin": "https://evil.example"},
    {"Origin": "null"},
    {"Origin": "http://127.0.0.1:1"},
    {"Sec-Fetch-Site": "cross-site"},
    {"Sec-Fetch-Site": "same-site"},
    {"Host": "evil.example"},
    {"Host": "127.0.0.1.evil.example"},
    {"Host": "[::1"},
    {"Host": ""},
]


class Site:
    """A workspace of one person and one channel, with its page."""

    def __init__(self) -> None:
        self.workspace = Workspace()
        self.you = self.workspace.add_user("you")
        self.channel = self.workspace.add_channel("general", self.you)
        page = Page(self.workspace, self.you, "/brief", lambda _: [])
        self.server = LocalServer(application(self.workspace, page.routes()))
        self.workspace.base_url = self.server.url
        self.host = urlsplit(self.server.url).netloc

    def request(self, method: str, path: str, body: str | None = None, **headers: str) -> int:
        """The status of the answer."""
        connection = HTTPConnection(self.host)
        connection.request(method, path, body, headers)
        response = connection.getresponse()
        response.read()
        connection.close()
        return response.status

    def say(self, **headers: str) -> int:
        return self.request("POST", "/say", json.dumps({"text": "hello", "channel": self.channel}), **headers)

    def texts(self) -> list[str]:
        return [message.text for message in self.workspace.state.messages]


@pytest.fixture
def site() -> Iterator[Site]:
    site = Site()
    yield site
    site.server.close()


@pytest.mark.parametrize("headers", FOREIGN)
def test_another_site_can_say_nothing(site: Site, headers: dict[str, str]) -> None:
    assert site.say(**headers) == 403
    assert site.texts() == []


@pytest.mark.parametrize("path", ["/press", "/submit", "/close"])
def test_another_site_can_press_nothing(site: Site, path: str) -> None:
    assert site.request("POST", path, "{}", Origin="https://evil.example") == 403


def test_another_site_cannot_speak_as_the_app(site: Site) -> None:
    arguments = {"token": site.workspace.state.app.bot_token, "channel": site.channel, "text": "hello"}
    headers = {"Content-Type": "application/x-www-form-urlencoded"}
    body = urlencode(arguments)
    assert site.request("POST", "/api/chat.postMessage", body, **headers, Origin="https://evil.example") == 403
    assert site.texts() == []
    assert site.request("POST", "/api/chat.postMessage", body, **headers) == 200
    assert site.texts() == ["hello"]


def test_the_page_itself_may_under_either_name_of_this_machine(site: Site) -> None:
    port = urlsplit(site.server.url).port
    for host in (f"127.0.0.1:{port}", f"localhost:{port}", "localhost:9999"):
        own = {"Host": host, "Origin": f"http://{host}", "Sec-Fetch-Site": "same-origin"}
        assert site.say(**own) == 200
    assert site.texts() == ["hello"] * 3


def test_a_link_from_another_site_opens_the_page_but_another_name_of_it_reads_nothing(site: Site) -> None:
    assert site.request("GET", "/", **{"Sec-Fetch-Site": "cross-site"}) == 200
    for path in ("/", f"/view?channel={site.channel}", "/static/app.js"):
        assert site.request("GET", path, Host="evil.example") == 403


def test_another_site_gets_no_connection_of_socket_mode(site: Site) -> None:
    answer = call(site.workspace.state, "apps.connections.open", {}, site.workspace.state.app.app_token)
    url = site.workspace.socket_url(answer)["url"]
    with pytest.raises(InvalidStatus) as caught, connect(url, origin=Origin("https://evil.example"), proxy=None):
        pass
    assert caught.value.response.status_code == 403
    assert site.workspace.redeem(url.rpartition("/")[2])
