"""Checks B209 to B212, B307 and B405: what is doubtful in a brief that is well formed."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from bot.core.briefs.brief import BriefContent, Claim
from bot.core.linting import content_rules
from bot.core.linting.diagnostic import Path, Problem
from bot.core.linting.figures import has_figures_or_quotations, missing_figures, missing_words

FIGURES_OF_OURS = frozenset({"reading", "unverified"})
"""Standings of claims whose figures no source need have: we counted them, or they were looked for and not found."""

_AHEAD = timedelta(days=1)
"""In the east of the world the next day has begun when `today` is taken in UTC."""


def check_content(brief: BriefContent) -> Iterator[Problem]:
    """What is doubtful whatever the day."""
    yield from _twice(brief)
    if not brief.changes and brief.status == "published":
        yield content_rules.no_changes(())
    for key, section in brief.sections.items():
        for index, claim in enumerate(section.claims):
            if has_figures_or_quotations(claim.text):
                yield from _unquoted(("sections", key, "claims", index, "text"), claim, brief)


def check_dates(brief: BriefContent, today: date) -> Iterator[Problem]:
    """The dates after `today`, a day in UTC."""
    latest = (today + _AHEAD).isoformat()
    for at, day in _dates(brief):
        # A year or a month is in the future if it is after that of the latest day.
        if day > latest[: len(day)]:
            yield content_rules.future_date(at, day)


def _twice(brief: BriefContent) -> Iterator[Problem]:
    claims = [(claim.id, claim.text.casefold()) for _, claim in brief.claims()]
    for index, first in _repeated(claims):
        yield content_rules.same_text((*_claim_paths(brief)[index], "text"), first)
    sources = [(key, _page(source.url)) for key, source in brief.sources.items()]
    for index, first in _repeated(sources):
        yield content_rules.same_address(("sources", sources[index][0], "url"), first)
    for index, first in _repeated([(tag, tag) for tag in brief.tags]):
        yield content_rules.same_tag(("tags", index), first)


def _claim_paths(brief: BriefContent) -> list[Path]:
    """The paths of all claims, in the order of `BriefContent.claims`."""
    sections = brief.sections.items()
    return [("sections", key, "claims", index) for key, section in sections for index in range(len(section.claims))]


def _page(url: str) -> str:
    return url.partition("://")[2].removeprefix("www.").rstrip("/")


def _repeated(items: Sequence[tuple[str, str]]) -> Iterator[tuple[int, str]]:
    """Of items of (name, value): the index of each with the value of an earlier one, and the name of that one."""
    if len({value for _, value in items}) == len(items):
        return
    first: dict[str, str] = {}
    for index, (name, value) in enumerate(items):
        if value and value in first:
            yield index, first[value]
        first.setdefault(value, name)


def _unquoted(at: Path, claim: Claim, brief: BriefContent) -> Iterator[Problem]:
    quotes = "\n".join(item.quote for item in claim.evidence if item.quote)
    # Without a quote and a note other rules say enough.
    if claim.standing not in FIGURES_OF_OURS and (quotes or claim.note):
        for figure in missing_figures(claim.text, quotes, lambda: _words_around(claim, brief)):
            yield content_rules.not_in_quotes(at, "figure", figure)
    for words in missing_words(claim.text, quotes, lambda: _words_around(claim, brief)):
        yield content_rules.not_in_quotes(at, "quotation", words)


def _words_around(claim: Claim, brief: BriefContent) -> str:
    """What is said besides the quotes: the claim's note, what is known of the sources, and the places in them."""
    words: list[str | None] = [claim.note, *(item.locator for item in claim.evidence)]
    for item in claim.evidence:
        if source := brief.sources.get(item.source):
            words += (source.title, source.publisher, source.author, source.via)
            words += (source.date, source.date_note, source.note)
    return "\n".join(filter(None, words))


def _dates(brief: BriefContent) -> Iterator[tuple[Path, str]]:
    if brief.as_of:
        yield ("as_of",), brief.as_of.isoformat()
    for index, change in enumerate(brief.changes):
        if change.date:
            yield ("changes", index, "date"), change.date.isoformat()
    for key, source in brief.sources.items():
        if source.date:
            yield ("sources", key, "date"), source.date
