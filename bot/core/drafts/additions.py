"""What a draft has that a brief lacks."""

from collections.abc import Iterator, Mapping
from dataclasses import replace

from bot.core.briefs.brief import Brief
from bot.core.changes.normalization import normalize_text
from bot.core.drafts.draft import Draft, DraftClaim, DraftSource, Notice, Remark, settled
from bot.core.drafts.identifiers import Ids
from bot.core.spelling import closest_match


def new_beside(draft: Draft, brief: Brief) -> Draft:
    """The claims and sources of a draft whose words, or whose address, the brief does not have; under ids that it does
    not have either; and all remarks. A notice names each claim and source that it has, or that is much like one of
    its."""
    sources = {source.id: _known_source(source, brief) for source in draft.sources}
    source_ids = Ids(brief.sources)
    names = {name: known or source_ids.free(name) for name, known in sources.items()}
    texts = {_folded(claim.text): claim.id for _, claim in brief.claims()}
    ids = Ids(texts.values())
    parts: list[DraftClaim | Remark] = []
    notices = [*draft.notices, *_known_sources(draft, sources)]
    for part in draft.parts:
        if isinstance(part, Remark):
            parts.append(part)
            continue
        if known := texts.get(_folded(part.text)):
            notices.append(Notice(part.line, f"the brief says it already, in {known}"))
            continue
        if nearest := closest_match(_folded(part.text), texts):
            notices.append(Notice(part.line, f"{part.id} is much like {texts[nearest]}"))
        parts.append(_renamed(part, ids.free(part.id), names))
    new = (replace(each, id=names[each.id]) for each in draft.sources if not sources[each.id])
    return Draft(draft.title, tuple(settled(parts)), (), tuple(new), tuple(sorted(notices, key=lambda each: each.line)))


def _known_sources(draft: Draft, known: Mapping[str, str | None]) -> Iterator[Notice]:
    """One for each source that stands by itself in the text; of an address in a sentence its claim tells."""
    for source in draft.sources:
        if source.said and (name := known[source.id]):
            yield Notice(source.line, f"the brief has this source already, as {name}")


def _known_source(source: DraftSource, brief: Brief) -> str | None:
    """The id of the same work in the brief."""
    for name, known in brief.sources.items():
        same_page = source.url and _page(source.url) == _page(known.url)
        same_title = source.title and known.title and _folded(source.title) == _folded(known.title)
        if same_page or (same_title and not source.url):
            return name
    return None


def _renamed(claim: DraftClaim, name: str, sources: Mapping[str, str]) -> DraftClaim:
    links = tuple(replace(link, source=sources[link.source]) for link in claim.links)
    return replace(claim, id=name, links=links)


def _folded(text: str) -> str:
    return str(normalize_text(text)).casefold()


def _page(url: str) -> str:
    return url.partition("://")[2].removeprefix("www.").rstrip("/")
