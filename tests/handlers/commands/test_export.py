"""A section is exported into a window, for who picked it alone."""

from dataclasses import replace

import pytest

from bot.core.commands.button_value import decode_command, encode_command
from bot.core.commands.command import Command, ShowExport
from bot.handlers.commands import interactions
from bot.handlers.commands.export import NOT_OPENED
from tests.handlers.desk import Desk, ferries
from tests.render.export.test_export_window import pieces

MARKDOWN = ShowExport("legal", "ferries")


def pick(desk: Desk, command: Command, **caller: str | None) -> None:
    """Somebody picks an option of this value."""
    decoded = decode_command(encode_command(command), desk.services.answers().parse)
    assert decoded == command
    interactions.open_command(command, replace(desk.slack.caller("U1", "C1"), **caller), desk.services)  # type: ignore[arg-type]


def test_the_text_opens_for_who_picked_it_and_nothing_is_posted(desk: Desk) -> None:
    pick(desk, MARKDOWN)
    pick(desk, ShowExport("legal", "ferries", "csl-json"))
    (first, markdown), (second, csl) = desk.slack.views
    assert (first, second, desk.entries()) == ("U1", "U1", [])
    assert "There were 0 ferries that day.[^1]" in pieces(markdown)[0]
    assert '"id": "ferries/gazette"' in pieces(csl)[0]


def test_it_is_what_stands_now(desk: Desk) -> None:
    desk.edit(ferries(2, "correction"))
    pick(desk, MARKDOWN)
    ((_, view),) = desk.slack.views
    assert "There were 2 ferries that day." in pieces(view)[0]


@pytest.mark.parametrize("trigger", ["expired", None])
def test_where_no_window_opens_it_is_said_in_private(desk: Desk, trigger: str | None) -> None:
    if trigger:
        desk.slack.refuse("open_modal", "expired_trigger_id")
    pick(desk, MARKDOWN, trigger_id=trigger)
    (entry,) = desk.entries()
    assert (entry.text, entry.visible_to, desk.slack.views) == (NOT_OPENED, "U1", [])


def test_of_what_is_gone_or_withdrawn_nothing_is_exported(desk: Desk) -> None:
    pick(desk, ShowExport("overview", "ferries"))
    pick(desk, ShowExport("legal", "nowhere"))
    desk.edit(replace(ferries(1, "withdrawal"), status="withdrawn"))
    pick(desk, MARKDOWN)
    told = [each.text for each in desk.entries()]
    assert "has no section “Overview”" in told[0]
    assert "nowhere" in told[1]
    assert "This brief was withdrawn." in told[2]
    assert desk.slack.views == []
