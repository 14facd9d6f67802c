"""`briefbot check`: prints every problem of brief files, with line and column."""

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path

from bot.cli.annotations import annotations
from bot.cli.formats import CheckFormat
from bot.cli.job_summary import job_summary
from bot.cli.output import count, diagnostic_line, print_commands, print_text, to_json
from bot.cli.sarif import sarif
from bot.cli.workspace_paths import from_workspace
from bot.content.git import changed_files
from bot.content.git_revision import require_commit
from bot.content.loader import STORE_FILE
from bot.content.repository import check_directory
from bot.content.unread_files import directory_problems, nearest_file, why_unread
from bot.core.linting.diagnostic import Diagnostic, is_error
from bot.errors import SettingsError
from bot.settings import Settings


def check(paths: Sequence[Path], format: CheckFormat, settings: Settings, changed_since: str | None = None) -> int:
    """Checks files and directories; with no path, the directory of the settings. A file is checked together with the
    other files of its directory, but only its own problems are printed. What was changed since a revision (None: since
    HEAD, where git knows) has the problems between two files, and comes first if a revision is named. Returns 1 if
    there is an error. Raises: SettingsError for a path that does not exist, a file that is not read, and an unknown
    revision."""
    paths = paths or [settings.briefs]
    _require_read(paths, settings.briefs)
    changed = _changed_files(paths[0], changed_since)
    problems = sorted(set(diagnostics(paths, changed)))
    if changed_since is not None:
        problems.sort(key=lambda each: Path(each.path).resolve() not in changed)
    if format in ("github", "sarif"):
        problems = from_workspace(problems, settings.workspace)
    output = print_commands if format == "github" else print_text
    output(_FORMATTERS[format](problems))
    return 1 if any(map(is_error, problems)) else 0


def diagnostics(paths: Sequence[Path], changed: Collection[Path] = ()) -> Iterable[Diagnostic]:
    """The problems of directories and of single files, in no particular order. A file is checked together with the
    other files of its directory; `_store.yaml` stands for its directory, as it may break every file. Problems between
    two files are those of the one that was named, or is one of `changed` (without links)."""
    selected: dict[Path, set[str] | None] = {}
    for path in paths:
        if _is_directory(path) or path.name == STORE_FILE:
            selected[path if path.is_dir() else path.parent] = None
        # None: the whole directory was named as well.
        elif (names := selected.setdefault(path.parent, set())) is not None:
            names.add(str(path))
    today = datetime.now(UTC).date()
    for directory, names in selected.items():
        top = directory.resolve()
        slugs = {each.stem for each in changed if each.parent == top} | {Path(name).stem for name in names or ()}
        slugs |= {path.stem for path in paths if path.name == STORE_FILE and path.parent == directory}
        yield from (d for d in check_directory(directory, slugs, today) if names is None or d.path in names)
        if names is None:
            yield from directory_problems(directory)


def _require_read(paths: Iterable[Path], briefs: Path) -> None:
    """Raises: SettingsError for paths that do not exist, and for files that are not read, one a line."""
    if reasons := [f"{path}: {reason}" for path in paths if (reason := _why_unread(path, briefs))]:
        raise SettingsError("\n".join(reasons))


def _is_directory(path: Path) -> bool:
    """A directory with the name of a brief file is a broken brief file."""
    return path.is_dir() and path.suffix != ".yaml"


def _why_unread(path: Path, briefs: Path) -> str | None:
    if not path.exists():
        nearest = nearest_file(path)
        advice = f"did you mean {nearest}?" if nearest else "name brief files, or their directory (BRIEFBOT_BRIEFS)"
        return f"no such file or directory; {advice}"
    return None if _is_directory(path) else why_unread(path, briefs)


def _changed_files(path: Path, since: str | None) -> frozenset[Path]:
    directory = path if path.is_dir() else path.parent
    if since is not None:
        require_commit(directory, since)
    return changed_files(directory, since or "HEAD")


def _text(problems: Sequence[Diagnostic]) -> str:
    return "\n".join([*map(diagnostic_line, problems), _total(problems)]) if problems else ""


def _total(problems: Sequence[Diagnostic]) -> str:
    numbers = Counter(each.severity for each in problems)
    information = f", {numbers['info']} for information" if numbers["info"] else ""
    return f"{count(numbers['error'], 'error')}, {count(numbers['warning'], 'warning')}{information}"


def _json(problems: Sequence[Diagnostic]) -> str:
    return to_json([asdict(d) for d in problems])


def _markdown(problems: Sequence[Diagnostic]) -> str:
    return job_summary(f"Problems in briefs: {_total(problems)}", "\n".join(map(diagnostic_line, problems)))


_FORMATTERS: dict[CheckFormat, Callable[[Sequence[Diagnostic]], str]] = {
    "text": _text,
    "json": _json,
    "github": annotations,
    "markdown": _markdown,
    "sarif": sarif,
}
