"""Pagination: a layout as one document, or as several within Slack's limits. Pages break between items only."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from hashlib import sha256

from bot.core.answers.answer import Citation
from bot.core.commands.button_value import ButtonValue, encode, encode_command
from bot.core.commands.command import ShowSources, Subscribe
from bot.core.subscriptions.subscription import SubscriptionSpec, Target
from bot.render.document import mrkdwn
from bot.render.document.citations import source_line
from bot.render.document.document import (
    Actions,
    Button,
    Context,
    Document,
    Item,
    Layout,
    Menu,
    Part,
    Passage,
    Text,
    line,
)

TEXT_MAX = 4000
"""Characters in the `text` of `chat.update`, after escaping. Source: docs.slack.dev, chat.update."""

CORRECTION_ROOM = 300
"""Characters reserved on each page, so that a correction line can be added to the post later."""

PAGE_TEXT_MAX = TEXT_MAX - CORRECTION_ROOM
BODY_BLOCKS_MAX = 42
"""Blocks of the items on a page; the page has at most eight others."""

# For the page number and the answer id, which are only known after pagination.
_ROOM_FOR_FRAME = 80


def single_page(layout: Layout) -> Document:
    """The whole layout as one document, without limits: for terminals and modals."""
    return _page(layout, layout.items, 1, 1)


def pages(layout: Layout) -> tuple[Document, ...]:
    """All pages, each within `PAGE_TEXT_MAX` characters of text unless a single item is longer."""
    item_groups = list(paginate(layout))
    return tuple(_page(layout, items, number, len(item_groups)) for number, items in enumerate(item_groups, 1))


def fits_one_page(layout: Layout) -> bool:
    """Whether all of a layout is one page within `PAGE_TEXT_MAX` characters of text."""
    documents = pages(layout)
    return len(documents) == 1 and mrkdwn.text_length(documents[0]) <= PAGE_TEXT_MAX


def page_of(layout: Layout, number: int, count: int) -> Document:
    """All items of a layout as page `number` of `count`: to edit a page that was posted."""
    return _page(layout, layout.items, number, count)


def paginate(layout: Layout) -> Iterator[Sequence[Item]]:
    """The items of each page, in order: as many as fit, at least one. The last page is empty if only the footer did not
    fit any more."""
    # Head, small print and commands stand on pages whatever items they have; the footer only on the last.
    frame = _length(_page(replace(layout, footer=()), (), 1, 1)) + _ROOM_FOR_FRAME
    page: list[Item] = []
    cited: set[int] = set()
    used = frame
    for item in layout.items:
        cost = _cost(item, page, cited)
        if page and (used + cost > PAGE_TEXT_MAX or _blocks([*page, item]) > BODY_BLOCKS_MAX):
            yield page
            page, cited, used = [], set(), frame
            # Again for the new page, which lists all of its own sources.
            cost = _cost(item, page, cited)
        page.append(item)
        cited |= {citation.n for citation in item.citations}
        used += cost
    yield page
    if page and used + _length(layout.footer) > PAGE_TEXT_MAX:
        yield []  # the footer gets its own page


def _cost(item: Item, page: Sequence[Item], cited: set[int]) -> int:
    new = {citation.n: citation for citation in item.citations if citation.n not in cited}
    sources = sum(_length((Passage((source_line(c),)),)) for c in new.values())
    return _length((*_above(item, page), item.passage)) + sources + _length((Actions((), _typed((item,))),))


def _above(item: Item, page: Sequence[Item]) -> Document:
    """The item's heading, unless the item before it on the page has the same."""
    is_first = item.heading and not (page and page[-1].heading == item.heading)
    return (Passage((item.heading,)),) if is_first else ()


def _blocks(items: Sequence[Item]) -> int:
    return len([part for part in _body(items) if not isinstance(part, Actions) or part.controls])


def _body(items: Sequence[Item]) -> Document:
    """The items, each with its heading above and its controls below."""
    parts: list[Part] = []
    for n, item in enumerate(items):
        parts += [*_above(item, items[max(0, n - 1) : n]), item.passage]
        parts += [Actions(item.controls)] if item.controls else []
    return tuple(parts)


def _length(document: Document) -> int:
    return mrkdwn.text_length(document) + len("\n\n") if document else 0


def _page(layout: Layout, items: Sequence[Item], number: int, count: int) -> Document:
    body = _body(items)
    if layout.compact and items:
        body = (Passage(tuple(part for item in items for part in item.passage.parts)),)
    footer = layout.footer if number == count else ()
    rest = (*_sources(items), *footer, *_small_print(layout, number), *_actions(layout, items, number, count))
    return (*_head(layout, number, count), *body, *rest)


def _head(layout: Layout, number: int, count: int) -> Document:
    if count == 1:
        return layout.head
    page = f"page {number} of {count}"
    match layout.head:
        case (heading, Context(text), *rest):
            return (heading, Context(f"{text} · {page}"), *rest)
        case _:
            return (*layout.head, Context(page))


def _sources(items: Sequence[Item]) -> Document:
    cited: dict[int, Citation] = {}
    for item in items:
        for citation in item.citations:
            cited.setdefault(citation.n, citation)
    if not cited:
        return ()
    lines = [source_line(cited[n]) for n in sorted(cited)]
    return (Passage((line(Text("Sources", bold=True)), *lines)),)


def _small_print(layout: Layout, number: int) -> Document:
    ids = (f"answer {answer_id(*layout.source, number)}",) if layout.source else ()
    texts = (*layout.small_print, *ids)
    return (Context(" · ".join(texts)),) if texts else ()


def _typed(items: Sequence[Item]) -> tuple[str, ...]:
    """The line with the commands to type where a format has no controls."""
    commands = dict.fromkeys(item.typed_alternative for item in items if item.typed_alternative)
    return (f"Open: {' · '.join(commands)}",) if commands else ()


def _actions(layout: Layout, items: Sequence[Item], number: int, count: int) -> Document:
    """The page's own buttons, then the layout's; the layout's typed alternatives stand on the last page."""
    revision = layout.source[2] if layout.source else None
    controls: list[Button | Menu] = []
    # Without a command that gives the same reply again there is nothing to continue with.
    if number < count and layout.command is not None:
        following = encode(ButtonValue(layout.command, revision, number + 1))
        controls.append(Button("Continue", "continue", following, primary=True))
    if layout.shareable and layout.source and layout.command is not None:
        slug = layout.source[0]
        controls.append(Button("Share", "share", encode(ButtonValue(layout.command, revision, number))))
        controls.append(Button("Sources", "sources", encode_command(ShowSources(slug))))
        controls.append(Button("Follow", "follow", encode_command(Subscribe(SubscriptionSpec(Target(slug))))))
    controls.extend(layout.controls)
    typed = (*_typed(items), *(layout.typed if number == count else ()))
    return (Actions(tuple(controls), typed),) if controls or typed else ()


def answer_id(slug: str, section: str, revision: str, page: int) -> str:
    """8 hex digits that identify a page of an answer. Derived from its content's key; not stored."""
    return sha256(f"{slug}\n{section}\n{revision}\n{page}".encode()).hexdigest()[:8]
