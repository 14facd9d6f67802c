"""A reply as JSON values. All keys are always present, null where there is nothing; claims and quotes are complete in
every view."""

from collections.abc import Iterable, Sequence
from itertools import chain
from typing import Any, assert_never

from bot.core.answers.answer import (
    Answer,
    Citation,
    Disambiguation,
    Excerpt,
    Greeting,
    Help,
    HomePage,
    NoMatch,
    QuoteList,
    Reply,
    SearchResults,
    SourceList,
    Suggestion,
    Withdrawn,
)
from bot.core.briefs.brief import Brief, Caveat
from bot.render.document import terminal
from bot.render.document.paging import single_page
from bot.render.reply_layout import layout

Record = dict[str, Any]


def record(reply: Reply, command: str) -> Record:
    """The reply; `command` is the slash command's name."""
    return {
        "status": _status(reply),
        **_place(reply),
        **_state(reply),
        "excerpts": [_excerpt(each) for each in _excerpts(reply)],
        "sources": _sources(reply),
        "caveats": [{"text": each.text, "sections": list(each.sections)} for each in _caveats(reply)],
        "suggestions": [{"text": s.text, "command": f"{command} {s.command}"} for s in _suggestions(reply)],
        "text": terminal.text(single_page(layout(reply, command))),
    }


def _status(reply: Reply) -> str:
    match reply:
        case Answer() | SourceList() | QuoteList() | Withdrawn():
            return "answer"
        case SearchResults():
            return "none" if reply.only_related else "hits"
        case Disambiguation() | HomePage():
            return "choice"
        case NoMatch():
            return "none"
        case Help() | Greeting():
            return "help"
        case _:
            assert_never(reply)


def _place(reply: Reply) -> Record:
    """The brief, in which revision, and the section."""
    brief = reply.brief if isinstance(reply, Answer | SourceList | QuoteList | Withdrawn) else None
    answer = reply if isinstance(reply, Answer | QuoteList) else None
    return {
        "brief": brief.slug if brief else None,
        "title": brief.title if brief else None,
        "section": answer.section if answer else None,
        "section_title": answer.section_title if answer else None,
        "revision": brief.revision if brief else None,
        "as_of": brief.as_of.isoformat() if brief else None,
    }


def _state(reply: Reply) -> Record:
    """What a brief says of itself; of a withdrawn one readers see no more than why it is gone."""
    shown = reply if isinstance(reply, Answer | SourceList) else None
    brief: Brief | None = shown.brief if shown else None
    return {
        "review_by": brief.review_by.isoformat() if brief and brief.review_by else None,
        "review_overdue": shown.review_overdue is not None if shown else None,
        "continued_in": brief.continued_in if brief else None,
        "summary": brief.summary if brief else None,
    }


def _excerpts(reply: Reply) -> Sequence[Excerpt]:
    match reply:
        case Answer() | SearchResults():
            return reply.excerpts
        case QuoteList():
            return list({each.excerpt.claim.id: each.excerpt for each in reply.entries}.values())
        case _:
            return ()


def _excerpt(excerpt: Excerpt) -> Record:
    brief, claim, place = excerpt.brief, excerpt.claim, excerpt.place
    return {
        "id": claim.id,
        "brief": brief.slug,
        "brief_title": brief.title,
        "revision": brief.revision,
        "as_of": brief.as_of.isoformat(),
        "section": excerpt.section,
        "section_title": excerpt.section_title,
        "lead": place.lead,
        "group": place.group or None,
        "folded": place.folded,
        "text": claim.text,
        "standing": claim.standing,
        "note": claim.note,
        "undated": claim.undated,
        "citations": [_citation(citation) for citation in excerpt.citations],
    }


def _citation(citation: Citation) -> Record:
    return {**_source(citation), "quote": citation.quote, "locator": citation.locator}


def _sources(reply: Reply) -> list[Record]:
    """Each source once: of a list in its order, else in the order of briefs and numbers."""
    cited = reply.sources if isinstance(reply, SourceList) else _by_number(_excerpts(reply))
    return [{"brief": each.brief, **_source(each)} for each in cited]


def _by_number(excerpts: Sequence[Excerpt]) -> Iterable[Citation]:
    cited = chain.from_iterable(each.citations for each in excerpts)
    by_number = {(each.brief, each.n): each for each in cited}
    return (by_number[key] for key in sorted(by_number))


def _source(citation: Citation) -> Record:
    source = citation.source
    return {
        "n": citation.n,
        "source": citation.source_id,
        "title": source.title,
        "author": source.author,
        "publisher": source.publisher,
        "via": source.via,
        "kind": source.kind,
        "url": source.url,
        "archive_url": source.archive_url,
        "date": source.date,
        "date_note": source.date_note,
        "language": source.language,
        "note": source.note,
    }


def _caveats(reply: Reply) -> Iterable[Caveat]:
    """Those that concern what is shown."""
    match reply:
        case Answer():
            return reply.brief.caveats_of(reply.section)
        case SourceList():
            return reply.brief.caveats
        case _:
            return ()


def _suggestions(reply: Reply) -> Sequence[Suggestion]:
    match reply:
        case Disambiguation() | NoMatch():
            return reply.suggestions
        case SearchResults():
            return reply.briefs
        case HomePage():
            return (*reply.sections, *reply.briefs)
        case Greeting():
            return reply.examples
        case _:
            return ()
