"""Corrections of earlier posts: a line within the post, and a note in its thread."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

from bot.core.changes.claim_parts import holding_part, missing_words
from bot.core.commands.command import Command
from bot.render.changes.abridgement import opening, with_marks
from bot.render.changes.excerpts import Excerpt, clipped, counted_excerpt, whole_excerpt
from bot.render.changes.views import old_words
from bot.render.changes.word_diff import compare
from bot.render.document import mrkdwn
from bot.render.document.document import Actions, Document, Layout, Line, Passage, Text, line
from bot.render.document.open_buttons import open_buttons
from bot.render.document.paging import CORRECTION_ROOM
from bot.render.document.phrases import count, day, sentence, standing_and_text

LINES_MAX = 8
"""Corrections with a line of their own in a post, the newest ones; one more line counts the earlier ones."""

QUOTED_MIN = 24
"""Characters below which a quotation is not shortened to make a line fit; fewer claims are quoted instead."""

QUOTED_LENGTHS = (240, 180, 140, 110, 90, 75, 60, 50, 40, 30, QUOTED_MIN)
"""Characters of a quotation that are tried if those of the whole room are too many."""

NOTE_QUOTED_MIN, NOTE_QUOTED_MAX = 200, 400
"""Characters of a quotation in a note: between these, as its room is divided among its claims."""

NOTE_ROOM = 3200
"""Characters of the old and new words in a note, which with notes and titles fit into a message."""

NOTE_CLAIMS_MAX = 6
"""Claims in a note, but one of each brief; one more line counts the others of a brief."""

RECOGNIZED_MAX = 60
"""Characters of a quotation by which a claim is only recognised, in a line about several."""

NOTE_BRIEFS_MAX = 6
"""Briefs in a note; one more line counts the others."""


@dataclass(frozen=True, slots=True)
class Correction:
    """What one publication corrected in a post. `claims` are (text as readers saw it last, text now); None for a
    withdrawn claim. `note` is the maintainer's. `brief` is the title of the brief if it was withdrawn as a whole, or
    published again with all that the post shows of it. `effect` is that on claims which are not withdrawn. `title` is
    the title of the brief, None where nothing names it. `aspects` are what differs in claims whose words do not, each
    in the place of its claim; empty where that is not known. `merged` are the indices of claims that are part of
    another one now."""

    on: date
    claims: tuple[tuple[str, str | None], ...]
    note: str | None = None
    brief: str | None = None
    effect: Literal["corrected", "reinstated", "updated"] = "corrected"
    title: str | None = None
    aspects: tuple[str, ...] = ()
    merged: frozenset[int] = frozenset()

    def is_reworded(self, index: int) -> bool:
        """Whether the claim in this place has other words now."""
        old, new = self.claims[index]
        return new is not None and new != old and index not in self.merged

    def aspect(self, index: int) -> str:
        """What differs in the claim in this place, as the object of a sentence."""
        return "".join(self.aspects[index : index + 1]) or "another note or other evidence"


def with_corrections(layout: Layout, corrections: Sequence[Correction], *, now: bool) -> Layout:
    """The layout with a line for each correction under its head, together within `CORRECTION_ROOM` characters.
    `corrections` are in order of publication. `now`: whether the lines also quote the current text, which the post
    itself does not show."""
    if not corrections:
        return layout
    earlier = len(corrections) - LINES_MAX
    lines = [line(f"{count(earlier, 'earlier correction')}.")] if earlier > 0 else []
    newest = corrections[-LINES_MAX:]
    # The reserved room, less the blank line above and a line end for each line, divided among the lines.
    room = (CORRECTION_ROOM - len("\n\n")) // (len(newest) + len(lines)) - len("\n")
    lines += (_line(each, room, now=now) for each in newest)
    return replace(layout, head=(*layout.head, Passage(tuple(lines))))


def _line(correction: Correction, room: int, *, now: bool) -> Line:
    """`Corrected 12 May 2025: was “…”`, in at most `room` characters."""
    label = _label(correction)
    chars = room - len(f"{label}: ")
    if title := correction.brief:
        words = _longest_fitting(lambda quoted_max: line(f"the brief “{opening(title, quoted_max)}”"), chars)
    else:
        words = _claims_line(correction, chars, now=now)
    return line(Text(f"{label}:", bold=True), " ", *words) if words else line(Text(f"{label}.", bold=True))


def _label(correction: Correction) -> str:
    verb = correction.effect if any(new is not None for _, new in correction.claims) else "withdrawn"
    return f"{verb.capitalize()} {day(correction.on)}"


def _claims_line(correction: Correction, room: int, *, now: bool) -> Line | None:
    """As many of the claims as fit with all of their changes, and the number of the others; of the first one as many
    changes as fit. None if not even one fits."""
    total = len(correction.claims)
    most = min(total, room // QUOTED_MIN + 1)
    for number, whole in (*((number, True) for number in range(most, 0, -1)), (1, False)):
        more = [line(f"{total - number} more")] if number < total else []

        # Defaults bind the values of this round of the loop.
        def line_with(
            quoted_max: int, number: int = number, more: Sequence[Line] = more, whole: bool = whole
        ) -> Line | None:
            recognized_max = quoted_max if number == 1 else min(quoted_max, RECOGNIZED_MAX)
            named_max = min(quoted_max, RECOGNIZED_MAX) if total > 1 else 0
            lines = [
                _claim_words(*correction.claims[index], quoted_max, named_max, now=now, whole=whole)
                if correction.is_reworded(index)
                else _unchanged_words(correction, index, quoted_max, recognized_max)
                for index in range(number)
            ]
            return None if None in lines else _joined([*filter(None, lines), *more])

        if words := _longest_fitting(line_with, room):
            return words
    return None


def _unchanged_words(correction: Correction, index: int, quoted_max: int, recognized_max: int) -> Line:
    """What became of a claim whose words did not change, or stand in another one; nothing where the line's label says
    so."""
    old, new = correction.claims[index]
    if new is not None and index in correction.merged:
        return _standing_in(old, new, quoted_max)
    bare = correction.effect == "reinstated" or all(each is None for _, each in correction.claims)
    return line(f"{'' if bare else _state(correction, index)}“{opening(old, recognized_max)}”")


def _state(correction: Correction, index: int) -> str:
    """What became of a claim whose words did not change."""
    return "withdrawn " if correction.claims[index][1] is None else f"{correction.aspect(index)} for "


def _joined(lines: Iterable[Line], sign: str = "; ") -> Line:
    first, *others = lines
    return (*first, *(span for each in others for span in (Text(sign), *each)))


def _longest_fitting(line_with: Callable[[int], Line | None], room: int) -> Line | None:
    """The line with the longest quotations that fits into `room` characters; None if it does not fit with quotations of
    `QUOTED_MIN` characters, or has none of them."""
    # Tried one by one: how long a text is once escaped shows only then.
    lengths = (room, *(each for each in QUOTED_LENGTHS if each < room))
    lines = (words for words in map(line_with, lengths) if words)
    return next((words for words in lines if mrkdwn.text_length((Passage((words,)),)) <= room), None)


def _claim_words(old: str, new: str | None, quoted_max: int, named_max: int, *, now: bool, whole: bool) -> Line | None:
    """`was “…”, now “…”`; None if not all changes fit, unless it need not be `whole`. Of a text in which nothing is
    alike, where the post shows only the old one: `rewritten; now “…”`, behind at most `named_max` characters of the old
    text, which say which claim it is (0: none)."""
    new = new or ""
    (was, old_text), (is_now, new_text) = standing_and_text(old), standing_and_text(new)
    standing = [line(f"was {was}, now {is_now}")] if was != is_now else []
    if old_text == new_text:
        return line(*standing[0], f": “{opening(old_text, quoted_max)}”")
    # Unless it changed, the standing is one of the words.
    before, after = (old_text, new_text) if standing else (old, new)
    if now and not compare(before, after).alike:
        name = f"“{opening(before, named_max)}” " if named_max else ""
        return _joined([*standing, line(f"{name}rewritten; now “{after if whole else opening(after, quoted_max)}”")])
    words, left_out = whole_excerpt(before, after, quoted_max), 0
    if words is None and not whole:
        words, left_out = counted_excerpt(before, after, quoted_max)
    if words is None:
        return None
    sides = [line(f"{label} “", *side, "”") for label, side in _sides(before, after, words, now=now)]
    rest = f", and {count(left_out, 'more change')}" if left_out else ""
    return line(*_joined([*standing, _joined(sides, ", ")]), rest)


def _standing_in(old: str, new: str, quoted_max: int) -> Line:
    """Where the words of a claim stand now; those that stand nowhere are struck."""
    words = clipped(old_words(with_marks(old, missing_words(old, new))), quoted_max)
    return line("“", *words, f"” now stands in “{opening(holding_part(new, old), quoted_max)}”")


def _sides(old: str, new: str, words: Excerpt, *, now: bool) -> Iterator[tuple[str, Line]]:
    """The sides that are quoted: where a post shows the current text itself, that only if something came into it, which
    the old text cannot show, and alone if nothing else happened."""
    comparison = compare(old, new)
    changes = [each for each in comparison.stretches if each.changed and comparison.alike]
    if now or not changes or any(each.old for each in changes):
        yield "was", words.old
    if now or not all(each.old for each in changes):
        yield "now", words.new


# The note


EditState = Literal["done", "open", "never"]
"""Whether the post above a note was edited: Slack may have refused it for long, or for good."""

_UNEDITED: Mapping[EditState, str] = {"open": "could not be edited yet", "never": "cannot be edited any more"}


def note(
    corrections: Sequence[Correction], sections: Sequence[tuple[str, Command]], edits: Sequence[EditState] = ("done",)
) -> Document:
    """The note in a thread about one publication; one correction per brief. `sections` are the (label, command) of
    sections to open; `edits` are the states of the posts that it is about."""
    named = corrections[:NOTE_BRIEFS_MAX]
    claims_max = max(1, NOTE_CLAIMS_MAX // len(named))
    claims = sum(min(claims_max, len(correction.claims)) for correction in named)
    quoted_max = max(NOTE_QUOTED_MIN, min(NOTE_QUOTED_MAX, NOTE_ROOM // (2 * max(1, claims))))
    several = len({correction.title for correction in corrections}) > 1
    lines = [
        each
        for correction in named
        for each in (_note_head(correction, several=several), *_note_lines(correction, claims_max, quoted_max))
    ]
    if more := count(len(corrections) - len(named), "more brief"):
        lines.append(line(f"The same publication changed what is shown of {more}."))
    lines += _unedited_lines(edits)
    buttons = open_buttons(sections)
    return (Passage(tuple(lines)), *((Actions(buttons),) if buttons else ()))


def _note_head(correction: Correction, *, several: bool) -> Line:
    """`Corrected 12 May 2025 · The ferry timetable · The board met on 3 March.`; the title in a note on several
    briefs."""
    title = (" · ", Text(correction.title, bold=True)) if several and correction.title else ()
    note = f" · {sentence(correction.note)}" if correction.note else ""
    return line(Text(_label(correction), bold=True), *title, note)


def _unedited_lines(edits: Sequence[EditState]) -> Iterator[Line]:
    for state, words in _UNEDITED.items():
        number = edits.count(state)
        posts = "The post above" if len(edits) == 1 else f"{number} of the posts above"
        if number:
            yield line(f"{posts} {words}, and still {'shows' if number == 1 else 'show'} the old words.")


def _note_lines(correction: Correction, claims_max: int, quoted_max: int) -> Iterator[Line]:
    reinstated = correction.effect == "reinstated"
    if correction.brief:
        yield line(f"The brief “{correction.brief}” {_AGAIN if reinstated else _WITHDRAWN}")
        return
    claims = correction.claims[:claims_max]
    for index, (old, new) in enumerate(claims):
        state = "holds again" if reinstated else f"now has {correction.aspect(index)}"
        is_merged = index in correction.merged
        yield line("• ", *_claim_sentence(old, new, quoted_max, state, is_merged=is_merged))
    if more := count(len(correction.claims) - len(claims), "more claim"):
        yield line(f"• and {more}.")


_WITHDRAWN = "was withdrawn. What stands above no longer holds."
_AGAIN = "is published again. What stands above holds again."


def _claim_sentence(old: str, new: str | None, quoted_max: int, state: str, *, is_merged: bool) -> Line:
    """`state` is what became of a claim whose words did not change."""
    if new is None:
        return line(f"“{opening(old, quoted_max)}” no longer stands.")
    if is_merged:
        return _standing_in(old, new, quoted_max)
    if old == new:
        return line(f"“{opening(old, quoted_max)}” {state}.")
    (was, old_text), (is_now, new_text) = standing_and_text(old), standing_and_text(new)
    standing = f"was {was}, now {is_now}" if was != is_now else ""
    if old_text == new_text:
        return line(f"“{opening(old_text, quoted_max)}” {standing}.")
    words, left_out = counted_excerpt(*((old_text, new_text) if standing else (old, new)), quoted_max)
    rest = ", ".join(filter(None, (standing, f"and {count(left_out, 'more change')}" if left_out else "")))
    return line("“", *words.old, "” now reads “", *words.new, "”", f" ({rest})" if rest else "")
