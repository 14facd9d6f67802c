"""The lines about the evidence of an edited claim: quotations and citations that came, went or changed."""

from collections.abc import Iterable, Iterator, Sequence

from bot.core.answers.answer import Citation, Excerpt
from bot.core.briefs.brief import Brief, Claim, Evidence, Source
from bot.core.changes.normalization import equal_when_normalized
from bot.render.changes.abridgement import IN_QUOTATION, opening
from bot.render.changes.replaced_quotations import Replacement, moved_to_others, replacements, without
from bot.render.changes.views import View, changed_words, new_words, old_words
from bot.render.changes.word_diff import compare
from bot.render.document.citations import mark, marks, source_words
from bot.render.document.document import Line, Quotation, Text, line
from bot.render.document.phrases import count

Lines = tuple[Line | Quotation, ...]

MARKED_IN_SHORT = 2
"""Changed quotations that are shown with their marks where evidence is told in short; the others are counted."""

RECOGNIZED_IN_SHORT = 100
"""Characters of a quotation of which only the source is another: enough to recognise it."""

NAMED_IN_SHORT = 3
"""Publishers that are named of citations that came or went."""


def quotations_of_now(old: Claim, new: Excerpt, citations: Iterable[Citation], view: View) -> Iterator[Quotation]:
    """The quotations of those citations that have one, in order, each with its mark, and in the words of the source
    alone; `view` shows what stands around the words that changed in the claim. Those that changed are not repeated:
    they stand with the former one."""
    replaced = {(pair.now.source, pair.now.quote) for pair in replacements(old, new.claim)}
    for each in citations:
        if each.quote is not None and (each.source_id, each.quote) not in replaced:
            yield _quotation(old, new, each, view)


def _quotation(old: Claim, new: Excerpt, cited: Citation, view: View) -> Quotation:
    focus = changed_words(compare(old.text, new.claim.text))
    return Quotation((Text(view.quotation(cited.quote or "", focus)), Text(" "), mark(cited)))


def evidence_additions(old: Claim, new: Excerpt, view: View) -> Iterator[Line | Quotation]:
    """New quotations, new sources without a quotation, and known quotations with another locator."""
    added = without(new.claim.evidence, old.evidence)
    old_sources = {item.source for item in old.evidence}
    old_quotes = {(item.source, item.quote) for item in old.evidence}
    replaced = {(pair.now.source, pair.now.quote) for pair in replacements(old, new.claim)}
    cited = [c for c, item in zip(new.citations, new.claim.evidence, strict=True) if item in added]
    relocated = [c for c in cited if (c.source_id, c.quote) in old_quotes]
    edited = [c for c in cited if c.quote and (c.source_id, c.quote) in replaced]
    additions = [c for c in cited if c not in (*relocated, *edited) and (c.quote or c.source_id not in old_sources)]
    if additions:
        yield (Text("Evidence added:"), *marks(c for c in additions if not c.quote))
        yield from quotations_of_now(old, new, additions, view)
    if relocated:
        yield (Text("Now located at:"), *marks(relocated))


def evidence_removals(old: Claim, new: Excerpt, before: Brief, view: View) -> Iterator[Line | Quotation]:
    """Changed quotations, removed ones, sources that are no longer cited, and what another claim cites instead."""
    evidence, sources = new.claim.evidence, _sources(new, before)
    new_quotes = {(item.source, item.quote) for item in evidence}
    pairs = {pair.was: pair for pair in replacements(old, new.claim)}
    moved = moved_to_others(old, new.claim, before, new.brief)
    for item in without(old.evidence, evidence):
        if pair := pairs.get(item):
            yield from _replaced(pair, old, new, before, view)
        elif item in moved:
            continue
        elif item.quote and (item.source, item.quote) not in new_quotes:
            yield line(f"Quotation removed ({sources[item.source].publisher}):")
            yield Quotation((Text(item.quote, strike=True),))
        elif item.source not in {item.source for item in evidence}:
            yield source_words(sources[item.source], "Evidence removed: ")
    if rest := [item for item in moved if item not in pairs]:
        yield line(f"Evidence now with another claim: {_publishers(rest, sources)}.")


def _sources(new: Excerpt, before: Brief) -> dict[str, Source]:
    # The older sources win: a removed quotation is named as it was cited.
    return {**new.brief.sources, **before.sources}


def _publishers(items: Iterable[Evidence], sources: dict[str, Source]) -> str:
    names = list(dict.fromkeys(sources[item.source].publisher for item in items))
    more = [f"{len(names) - NAMED_IN_SHORT} more"] if len(names) > NAMED_IN_SHORT else []
    return ", ".join([*names[:NAMED_IN_SHORT], *more])


# A quotation in the place of another


def _replaced(pair: Replacement, old: Claim, new: Excerpt, before: Brief, view: View) -> Iterator[Line | Quotation]:
    """Both quotations with the words marked that differ, under labels that say so: the marks are not the source's. One
    of which only the source is another stands once."""
    cited, (was, now) = _citation(pair, new), _names(pair, new, before)
    if pair.same_words:
        yield line(f"Same quotation, now cited from {now}; was {was}:")
        yield _quotation(old, new, cited, view)
        return
    comparison = view.compare_quotations(pair.was.quote or "", pair.now.quote or "")
    yield line(f"Quotation was ({was}):")
    yield Quotation(old_words(comparison))
    yield line(f"Quotation now ({now}){', marks ours' if pair.alike else ''}:")
    yield Quotation((*new_words(comparison), Text(" "), mark(cited)))


def _citation(pair: Replacement, new: Excerpt) -> Citation:
    return next(each for each in new.citations if (each.source_id, each.quote) == (pair.now.source, pair.now.quote))


def _names(pair: Replacement, new: Excerpt, before: Brief) -> tuple[str, str]:
    """The publishers of both quotations, with their titles where two sources are of one publisher."""
    was, now = before.sources.get(pair.was.source, new.brief.sources.get(pair.was.source)), _citation(pair, new).source
    assert was is not None  # noqa: S101  evidence names a source of its brief
    if pair.was.source != pair.now.source and was.publisher == now.publisher:
        return f"{was.publisher}, “{was.title or 'untitled'}”", f"{now.publisher}, “{now.title or 'untitled'}”"
    return was.publisher, now.publisher


# In short


def replacements_in_short(old: Claim, new: Excerpt, before: Brief, view: View) -> Iterator[Line]:
    """Quotations with other words, with their marks, and those with another source."""
    pairs = replacements(old, new.claim)
    marked = [pair for pair in pairs if pair.alike and not pair.same_words]
    for pair in marked[:MARKED_IN_SHORT]:
        cited, (was, now) = _citation(pair, new), _names(pair, new, before)
        comparison = view.compare_quotations(pair.was.quote or "", pair.now.quote or "")
        yield line(f"Quotation was ({was}): ", *old_words(comparison))
        yield line(f"Quotation now ({now}), marks ours: ", *new_words(comparison), " ", mark(cited))
    if more := count(len(marked) - MARKED_IN_SHORT, "more quotation") if len(marked) > MARKED_IN_SHORT else "":
        yield line(f"{more} changed.")
    for pair in pairs:
        was, now = _names(pair, new, before)
        if pair.same_words:
            words = opening(pair.now.quote or "", RECOGNIZED_IN_SHORT, sign=f" {IN_QUOTATION}")
            yield line(f"Same quotation, now cited from {now}; was {was}: {words} ", mark(_citation(pair, new)))
        elif not pair.alike:
            yield line(f"Quotation replaced ({was}) ", mark(_citation(pair, new)))


def evidence_counts(old: Claim, new: Excerpt, before: Brief) -> Lines:
    """How many citations came and went, and from where; those that took another's place are not
    counted."""
    pairs, (known, now_known) = replacements(old, new.claim), (_places(old), _places(new.claim))
    came = [item for item in without(new.claim.evidence, old.evidence) if (item.source, item.quote) not in known]
    went = [item for item in without(old.evidence, new.claim.evidence) if (item.source, item.quote) not in now_known]
    added = _others(came, [pair.now for pair in pairs])
    removed = _others(went, [pair.was for pair in pairs])
    gone = _others(removed, moved_to_others(old, new.claim, before, new.brief))
    sources = _sources(new, before)
    numbers = {
        f"added ({_publishers(added, sources)})": len(added),
        f"removed ({_publishers(gone, sources)})": len(gone),
        "now with another claim": len(removed) - len(gone),
        "now located elsewhere": len(without(new.claim.evidence, old.evidence)) - len(came),
    }
    phrases = [f"{count(number, 'citation')} {what}" for what, number in numbers.items() if number]
    return (line(f"Evidence: {', '.join(phrases)}."),) if phrases else reordering(old, new.claim)


def _places(claim: Claim) -> set[tuple[str, str | None]]:
    return {(item.source, item.quote) for item in claim.evidence}


def _others(items: Iterable[Evidence], known: Sequence[Evidence]) -> list[Evidence]:
    return [item for item in items if item not in known]


def reordering(old: Claim, new: Claim) -> Lines:
    """A line where the same evidence stands in another order; else none."""
    same_items = not (without(old.evidence, new.evidence) or without(new.evidence, old.evidence))
    reordered = same_items and not equal_when_normalized(old.evidence, new.evidence)
    return (line("Its evidence stands in another order."),) if reordered else ()
