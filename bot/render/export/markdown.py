"""A brief as Markdown: its claims with footnotes, which hold the sources and their words."""

from collections.abc import Iterable, Iterator

from bot.core.answers.answer import Citation, Excerpt
from bot.core.answers.extract import Extract
from bot.core.briefs.arrangement import STANDING_WORDS
from bot.render.document.document import Link, Span, Text
from bot.render.document.phrases import sentence
from bot.render.export.markdown_text import at_line_start, escape, escape_within
from bot.render.export.words import CAVEATS, LOOKED_FOR, UNSEEN, citation_words, head, runs
from bot.render.export.words import caveats as caveats_of

Footnotes = dict[tuple[str, str | None, str | None], tuple[str, Citation]]
"""(label, citation) by source, quote and locator, in the order of first citation."""


def markdown(extract: Extract) -> str:
    """The document, with one line end at its end. Footnotes are labelled by the number of their source in the brief;
    of several from one source the further ones are `3-2`, `3-3`."""
    notes = _footnotes(extract.excerpts)
    brief = extract.brief
    status = [f"**{escape(UNSEEN[brief.status])}**"] if brief.status in UNSEEN else []
    parts = [f"# {escape(brief.title)}", *status, escape(head(brief)), escape(brief.summary)]
    for section in extract.sections:
        parts += [f"## {escape(section.title)}", *_section(section.excerpts, notes)]
    if caveats := caveats_of(extract):
        parts += [f"## {escape(CAVEATS)}", "\n".join(f"- {escape(each)}" for each in caveats)]
    return "\n\n".join([*parts, *_definitions(notes)]) + "\n"


def _section(excerpts: Iterable[Excerpt], notes: Footnotes) -> Iterator[str]:
    for run in runs(tuple(excerpts)):
        if run.title:
            yield f"### {escape(run.title)}"
        yield "\n".join(_claim(each, notes) for each in run.excerpts)


def _claim(excerpt: Excerpt, notes: Footnotes) -> str:
    claim = excerpt.claim
    label = STANDING_WORDS[claim.standing]
    standing = f"**{escape(label)}:** " if label else ""
    marks = "".join(f"[^{notes[_key(each)][0]}]" for each in _distinct(excerpt.citations))
    # Behind an unverified claim a mark would look like support for it.
    unverified = claim.standing == "unverified"
    line = f"- {standing}{escape(claim.text)}{'' if unverified else marks}"
    searched = f" {LOOKED_FOR}{marks}" if unverified and marks else ""
    return f"{line}\\\n  {escape(sentence(claim.note))}{searched}" if claim.note else line


def _key(citation: Citation) -> tuple[str, str | None, str | None]:
    return citation.source_id, citation.quote, citation.locator


def _distinct(citations: Iterable[Citation]) -> Iterable[Citation]:
    return {_key(each): each for each in citations}.values()


def _footnotes(excerpts: Iterable[Excerpt]) -> Footnotes:
    notes: Footnotes = {}
    of_source: dict[int, int] = {}
    for citation in _distinct(each for excerpt in excerpts for each in excerpt.citations):
        n = citation.n
        of_source[n] = of_source.get(n, 0) + 1
        notes[_key(citation)] = (f"{n}-{of_source[n]}" if of_source[n] > 1 else f"{n}", citation)
    return notes


def _definitions(notes: Footnotes) -> Iterator[str]:
    for label, citation in notes.values():
        source = at_line_start("".join(map(_span, citation_words(citation))))
        place = f", {escape_within(citation.locator)}" if citation.locator else ""
        quote = f"\n\n    > {escape(citation.quote)}" if citation.quote else ""
        yield f"[^{label}]: {source}{place}{quote}"


def _span(span: Span) -> str:
    match span:
        case Link("", text):
            return escape_within(text)
        case Link(url, text):
            # An address between angle brackets is taken as it stands, and is there on paper too.
            return f"{escape_within(text)} <{url}>"
        case Text(text):
            return escape_within(text)
        case _:
            raise TypeError(f"a source has no {type(span).__name__}")
