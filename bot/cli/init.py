"""`briefbot init`: writes a store of briefs of one's own, with all that belongs around it."""

import re
from datetime import UTC, datetime
from pathlib import Path
from shlex import quote

from bot.cli.init_store import ACTION, WORKFLOW, store_files, write_store
from bot.cli.output import count, print_text
from bot.errors import SettingsError
from bot.settings import Settings

_ACTION = re.compile(r"[\w.-]+/[\w.-]+@[\w./-]+", re.ASCII)


def init(directory: Path, command: str | None, action: str | None, settings: Settings) -> int:
    """Writes the files, and prints what to do next. `command` is the name of the slash command, with or without its
    slash (None: that of the settings), `action` what the workflow uses. Returns 0. Raises: SettingsError for a name or
    an action that is none, a file that is there already, and what cannot be written."""
    name = settings.command if command is None else _command(command)
    if action is not None and not _ACTION.fullmatch(action):
        raise SettingsError(f"--action is “{action}”; it must be OWNER/REPOSITORY@REVISION, e.g. {ACTION}")
    files = store_files(name, action or ACTION, datetime.now(UTC).date())
    write_store(directory, files)
    print_text(_next(directory, len(files), name, settings))
    if action is None:
        print_text(f"Put the repository that you have briefbot from in place of OWNER/briefbot in {WORKFLOW}.")
    return 0


def _command(text: str) -> str:
    name = text if text.startswith("/") else f"/{text}"
    if not re.fullmatch("/[a-z0-9_-]{1,31}", name):
        raise SettingsError(f"--command is “{text}”; it must be a slash and 1 to 31 of a-z, 0-9, - and _, e.g. /legal")
    return name


def _next(directory: Path, number: int, command: str, settings: Settings) -> str:
    go = [] if directory.resolve() == Path.cwd() else [f"cd {quote(str(directory))}"]
    if command != settings.command:
        go.append(f"export BRIEFBOT_COMMAND={command}")
    start = f"First {' && '.join(go)}, then:" if go else "Next:"
    return "\n".join(
        [
            f"{count(number, 'file')} written to {directory.resolve()}. {start}",
            "  briefbot check             every problem of the briefs, with file and line",
            "  briefbot ask legal         what Slack would answer",
            "  briefbot demo              the bot in a page; README.md says how it comes into Slack",
        ]
    )
