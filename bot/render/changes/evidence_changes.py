"""The lines about the evidence of an edited claim: quotations and citations that came, went or changed."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from bot.core.answers.answer import Citation, Excerpt
from bot.core.briefs.brief import Brief, Claim, Evidence
from bot.core.changes.normalization import equal_when_normalized, normalize_text
from bot.render.changes.views import View, changed_words, new_words, old_words
from bot.render.changes.word_diff import compare
from bot.render.document.citations import mark, marks, source_words
from bot.render.document.document import Line, Quotation, Text, line
from bot.render.document.phrases import count

Lines = tuple[Line | Quotation, ...]


def quotations_of_now(old: Claim, new: Excerpt, citations: Iterable[Citation], view: View) -> Iterator[Quotation]:
    """The quotations of those citations that have one, in order, each with its mark, and in the words of the source
    alone; `view` shows what stands around the words that changed in the claim. Those that changed are not repeated:
    they stand with the former one."""
    former = _former_quotes(old, new.claim)
    focus = changed_words(compare(old.text, new.claim.text))
    for each in citations:
        if each.quote is not None and (each.source_id, each.quote) not in former:
            yield Quotation((Text(view.quotation(each.quote, focus)), Text(" "), mark(each)))


def _former_quotes(old: Claim, new: Claim) -> Mapping[tuple[str, str], str]:
    """(source, quotation) of new evidence that took the place of a former quotation from the same source, and that."""
    gone = [item for item in _without(old.evidence, new.evidence) if item.quote]
    former: dict[tuple[str, str], str] = {}
    for item in _without(new.evidence, old.evidence):
        alike = [each for each in gone if each.source == item.source and _is_edited(each.quote, item.quote)]
        if alike and item.quote and alike[0].quote:
            former[item.source, item.quote] = alike[0].quote
            gone.remove(alike[0])
    return former


def _is_edited(old: str | None, new: str | None) -> bool:
    return bool(old and new and not equal_when_normalized(old, new) and compare(old, new).alike)


def evidence_counts(old: Claim, new: Claim) -> Lines:
    """How many citations came and went."""
    added, removed = _without(new.evidence, old.evidence), _without(old.evidence, new.evidence)
    numbers = {"added": len(added), "removed": len(removed)}
    phrases = [f"{count(number, 'citation')} {what}" for what, number in numbers.items() if number]
    return (line(f"Evidence: {', '.join(phrases)}."),) if phrases else reordering(old, new)


def evidence_additions(old: Claim, new: Excerpt, view: View) -> Iterator[Line | Quotation]:
    """New quotations, new sources without a quotation, and known quotations with another locator."""
    added = _without(new.claim.evidence, old.evidence)
    old_sources = {item.source for item in old.evidence}
    old_quotes = {(item.source, item.quote) for item in old.evidence}
    former = _former_quotes(old, new.claim)
    cited = [c for c, item in zip(new.citations, new.claim.evidence, strict=True) if item in added]
    relocated = [c for c in cited if (c.source_id, c.quote) in old_quotes]
    edited = [c for c in cited if c.quote and (c.source_id, c.quote) in former]
    additions = [c for c in cited if c not in (*relocated, *edited) and (c.quote or c.source_id not in old_sources)]
    if additions:
        yield (Text("Evidence added:"), *marks(c for c in additions if not c.quote))
        yield from quotations_of_now(old, new, additions, view)
    if relocated:
        yield (Text("Now located at:"), *marks(relocated))


def evidence_removals(old: Claim, new: Excerpt, before: Brief, view: View) -> Iterator[Line | Quotation]:
    """Changed quotations, removed ones, and sources that are no longer cited."""
    # The older sources win: a removed quotation is named as it was cited.
    evidence, sources = new.claim.evidence, {**new.brief.sources, **before.sources}
    new_quotes = {(item.source, item.quote) for item in evidence}
    successors = {(source, was): quote for (source, quote), was in _former_quotes(old, new.claim).items()}
    for item in _without(old.evidence, evidence):
        publisher = sources[item.source].publisher
        if item.quote and (successor := successors.get((item.source, item.quote))):
            cited = next(each for each in new.citations if (each.source_id, each.quote) == (item.source, successor))
            yield from _changed_quotation(item.quote, successor, cited, publisher, view)
        elif item.quote and (item.source, item.quote) not in new_quotes:
            yield line(f"Quotation removed ({publisher}):")
            yield Quotation((Text(item.quote, strike=True),))
        elif item.source not in {item.source for item in evidence}:
            yield source_words(sources[item.source], "Evidence removed: ")


def _changed_quotation(was: str, now: str, cited: Citation, publisher: str, view: View) -> Iterator[Line | Quotation]:
    """Both quotations with the words marked that differ, under labels that say so: the marks are not the source's."""
    comparison = view.compare_quotations(was, now)
    yield line(f"Quotation was ({publisher}):")
    yield Quotation(old_words(comparison))
    yield line(f"Quotation now ({publisher}), marks ours:")
    yield Quotation((*new_words(comparison), Text(" "), mark(cited)))


def reordering(old: Claim, new: Claim) -> Lines:
    """A line where the same evidence stands in another order; else none."""
    same_items = not (_without(old.evidence, new.evidence) or _without(new.evidence, old.evidence))
    reordered = same_items and not equal_when_normalized(old.evidence, new.evidence)
    return (line("Its evidence stands in another order."),) if reordered else ()


def _without(some: Sequence[Evidence], others: Sequence[Evidence]) -> list[Evidence]:
    """The evidence in `some` that reads differently from all in `others`."""
    known = [normalize_text(item) for item in others]
    return [item for item in some if normalize_text(item) not in known]
