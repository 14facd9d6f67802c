"""A browser that installs the bot: the real pages over HTTP, a local workspace as Slack, and a store."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

from starlette.applications import Starlette

from bot.slack.install import Client, install_flow, install_routes
from bot.slack.install_pages import INSTALL, REDIRECT
from bot.slack.scopes import OPTIONAL, REQUIRED
from bot.slack.tokens import Tokens
from bot.store.store import Store
from bot.store.token_cipher import TokenCipher
from bot.workspace.local_server import LocalServer
from bot.workspace.server import many
from bot.workspace.workspace import CLIENT_ID, CLIENT_SECRET, Workspace
from tests.handlers.desk import Desk
from tests.installations import OLD

COOKIE = "slack-app-oauth-state"


@dataclass(frozen=True, slots=True)
class Answer:
    status: int
    headers: dict[str, str]
    body: str


@dataclass
class Browser:
    """One browser with its cookie; `url` is the bot's own, and `ann` who may install it in the `workspace`."""

    workspace: Workspace
    url: str
    ann: str
    cookie: str | None = None
    seen: list[Answer] = field(default_factory=list)

    def get(self, address: str) -> Answer:
        """Opens a page at the bot's own place, whatever host its address names."""
        place = urlsplit(address)
        connection = HTTPConnection(urlsplit(self.url).netloc, timeout=10)
        headers = {"Cookie": f"other=1; {COOKIE}={self.cookie}"} if self.cookie else {}
        connection.request("GET", f"{place.path}?{place.query}", headers=headers)
        raw = connection.getresponse()
        answer = Answer(raw.status, dict(raw.getheaders()), raw.read().decode())
        connection.close()
        if (value := answer.headers.get("set-cookie", "").partition(";")[0].removeprefix(f"{COOKIE}=")) != "deleted":
            self.cookie = value or self.cookie
        self.seen.append(answer)
        return answer

    def begin(self, query: str = "") -> str:
        """Opens the install page; the address at Slack to which it leads."""
        return self.get(f"{INSTALL}?{query}").headers["location"]

    def allow(self, address: str) -> str:
        """Allows what is asked; the address with which the browser is sent back."""
        return self.workspace.authorize(self.ann, address)

    def install(self) -> Answer:
        """All of it; what is read at the end."""
        return self.get(self.allow(self.begin()))


@dataclass
class Visitor(Browser):
    """A browser at the pages of the bot of a desk."""

    desk: Desk = field(kw_only=True)

    def tokens(self) -> Tokens:
        """Those of a process that starts now."""
        found = Tokens(self.desk.store, f"{self.workspace.base_url}/api/", [], TokenCipher([OLD]))
        found.start()
        return found


def query_of(address: str) -> dict[str, str]:
    return {name: values[0] for name, values in parse_qs(urlsplit(address).query).items()}


@contextmanager
def browser(directory: Path, store: Store, secret: str = CLIENT_SECRET) -> Iterator[Visitor]:
    """`secret` is the app's, as far as the bot knows it."""
    workspace, desk = Workspace(scopes=REQUIRED | OPTIONAL), Desk(directory, store)
    slack = LocalServer(many([workspace]))
    workspace.base_url = slack.url
    workspace.state.app.redirect_urls = (f"https://bot.example{REDIRECT}",)
    client = Client(CLIENT_ID, secret, f"{slack.url}/api/")
    pages = LocalServer(Starlette(routes=install_routes(install_flow(desk.services, client, TokenCipher([OLD])))))
    try:
        yield Visitor(workspace, pages.url, workspace.add_user("ann"), desk=desk)
    finally:
        pages.close()
        slack.close()
