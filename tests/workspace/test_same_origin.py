"""Pages of other sites and ports can do nothing in the local workspace, and read nothing of it."""

import re
from collections.abc import Iterator, Sequence
from http.client import HTTPConnection
from urllib.parse import urlsplit

import pytest
from websockets.exceptions import InvalidStatus
from websockets.sync.client import connect
from websockets.typing import Origin

from bot.workspace.local_server import LocalServer
from bot.workspace.same_origin import SECURITY
from tests.workspace.visitor import HIDDEN, HOST, Answered, Asked, Site

OPEN = {"/", "/static/{name}"}
"""What has nothing of the workspace in it, but the page's token."""

BY_SLACK = {"/api/{method}", "/response/{team}/{key}", "/link/{ticket}"}
"""What the app asks for, with Slack's own tokens, keys and tickets."""

HOSTS: list[str | Sequence[str] | None] = [
    "evil.example:3000",
    "evil.localhost:3000",
    "127.0.0.1.evil.example:3000",
    "127.0.0.1:3000.evil.example",
    "you@127.0.0.1:3000",
    "127.0.0.1",
    "127.0.0.1:3001",
    "localhost:80",
    "0.0.0.0:3000",
    "[::1",
    "",
    None,
    [HOST, "evil.example:3000"],
    ["evil.example:3000", HOST],
]
ORIGINS: list[str | Sequence[str] | None] = [
    "https://evil.example",
    "null",
    "http://127.0.0.1:3001",
    "http://127.0.0.1",
    "http://localhost:3000",
    f"https://{HOST}",
    f"http://{HOST}.evil.example",
    f"http://{HOST}/",
    "",
    [f"http://{HOST}", "null"],
    ["null", f"http://{HOST}"],
]
SITES: list[str | Sequence[str] | None] = ["cross-site", "same-site", "", "none, cross-site", ["none", "cross-site"]]
FOREIGN = [
    *({"Host": value} for value in HOSTS),
    *({"Origin": value} for value in ORIGINS),
    *({"Sec_Fetch_Site": value} for value in SITES),
    {"Sec_Fetch_Site": "cross-site", "Origin": None},
    {"Sec_Fetch_Site": None, "Origin": "null"},
    {"Sec_Fetch_Site": "none", "Origin": "https://evil.example"},
]
SIMPLE = [
    "text/plain",
    "multipart/form-data; boundary=x",
    "text/plain; application/json",
    "application/jsonp",
    "",
    None,
]
"""Content types that a browser sends without asking, and others that are not JSON."""

DOCUMENT: dict[str, str | Sequence[str] | None] = {"Sec_Fetch_Mode": "navigate", "Sec_Fetch_Dest": "document"}


@pytest.fixture
def site() -> Site:
    return Site()


def nothing_came_of(site: Site, requests: Sequence[Asked], ways: Sequence[tuple[int, str]] = ((403, ""),)) -> None:
    """All are refused in one of these ways (status, and part of the JSON error), and say and change nothing."""
    before = site.seen()
    for asked, answered in zip(requests, site.answers(requests), strict=True):
        refused = any(answered.status == status and error in str(answered.error() or "") for status, error in ways)
        assert refused, (asked, answered)
        assert HIDDEN.encode() not in answered.body
        assert site.page.token.value.encode() not in answered.body
        assert_secured(asked, answered)
    assert site.seen() == before
    assert site.workspace.redeem(site.ticket)


def assert_secured(asked: Asked, answered: Answered) -> None:
    if asked.method:
        assert {name.lower(): value for name, value in SECURITY.items()}.items() <= answered.headers.items()
        assert not [name for name in answered.headers if name.startswith("access-control")]


@pytest.mark.parametrize("host", [HOST, "localhost:3000", "LocalHost:3000", "[::1]:3000"])
def test_the_page_and_the_app_are_served_under_each_name_of_this_machine(site: Site, host: str) -> None:
    requests = [each.but(Host=host, Origin=f"http://{host}".lower()) for each in site.requests()]
    for asked, answered in zip(requests, site.answers(requests), strict=True):
        assert answered.status == (200 if asked.method else 101), (asked, answered)
        assert_secured(asked, answered)
    assert site.seen() == ([HIDDEN, *["hello"] * 5], 0, 1760436060.0, 4, 4)


@pytest.mark.parametrize("headers", FOREIGN, ids=str)
def test_another_site_reads_and_changes_nothing(site: Site, headers: dict[str, str | Sequence[str] | None]) -> None:
    nothing_came_of(site, [each.but(**headers) for each in site.requests()])


@pytest.mark.parametrize("headers", [{"Origin": "null"}, {"Host": "evil.example:3000"}, {}], ids=str)
def test_a_browser_that_asks_first_is_given_no_leave(site: Site, headers: dict[str, str]) -> None:
    wanted = {"Access_Control_Request_Method": "POST", "Access_Control_Request_Headers": "content-type,x-page-token"}
    paths = {each.path: each for each in site.requests() if each.method}
    requests = [
        Asked(each.route, "OPTIONS", each.path, "", b"", each.but(**wanted, **headers).headers)
        for each in paths.values()
    ]
    nothing_came_of(site, requests, [(403 if headers else 405, "")])


@pytest.mark.parametrize("token", [None, "", "x", "\u00e9", "xoxb-local-token"])
def test_without_the_token_of_this_run_the_page_is_empty(site: Site, token: str | None) -> None:
    for own in ({}, {"Origin": None, "Sec_Fetch_Site": None}):
        own_page = [each for each in site.requests() if each.route not in OPEN | BY_SLACK]
        bodies = [(403, "reload"), (403, "")]
        nothing_came_of(Site(), [each.but(X_Page_Token=token, **own) for each in own_page], bodies)
    assert Site().page.token.value != site.page.token.value


def test_a_stream_of_changes_has_its_token_in_the_address(site: Site) -> None:
    changes = next(each for each in site.requests() if each.route == "/changes").but(X_Page_Token=None)
    for token, status in ((site.page.token.value, 200), ("x", 403)):
        [answered] = site.answers([Asked("/changes", "GET", "/changes", f"token={token}", b"", changes.headers)])
        assert answered.status == status


@pytest.mark.parametrize("token", [None, "Bearer ", "Bearer xoxb-local-token", "Bearer xoxb-local-001"])
def test_a_program_needs_the_token_of_the_app(site: Site, token: str | None) -> None:
    calls = [each for each in site.requests() if each.route == "/api/{method}" and each.method != "HEAD"]
    requests = [each.but(Authorization=token, Origin=None, Sec_Fetch_Site=None) for each in calls]
    nothing_came_of(site, requests, [(200, "not_authed"), (200, "invalid_auth")])
    apps = [Site().workspace.state.app for _ in range(2)]
    assert len({each for app in apps for each in (app.bot_token, app.app_token)}) == 4
    assert all(re.fullmatch(r"xoxb-local-001-\w{64}", app.bot_token) for app in apps)


def test_a_program_with_a_token_is_served(site: Site) -> None:
    requests = [each.but(Origin=None, Sec_Fetch_Site=None) for each in site.requests()]
    assert {answered.status for answered in site.answers(requests)} == {200, 101}


@pytest.mark.parametrize("content_type", [*SIMPLE, "application/x-www-form-urlencoded"])
def test_what_is_not_json_does_nothing(site: Site, content_type: str | None) -> None:
    form = content_type == "application/x-www-form-urlencoded"  # which the client of Slack sends, with its token
    written = [each for each in site.requests() if each.method == "POST" and not (form and each.route in BY_SLACK)]
    ways = [(415, "application/json"), (400, ""), (200, "post_type")]
    nothing_came_of(site, [each.but(Content_Type=content_type) for each in written], ways)


def test_json_may_name_its_charset(site: Site) -> None:
    written = [
        each.but(Content_Type="Application/JSON; charset=utf-8") for each in site.requests() if each.method == "POST"
    ]
    assert {answered.status for answered in site.answers(written)} == {200}


@pytest.mark.parametrize("other", ["cross-site", "same-site"])
def test_a_link_from_elsewhere_opens_the_page_in_a_tab(site: Site, other: str) -> None:
    linked = [each.but(Sec_Fetch_Site=other, Origin=None, **DOCUMENT) for each in site.requests()]
    shell = next(each for each in linked if (each.method, each.route) == ("GET", "/"))
    [opened] = site.answers([shell])
    assert opened.status == 200
    nothing_came_of(site, [each for each in linked if each is not shell])


@pytest.mark.parametrize(
    "headers",
    [
        *(
            {**DOCUMENT, "Sec_Fetch_Dest": dest}
            for dest in ("iframe", "frame", "embed", "object", "image", "empty", None)
        ),
        *({**DOCUMENT, "Sec_Fetch_Mode": mode} for mode in ("no-cors", "cors", "websocket", None)),
        {**DOCUMENT, "Origin": "null"},
    ],
    ids=str,
)
def test_and_nowhere_else(site: Site, headers: dict[str, str | Sequence[str] | None]) -> None:
    without = {"Origin": None, "Sec_Fetch_Site": "cross-site", **headers}
    nothing_came_of(site, [each.but(**without) for each in site.requests()])


def test_browsers_leave_port_80_out(site: Site) -> None:
    requests = [
        each.but(Host=host, Origin="http://localhost") for each in site.requests() for host in ("localhost", HOST)
    ]
    statuses = [answered.status for answered in site.answers(requests, port=80)]
    assert ({*statuses[::2]}, {*statuses[1::2]}) == ({200, 101}, {403})


# Over the wire


@pytest.fixture
def served(site: Site) -> Iterator[LocalServer]:
    server = LocalServer(site.served)
    site.workspace.base_url = server.url
    yield server
    server.close()


def test_the_port_is_that_of_the_server(served: LocalServer) -> None:
    port = urlsplit(served.url).port
    for host, status in (
        (f"localhost:{port}", 200),
        (f"127.0.0.1:{port}", 200),
        ("127.0.0.1:1", 403),
        ("localhost", 403),
    ):
        connection = HTTPConnection("127.0.0.1", port)
        connection.request("GET", "/", headers={"Host": host})
        response = connection.getresponse()
        assert (response.status, f"http://127.0.0.1:{port} " in response.read().decode()) == (status, status == 403)
        connection.close()


def test_another_site_gets_no_connection_of_socket_mode(site: Site, served: LocalServer) -> None:
    url = f"{served.url.replace('http', 'ws')}/link/{site.ticket}"
    with pytest.raises(InvalidStatus) as caught, connect(url, origin=Origin("https://evil.example"), proxy=None):
        pass
    assert caught.value.response.status_code == 403
    with connect(url, proxy=None) as connection:
        assert "hello" in str(connection.recv())
