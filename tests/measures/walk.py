"""Which modules of the product a call enters, and how often it goes from one to another."""

import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from types import FrameType
from typing import Any

from tests.conftest import ROOT
from tests.load.bench_slack import dispatch, ours, real_briefs

Event = tuple[str, str]
"""`call` or `return`, and the file."""

Profile = Callable[[FrameType, str, Any], None]


@dataclass(frozen=True)
class Walk:
    """`modules` are dotted names, in the order in which they were first entered. `moves`: how often two events (a
    function begins, ends, yields or goes on) behind each other lie in different modules; `call_moves`: the same where
    only beginnings count."""

    modules: tuple[str, ...]
    moves: int
    call_moves: int


def first_command() -> Callable[[], object]:
    """What sends `/brief legal` through a Bolt app that has answered nothing yet; each call sends it once."""
    bot = ours(real_briefs())
    return lambda: dispatch(bot)


def walks_of_the_command() -> tuple[Walk, Walk]:
    """The first `/brief legal` of a process, and the same once more."""
    send = first_command()
    return walk(send, ROOT / "bot"), walk(send, ROOT / "bot")


def walk(work: Callable[[], object], package: Path) -> Walk:
    """Runs `work` and follows it through the files of a package, in this thread and in those that it starts."""
    events: list[Event] = []
    with _profiled(_recorder(events, f"{package.resolve()}/")):
        work()
    modules = tuple(_dotted(Path(file), package.resolve()) for file in dict.fromkeys(file for _, file in events))
    return Walk(modules, _moves(events), _moves([event for event in events if event[0] == "call"]))


def _moves(events: Sequence[Event]) -> int:
    return sum(here != there for (_, here), (_, there) in pairwise(events))


def _recorder(events: list[Event], prefix: str) -> Profile:
    def record(frame: FrameType, event: str, _: Any) -> None:
        if event in ("call", "return") and frame.f_code.co_filename.startswith(prefix):
            events.append((event, frame.f_code.co_filename))

    return record


@contextmanager
def _profiled(record: Profile) -> Iterator[None]:
    threading.setprofile(record)
    sys.setprofile(record)
    try:
        yield
    finally:
        sys.setprofile(None)
        threading.setprofile(None)


def _dotted(file: Path, package: Path) -> str:
    parts = file.relative_to(package.parent).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)
