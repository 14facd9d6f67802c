"""Workspaces: one that is empty, one with a person who can open modals, and one over HTTP."""

from collections.abc import Iterator

import pytest

from bot.workspace.local_server import LocalServer
from bot.workspace.server import application
from bot.workspace.workspace import ALL_SCOPES, Workspace
from tests.workspace.modal_scene import Scene, Script


@pytest.fixture
def workspace() -> Workspace:
    """Its clock stands still; the app may read the history of public channels."""
    return Workspace(clock=lambda: 1700000000.0, scopes=ALL_SCOPES | {"channels:history"})


@pytest.fixture
def scene() -> Scene:
    workspace, app = Workspace(), Script()
    workspace.delivery = app
    return Scene(workspace, app, workspace.add_user("ann"))


@pytest.fixture
def served() -> Iterator[Workspace]:
    workspace = Workspace()
    server = LocalServer(application(workspace))
    workspace.base_url = server.url
    yield workspace
    server.close()
