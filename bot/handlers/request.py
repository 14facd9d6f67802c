"""The request that is being handled: its id, for the log and for whoever is told of an error, and what it is about."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from secrets import token_hex


@dataclass(slots=True)
class Request:
    """One payload of Slack's. `verb` is a name of a command's kind, never what was typed; `outcome` what became of it.
    Both are of short lists, and are counted."""

    id: str = field(default_factory=lambda: token_hex(2))
    verb: str = "none"
    outcome: str = "done"


_current: ContextVar[Request | None] = ContextVar("request", default=None)


@contextmanager
def request() -> Iterator[Request]:
    """Inside, this thread handles a request."""
    begun = Request()
    token = _current.set(begun)
    try:
        yield begun
    finally:
        _current.reset(token)


def current() -> Request | None:
    """The request that this thread handles; None outside of any."""
    return _current.get()


def with_reference(text: str) -> str:
    """Sentences that tell somebody of an error; the last one ends with what to look for in the log, `(request 7f3a).`,
    unless no request is handled."""
    begun = current()
    return f"{text.removesuffix('.')} (request {begun.id})." if begun else text


def note(*, verb: str | None = None, outcome: str | None = None) -> None:
    """Says what the current request, if there is one, is about, and what becomes of it."""
    if begun := current():
        begun.verb, begun.outcome = verb or begun.verb, outcome or begun.outcome
