"""The lines of an edited claim: old and new text, standing, note and evidence."""

from collections.abc import Iterable, Iterator, Sequence

from bot.core.answers.answer import Excerpt
from bot.core.briefs.arrangement import STANDING_WORDS
from bot.core.briefs.brief import Brief, Claim, Evidence
from bot.core.changes.normalization import equal_when_normalized, normalize_text
from bot.core.changes.visibility import renamed_sources, with_new_source_ids
from bot.render.changes.word_diff import WordRun, mark_changed_words
from bot.render.document.citations import claim_line, marks, note_lines, quotations, source_words, standing_words
from bot.render.document.document import Line, Quotation, Text, line
from bot.render.document.phrases import count, sentence

Lines = tuple[Line | Quotation, ...]


def edited_claim_lines(old: Claim, new: Excerpt, before: Brief) -> Lines:
    """The claim as it reads now, and what changed in it; `old` is the claim in the version `before`."""
    old, claim = with_new_source_ids(old, renamed_sources(before, new.brief)), new.claim
    # All quotations are repeated where text or standing changed: readers need them to judge the new wording.
    quotes_all = _is_rejudged(old, claim)
    return (
        *_wording_lines(old, new),
        *(quotations(new.citations) if quotes_all else _evidence_additions(old, new)),
        *_evidence_removals(old, new, before),
        *(() if quotes_all else _reordering(old, claim)),
    )


def short_edit_lines(old: Claim, new: Excerpt, before: Brief) -> Lines:
    """As `edited_claim_lines`, without evidence; where nothing else changed, how much of it did."""
    old, claim = with_new_source_ids(old, renamed_sources(before, new.brief)), new.claim
    return (*_wording_lines(old, new), *(() if _is_rejudged(old, claim) else _evidence_counts(old, claim)))


def _wording_lines(old: Claim, new: Excerpt) -> Lines:
    rewritten = not equal_when_normalized(old.text, new.claim.text)
    return (
        *(_old_and_new_claim(old, new) if rewritten else (claim_line(new),)),
        *_standing_lines(old, new.claim),
        *_old_note_lines(old, new.claim),
        *note_lines(new),
    )


def _is_rejudged(old: Claim, new: Claim) -> bool:
    return old.standing != new.standing or not equal_when_normalized(old.text, new.text)


def removed_claim_line(claim: Claim) -> Line:
    """The text of a removed claim behind its standing, struck through as a whole."""
    return _old_line([WordRun(claim.text, True)], standing_words(claim))


def old_and_new_lines(old: str, new: str) -> Lines:
    """Two lines with the changed words marked: struck through in the old text, bold in the new one."""
    old_runs, new_runs = mark_changed_words(old, new)
    return (_old_line(old_runs), (Text("Now: "), *_styled(new_runs, bold=True)))


def _old_and_new_claim(old: Claim, new: Excerpt) -> Lines:
    old_runs, new_runs = mark_changed_words(old.text, new.claim.text)
    was = _old_line(old_runs, standing_words(old))
    return (was, (Text("Now: "), *claim_line(new, _styled(new_runs, bold=True))))


def _old_line(runs: Iterable[WordRun], standing: Line = ()) -> Line:
    return (Text("Was: "), *standing, *_styled(runs, strike=True))


def _styled(runs: Iterable[WordRun], *, bold: bool = False, strike: bool = False) -> Line:
    return tuple(Text(words, bold=bold and changed, strike=strike and changed) for words, changed in runs)


def _standing_lines(old: Claim, new: Claim) -> Lines:
    before, after = (STANDING_WORDS[claim.standing].lower() or "supported" for claim in (old, new))
    return (line(f"Standing: was {before}, now {after}."),) if old.standing != new.standing else ()


def _old_note_lines(old: Claim, new: Claim) -> Lines:
    if old.note is None or equal_when_normalized(old.note, new.note):
        return ()
    return (line("Note was: " if new.note else "Note removed: ", Text(sentence(old.note), strike=True)),)


# Evidence


def _without(some: Sequence[Evidence], others: Sequence[Evidence]) -> list[Evidence]:
    """The evidence in `some` that reads differently from all in `others`."""
    known = [normalize_text(item) for item in others]
    return [item for item in some if normalize_text(item) not in known]


def _evidence_counts(old: Claim, new: Claim) -> Lines:
    added, removed = _without(new.evidence, old.evidence), _without(old.evidence, new.evidence)
    numbers = {"added": len(added), "removed": len(removed)}
    phrases = [f"{count(number, 'citation')} {what}" for what, number in numbers.items() if number]
    return (line(f"Evidence: {', '.join(phrases)}."),) if phrases else _reordering(old, new)


def _evidence_additions(old: Claim, new: Excerpt) -> Iterator[Line | Quotation]:
    """New quotations, new sources without a quotation, and known quotations with another locator."""
    added = _without(new.claim.evidence, old.evidence)
    old_sources, old_quotes = (
        {item.source for item in old.evidence},
        {(item.source, item.quote) for item in old.evidence},
    )
    cited = [c for c, item in zip(new.citations, new.claim.evidence, strict=True) if item in added]
    relocated = [c for c in cited if (c.source_id, c.quote) in old_quotes]
    additions = [c for c in cited if c not in relocated and (c.quote or c.source_id not in old_sources)]
    if additions:
        yield (Text("Evidence added:"), *marks(c for c in additions if not c.quote))
        yield from quotations(additions)
    if relocated:
        yield (Text("Now located at:"), *marks(relocated))


def _evidence_removals(old: Claim, new: Excerpt, before: Brief) -> Iterator[Line | Quotation]:
    """Removed quotations, and sources that are no longer cited."""
    # The older sources win: a removed quotation is named as it was cited.
    evidence, sources = new.claim.evidence, {**new.brief.sources, **before.sources}
    new_quotes = {(item.source, item.quote) for item in evidence}
    for item in _without(old.evidence, evidence):
        if item.quote and (item.source, item.quote) not in new_quotes:
            yield line(f"Quotation removed ({sources[item.source].publisher}):")
            yield Quotation(line(Text(item.quote, strike=True)))
        elif item.source not in {item.source for item in evidence}:
            yield source_words(sources[item.source], "Evidence removed: ")


def _reordering(old: Claim, new: Claim) -> Lines:
    same_items = not (_without(old.evidence, new.evidence) or _without(new.evidence, old.evidence))
    reordered = same_items and not equal_when_normalized(old.evidence, new.evidence)
    return (line("Its evidence stands in another order."),) if reordered else ()
