"""The files of a new store, as `briefbot init` writes them: all of them or none."""

import os
from collections.abc import Mapping
from contextlib import ExitStack
from datetime import date
from pathlib import Path

from bot import __version__
from bot.cli.output import to_json
from bot.cli.packaged import packaged
from bot.content.file_names import is_read
from bot.content.schema import json_schema, store_schema
from bot.errors import SettingsError

TEMPLATES = Path(__file__).parent / "init_files"

ACTION = f"OWNER/briefbot@v{__version__}"
"""Where nobody says from where they have briefbot."""

FIRST_BRIEF = "briefs/ferry-timetable.yaml"
WORKFLOW = ".github/workflows/briefs.yaml"

TEMPLATE_OF = {
    "briefs/_store.yaml": "_store.yaml",
    FIRST_BRIEF: "ferry-timetable.yaml",
    WORKFLOW: "workflow.yaml",
    ".pre-commit-config.yaml": "pre-commit.yaml",
    ".env.example": "env.example",
    ".gitignore": "gitignore",
    "README.md": "README.md",
}
"""File to template."""

MANIFESTS = ("socket-mode.yaml", "http.yaml")


def store_files(command: str, action: str, today: date) -> dict[str, str]:
    """The text of each file by its path below the directory. `command` has its slash; `action` is what a workflow
    uses, `OWNER/REPOSITORY@REVISION`."""
    values = {"COMMAND": command, "ACTION": action, "TODAY": today.isoformat(), "VERSION": __version__}
    files = {name: _filled(TEMPLATES / template, values) for name, template in TEMPLATE_OF.items()}
    files["briefs/brief.schema.json"] = to_json(json_schema()) + "\n"
    files["briefs/store.schema.json"] = to_json(store_schema()) + "\n"
    return files | {f"manifests/{name}": _manifest(name, command) for name in MANIFESTS}


def write_store(directory: Path, files: Mapping[str, str]) -> None:
    """Writes the files below a directory, which is made if need be. Raises: SettingsError if one of them is there, if
    there are brief files already, and if something cannot be written; then nothing has been written."""
    _require_free(directory, files)
    with ExitStack() as undo:
        for path, text in ((directory / name, text) for name, text in files.items()):
            try:
                _write(path, text, undo)
            except OSError as error:
                reason = (error.strerror or str(error)).lower()
                raise SettingsError(f"{error.filename or path}: {reason}; nothing was written") from error
        undo.pop_all()


def _filled(template: Path, values: Mapping[str, str]) -> str:
    text = template.read_text(encoding="utf-8")
    for name, value in values.items():
        text = text.replace(f"@{name}@", value)
    return text


def _manifest(name: str, command: str) -> str:
    text = (packaged("manifests") / name).read_text(encoding="utf-8")
    return text.replace("- command: /brief\n", f"- command: {command}\n")


def _require_free(directory: Path, files: Mapping[str, str]) -> None:
    taken = [str(directory / name) for name in files if os.path.lexists(directory / name)]
    briefs = directory / "briefs"
    if not taken and briefs.is_dir():
        taken = sorted(str(path) for path in briefs.iterdir() if is_read(path.name))
    if taken:
        are, them = ("is", "it") if len(taken) == 1 else ("are", "them")
        raise SettingsError(
            f"{', '.join(taken)} {are} there already, and init overwrites nothing: move {them} away, or name another "
            "directory, e.g. briefbot init my-briefs; nothing was written"
        )


def _write(path: Path, text: str, undo: ExitStack) -> None:
    missing = [each for each in path.parents if not each.exists()]
    for each in reversed(missing):
        each.mkdir()
        undo.callback(each.rmdir)
    with path.open("x", encoding="utf-8", newline="\n") as file:
        undo.callback(path.unlink)
        file.write(text)
