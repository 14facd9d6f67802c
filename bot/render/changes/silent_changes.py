"""Lines for what maintainers changed and readers are not told of, for a terminal."""

from collections.abc import Iterable, Iterator
from itertools import filterfalse

from bot.core.briefs.brief import Brief, Claim, Source
from bot.core.briefs.vocabulary import Vocabulary
from bot.core.changes.change_set import INTERNAL, Change, ChangeSet
from bot.core.changes.normalization import equal_when_normalized
from bot.core.changes.visibility import renamed_sources, with_new_source_ids
from bot.render.changes.word_diff import WordRun, mark_changed_words

QUOTED_MAX = 60
"""Characters shown of old or new words."""


def silent_lines(change_set: ChangeSet) -> Iterator[str]:
    """What differs within a brief and is not announced: a line for each change, then for each editorial note."""
    before, after = change_set.before, change_set.after
    if before is None or after is None:
        return
    new_ids = renamed_sources(before, after)
    for change in change_set.silent:
        words = _source_id(change, new_ids) if change.what == "source" else _words(change, before, after)
        if words:
            yield f"{change_set.slug}: {words}{_reason(change, after)}"
    editorial = (note for note in change_set.notes if note.kind == "editorial")
    yield from (f"{change_set.slug}: the editorial note {_quoted(note.note)}" for note in editorial)


def rename_line(old: str, new: str) -> str:
    """A renamed file; what else changed in it has lines of its own."""
    return f"{new}: renamed from {old}"


def unseen_line(slug: str, before: Brief | None, after: Brief | None) -> str:
    """A file that differs although its brief gives readers no change; None for a version that is missing."""
    return f"{slug}: {_unseen(before, after)}"


def _unseen(before: Brief | None, after: Brief | None) -> str:
    match before, after:
        case None, Brief(status=status):
            return "a new draft" if status == "draft" else "new, and withdrawn from the start"
        case Brief(status=status), None:
            return "the draft is gone" if status == "draft" else "gone; it was withdrawn before"
        case Brief(status="draft"), Brief(status=status):
            return "the draft changed" if status == "draft" else "the draft is withdrawn"
        case Brief(status="withdrawn"), Brief(status="draft"):
            return "was withdrawn, and is a draft now"
        case Brief() as old, Brief() as new if old.revision != new.revision:
            return (
                "only words for the search (also), leads, groups, or marks that read the same, such as quotes, dashes"
                " and white space"
            )
    return "only comments, white space between values, or the order of keys"


def vocabulary_line(before: Vocabulary, after: Vocabulary) -> str | None:
    """The settings of the store that changed; None if none did."""
    names = ("sections", "lead", "edit_url", "shared_aliases", "equivalents")
    # As lists, since the order of sections is the order of display.
    changed = [name for name in names if _items(getattr(before, name)) != _items(getattr(after, name))]
    return f"_store.yaml: {', '.join(changed)}" if changed else None


def _items(value: object) -> object:
    return [*value.items()] if isinstance(value, dict) else value


# Words for a change


def _reason(change: Change, after: Brief) -> str:
    if change.kind == "editorial" and change.id != "changes":
        return " (declared editorial)"
    return " (the brief is withdrawn)" if after.status == "withdrawn" and change.id not in INTERNAL else ""


def _source_id(change: Change, new_ids: dict[str, str]) -> str:
    """Of a source that only has another id one line, at its old id."""
    if change.id in new_ids.values() and change.op == "added":
        return ""
    if change.id in new_ids:
        return f"the source {change.id} is called {new_ids[change.id]} now"
    return f"the source {change.id} {change.op}{_field_names(change.before, change.after)}"


def _words(change: Change, before: Brief, after: Brief) -> str:
    match change.what, change.before, change.after:
        case "claim", Claim() as old, Claim() as new:
            return _claim_words(with_new_source_ids(old, renamed_sources(before, after)), new)
        case "claim", _, _:
            return f"the claim {change.id} {change.op}"
        case "field", _, _ if change.id == "changes":
            return "an earlier change note edited"
        case "field", old, new if isinstance(old or new, tuple):
            return f"{change.id}: {_items_words(old or (), new or ())}"
        case "field", old, new:
            return f"{change.id} {_pair(str(old or ''), str(new or ''))}"
    return f"the {change.what} {change.id} {change.op}"


def _claim_words(old: Claim, new: Claim) -> str:
    edits = [f"the claim {old.id} is called {new.id} now"] if old.id != new.id else []
    if not equal_when_normalized(old.text, new.text):
        edits.append(f"the claim {new.id}: {_pair(old.text, new.text)}")
    names = [name for name in ("standing", "note", "evidence") if _differ(old, new, name)]
    if names:
        edits.append(f"the {', '.join(names)} of the claim {new.id}")
    return "; ".join(edits) or f"the ids of the sources of the claim {new.id}"


def _field_names(old: Source | None, new: Source | None) -> str:
    if old is None or new is None:
        return ""
    return f": {', '.join(name for name in Source.__dataclass_fields__ if _differ(old, new, name))}"


def _differ(old: object, new: object, name: str) -> bool:
    return not equal_when_normalized(getattr(old, name), getattr(new, name))


def _items_words(old: tuple[str, ...], new: tuple[str, ...]) -> str:
    edits = {"added": [*filterfalse(old.__contains__, new)], "removed": [*filterfalse(new.__contains__, old)]}
    phrases = (f"{', '.join(map(_quoted, items))} {operation}" for operation, items in edits.items() if items)
    return "; ".join(phrases) or "in another order"


def _pair(old: str, new: str) -> str:
    """The words that differ: `“twelve” became “six”`."""
    old_runs, new_runs = mark_changed_words(old, new)
    before, after = _changed(old_runs), _changed(new_runs)
    if not before and not after:
        before, after = old, new
    if not before or not after:
        return f"{_quoted(before or after)} {'removed' if before else 'added'}"
    return f"{_quoted(before)} became {_quoted(after)}"


def _changed(runs: Iterable[WordRun]) -> str:
    return " … ".join(run.words for run in runs if run.changed)


def _quoted(text: str) -> str:
    """A text on one line, cut, with a sign for what a terminal would not show."""
    line = "".join(char if char.isprintable() else "�" for char in " ".join(text.split()))
    return f"“{line}”" if len(line) <= QUOTED_MAX else f"“{line[: QUOTED_MAX - 1]}…”"
