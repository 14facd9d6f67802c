"""`briefbot check`: every problem of every brief file, at its line and column."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Literal

from bot.content.repository import check_directory
from bot.core.linting.diagnostic import Diagnostic, is_error
from bot.errors import SettingsError
from bot.settings import Settings

Format = Literal["text", "json", "github"]
FORMATS: tuple[Format, ...] = ("text", "json", "github")


def check(paths: Sequence[Path], format: Format, settings: Settings) -> int:
    """Checks files and directories, or else the store. A file is checked beside its neighbours, but only its own
    problems are printed. Returns 1 if there is an error. Raises: SettingsError for a path that is not there."""
    found = sorted(set(diagnostics(paths or [settings.briefs])))
    output = {"text": _text, "json": _json, "github": _github}[format](found)
    if output:
        print(output)
    return 1 if any(map(is_error, found)) else 0


def diagnostics(paths: Sequence[Path]) -> Iterable[Diagnostic]:
    """Every problem of some directories, and of some files beside their neighbours. Raises: SettingsError."""
    wanted: dict[Path, set[str] | None] = {}
    for path in paths:
        if path.is_dir() and path.suffix != ".yaml":
            wanted[path] = None
        elif path.exists():
            names = wanted.setdefault(path.parent, set())
            if names is not None:
                names.add(str(path))
        else:
            raise SettingsError(f"{path}: no such file or directory; name brief files or their directory")
    for directory, names in wanted.items():
        yield from (d for d in check_directory(directory) if names is None or d.path in names)


def _text(found: list[Diagnostic]) -> str:
    errors = sum(map(is_error, found))
    return "\n".join([*map(line, found), f"{errors} errors, {len(found) - errors} warnings"]) if found else ""


def line(d: Diagnostic) -> str:
    """A problem as a line for people."""
    return f"{d.path}:{d.line}:{d.column}: {d.severity} {d.code} {d.message}; {d.hint}"


def _json(found: list[Diagnostic]) -> str:
    return json.dumps([asdict(d) for d in found], ensure_ascii=False, indent=2)


def _github(found: list[Diagnostic]) -> str:
    """Workflow commands. Source: docs.github.com, workflow commands for GitHub Actions."""
    return "\n".join(
        f"::{d.severity} file={_property(d.path)},line={d.line},col={d.column},title={d.code}::"
        f"{_data(f'{d.message}; {d.hint}')}"
        for d in found
    )


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
