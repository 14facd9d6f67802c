"""Requests to a workspace as they go over the wire, and their answers."""

import json
import re
from contextlib import closing
from dataclasses import dataclass
from email.message import Message
from http.client import HTTPConnection
from typing import Any
from urllib.parse import urlsplit
from urllib.request import urlopen

from bot.workspace.workspace import Workspace


@dataclass(frozen=True, slots=True)
class Found:
    """An answer as it came."""

    status: int
    headers: Message
    body: bytes

    @property
    def value(self) -> Any:
        """The JSON value of the body."""
        return json.loads(self.body)


def page_token(url: str) -> str:
    """The token that the page of a server holds."""
    with urlopen(url) as answer:  # noqa: S310  loopback
        found = re.search('data-token="([^"]+)"', answer.read().decode())
    assert found
    return found[1]


def send(
    workspace: Workspace,
    path: str,
    body: bytes,
    content_type: str | None,
    timeout: float = 5,
    size: int | None = None,
) -> Found:
    """The answer to a POST with the bot's token, of which so many bytes are read; None: all."""
    address = urlsplit(workspace.base_url)
    headers = {"Authorization": f"Bearer {workspace.state.app.bot_token}"}
    headers |= {"Content-Type": content_type} if content_type else {}
    with closing(HTTPConnection(address.hostname or "", address.port, timeout=timeout)) as connection:
        connection.request("POST", path, body, headers)
        with connection.getresponse() as response:
            return Found(response.status, response.headers, response.read(size))


def send_json(workspace: Workspace, path: str, value: object, timeout: float = 5, size: int | None = None) -> Found:
    """The answer to a POST of a JSON value."""
    return send(workspace, path, json.dumps(value).encode(), "application/json", timeout, size)
