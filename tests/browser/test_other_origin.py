"""A page of another port, and one under another name of this machine, in the browser that has the demo open."""

import json
from contextlib import closing
from http.client import HTTPConnection
from pathlib import Path

import pytest
from playwright.sync_api import Page
from starlette.applications import Starlette
from starlette.responses import FileResponse
from starlette.routing import Route

from bot.workspace.deliver import HttpDelivery
from bot.workspace.local_server import LocalServer
from tests.browser.conftest import Demos
from tests.browser.scene import NOON, Scene, plain

ATTACK = Path(__file__).parent / "other_origin.html"


def known(scene: Scene, ts: str) -> dict[str, object]:
    """More than another page can know: every token, and every argument."""
    app, state = scene.workspace.state.app, scene.workspace.state
    opened = scene.workspace.socket_url({"url": "ticket"})
    said = {"channel": scene.channel, "text": "pressed"}
    modal: dict[str, object] = {"values": {}}
    writes = {"/say": said, "/press": {**said, "ts": ts, "action": "go"}, "/submit": modal, "/clock": {"seconds": 60}}
    return {
        "url": scene.workspace.base_url,
        "token": scene.tab.evaluate("token"),
        "bearer": app.bot_token,
        "ticket": str(opened["url"]).rpartition("/")[2],
        "reads": ["/", f"/view?channel={scene.channel}"],
        "writes": [[path, json.dumps(body)] for path, body in writes.items()],
        "api": {"channel": state.conversation(scene.channel), "text": "pressed"},
    }


def test_a_page_of_another_port_reads_and_presses_nothing(scene: Scene) -> None:
    button = {"type": "button", "action_id": "go", "text": plain("Go")}
    ts = scene.post(text="said in confidence", blocks=[{"type": "actions", "elements": [button]}])
    knows, version = known(scene, ts), scene.workspace.state.version
    other = LocalServer(Starlette(routes=[Route("/", lambda _: FileResponse(ATTACK))]))
    visitor = scene.tab.context.new_page()
    try:
        visitor.goto(other.url)
        found = visitor.evaluate("attack", knows)
        assert (len(found), set(found)) == (2 * 5 + 4 * 4 + 7, {None})
        assert opened(visitor, scene.workspace.base_url) == ["gone", None]
        nobody_else = visitor.goto(scene.workspace.base_url.replace("127.0.0.1", "evil.localhost"))
        assert nobody_else is not None
        assert nobody_else.status == 403
    finally:
        visitor.close()
        other.close()
    assert [message.text for message in scene.workspace.state.messages] == ["said in confidence"]
    assert (scene.app.sent, scene.clock.now(), scene.workspace.state.version) == ([], NOON, version)
    assert scene.workspace.redeem("ticket")


def opened(visitor: Page, url: str) -> list[str | None]:
    with visitor.expect_popup() as popup:
        told: list[str | None] = visitor.evaluate("opened", url)
    popup.value.close()
    return told


@pytest.mark.parametrize("headers", [{"Host": "evil.example"}, {"Origin": "null"}, {"Sec-Fetch-Site": "same-site"}])
def test_the_address_of_its_bot_is_for_no_page(demos: Demos, headers: dict[str, str]) -> None:
    delivery = demos.shared().demo.workspace.delivery
    assert isinstance(delivery, HttpDelivery)
    for own, status in (({}, 200), (headers, 403)):
        with closing(HTTPConnection(delivery.url.netloc)) as connection:
            connection.request("GET", "/healthz", headers=own)
            assert connection.getresponse().status == status


def test_a_page_of_an_earlier_run_loads_itself_anew(scene: Scene) -> None:
    scene.tab.evaluate("window.earlier = true")
    scene.tab.route("**/changes*", lambda route: route.fulfill(status=403), times=1)
    with scene.tab.expect_navigation():
        scene.tab.evaluate("listen(() => {})")
    assert not scene.tab.evaluate("window.earlier")
    # It may complain of what the new page interrupted, too.
    assert any("403" in complaint for complaint in scene.complaints)
    scene.complaints.clear()
