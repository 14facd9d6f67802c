"""Applies a change set to the older version of a brief: an oracle for what `diff` finds, which knows nothing of how."""

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from bot.core.briefs.brief import Brief, Caveat, Claim, Section
from bot.core.changes.change_set import Change, ChangeSet
from bot.core.changes.normalization import VERBATIM, normalize_text

Board = dict[str, list[Claim]]
"""The claims by section."""


def apply(before: Brief | None, change_set: ChangeSet | None) -> Brief | None:
    """The newer version. Raises: KeyError, ValueError where a change does not fit."""
    if change_set is None:
        return before
    for change in change_set.changes:
        if change.what == "brief":
            return change.after  # type: ignore[no-any-return]
    assert before is not None
    sources = dict(before.sources)
    fields: dict[str, Any] = {"changes": (*change_set.notes, *before.changes)}
    for change in change_set.changes:
        if change.what == "source":
            _put(sources, change)
        elif change.what == "field":
            none = () if isinstance(getattr(before, change.id), tuple) else None
            fields[change.id] = none if change.after is None else _value(change)
    sections = {key: Section(claims=tuple(claims)) for key, claims in sorted(_board(before, change_set).items())}
    return replace(before, sections=sections, sources=dict(sorted(sources.items())), **fields)


def _put(mapping: dict[str, Any], change: Change) -> None:
    if change.before is not None:
        del mapping[change.id]
    if change.after is not None:
        mapping[change.id] = change.after


def _board(before: Brief, change_set: ChangeSet) -> Board:
    """Takes out what is gone or moves, edits what stays, and puts in the rest from the front to the back."""
    claims = [change for change in change_set.changes if change.what == "claim"]
    board = {key: list(section.claims) for key, section in before.sections.items()}
    for change in change_set.changes:
        if change.what == "section" and change.op == "added":
            board[change.id] = []
    taken: dict[str, Claim] = {}
    for change in _of(claims, "edited"):
        _replace(board, change.before.id, change.after)
    for change in _of(claims, "moved"):
        taken[change.id] = _take(board[change.before.section], change.id)
    for change in _of(claims, "removed"):
        _take(board[change.section or ""], change.id)
    for change in sorted(
        (*_of(claims, "added"), *_of(claims, "moved")), key=lambda c: c.position.index if c.position else 0
    ):
        assert change.position is not None
        claim = change.after if change.op == "added" else taken[change.id]
        board[change.position.section].insert(change.position.index, claim)
    for change in change_set.changes:
        if change.what == "section" and change.op == "removed":
            assert not board.pop(change.id)
    return board


def _of(changes: Iterable[Change], op: str) -> list[Change]:
    return [change for change in changes if change.op == op]


def _take(claims: list[Claim], id_: str) -> Claim:
    (claim,) = (claim for claim in claims if claim.id == id_)
    claims.remove(claim)
    return claim


def _replace(board: Board, id_: str, claim: Claim) -> None:
    for claims in board.values():
        for index, each in enumerate(claims):
            if each.id == id_:
                claims[index] = claim
                return
    raise KeyError(id_)


def read(brief: Brief | None) -> Any:
    """What readers of a version take in: equal for two versions that only differ in white space and typography, in the
    order of tags and aliases, or that are both not to be seen."""
    if brief is None or brief.status == "draft":
        return None
    ordered = replace(brief, aliases=tuple(sorted(brief.aliases)), tags=tuple(sorted(brief.tags)), revision="")
    return _plain(ordered)


def _plain(value: Any, name: str = "") -> Any:
    if hasattr(value, "__dataclass_fields__"):
        return {field: _plain(getattr(value, field), field) for field in value.__dataclass_fields__}
    if isinstance(value, dict):
        return {key: _plain(each) for key, each in value.items()}
    if isinstance(value, tuple):
        return [_plain(each) for each in value]
    return value if name in VERBATIM else normalize_text(value)


def _value(change: Change) -> Any:
    """A field's value; caveats are reported by their words."""
    return tuple(Caveat(text=text) for text in change.after) if change.id == "caveats" else change.after
