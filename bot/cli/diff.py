"""`briefbot diff`: prints what readers would be told about the changes between two states of the briefs."""

from collections.abc import Iterable, Mapping
from dataclasses import fields, is_dataclass, replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any, Literal

from bot.cli import check
from bot.cli.job_summary import job_summary
from bot.cli.output import diagnostic_line, print_text, to_json
from bot.content.loader import STORE_FILE, LoadResult, diagnostics, load_brief, load_vocabulary
from bot.content.repository import brief_files
from bot.core.briefs.brief import Brief, Vocabulary
from bot.core.changes.announcement import Announcement, announce
from bot.core.changes.change_set import Change, ChangeSet
from bot.core.changes.diff import diff_corpora
from bot.core.linting.checks import check_notes
from bot.core.linting.diagnostic import Diagnostic, is_error
from bot.errors import SettingsError
from bot.render.document import terminal
from bot.render.document.paging import single_page
from bot.render.reply_layout import layout
from bot.render.reply_message import render_reply
from bot.settings import Settings

Format = Literal["text", "json", "blocks", "markdown"]
FORMATS: tuple[Format, ...] = ("text", "json", "blocks", "markdown")

BETWEEN_POSTS = "\n\n---\n\n"

Files = Mapping[str, LoadResult[Brief]]
"""Brief files by slug."""


def diff(old: Path, new: Path, format: Format, settings: Settings) -> int:
    """Prints the posts for the changes between two directories, or between two files of one brief, and problems to
    stderr. A brief that is broken in NEW counts as unchanged; one that is broken in OLD is not compared. Returns 1 if
    there is an error in NEW. Raises: SettingsError for paths that do not exist or cannot be compared."""
    before, after = _files(old), _files(new)
    # After reading: a path that does not exist would count as a file here.
    _require_same_kind(old, new)
    sets = diff_corpora(*_comparable(before, after))
    problems = sorted({*filter(is_error, check.diagnostics([new])), *_notes(sets, after)})
    for each in (*_not_compared(before), *problems):
        print_text(diagnostic_line(each), to_stderr=True)
    vocabulary = _vocabulary(new if new.is_dir() else new.parent)
    posts = [announce(each, vocabulary, on=datetime.now(UTC).date()) for each in sets if not each.is_silent]
    records = [*map(record, sets)]
    formats = {"text": _text, "json": lambda *_: to_json(records), "blocks": _blocks, "markdown": _markdown}
    print_text(formats[format](posts, settings.command))
    return 1 if problems else 0


def _files(path: Path) -> Files:
    if not path.exists():
        raise SettingsError(f"{path}: no such file or directory; name two directories, or two files of one brief")
    return {each.stem: load_brief(each) for each in (brief_files(path) if path.is_dir() else [path])}


def _require_same_kind(old: Path, new: Path) -> None:
    if old.is_dir() != new.is_dir():
        raise SettingsError(f"{old} and {new}: one is a directory and one is a file; name two directories or two files")
    if not old.is_dir() and old.stem != new.stem:
        raise SettingsError(f"{old} and {new} are files of different briefs; name two files with the same name")


def _comparable(before: Files, after: Files) -> tuple[dict[str, Brief], dict[str, Brief]]:
    old = {slug: loaded.value for slug, loaded in before.items() if loaded.value}
    new = {slug: brief for slug, loaded in after.items() if (brief := loaded.value or old.get(slug))}
    return old, {slug: brief for slug, brief in new.items() if slug in old or slug not in before}


def _not_compared(before: Files) -> Iterable[Diagnostic]:
    for loaded in before.values():
        if loaded.value is None:
            yield from (replace(d, hint="this brief is not compared") for d in filter(is_error, diagnostics(loaded)))


def _notes(sets: Iterable[ChangeSet], after: Files) -> Iterable[Diagnostic]:
    """The errors that depend on the version before."""
    for change_set in sets:
        if change_set.before is not None and change_set.after is not None:
            problems = check_notes(change_set.before, change_set.after)
            yield from filter(is_error, diagnostics(after[change_set.slug], problems))


def _vocabulary(directory: Path) -> Vocabulary:
    return load_vocabulary(directory / STORE_FILE).value or Vocabulary(sections={})


# Output formats


def _text(posts: list[Announcement], command: str) -> str:
    """Posts in full: a terminal has no button to expand them."""
    unfolded = (replace(post, collapsed=False) for post in posts)
    return BETWEEN_POSTS.join(terminal.text(single_page(layout(post, command))) for post in unfolded)


def _markdown(posts: list[Announcement], command: str) -> str:
    return job_summary("What readers will be told", _text(posts, command))


def _blocks(posts: list[Announcement], command: str) -> str:
    messages = (render_reply(post, command=command) for post in posts)
    return to_json([{"text": each.text, "blocks": each.blocks} for each in messages])


def record(change_set: ChangeSet) -> dict[str, Any]:
    """A change set as JSON values; all keys are always present."""
    changes = [_change(change) for change in change_set.changes]
    return {"brief": change_set.slug, "kind": change_set.kind, "changes": changes}


def _change(change: Change) -> dict[str, Any]:
    return {
        "op": change.op,
        "what": change.what,
        "kind": change.kind,
        "id": change.id,
        "section": change.section,
        "before": _value(change.before),
        "after": _value(change.after),
    }


def _value(value: Any) -> Any:
    if is_dataclass(value):
        return {field.name: _value(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, Mapping):
        return {key: _value(each) for key, each in value.items()}
    if isinstance(value, tuple):
        return [_value(each) for each in value]
    return value.isoformat() if isinstance(value, date) else value
