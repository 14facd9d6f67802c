"""Checks B209 to B212, B307 and B405: what is doubtful in a brief that is well formed."""

import re
from collections.abc import Iterable, Iterator
from datetime import date, timedelta

from bot.core.briefs.brief import BriefContent, Claim
from bot.core.linting import content_rules
from bot.core.linting.diagnostic import Path, Problem
from bot.core.linting.figures import missing_figures, missing_words

_SCHEME = re.compile("https?://(?:www[.])?")
_FIGURE_OR_QUOTATION = re.compile('[0-9“„«"]')
_AHEAD = timedelta(days=1)
"""In the east of the world the next day has begun when `today` is taken in UTC."""


def check_content(brief: BriefContent) -> Iterator[Problem]:
    """What is doubtful whatever the day."""
    yield from _twice(brief)
    if not brief.changes and brief.status == "published":
        yield content_rules.no_changes(())
    for key, section in brief.sections.items():
        for index, claim in enumerate(section.claims):
            yield from _unquoted(("sections", key, "claims", index, "text"), claim, brief)


def check_dates(brief: BriefContent, today: date) -> Iterator[Problem]:
    """The dates after `today`, a day in UTC."""
    latest = (today + _AHEAD).isoformat()
    for at, day in _dates(brief):
        # A year or a month is in the future if it is after that of the latest day.
        if day > latest[: len(day)]:
            yield content_rules.future_date(at, day)


def _twice(brief: BriefContent) -> Iterator[Problem]:
    claims = (
        ((*("sections", key, "claims", index), "text"), claim.id, " ".join(claim.text.split()).casefold())
        for key, section in brief.sections.items()
        for index, claim in enumerate(section.claims)
    )
    sources = (
        (("sources", key, "url"), key, _SCHEME.sub("", source.url).rstrip("/")) for key, source in brief.sources.items()
    )
    tags = ((("tags", index), tag, tag) for index, tag in enumerate(brief.tags))
    yield from (content_rules.same_text(at, first) for at, first in _repeated(claims))
    yield from (content_rules.same_address(at, first) for at, first in _repeated(sources))
    yield from (content_rules.same_tag(at, first) for at, first in _repeated(tags))


def _repeated(items: Iterable[tuple[Path, str, str]]) -> Iterator[tuple[Path, str]]:
    """Of items of (path, name, value): the path of each with the value of an earlier one, and the name of that one."""
    first: dict[str, str] = {}
    for at, name, value in items:
        if value and value in first:
            yield at, first[value]
        first.setdefault(value, name)


def _unquoted(at: Path, claim: Claim, brief: BriefContent) -> Iterator[Problem]:
    quotes = "\n".join(item.quote for item in claim.evidence if item.quote)
    if claim.standing != "supported" or not quotes or not _FIGURE_OR_QUOTATION.search(claim.text):
        return
    around = "\n".join(_words_around(claim, brief))
    for figure in missing_figures(claim.text, quotes, around):
        yield content_rules.not_in_quotes(at, "figure", figure)
    for words in missing_words(claim.text, f"{quotes}\n{around}"):
        yield content_rules.not_in_quotes(at, "quotation", words)


def _words_around(claim: Claim, brief: BriefContent) -> Iterator[str]:
    """What is cited besides the quotes: titles, dates and notes of the sources, and the places in them."""
    for item in claim.evidence:
        source = brief.sources.get(item.source)
        words = (source.title, source.date, source.date_note, source.note) if source else ()
        yield from filter(None, (item.locator, *words))


def _dates(brief: BriefContent) -> Iterator[tuple[Path, str]]:
    if brief.as_of:
        yield ("as_of",), brief.as_of.isoformat()
    for index, change in enumerate(brief.changes):
        if change.date:
            yield ("changes", index, "date"), change.date.isoformat()
    for key, source in brief.sources.items():
        if source.date:
            yield ("sources", key, "date"), source.date
