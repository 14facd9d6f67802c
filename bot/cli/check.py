"""`briefbot check`: prints every problem of brief files, with line and column."""

from collections.abc import Iterable, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Literal

from bot.cli.output import count, diagnostic_line, inert_line, print_commands, print_text, to_json
from bot.content.loader import STORE_FILE
from bot.content.repository import check_directory
from bot.content.unread_files import directory_problems, why_unread
from bot.core.linting.diagnostic import Diagnostic, is_error
from bot.errors import SettingsError
from bot.settings import Settings

Format = Literal["text", "json", "github"]
FORMATS: tuple[Format, ...] = ("text", "json", "github")


def check(paths: Sequence[Path], format: Format, settings: Settings) -> int:
    """Checks files and directories; with no path, the directory of the settings. A file is checked together with the
    other files of its directory, but only its own problems are printed. Returns 1 if there is an error. Raises:
    SettingsError for a path that does not exist."""
    problems = sorted(set(diagnostics(paths or [settings.briefs], settings.briefs)))
    if format == "github":
        print_commands(_github(problems))
    else:
        print_text({"text": _text, "json": _json}[format](problems))
    return 1 if any(map(is_error, problems)) else 0


def diagnostics(paths: Sequence[Path], briefs: Path | None = None) -> Iterable[Diagnostic]:
    """The problems of directories and of single files, in no particular order. A file is checked together with the
    other files of its directory; `_store.yaml` stands for its directory, as it may break every file. `briefs`: the
    directory of the settings. Raises: SettingsError for paths that do not exist, and for files that are not read."""
    selected: dict[Path, set[str] | None] = {}
    if reasons := [f"{path}: {reason}" for path in paths if (reason := _why_unread(path, briefs))]:
        raise SettingsError("\n".join(reasons))
    for path in paths:
        if _is_directory(path) or path.name == STORE_FILE:
            selected[path if path.is_dir() else path.parent] = None
        # None: the whole directory was named as well.
        elif (names := selected.setdefault(path.parent, set())) is not None:
            names.add(str(path))
    for directory, names in selected.items():
        yield from (d for d in check_directory(directory) if names is None or d.path in names)
        if names is None:
            yield from directory_problems(directory)


def _is_directory(path: Path) -> bool:
    """A directory with the name of a brief file is a broken brief file."""
    return path.is_dir() and path.suffix != ".yaml"


def _why_unread(path: Path, briefs: Path | None) -> str | None:
    if not path.exists():
        return "no such file or directory; name brief files, or their directory (BRIEFBOT_BRIEFS)"
    return None if _is_directory(path) else why_unread(path, briefs)


def _text(problems: list[Diagnostic]) -> str:
    errors = sum(map(is_error, problems))
    total = f"{count(errors, 'error')}, {count(len(problems) - errors, 'warning')}"
    return "\n".join([*map(diagnostic_line, problems), total]) if problems else ""


def _json(problems: list[Diagnostic]) -> str:
    return to_json([asdict(d) for d in problems])


def _github(problems: list[Diagnostic]) -> str:
    """Workflow commands, one a line. Source: docs.github.com, workflow commands for GitHub Actions."""
    return "\n".join(
        f"::{d.severity} file={_property(d.path)},line={d.line},col={d.column},title={d.code}::"
        f"{_data(f'{d.message}; {d.hint}')}"
        for d in problems
    )


def _data(text: str) -> str:
    return inert_line(text).replace("%", "%25")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
