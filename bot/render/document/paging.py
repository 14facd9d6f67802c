"""Pagination: a layout as one document, or as several within Slack's limits. Pages break between items only."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby, takewhile

from bot.core.answers.answer import Citation
from bot.core.answers.answer_id import answer_id
from bot.core.commands.button_value import ButtonValue, encode
from bot.render.document import mrkdwn
from bot.render.document.asides import without_asides
from bot.render.document.block_text import BLOCK_TEXT_MAX
from bot.render.document.citations import short_source_line, source_line
from bot.render.document.document import (
    Actions,
    Button,
    Context,
    Document,
    Item,
    Layout,
    Menu,
    Option,
    Part,
    Passage,
    Text,
    line,
)
from bot.render.document.document_text import document_text_length
from bot.render.document.picks import BUTTONS_MAX, OPTION_VALUE_MAX

TEXT_MAX = 4000
"""Characters in the `text` of `chat.update`, after escaping. Source: docs.slack.dev, chat.update."""

CORRECTION_ROOM = 300
"""Characters reserved on each page, so that a correction line can be added to the post later."""

PAGE_TEXT_MAX = TEXT_MAX - CORRECTION_ROOM
BODY_BLOCKS_MAX = 40
"""Blocks of the items on a page; the page has at most eight others."""
ITEMS_MAX = 100
"""Items of a reply that are tried as one page; more are split at once."""
PAGE_BLOCKS_MAX = 48
"""Of the 50 that Slack takes, so that lines can be added: who shared it, what was corrected."""

# For the page number and the answer id, which are only known after pagination.
_ROOM_FOR_FRAME = 80


def single_page(layout: Layout) -> Document:
    """The whole layout as one document, without limits: for terminals and modals."""
    return _page(layout, layout.items, 1, 1)


def pages(layout: Layout) -> tuple[Document, ...]:
    """All pages, each within `PAGE_TEXT_MAX` characters of text and `BLOCK_TEXT_MAX` of block text unless a single item
    is longer."""
    whole = single_page(layout)
    if _is_one_page(layout, whole):
        return (whole,)
    item_groups = list(_split(layout, layout.items))
    return tuple(_page(layout, items, number, len(item_groups)) for number, items in enumerate(item_groups, 1))


def fits_one_page(layout: Layout) -> bool:
    """Whether all of a layout is one page within the limits."""
    documents = pages(layout)
    return len(documents) == 1 and _fits(documents[0])


def page_of(layout: Layout, number: int, count: int) -> Document:
    """The items of a layout as page `number` of `count`, to edit a page that was posted: all that Slack takes."""
    whole = _page(layout, layout.items, number, count)
    if document_text_length(whole) <= BLOCK_TEXT_MAX:
        return whole
    return _page(layout, next(paginate(layout)), number, count)


def paginate(layout: Layout) -> Iterator[Sequence[Item]]:
    """The items of each page, in order: as many as fit, at least one. The last page is empty if only the footer did not
    fit any more."""
    if _is_one_page(layout, single_page(layout)):
        return iter((layout.items,))
    return _split(layout, layout.items)


def fill_page(layout: Layout, items: Iterable[Item]) -> Sequence[Item]:
    """The items of the first page of a layout with these, of which no more are read than it takes to fill the page."""
    return next(iter(_split(layout, items)))


def _is_one_page(layout: Layout, whole: Document) -> bool:
    return len(layout.items) <= ITEMS_MAX and _fits(whole)


def _split(layout: Layout, items: Iterable[Item]) -> Iterator[Sequence[Item]]:
    # Head, small print and commands stand on pages whatever items they have; the footer only on the last.
    frame = _room(_page(replace(layout, footer=(), fold=None), (), 1, 1)) + _Room(_ROOM_FOR_FRAME, _ROOM_FOR_FRAME)
    page: list[Item] = []
    cited: set[tuple[str, int]] = set()
    used = frame
    for item in items:
        cost = _cost(item, page, cited, layout)
        if page and not (_has_room(used + cost) and _blocks([*page, item], layout) <= BODY_BLOCKS_MAX):
            yield page
            page, cited, used = [], set(), frame
            # Again for the new page, which lists all of its own sources.
            cost = _cost(item, page, cited, layout)
        page.append(item)
        cited |= {(citation.brief, citation.n) for citation in item.citations}
        used += cost
    yield page
    if page and not _has_room(used + _room(layout.footer)):
        yield []  # the footer gets its own page


@dataclass(frozen=True, slots=True)
class _Room:
    """Characters of `text`, without asides, and of blocks."""

    text: int
    blocks: int

    def __add__(self, other: "_Room") -> "_Room":
        return _Room(self.text + other.text, self.blocks + other.blocks)


def _room(document: Document) -> _Room:
    # Never less than the text that blocks carry, which is not escaped and has no addresses.
    return _Room(_length(without_asides(document)), _length(document))


def _has_room(room: _Room) -> bool:
    return room.text <= PAGE_TEXT_MAX and room.blocks <= BLOCK_TEXT_MAX


def _fits(document: Document) -> bool:
    if _length(without_asides(document)) + _ROOM_FOR_FRAME > PAGE_TEXT_MAX:
        return False
    return len(document) <= PAGE_BLOCKS_MAX and document_text_length(document) + CORRECTION_ROOM <= BLOCK_TEXT_MAX


def _cost(item: Item, page: Sequence[Item], cited: Collection[tuple[str, int]], layout: Layout) -> _Room:
    new = {(c.brief, c.n): c for c in item.citations if (c.brief, c.n) not in cited}
    sources = (_sources_passage(new.values(), layout),) if new and layout.sources else ()
    return _room((*_above(item, page), item.passage, *sources, Actions((), _typed((item,)))))


def _above(item: Item, page: Sequence[Item]) -> Document:
    """The item's heading, unless the item before it on the page has the same."""
    is_first = item.heading and not (page and page[-1].heading == item.heading)
    return (Passage((), item.heading),) if is_first else ()


def _blocks(items: Sequence[Item], layout: Layout) -> int:
    return len([part for part in _body(items, layout) if not isinstance(part, Actions) or part.controls])


def _body(items: Sequence[Item], layout: Layout) -> Document:
    """The items, each with its heading above and its controls below; in a compact layout those of one heading as one
    passage with the controls of all."""
    parts: list[Part] = []
    if layout.compact:
        for heading, run in groupby(items, key=lambda item: item.heading):
            alike = list(run)
            parts += [Passage(tuple(part for item in alike for part in item.passage.parts), heading)]
            parts += _actions(_without_repetition(control for item in alike for control in item.controls), ())
        return tuple(parts)
    for n, item in enumerate(items):
        parts += [*_above(item, items[max(0, n - 1) : n]), item.passage]
        parts += [Actions(item.controls)] if item.controls else []
    return tuple(parts)


def _without_repetition(controls: Iterable[Button | Menu]) -> tuple[Button | Menu, ...]:
    """Each command once, under the label that says most; many buttons become a menu."""
    buttons: dict[str, Button] = {}
    for control in controls:
        if isinstance(control, Button):
            known = buttons.get(control.value, control)
            buttons[control.value] = max(known, control, key=lambda button: len(button.label))
    if len(buttons) <= BUTTONS_MAX:
        return tuple(buttons.values())
    options = (Option(each.label, value) for value, each in buttons.items() if mrkdwn.length(value) <= OPTION_VALUE_MAX)
    return (Menu("Open", next(iter(buttons.values())).action, tuple(options)),)


def _length(document: Document) -> int:
    return mrkdwn.text_length(document) + len("\n\n") if document else 0


def _page(layout: Layout, items: Sequence[Item], number: int, count: int) -> Document:
    footer = layout.footer if number == count else ()
    fold = (layout.fold,) if layout.fold and number == count else ()
    below = (*_sources(items, layout), *footer, *fold, *_small_print(layout, number))
    onward, controls = _onward(layout, number, count), _controls(layout, number)
    typed = (*_typed(items), *(layout.typed if number == count else ()))
    head = _head(layout, number, count)
    # The controls stand below the claims that lead, else at the end.
    if number == 1 and any(map(_leads, layout.items[:1])):
        lead = list(takewhile(_leads, items))
        rest = items[len(lead) :]
        row = _actions(controls, ())
        opening = (replace(part, opening=True) if isinstance(part, Passage) else part for part in _body(lead, layout))
        return (*head, *opening, *row, *_body(rest, layout), *below, *_actions(onward, typed))
    return (*head, *_body(items, layout), *below, *_actions((*onward, *controls), typed))


def _leads(item: Item) -> bool:
    return item.excerpt is not None and item.excerpt.place.lead


def _head(layout: Layout, number: int, count: int) -> Document:
    if count == 1:
        return layout.head
    page = f"page {number} of {count}"
    match layout.head:
        case (heading, Context(text), *rest):
            return (heading, Context(f"{text} · {page}"), *rest)
        case _:
            return (*layout.head, Context(page))


def _sources(items: Sequence[Item], layout: Layout) -> Document:
    cited: dict[tuple[str, int], Citation] = {}
    for citation in (each for item in items for each in item.citations):
        cited.setdefault((citation.brief, citation.n), citation)
    return (_sources_passage(cited.values(), layout),) if cited and layout.sources else ()


def _sources_passage(citations: Iterable[Citation], layout: Layout) -> Passage:
    """The sources by brief, in the order of first citation, and by number."""
    source, aside = (short_source_line, True) if layout.sources == "short" else (source_line, False)
    in_order = sorted(citations, key=lambda citation: citation.n)
    by_brief = {each.brief: [c for c in in_order if c.brief == each.brief] for each in citations}
    if len(by_brief) == 1:
        return Passage(tuple(map(source, in_order)), line(Text("Sources", bold=True)), aside)
    lines = ((line(Text(f"Sources of {slug}", bold=True)), *map(source, each)) for slug, each in by_brief.items())
    return Passage(tuple(each for part in lines for each in part), aside=aside)


def _small_print(layout: Layout, number: int) -> Document:
    ids = (f"answer {answer_id(*layout.source, number)}",) if layout.source else ()
    texts = (*layout.small_print, *ids)
    return (Context(" · ".join(texts)),) if texts else ()


def _typed(items: Sequence[Item]) -> tuple[str, ...]:
    """The line with the commands to type where a format has no controls."""
    commands = dict.fromkeys(item.typed_alternative for item in items if item.typed_alternative)
    return (f"Open: {' · '.join(commands)}",) if commands else ()


def _actions(controls: tuple[Button | Menu, ...], typed: tuple[str, ...]) -> Document:
    return (Actions(controls, typed),) if controls or typed else ()


def _onward(layout: Layout, number: int, count: int) -> tuple[Button | Menu, ...]:
    """What leads to the rest of the reply, which stands below it."""
    # Without a command that gives the same reply again there is nothing to continue with.
    if number == count or layout.command is None:
        return layout.onward if number == count else ()
    following = encode(ButtonValue(layout.command, _revision(layout), number + 1))
    return (Button("Continue", "continue", following, primary=True),)


def _controls(layout: Layout, number: int) -> tuple[Button | Menu, ...]:
    """*Share*, where it can be, and the layout's own."""
    if not layout.shareable or layout.command is None:
        return layout.controls
    share = Button("Share", "share", encode(ButtonValue(layout.command, _revision(layout), number)))
    return (share, *layout.controls)


def _revision(layout: Layout) -> str | None:
    return layout.source[2] if layout.source else None
