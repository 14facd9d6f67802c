"""Deliveries that fail, and what people then see."""

import asyncio
import time

from bot.workspace.deliver import HttpDelivery
from bot.workspace.local_server import LocalServer
from bot.workspace.workspace import Workspace


async def silent(scope: object, receive: object, send: object) -> None:
    """An app that never answers in time."""
    await asyncio.sleep(3.5)


async def broken(scope: object, receive: object, send: object) -> None:
    """An app that answers nothing that HTTP knows."""


def reached(app: object) -> tuple[Workspace, str, str]:
    workspace = Workspace(clock=time.time)
    served = LocalServer(app)  # type: ignore[arg-type]
    workspace.delivery = HttpDelivery(f"{served.url}/", "secret", time.time)
    ann = workspace.add_user("ann")
    return workspace, ann, workspace.add_channel("general", ann)


def test_no_acknowledgement_within_three_seconds_is_a_timeout() -> None:
    workspace, ann, channel = reached(silent)
    assert workspace.command(ann, channel, "/brief").error == "operation_timeout"


def test_an_error_of_the_app_is_a_failed_dispatch() -> None:
    workspace, ann, channel = reached(broken)
    assert workspace.command(ann, channel, "/brief").error == "dispatch_failed"


def test_nobody_there_is_a_timeout() -> None:
    workspace = Workspace(clock=time.time)
    workspace.delivery = HttpDelivery("http://127.0.0.1:9/", "secret", time.time)
    ann = workspace.add_user("ann")
    assert workspace.command(ann, workspace.add_channel("general", ann), "/brief").error == "operation_timeout"
