"""The lines of an edited claim: old and new text, standing, note and evidence."""

from dataclasses import replace

from bot.core.answers.answer import Excerpt
from bot.core.briefs.arrangement import STANDING_WORDS
from bot.core.briefs.brief import Brief, Claim
from bot.core.changes.normalization import equal_when_normalized
from bot.core.changes.visibility import renamed_sources, with_new_source_ids
from bot.render.changes.evidence_changes import (
    Lines,
    evidence_additions,
    evidence_counts,
    evidence_removals,
    quotations_of_now,
    reordering,
)
from bot.render.changes.views import WHOLE, View, new_words, old_words
from bot.render.document.citations import claim_line, note_lines, standing_words
from bot.render.document.document import Line, Text, line
from bot.render.document.phrases import sentence


def edited_claim_lines(old: Claim, new: Excerpt, before: Brief, view: View = WHOLE) -> Lines:
    """The claim as it reads now, and what changed in it; `old` is the claim in the version `before`."""
    old, claim = with_new_source_ids(old, renamed_sources(before, new.brief)), new.claim
    # All quotations are repeated where text or standing changed: readers need them to judge the new wording.
    quotes_all = _is_rejudged(old, claim)
    return (
        *_wording_lines(old, new, view),
        *(quotations_of_now(old, new, new.citations, view) if quotes_all else evidence_additions(old, new, view)),
        *evidence_removals(old, new, before, view),
        *(() if quotes_all else reordering(old, claim)),
    )


def short_edit_lines(old: Claim, new: Excerpt, before: Brief, view: View = WHOLE) -> Lines:
    """As `edited_claim_lines`, without evidence; where nothing else changed, how much of it did."""
    old, claim = with_new_source_ids(old, renamed_sources(before, new.brief)), new.claim
    return (*_wording_lines(old, new, view), *(() if _is_rejudged(old, claim) else evidence_counts(old, claim)))


def _wording_lines(old: Claim, new: Excerpt, view: View) -> Lines:
    rewritten = not equal_when_normalized(old.text, new.claim.text)
    return (
        *(_old_and_new_claim(old, new, view) if rewritten else (_unchanged_claim(old, new, view),)),
        *_standing_lines(old, new.claim),
        *_note_lines(old, new, view),
    )


def _is_rejudged(old: Claim, new: Claim) -> bool:
    return old.standing != new.standing or not equal_when_normalized(old.text, new.text)


def removed_claim_line(claim: Claim) -> Line:
    """The text of a removed claim behind its standing, struck through as a whole."""
    return (Text("Was: "), *standing_words(claim), Text(claim.text, strike=True))


def old_and_new_lines(old: str, new: str, view: View) -> Lines:
    """Two lines with the changed words marked: struck through in the old text, bold in the new one."""
    comparison = view.compare(old, new)
    return ((Text("Was: "), *old_words(comparison)), (Text("Now: "), *new_words(comparison)))


def _old_and_new_claim(old: Claim, new: Excerpt, view: View) -> Lines:
    comparison = view.compare(old.text, new.claim.text)
    was = (Text("Was: "), *standing_words(old), *old_words(comparison))
    return (was, (Text("Now: "), *claim_line(new, new_words(comparison))))


def _unchanged_claim(old: Claim, new: Excerpt, view: View) -> Line:
    # Without a label the first line of an item reads as the news.
    label = "Claim unchanged: " if old.standing == new.claim.standing else "Wording unchanged: "
    return (Text(label), *claim_line(new, line(view.unchanged(new.claim.text))))


def _standing_lines(old: Claim, new: Claim) -> Lines:
    before, after = (STANDING_WORDS[claim.standing].lower() or "supported" for claim in (old, new))
    return (line(f"Standing: was {before}, now {after}."),) if old.standing != new.standing else ()


def _note_lines(old: Claim, new: Excerpt, view: View) -> Lines:
    """The note of now, and the former one where it changed."""
    was, note = old.note, new.claim.note
    if equal_when_normalized(was, note):
        return note_lines(new)
    if note is None:
        return (line("Note removed: ", Text(sentence(was), strike=True)),)
    if was is None:
        return note_lines(new, (Text("Note added: "), *_italic(line(sentence(note)))))
    comparison = view.compare(sentence(was), sentence(note))
    former = old_words(comparison) if comparison.alike else (Text(sentence(was), strike=True),)
    now = note_lines(new, (Text("Note now: "), *_italic(new_words(comparison))))
    return ((Text("Note was: "), *former), *now)


def _italic(words: Line) -> Line:
    return tuple(replace(span, italic=True) if isinstance(span, Text) else span for span in words)
