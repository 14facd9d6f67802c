"""One row a command, and text that is parsed only where it comes in."""

import ast
from collections.abc import Iterator
from datetime import date, time, timedelta
from pathlib import Path
from typing import get_args

import pytest

from bot.core.commands.command import (
    Command,
    Mute,
    SetDefaultBrief,
    Show,
    ShowChanges,
    ShowStatus,
    ShowSubscriptions,
    StoreCommand,
    Subscribe,
    Unsubscribe,
)
from bot.core.commands.digest_commands import EndDigests, PreviewDigest, SendDigest, SetDigest, ShowDigest, ShowDigests
from bot.core.commands.report_commands import EditBrief, ReportMistake
from bot.core.commands.schedule_arguments import ScheduleSpec
from bot.core.commands.subscription_commands import EndSubscriptions, ShowObjects, ShowSubscription, Unmute
from bot.core.commands.undo_commands import RestoreDefaultBrief, RestoreSubscription, Resubscribe
from bot.core.digests.schedule import DAILY
from bot.core.subscriptions.subscription import SubscriptionSpec, Target
from bot.handlers.answers.answer_cache import AnswerCache
from bot.handlers.commands.table import HANDLERS
from tests.conftest import ROOT
from tests.make import brief, corpus

TODAY = date(2025, 5, 12)
ANSWERS = AnswerCache(corpus(brief("ferries")), "/brief", TODAY)

NEED_THE_STORE: list[Command] = [
    Show("legal", "ferries", "3fa9c1d0"),
    ShowChanges(),
    ShowSubscriptions(),
    ShowSubscription(1),
    ShowObjects("use"),
    ShowStatus(),
    ShowDigests(),
    PreviewDigest(),
    ShowDigest(1),
    Subscribe(SubscriptionSpec(Target())),
    Unsubscribe(1),
    EndSubscriptions(),
    Mute(1, timedelta(days=7)),
    Unmute(1),
    SetDefaultBrief("ferries"),
    RestoreSubscription(1, 1),
    Resubscribe(()),
    RestoreDefaultBrief(),
    SetDigest(ScheduleSpec(DAILY, time(9))),
    EndDigests(),
    SendDigest(),
    ReportMistake(),
    EditBrief("ferries"),
]


def test_the_table_has_a_row_for_exactly_the_commands_that_need_the_store() -> None:
    """But for a section at a revision, a `Show` like any other: whether it needs the store its value says."""
    assert HANDLERS.keys() == {*get_args(StoreCommand)}
    assert {Show, *HANDLERS} == {type(each) for each in NEED_THE_STORE}


@pytest.mark.parametrize("command", NEED_THE_STORE, ids=lambda command: type(command).__name__)
def test_each_of_these_commands_needs_the_store(command: Command) -> None:
    assert ANSWERS.needs_store(command)


@pytest.mark.parametrize("text", ["", "legal", "legal share", "boats", "list", "sources", "help", "help changes"])
def test_other_commands_are_answered_from_the_briefs(text: str) -> None:
    assert not ANSWERS.needs_store(ANSWERS.parse(text))


# Who parses

EDGE = {
    "bot/cli/ask.py",
    "bot/handlers/answers/answer_cache.py",
    "bot/handlers/commands/slash_command.py",
    "bot/slack/actions.py",
}
"""Where text comes in, and the cache that they share."""

ROOMS = ("app", "cli", "core/answers", "core/changes", "core/digests", "handlers", "jobs", "render", "slack", "store")

VALUES = {"Filter", "Schedule", "Target"}
"""Types with a text form of their own, which the database keeps."""


def parsing(tree: ast.AST) -> Iterator[int]:
    """The lines on which a command's text is parsed, or the parser is handed on."""
    for node in ast.walk(tree):
        match node:
            case ast.Attribute(value=ast.Name(id=owner), attr="parse") if owner in VALUES:
                pass
            case ast.Attribute(attr="parse") | ast.Name(id="parse", ctx=ast.Load()):
                yield node.lineno
            case ast.ImportFrom(module="bot.core.commands.parser", names=names):
                yield from (node.lineno for name in names if name.name == "parse")


def parsing_files() -> set[str]:
    files = (path for room in ROOMS for path in sorted((ROOT / "bot" / room).rglob("*.py")))
    return {str(path.relative_to(ROOT)) for path in files if any(parsing(_tree(path)))}


def _tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def test_no_code_behind_the_edge_looks_at_the_text_of_a_command() -> None:
    assert parsing_files() == EDGE


@pytest.mark.parametrize(
    "code", ["services.answers().parse(text)", "parse(text, names)", "read = answers.parse", "f(parse)"]
)
def test_a_parser_is_noticed_however_it_is_called(code: str) -> None:
    assert list(parsing(ast.parse(code))) == [1]
