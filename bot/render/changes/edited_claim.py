"""How an edited claim reads: what was, what is now, and what came and went under it."""

from collections.abc import Iterable, Iterator, Sequence

from bot.core.answers.answer import Excerpt
from bot.core.briefs.brief import Brief, Claim, Evidence
from bot.core.changes.normalization import normalize_text
from bot.core.changes.visibility import renamed_sources, with_new_source_ids
from bot.render.changes.word_diff import WordRun, mark_changed_words
from bot.render.document.citations import claim_line, marks, note_lines, quotations, source_words
from bot.render.document.document import Line, Quotation, Text, line
from bot.render.document.phrases import STANDING_WORDS, sentence

Lines = tuple[Line | Quotation, ...]


def edited(was: Claim, now: Excerpt, before: Brief) -> Lines:
    """A claim as it reads now, and all in it that reads otherwise than it `was` in the version `before`."""
    was, claim = with_new_source_ids(was, renamed_sources(before, now.brief)), now.claim
    rewritten = normalize_text(was.text) != normalize_text(claim.text)
    whole = rewritten or was.standing != claim.standing
    return (
        *(_was_now(was, now) if rewritten else (claim_line(now),)),
        *_standing(was, claim),
        *_old_note(was, claim),
        *note_lines(now),
        *(quotations(now.citations) if whole else _added(was, now)),
        *_removed(was, now, before),
        *(() if whole else _reordered(was, claim)),
    )


def removed(text: str) -> Line:
    """A text that is no more."""
    return _was([WordRun(text, True)])


def was_now(was: str, now: str) -> Lines:
    """Two texts in which other words are marked: struck in the old one, bold in the new one."""
    old, new = mark_changed_words(was, now)
    return (_was(old), (Text("Now: "), *_marked(new, bold=True)))


def _was_now(was: Claim, now: Excerpt) -> Lines:
    old, new = mark_changed_words(was.text, now.claim.text)
    return (_was(old), (Text("Now: "), *claim_line(now, _marked(new, bold=True))))


def _was(runs: Iterable[WordRun]) -> Line:
    return (Text("Was: "), *_marked(runs, strike=True))


def _marked(runs: Iterable[WordRun], *, bold: bool = False, strike: bool = False) -> Line:
    return tuple(Text(words, bold=bold and changed, strike=strike and changed) for words, changed in runs)


def _standing(was: Claim, now: Claim) -> Lines:
    words = [STANDING_WORDS[claim.standing].lower() or "supported" for claim in (was, now)]
    return (line(f"Standing: was {words[0]}, now {words[1]}."),) if was.standing != now.standing else ()


def _old_note(was: Claim, now: Claim) -> Lines:
    if was.note is None or normalize_text(was.note) == normalize_text(now.note):
        return ()
    return (line("Note was: " if now.note else "Note removed: ", Text(sentence(was.note), strike=True)),)


# Evidence


def _without(some: Sequence[Evidence], others: Sequence[Evidence]) -> list[Evidence]:
    known = [normalize_text(item) for item in others]
    return [item for item in some if normalize_text(item) not in known]


def _added(was: Claim, now: Excerpt) -> Iterator[Line | Quotation]:
    """New quotations, new sources without one, and quotations that are now found at another place of their source."""
    came = _without(now.claim.evidence, was.evidence)
    sources, quoted = {item.source for item in was.evidence}, {(item.source, item.quote) for item in was.evidence}
    cited = [c for c, item in zip(now.citations, now.claim.evidence, strict=True) if item in came]
    found = [c for c in cited if (c.source_id, c.quote) in quoted]
    new = [c for c in cited if c not in found and (c.quote or c.source_id not in sources)]
    if new:
        yield (Text("Evidence added:"), *marks(c for c in new if not c.quote))
        yield from quotations(new)
    if found:
        yield (Text("Now located at:"), *marks(found))


def _removed(was: Claim, now: Excerpt, before: Brief) -> Iterator[Line | Quotation]:
    """Quotations that are gone, and sources that are no longer cited."""
    evidence, sources = now.claim.evidence, {**now.brief.sources, **before.sources}
    kept = {(item.source, item.quote) for item in evidence}
    for item in _without(was.evidence, evidence):
        if item.quote and (item.source, item.quote) not in kept:
            yield line(f"Quotation removed ({sources[item.source].publisher}):")
            yield Quotation(line(Text(item.quote, strike=True)))
        elif item.source not in {item.source for item in evidence}:
            yield source_words(sources[item.source], "Evidence removed: ")


def _reordered(was: Claim, now: Claim) -> Lines:
    both = (was.evidence, now.evidence)
    same = not (_without(*both) or _without(*both[::-1])) and normalize_text(was.evidence) != normalize_text(
        now.evidence
    )
    return (line("Its evidence stands in another order."),) if same else ()
