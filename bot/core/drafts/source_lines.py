"""Sources as pasted text names them: lines of its tail, notes, cards of a search engine, addresses in a sentence."""

import re
from urllib.parse import urlsplit

from bot.core.briefs.brief import LINE_MAX
from bot.core.drafts.draft import DraftSource
from bot.core.drafts.identifiers import Ids, source_id
from bot.core.drafts.links import Address, without_links

_HOST = r"(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,12}"
_WHEN = (
    r"(?:(?:\d{1,3}|an?) (?:second|minute|hour|day|week|month|year)s? ago|just now|today|yesterday"
    r"|hace \d{1,3} \w+|vor \d{1,3} \w+|il y a \d{1,3} \w+"
    r"|[a-z]{3,9}\.? \d{1,2},? \d{4}|\d{1,2}\.? [a-z]{3,9}\.? \d{4})"
)
_CARD = re.compile(
    rf"(?P<host>{_HOST})(?P<title>[A-Z0-9“‘\"'«].{{3,300}}?)\s*(?P<when>(?i:{_WHEN}))?\s*(?={_HOST}[A-Z0-9“‘\"'«]|$)"
)
_AROUND = " ^,.;:|<>–—-·،，、。；："
"""Marks that part an address from a title."""


def are_cards(text: str) -> bool:
    """Whether a line is what `card_sources` reads."""
    return bool(card_sources(text, 1, Ids()))


def card_sources(text: str, line: int, ids: Ids) -> list[DraftSource]:
    """The sources of a line such as `apnews.comA title2 days agoapnews.comAnother titleToday`, as search engines give
    it to who copies their results; empty for any other text."""
    sources: list[DraftSource] = []
    end = 0
    while match := _CARD.match(text, end):
        end = match.end()
        name = ids.free(source_id(_site(match["host"]), match["title"]))
        note = f"The pasted text has “{match['when']}” beside it." if match["when"] else ""
        host, title = match["host"], match["title"].strip()
        sources.append(DraftSource(line, name, match[0].strip(), publisher=host, title=title, note=note))
    return sources if end == len(text) else []


def line_sources(text: str, line: int, ids: Ids, marker: str = "") -> list[DraftSource]:
    """The sources of a line that names one, or one with several addresses: an address is taken only where the line has
    it. `marker` is what stood before the line."""
    left, addresses, _ = without_links(text)
    title = _title(left, addresses)
    said = f"{marker} {text}".strip()
    if not addresses:
        return [DraftSource(line, ids.free(source_id(title or text)), said, title=_cut(title or text))]
    first, *others = addresses
    name = ids.free(source_id(_site(urlsplit(first.url).hostname or ""), title or urlsplit(first.url).path))
    source = DraftSource(line, name, said, title=_cut(title), url=first.url)
    return [source, *(address_source(address, line, ids) for address in others)]


def address_source(address: Address, line: int, ids: Ids) -> DraftSource:
    """The source behind an address in a sentence."""
    parts = urlsplit(address.url)
    name = ids.free(source_id(_site(parts.hostname or ""), address.title or parts.path))
    return DraftSource(line, name, title=_cut(address.title), url=address.url)


def _title(text: str, addresses: list[Address]) -> str:
    """The words of a line beside its addresses; of a link in Markdown its own title comes with them."""
    for address in addresses:
        if not address.label:
            text = text.replace(address.url, " ")
    text = re.sub(r"\(\s*\)|\[\s*\]|<\s*>|,(?=\s*,)", " ", text)
    return re.sub(r"\s+(?=[,.;])", "", " ".join(text.split())).strip(_AROUND)


def _cut(title: str) -> str:
    return title if len(title) <= LINE_MAX else title[: LINE_MAX - 1].rsplit(" ", 1)[0] + "…"


def _site(host: str) -> str:
    """What of a host's name tells it from others, e.g. `apnews`."""
    labels = host.removeprefix("www.").split(".")
    return labels[-2] if len(labels) > 1 and len(labels[-2]) > 3 else ".".join(labels)
