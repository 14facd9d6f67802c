"""Random histories of a brief, as maintainers make them: one small edit after the other."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import timedelta
from itertools import product
from typing import Any, get_args

from hypothesis import strategies as st

from bot.core.briefs.brief import Brief, Caveat, ChangeKind, ChangeNote, Claim, Evidence, Section, Source, Standing
from tests.ferries import DAY
from tests.make import brief

WHO = ("The board’s chair", "The towns' lawyers", "“Coast Radio”", "Nobody")
WHAT = ("said… no", "cut the number of daily ferries from twelve to six", "went to court — twice")
WHEN = ("", "on 3–4 March 2025", "before the charter was changed", "and won't say why the “old” timetable had to go")
SENTENCES = [" ".join(filter(None, parts)) for parts in product(WHO, WHAT, WHEN)]
KEYS = ("legal", "outlook", "overview", "reactions")
IDS = [f"claim-{n}" for n in range(12)]
PLAIN = str.maketrans({"’": "'", "“": '"', "”": '"', "—": "-", "–": "-"})

sentences = st.sampled_from(SENTENCES)
kinds = st.sampled_from(get_args(ChangeKind))
days = st.integers(0, 400).map(lambda n: DAY + timedelta(days=n))
evidence = st.builds(
    Evidence,
    source=st.sampled_from(["gazette", "radio"]),
    quote=st.none() | sentences,
    locator=st.none() | st.sampled_from(["page 1", "page 2"]),
)
claims = st.builds(
    Claim,
    id=st.sampled_from(IDS),
    text=sentences,
    standing=st.sampled_from(get_args(Standing)),
    note=sentences,
    evidence=st.lists(evidence, min_size=1, max_size=2).map(tuple),
)
sources = st.builds(
    Source,
    publisher=sentences,
    url=st.sampled_from(["https://example.org/a-b", "https://example.org/a–b"]),
    kind=st.just("news"),
    title=st.none() | sentences,
    date=st.sampled_from([None, "2025", "2025-03"]),
)

Draw = st.DrawFn
Edit = Callable[[Draw, Brief], Brief]


def _pick(draw: Draw, brief: Brief) -> tuple[str, int]:
    return draw(st.sampled_from([(key, n) for key, part in brief.sections.items() for n in range(len(part.claims))]))


def _board(brief: Brief) -> dict[str, list[Claim]]:
    return {key: list(part.claims) for key, part in brief.sections.items()}


def _of(brief: Brief, board: Mapping[str, list[Claim]]) -> Brief:
    """The brief with these claims; a brief without any is left as it was."""
    sections = {key: Section(claims=tuple(board[key])) for key in sorted(board) if board[key]}
    return replace(brief, sections=sections) if sections else brief


def _change_claim(draw: Draw, brief: Brief, change: Callable[[Claim], Claim]) -> Brief:
    (key, n), board = _pick(draw, brief), _board(brief)
    board[key][n] = change(board[key][n])
    return _of(brief, board)


def _reword(draw: Draw, brief: Brief) -> Brief:
    new, at = draw(sentences), draw(st.integers(0, 10))

    def change(claim: Claim) -> Claim:
        words = claim.text.split()
        return replace(claim, text=" ".join([*words[:at], *new.split()[:3], *words[at + 1 :]]))

    return _change_claim(draw, brief, change)


def _new_id(draw: Draw, brief: Brief) -> Brief:
    free = sorted({*IDS} - {claim.id for part in brief.sections.values() for claim in part.claims})
    return _change_claim(draw, brief, lambda c: replace(c, id=draw(st.sampled_from(free)))) if free else brief


def _move(draw: Draw, brief: Brief) -> Brief:
    (key, n), board = _pick(draw, brief), _board(brief)
    claim, to = board[key].pop(n), draw(st.sampled_from(KEYS))
    board.setdefault(to, []).insert(draw(st.integers(0, 5)), claim)
    return _of(brief, board)


def _shuffle(draw: Draw, brief: Brief) -> Brief:
    (key, _), board = _pick(draw, brief), _board(brief)
    board[key] = draw(st.permutations(board[key]))
    return _of(brief, board)


def _add(draw: Draw, brief: Brief) -> Brief:
    board, claim = _board(brief), draw(claims)
    if any(claim.id == each.id for part in board.values() for each in part):
        return brief
    board.setdefault(draw(st.sampled_from(KEYS)), []).insert(draw(st.integers(0, 5)), claim)
    return _of(brief, board)


def _remove(draw: Draw, brief: Brief) -> Brief:
    (key, n), board = _pick(draw, brief), _board(brief)
    del board[key][n]
    return _of(brief, board)


def _evidence(draw: Draw, brief: Brief) -> Brief:
    items = draw(st.lists(evidence, min_size=1, max_size=3))
    return _change_claim(draw, brief, lambda claim: replace(claim, evidence=tuple(items)))


def _standing(draw: Draw, brief: Brief) -> Brief:
    new: dict[str, Any] = {"standing": draw(st.sampled_from(get_args(Standing))), "note": draw(sentences)}
    return _change_claim(draw, brief, lambda claim: replace(claim, **new))


def _typography(draw: Draw, brief: Brief) -> Brief:
    """Says the same with straight quotes, short dashes, and other white space."""
    blanks = draw(st.sampled_from([" ", "  ", "\n", "\u00a0"]))

    def plain(claim: Claim) -> Claim:
        return replace(claim, text=claim.text.translate(PLAIN).replace("...", "…").replace(" ", blanks))

    return _of(brief, {key: list(map(plain, part)) for key, part in _board(brief).items()})


def _source(draw: Draw, brief: Brief) -> Brief:
    key = draw(st.sampled_from(["gazette", "radio", "minutes"]))
    return replace(brief, sources=dict(sorted({**brief.sources, key: draw(sources)}.items())))


def _drop_source(draw: Draw, brief: Brief) -> Brief:
    return replace(brief, sources={key: source for key, source in brief.sources.items() if key != "minutes"})


def _field(draw: Draw, brief: Brief) -> Brief:
    lists = st.lists(sentences, max_size=3).map(tuple)
    tags = st.lists(st.sampled_from(["a", "b", "c"]), unique=True).map(tuple)
    values: dict[str, st.SearchStrategy[Any]] = {
        **dict.fromkeys(("title", "summary", "owner"), sentences),
        "aliases": lists,
        "caveats": lists.map(lambda texts: tuple(Caveat(text=text) for text in texts)),
        "tags": tags,
        "as_of": days,
        "review_by": st.none() | days,
    }
    name = draw(st.sampled_from(sorted(values)))
    return replace(brief, **{name: draw(values[name])})


def _status(draw: Draw, brief: Brief) -> Brief:
    return replace(brief, status=draw(st.sampled_from(["published", "published", "withdrawn", "draft"])))


def _note(draw: Draw, brief: Brief) -> Brief:
    names = st.lists(st.sampled_from(IDS), max_size=2).map(tuple)
    note = ChangeNote(
        date=draw(days),
        kind=draw(kinds),
        note=draw(sentences),
        claims=draw(names),
        sources=draw(st.sampled_from([(), ("gazette",)])),
    )
    return replace(brief, changes=(note, *brief.changes))


def _old_note(draw: Draw, brief: Brief) -> Brief:
    notes = list(brief.changes)
    if notes:
        at = draw(st.integers(0, len(notes) - 1))
        notes[at : at + 1] = draw(st.sampled_from([[], [replace(notes[at], note=notes[at].note + " again")]]))
    return replace(brief, changes=tuple(notes))


EDITS: tuple[Edit, ...] = (
    *(_reword, _new_id, _move, _shuffle, _add, _remove, _evidence, _standing, _typography),
    *(_source, _drop_source, _field, _status, _note, _old_note),
)


@st.composite
def rewritten(draw: Draw, before: Brief, edits: tuple[Edit, ...] = EDITS) -> Brief:
    """The next version of a brief, one to five edits later."""
    for edit in draw(st.lists(st.sampled_from(edits), min_size=1, max_size=5)):
        before = edit(draw, before)
    return before


@st.composite
def first_versions(draw: Draw) -> Brief:
    """A brief of one to three sections."""
    first_claims = draw(st.lists(claims, min_size=1, max_size=6, unique_by=lambda claim: claim.id))
    board: dict[str, list[Claim]] = {}
    for claim in first_claims:
        board.setdefault(draw(st.sampled_from(KEYS[:3])), []).append(claim)
    both = {"gazette": draw(sources), "radio": draw(sources)}
    return replace(_of(brief("ferries"), board), sources=both)


@st.composite
def histories(draw: Draw) -> list[Brief]:
    """Two to six versions of a brief, the oldest first."""
    versions = [draw(first_versions())]
    for _ in range(draw(st.integers(1, 5))):
        versions.append(draw(rewritten(versions[-1])))
    return versions
