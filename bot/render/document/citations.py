"""Lines for claims with their citations, and for sources."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from bot.core.answers.answer import Citation, Excerpt
from bot.core.briefs.arrangement import STANDING_WORDS
from bot.core.briefs.brief import Claim, Source
from bot.render.document.document import Bullet, Line, Link, Mark, PassagePart, Quotation, Text, line
from bot.render.document.phrases import LANGUAGES, count, cut, day, partial_day, sentence

SEARCHED_MAX = 4
"""Sources that are named of those that were searched in vain; a claim cites each of them once."""
TITLE_MAX = 72
"""Characters of a title in a line of its own."""


def excerpt_lines(excerpt: Excerpt, quotes: Sequence[Quotation] | None = None) -> tuple[Line | Quotation, ...]:
    """The lines of a claim in order: its text with citation marks, its note, its quotations (or these)."""
    quotes = quotations(excerpt.citations) if quotes is None else quotes
    return (line(*claim_line(excerpt)), *note_lines(excerpt), *quotes)


def short_excerpt_lines(excerpt: Excerpt, quotes: Sequence[Quotation]) -> tuple[PassagePart, ...]:
    """The lines of a claim, as a bullet unless it leads; its quotations follow only where it is not supported."""
    lines = (line(*claim_line(excerpt)), *note_lines(excerpt))
    return (*(lines if excerpt.place.lead else (Bullet(lines),)), *_doubted(excerpt, quotes))


def hit_lines(excerpt: Excerpt) -> tuple[PassagePart, ...]:
    """The lines of a claim that stands for itself: as in short, then its place, and its sources in one line."""
    brief = excerpt.brief
    place = f"{excerpt.section_title} · {brief.title} · as of {day(brief.as_of)}"
    sources = {citation.n: short_source_line(citation) for citation in shown_citations(excerpt)}
    return (
        line(*claim_line(excerpt)),
        *note_lines(excerpt),
        *_doubted(excerpt, quotations(excerpt.citations)),
        line(Text(place, italic=True)),
        *((_joined(sources.values()),) if sources else ()),
    )


def _doubted(excerpt: Excerpt, quotes: Iterable[Quotation]) -> tuple[Quotation, ...]:
    """The quotations by which readers judge a claim that is not simply supported."""
    return () if excerpt.claim.standing == "supported" else tuple(replace(each, aside=True) for each in quotes)


def _joined(lines: Iterable[Line]) -> Line:
    first, *others = lines
    return (*first, *(span for each in others for span in (Text("; "), *each)))


def claim_line(excerpt: Excerpt, words: Line = ()) -> Line:
    """The claim with its citation marks; `words` replace its text and standing. A standing other than supported comes
    first. The marks of an unverified claim stand with its note, because they cite where it was searched for."""
    claim = excerpt.claim
    # A mark behind an unverified claim would look like support for it.
    cited = marks(excerpt.citations) if claim.standing != "unverified" else ()
    return (*(words or (*standing_words(claim), *line(claim.text))), *cited)


def standing_words(claim: Claim) -> Line:
    """`Not verified: `, which stands before the words of the claim; empty for one that is supported."""
    label = STANDING_WORDS[claim.standing]
    return line(Text(label, bold=True), ": ") if label else ()


def note_lines(excerpt: Excerpt, words: Line = ()) -> tuple[Line, ...]:
    """The claim's note, with the marks of the searched sources if the claim is unverified; empty without a note.
    `words` replace its text."""
    claim = excerpt.claim
    searched = _searched(excerpt.citations) if claim.standing == "unverified" else ()
    text = words or (Text(sentence(claim.note), italic=True),)
    note = line(*text, *((" Searched:", *searched) if searched else ()))
    return (note,) if claim.note else ()


def _searched(citations: tuple[Citation, ...]) -> Line:
    more = len({each.n for each in citations}) - SEARCHED_MAX
    return (*marks(citations[:SEARCHED_MAX]), *((Text(f" and {count(more, 'more source')}"),) if more > 0 else ()))


def shown_citations(excerpt: Excerpt) -> tuple[Citation, ...]:
    """The citations whose marks stand with a claim: of what was searched in vain the first ones."""
    return excerpt.citations[:SEARCHED_MAX] if excerpt.claim.standing == "unverified" else excerpt.citations


def quotations(citations: Iterable[Citation]) -> tuple[Quotation, ...]:
    """The quotations of those citations that have one, in order, each with its mark."""
    return tuple(Quotation(line(c.quote, " ", mark(c))) for c in citations if c.quote)


def marks(citations: Iterable[Citation]) -> Line:
    """The distinct marks in order, a blank before each."""
    distinct = dict.fromkeys(mark(citation) for citation in citations)
    return tuple(span for each in distinct for span in (Text(" "), each))


def mark(citation: Citation) -> Mark | Text:
    """The citation's number and locator, linked to its source, which in a draft may have no address yet."""
    place = f", {citation.locator}" if citation.locator else ""
    label = f"[{citation.n}{place}]"
    return Mark(citation.source.url, label) if citation.source.url else Text(label)


def source_line(citation: Citation) -> Line:
    """`[1] author, publisher, via …: title, date (notes) · archived copy`, the title linked."""
    return source_words(citation.source, f"[{citation.n}] ")


def short_source_line(citation: Citation) -> Line:
    """`[1] title · publisher, date`, the title linked; the publisher where there is no title."""
    source = citation.source
    dated = f", {partial_day(source.date)}" if source.date else ""
    if source.title is None:
        return line(f"[{citation.n}] ", _linked(source, source.publisher, quiet=True), dated)
    title = _linked(source, cut(source.title, TITLE_MAX), quiet=True)
    return line(f"[{citation.n}] ", title, f" · {source.publisher}{dated}")


def source_words(source: Source, lead: str = "") -> Line:
    """A source without a number, behind `lead`."""
    by = ", ".join(filter(None, (source.author, source.publisher, f"via {source.via}" if source.via else None)))
    notes = "; ".join(filter(None, (_language(source), source.note)))
    archived = (" · ", Link(source.archive_url, "archived copy")) if source.archive_url else ()
    return line(
        f"{lead}{by}: " if by else lead,
        _linked(source, source.title or "untitled"),
        f", {_dated(source)}",
        f" ({notes})" if notes else "",
        *archived,
    )


def _linked(source: Source, words: str, *, quiet: bool = False) -> Link | Text:
    """Words that link to a source, but where a draft has no address yet."""
    return Link(source.url, words, quiet) if source.url else Text(words)


def _language(source: Source) -> str | None:
    return f"in {LANGUAGES.get(source.language, source.language)}" if source.language else None


def _dated(source: Source) -> str:
    on = partial_day(source.date) if source.date else "undated"
    return f"{on} ({source.date_note})" if source.date_note else on
