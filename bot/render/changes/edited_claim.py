"""The lines of an edited claim: old and new text, standing, note and evidence."""

from collections.abc import Sequence
from dataclasses import replace

from bot.core.answers.answer import Excerpt
from bot.core.briefs.arrangement import STANDING_WORDS
from bot.core.briefs.brief import Brief, Claim
from bot.core.changes.claim_parts import holding_part, joined_claim, missing_words, negations
from bot.core.changes.normalization import equal_when_normalized
from bot.core.changes.visibility import renamed_sources, with_new_source_ids
from bot.render.changes.abridgement import opening, with_marks
from bot.render.changes.evidence_changes import (
    Lines,
    evidence_additions,
    evidence_counts,
    evidence_removals,
    quotations_of_now,
    reordering,
    replacements_in_short,
)
from bot.render.changes.views import WHOLE, View, new_words, old_words
from bot.render.changes.word_diff import Comparison, text_of
from bot.render.document.citations import claim_line, note_lines, standing_words
from bot.render.document.document import Line, Text, line
from bot.render.document.phrases import joined, sentence

WITHOUT_MAX = 3
"""Words that came without any that went which the label of the old text names."""

HOLDER_MAX = 200
"""Characters shown of a claim that took up the words of another one: enough to recognise it."""


def edited_claim_lines(
    old: Claim,
    new: Excerpt,
    before: Brief,
    view: View = WHOLE,
    parts: Sequence[Claim] = (),
    *,
    repeats_quotations: bool = True,
) -> Lines:
    """The claim as it reads now, and what changed in it; `old` is the claim in the version `before`, and `parts` are
    the claims that were split off."""
    old, claim = with_new_source_ids(old, renamed_sources(before, new.brief)), new.claim
    # All quotations are repeated where text or standing changed: readers need them to judge the new wording.
    quotes_all = repeats_quotations and _is_rejudged(old, claim)
    return (
        *_wording_lines(old, new, view, parts),
        *(quotations_of_now(old, new, new.citations, view) if quotes_all else evidence_additions(old, new, view)),
        *evidence_removals(old, new, before, view),
        *(() if quotes_all else reordering(old, claim)),
    )


def short_edit_lines(old: Claim, new: Excerpt, before: Brief, view: View = WHOLE, parts: Sequence[Claim] = ()) -> Lines:
    """As `edited_claim_lines`, of the evidence only what took the place of other; where nothing else changed, also how
    much of it came and went."""
    old = with_new_source_ids(old, renamed_sources(before, new.brief))
    replaced = tuple(replacements_in_short(old, new, before, view))
    counts = () if _is_rejudged(old, new.claim) else evidence_counts(old, new, before)
    return (*_wording_lines(old, new, view, parts), *replaced, *counts)


def wording_lines(old: Claim, new: Excerpt, _before: Brief, view: View = WHOLE, parts: Sequence[Claim] = ()) -> Lines:
    """As `edited_claim_lines`, without evidence."""
    return _wording_lines(old, new, view, parts)


def _wording_lines(old: Claim, new: Excerpt, view: View, parts: Sequence[Claim]) -> Lines:
    rewritten = not equal_when_normalized(old.text, new.claim.text)
    return (
        *(_old_and_new_claim(old, new, view, parts) if rewritten else (_unchanged_claim(old, new, view),)),
        *_standing_lines(old, new.claim),
        *_note_lines(old, new, view),
    )


def _is_rejudged(old: Claim, new: Claim) -> bool:
    return old.standing != new.standing or not equal_when_normalized(old.text, new.text)


def removed_claim_lines(claim: Claim, remains: Sequence[Claim] = ()) -> Lines:
    """The text of a removed claim behind its standing, struck through: as a whole or, where its words remain in other
    claims, those that they lack. These are named."""
    was = (Text("Was: "), *_plain_standing(claim))
    if not remains:
        return ((*was, Text(claim.text, strike=True)),)
    missing = missing_words(claim.text, *(each.text for each in remains))
    words = old_words(with_marks(claim.text, missing))
    holders = (opening(holding_part(each.text, claim.text), HOLDER_MAX) for each in remains)
    return ((*was, *words), *(line(f"Now in: “{each}”") for each in holders))


def old_and_new_lines(old: str, new: str, view: View) -> Lines:
    """Two lines with the changed words marked: struck through in the old text, bold in the new one."""
    comparison = view.compare(old, new)
    return ((Text("Was: "), *old_words(comparison)), (Text("Now: "), *new_words(comparison)))


def _old_and_new_claim(old: Claim, new: Excerpt, view: View, parts: Sequence[Claim]) -> Lines:
    # With what was split off: it still stands, in the claim behind this one.
    comparison = view.compare(old.text, joined_claim(new.claim, parts, old.text).text)
    was = (Text(f"Was{_without_words(comparison)}: "), *_plain_standing(old), *old_words(comparison))
    return (was, (Text("Now: "), *_plain_standing(new.claim), *claim_line(new, new_words(comparison))))


def _without_words(comparison: Comparison) -> str:
    """`, without “not”`, where only so few words came, and negate it: the old text, which is read first, shows nothing
    of them."""
    changes = [each for each in comparison.stretches if each.changed and comparison.alike]
    came = [word for each in changes for word in each.new]
    if any(each.old for each in changes) or any(word.kind == "mark" for word in came) or len(came) > WITHOUT_MAX:
        return ""
    if not negations(text_of(came)):
        return ""
    phrases = [f"“{text_of(each.new).strip()}”" for each in changes]
    return f", without {joined(phrases)}" if phrases else ""


def _plain_standing(claim: Claim) -> Line:
    # Not bold, as the words are that came.
    return tuple(replace(span, bold=False) if isinstance(span, Text) else span for span in standing_words(claim))


def _unchanged_claim(old: Claim, new: Excerpt, view: View) -> Line:
    # Without a label the first line of an item reads as the news.
    label = "Claim unchanged: " if old.standing == new.claim.standing else "Wording unchanged: "
    return (Text(label), *_plain_standing(new.claim), *claim_line(new, line(view.unchanged(new.claim.text))))


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
