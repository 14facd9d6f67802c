"""The log of a running process: JSON for machines, lines for people, and no secret in either.

Modules log by the standard library; structlog only formats what they say.
"""

import logging
import re
import sys
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from typing import TextIO

import structlog
from structlog.types import EventDict, Processor, WrappedLogger

from bot.handlers.request import current

FIELDS = frozenset({"version", "workspaces", "briefs", "publication"})
"""What records may say beside their sentence."""

SECRET_PATTERNS = (
    r"\bxox[a-z]{0,2}[-.][\w.-]+",
    r"\bxapp-[\w-]+",
    r"https://hooks\.slack\.com/\S+",
    r"(?<=://)[^\s/@]*:[^\s/@]*(?=@)",
)
"""Tokens, the addresses that answers are posted to, and passwords in addresses. Nothing logs them; a library might."""

SECRET_MIN = 8
"""Characters. What is shorter is part of words."""

OWN_HANDLERS = ("dbos",)
"""Libraries that write past the handlers of others."""


def configure_logs(level: str, secrets: Collection[str] = (), stream: TextIO | None = None) -> None:
    """Writes what this program logs from `level` on, and what libraries warn of, to `stream` (standard error for
    None). `secrets` are never written, whoever logs them."""
    out = stream or sys.stderr
    handler = logging.StreamHandler(out)
    handler.setFormatter(_formatter(_redactor(secrets), for_people=out.isatty()))
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(logging.WARNING)
    logging.getLogger("bot").setLevel(level.upper())
    for name in OWN_HANDLERS:
        library = logging.getLogger(name)
        library.handlers.clear()
        library.propagate = True


@contextmanager
def only_errors() -> Iterator[None]:
    """Inside, this program logs nothing but errors."""
    own = logging.getLogger("bot")
    level = own.level
    own.setLevel(logging.ERROR)
    try:
        yield
    finally:
        own.setLevel(level)


def _formatter(redact: Processor, *, for_people: bool) -> logging.Formatter:
    renderer: Processor = _line if for_people else structlog.processors.JSONRenderer(ensure_ascii=False)
    return structlog.stdlib.ProcessorFormatter(
        foreign_pre_chain=[
            structlog.stdlib.add_log_level,
            structlog.stdlib.add_logger_name,
            structlog.stdlib.ExtraAdder(allow=FIELDS),
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            _add_request,
        ],
        processors=[
            structlog.stdlib.ProcessorFormatter.remove_processors_meta,
            # Without the values of variables, which may be a person's words.
            structlog.processors.format_exc_info,
            redact,
            renderer,
        ],
    )


def _add_request(_: WrappedLogger, __: str, event: EventDict) -> EventDict:
    begun = current()
    return {**event, "request": begun.id} if begun else event


def _redactor(secrets: Collection[str]) -> Callable[[WrappedLogger, str, EventDict], EventDict]:
    known = [re.escape(secret) for secret in secrets if len(secret) >= SECRET_MIN]
    pattern = re.compile("|".join((*known, *SECRET_PATTERNS)))

    def redact(_: WrappedLogger, __: str, event: EventDict) -> EventDict:
        return {key: pattern.sub("…", value) if isinstance(value, str) else value for key, value in event.items()}

    return redact


def _line(_: WrappedLogger, __: str, event: EventDict) -> str:
    """For people: what machines read as fields stands in the sentence already, but for the request."""
    head = f"{event['timestamp'][:19].replace('T', ' ')}Z {event['level'].upper():<8} {event['event']}"
    request = f" (request {event['request']})" if "request" in event else ""
    traceback = f"\n{event['exception']}" if "exception" in event else ""
    return f"{head}{request} [{event['logger']}]{traceback}"
