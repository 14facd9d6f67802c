"""`briefbot preview`: shows maintainers what a merge would change, as a local page or as one HTML file."""

import logging
import signal
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Event

from bot.cli.radius import radius_of
from bot.core.delivery.radius import Radius
from bot.errors import SettingsError
from bot.preview.drawing import Drawer
from bot.preview.live import Live
from bot.preview.page import application
from bot.preview.reading import Preview, Reader
from bot.preview.standalone import standalone
from bot.settings import Settings
from bot.workspace.local_server import LocalServer

PORTS = (3001, 0)
"""Tried where none is named; 0 is any free one."""


def preview(base: Path | None, port: int | None, output: Path | None, settings: Settings) -> int:
    """Compares the brief files as they are now with a revision of git, or a directory (None: HEAD). Prints the address
    of a page that follows the files, and serves it until Ctrl-C or SIGTERM; with `output` it writes the page as one
    file instead. Returns 0. Raises: SettingsError where something cannot be found, read or written."""
    logging.basicConfig(level=logging.ERROR, format="%(levelname)s %(message)s")
    with ExitStack() as stack:
        scratch = stack.enter_context(TemporaryDirectory(prefix="briefbot-"))
        reader = Reader(base, settings.briefs, Path(scratch))
        drawer = Drawer(settings.command, folds=settings.fold == "container")
        if output is not None:
            _write(output, reader, drawer, settings)
        else:
            _serve(stack, Live(reader, drawer, settings.briefs, _measure(settings)), port)
    return 0


def _measure(settings: Settings) -> Callable[[Preview], Radius] | None:
    if not settings.has_database:
        return None
    return lambda preview: radius_of(preview.versions, settings) or Radius()


def _write(output: Path, reader: Reader, drawer: Drawer, settings: Settings) -> None:
    read = reader.read()
    try:
        output.write_text(standalone(read, radius_of(read.versions, settings), drawer), encoding="utf-8")
    except OSError as error:
        raise SettingsError(f"{output}: {(error.strerror or str(error)).lower()}; name another file") from error
    print(f"Written: {output}")


def _serve(stack: ExitStack, live: Live, port: int | None) -> None:
    server = LocalServer(application(live), *PORTS if port is None else (port,))
    stack.callback(server.close)
    stop = Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    live.start()
    stack.callback(live.stop)
    print(f"Open {server.url}. It follows the files as you save them; Ctrl-C ends it.", flush=True)
    stop.wait()
