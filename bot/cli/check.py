"""`briefbot check`: prints every problem of brief files, with line and column."""

from collections.abc import Iterable, Sequence
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import Literal

from bot.cli.output import diagnostic_line, to_json
from bot.content.repository import check_directory
from bot.core.linting.diagnostic import Diagnostic, is_error
from bot.errors import SettingsError
from bot.settings import Settings

Format = Literal["text", "json", "github"]
FORMATS: tuple[Format, ...] = ("text", "json", "github")


def check(paths: Sequence[Path], format: Format, settings: Settings) -> int:
    """Checks files and directories; with no path, the directory of the settings. A file is checked together with the
    other files of its directory, but only its own problems are printed. Returns 1 if there is an error. Raises:
    SettingsError for a path that does not exist."""
    problems = sorted(set(diagnostics(paths or [settings.briefs])))
    output = {"text": _text, "json": _json, "github": _github}[format](problems)
    if output:
        print(output)
    return 1 if any(map(is_error, problems)) else 0


def diagnostics(paths: Sequence[Path]) -> Iterable[Diagnostic]:
    """The problems of directories and of single files, in no particular order. A file is checked together with the
    other files of its directory. Raises: SettingsError for a path that does not exist."""
    selected: dict[Path, set[str] | None] = {}
    for path in paths:
        # A directory with the name of a brief file is a broken brief file.
        if path.is_dir() and path.suffix != ".yaml":
            selected[path] = None
        elif path.exists():
            names = selected.setdefault(path.parent, set())
            # None: the whole directory was named as well.
            if names is not None:
                names.add(str(path))
        else:
            raise SettingsError(f"{path}: no such file or directory; name brief files or their directory")
    for directory, names in selected.items():
        yield from (d for d in check_directory(directory, datetime.now(UTC).date()) if names is None or d.path in names)


def _text(problems: list[Diagnostic]) -> str:
    errors = sum(map(is_error, problems))
    return (
        "\n".join([*map(diagnostic_line, problems), f"{errors} errors, {len(problems) - errors} warnings"])
        if problems
        else ""
    )


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
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
