"""The facts that a change of a claim, a source or a field touches."""

from collections.abc import Iterator

from rapidfuzz import fuzz

from bot.core.briefs.brief import Claim, Source
from bot.core.changes.change_set import Change
from bot.core.changes.facts import FactChange, changed_facts, words_of

SAME_QUOTATION_MIN_RATIO = 60
"""In percent, included: quotations of one source that are this similar are the same, with other words."""


def touched_facts(change: Change) -> Iterator[FactChange]:
    """The facts that readers would miss if nobody told them of the change; none for a move, and for fields and sources
    whose words are not shown."""
    match change.what, change.before, change.after:
        case "claim", Claim() as old, Claim() as new:
            yield from _of_claim(old, new)
        case "claim", Claim() as old, None:
            yield FactChange("claim", (old.id,), ())
        case "claim", None, Claim() as new:
            yield FactChange("claim", (), (new.id,))
        case "source", Source() as old, Source() as new:
            yield from _of_source(old, new)
        case "field", str() as old, str() as new if change.id == "status":
            yield FactChange("status", (old,), (new,))
        case "field", old, new if change.id in ("title", "summary", "caveats"):
            yield from changed_facts(_text(old), _text(new))


def _of_claim(old: Claim, new: Claim) -> Iterator[FactChange]:
    yield from changed_facts(old.text, new.text)
    yield from changed_facts(old.note or "", new.note or "")
    locators, locators_now = _locators(old), _locators(new)
    for key in (each for each in locators if each in locators_now):
        yield from changed_facts(locators[key], locators_now[key])
    if old.standing != new.standing:
        yield FactChange("standing", (old.standing,), (new.standing,))
    before, after = _quotations(old), _quotations(new)
    gone, come = (tuple(a[words] for words in a if words not in b) for a, b in ((before, after), (after, before)))
    if gone or come:
        yield FactChange("quotation", gone, come)


def _of_source(old: Source, new: Source) -> Iterator[FactChange]:
    if old.date != new.date:
        yield FactChange("date", *((each.date,) if each.date else () for each in (old, new)))
    for name in ("title", "author", "publisher", "note", "date_note"):
        yield from changed_facts(*(getattr(each, name) or "" for each in (old, new)))


def _quotations(claim: Claim) -> dict[str, str]:
    """Each quotation by its words, which punctuation and capitals do not change."""
    return {words_of(item.quote): item.quote for item in claim.evidence if item.quote}


def _locators(claim: Claim) -> dict[tuple[str, str], str]:
    """Where a passage is, as far as that is said, by its source and its words."""
    return {(item.source, words_of(item.quote or "")): item.locator for item in claim.evidence if item.locator}


def _text(value: str | tuple[str, ...] | None) -> str:
    return value if isinstance(value, str) else " ".join(value or ())


def edited_quotations(old: Claim, new: Claim) -> Iterator[FactChange]:
    """The quotations with other words than before: those in the text, and those of a source. One that was only made
    longer or shorter is still what the source says."""
    yield from (fact for fact in changed_facts(old.text, new.text) if fact.kind == "quotation" and fact.before)
    before, after = _quotations(old), _quotations(new)
    sources = {item.quote: item.source for claim in (old, new) for item in claim.evidence}
    for words in before.keys() - after.keys():
        for others in after.keys() - before.keys():
            same_source = sources[before[words]] == sources[after[others]]
            if same_source and not _within(words, others) and fuzz.ratio(words, others) >= SAME_QUOTATION_MIN_RATIO:
                yield FactChange("quotation", (before[words],), (after[others],))


def _within(one: str, other: str) -> bool:
    return f" {one} " in f" {other} " or f" {other} " in f" {one} "
