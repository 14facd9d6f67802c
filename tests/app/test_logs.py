"""The log: a JSON object a line, or a line for people; with the request, and without secrets, values and chatter."""

import ast
import io
import json
import logging
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from bot.app.logs import configure_logs
from bot.handlers.aside import Aside
from bot.handlers.request import request
from tests.conftest import ROOT
from tests.logs import logs_restored

logger = logging.getLogger("bot.app.test_logs")
SECRET = "8f742231b10e8888abcd99yyyzzz85a5"  # noqa: S105  Slack's documented example
HOOK = "https://hooks.slack.com/commands/T1/397/96rGl"


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


Write = Callable[..., io.StringIO]


@pytest.fixture
def write() -> Iterator[Write]:
    """Sets up the log of a process; what it writes. Afterwards all is as before."""

    def begin(level: str = "info", stream: io.StringIO | None = None) -> io.StringIO:
        out = stream or io.StringIO()
        configure_logs(level, {SECRET, "x"}, out)
        return out

    with logs_restored():
        yield begin


def records(out: io.StringIO) -> list[dict[str, Any]]:
    return [json.loads(line) for line in out.getvalue().splitlines()]


def test_machines_get_an_object_a_line(write: Write) -> None:
    out = write()
    logger.info("briefs: %(briefs)d", {"briefs": 5}, extra={"briefs": 5, "other": 1})
    logger.warning("two\nlines")
    one, two = records(out)
    assert re.fullmatch(r"20\d\d-\d\d-\d\dT\d\d:\d\d:\d\d\.\d+Z", one.pop("timestamp"))
    assert one == {"event": "briefs: 5", "level": "info", "logger": "bot.app.test_logs", "briefs": 5}
    assert two["event"] == "two\nlines"


def test_people_get_a_line(write: Write) -> None:
    out = write(stream=Terminal())
    with request() as begun:
        logger.error("it broke", extra={"briefs": 5})
    pattern = rf"20\d\d-\d\d-\d\d \d\d:\d\d:\d\dZ ERROR    it broke \(request {begun.id}\) \[bot\.app\.test_logs\]\n"
    assert re.fullmatch(pattern, out.getvalue())


def test_every_line_of_a_request_has_its_id_also_from_the_threads_that_it_starts(write: Write) -> None:
    out = write()
    with request() as begun:
        logger.info("one")
        Aside().run("work", lambda: logger.info("two"))
    logger.info("three")
    assert [each.get("request") for each in records(out)] == [begun.id, begun.id, None]
    assert re.fullmatch("[0-9a-f]{4}", begun.id)


@pytest.mark.parametrize("stream", [io.StringIO, Terminal])
def test_no_secret_is_written_whoever_logs_it(write: Write, stream: type[io.StringIO]) -> None:
    out = write(stream=stream())
    token = "xoxb-17653672481-abc"  # noqa: S105
    url = "postgresql://ann:sesame@db.invalid/briefbot"
    for logged in (logger, logging.getLogger("some.library"), logging.getLogger("dbos")):
        logged.error("%s %s", {"token": token}, f"xapp-1-A-2-{token} {SECRET}")
        logged.error("posting to %s of %s", HOOK, url)
    try:
        unseen = "somebody's words"
        raise ValueError(f"{token}: {len(unseen)}")
    except ValueError:
        logger.exception("failed")
    text = out.getvalue()
    assert not any(each in text for each in (token, "xapp-1", SECRET, HOOK, "sesame", "somebody's words"))
    assert text.count("…") >= 3 * 4 + 1
    assert "Traceback" in text
    assert "@db.invalid/briefbot" in text


@pytest.mark.parametrize(
    ("level", "own"),
    [("debug", ["debug", "info", "warning"]), ("info", ["info", "warning"]), ("warning", ["warning"]), ("error", [])],
)
def test_the_level_is_that_of_this_program_and_libraries_only_warn(write: Write, level: str, own: list[str]) -> None:
    out = write(level)
    for name in ("bot.slack.http", "alembic.runtime.migration", "watchfiles.main", "slack_sdk.web", "dbos"):
        for each in (logging.DEBUG, logging.INFO, logging.WARNING):
            logging.getLogger(name).log(each, "word")
    found = records(out)
    assert [each["level"] for each in found if each["logger"] == "bot.slack.http"] == own
    assert {each["level"] for each in found if not each["logger"].startswith("bot.")} <= {"warning"}


PEOPLES = frozenset(
    "body payload text typed query question answer words message content value values headers secret token tokens "
    "caller user".split()
)
"""What a name of somebody's words, or of a secret, may be called."""

HARMLESS = {("bot/app/file_reporter.py", "message"), ("bot/handlers/digests/manage_digests.py", "query")}
"""What is wrong with a brief file, and the number of a digest."""


def logged_names(path: Path) -> Iterator[str]:
    """All names in the arguments of a module's calls of its logger."""
    text = path.read_text(encoding="utf-8")
    for node in ast.walk(ast.parse(text)) if "logger." in text else ():
        match node:
            case ast.Call(func=ast.Attribute(value=ast.Name(id="logger")), args=arguments):
                for each in (part for argument in arguments for part in ast.walk(argument)):
                    yield from [each.id] if isinstance(each, ast.Name) else []
                    yield from [each.attr] if isinstance(each, ast.Attribute) else []


def test_no_call_logs_what_people_typed_or_a_secret() -> None:
    paths = sorted((ROOT / "bot").rglob("*.py"))
    found = {(str(path.relative_to(ROOT)), name) for path in paths for name in logged_names(path)}
    assert len(found) > 80
    assert {each for each in found if each[1] in PEOPLES} == HARMLESS
