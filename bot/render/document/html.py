"""Block Kit as HTML for the local workspace's page. `Markup` escapes every value that is not markup itself."""

from collections.abc import Callable, Iterable

from markupsafe import Markup

from bot.render.document.html_controls import control
from bot.render.document.html_fields import labelled_field
from bot.render.document.html_text import Json, Names, join, mrkdwn, plain, rich_element, tagged, text_object

__all__ = ["blocks", "mrkdwn"]


def blocks(values: Iterable[Json], names: Names) -> Markup:
    """The blocks of a message or a view."""
    return join(_BLOCKS.get(block["type"], _unknown)(block, names) for block in values)


def _header(block: Json, names: Names) -> Markup:
    # Of the second level: the channel, the thread or the modal around it has the heading above.
    return Markup("<h2 class=header>{}</h2>").format(plain(block["text"]["text"]))


def _context(block: Json, names: Names) -> Markup:
    spans = join(tagged("span", text_object(each, names)) for each in block["elements"])
    return Markup("<div class=context>{}</div>").format(spans)


def _section(block: Json, names: Names) -> Markup:
    return Markup("<div class=section><div>{}<div class=fields>{}</div></div>{}</div>").format(
        text_object(block["text"], names) if "text" in block else "",
        join(tagged("div", text_object(field, names)) for field in block.get("fields", [])),
        control(block["accessory"], names) if "accessory" in block else "",
    )


def _divider(block: Json, names: Names) -> Markup:
    return Markup("<hr>")


def _actions(block: Json, names: Names) -> Markup:
    return Markup("<div class=actions>{}</div>").format(join(control(each, names) for each in block["elements"]))


def _rich_text(block: Json, names: Names) -> Markup:
    return Markup("<div class=rich>{}</div>").format(join(rich_element(each, names) for each in block["elements"]))


def _container(block: Json, names: Names) -> Markup:
    """A box with a title, which opens and closes where it is collapsible."""
    title = _title(block, names)
    inner = blocks(block["child_blocks"], names)
    width = block.get("width", "standard")
    if block.get("is_collapsible"):
        state = "" if block.get("default_collapsed") else " open"
        box = Markup('<details class="container {}"{}><summary>{}</summary>{}</details>')
        return box.format(width, state, title, inner)
    divider = " divided" if block.get("has_header_divider") else ""
    return Markup('<div class="container {}{}"><div class=title>{}</div>{}</div>').format(width, divider, title, inner)


def _title(block: Json, names: Names) -> Markup:
    if "rich_text_title" in block:
        title = _rich_text(block["rich_text_title"], names)
    else:
        title = tagged("b", plain(block["title"]["text"]))
    if "subtitle" not in block:
        return title
    return title + Markup("<div class=context>{}</div>").format(text_object(block["subtitle"], names))


def _table(block: Json, names: Names) -> Markup:
    """A table, which scrolls by itself where it is wider than the message."""
    rows = join(tagged("tr", join(tagged("td", _cell(cell, names)) for cell in row)) for row in block["rows"])
    return Markup("<div class=table role=region aria-label=Table tabindex=0><table>{}</table></div>").format(rows)


def _cell(cell: Json, names: Names) -> Markup:
    return _rich_text(cell, names) if cell["type"] == "rich_text" else plain(cell["text"])


def _unknown(block: Json, names: Names) -> Markup:
    return Markup("<div class=context>{}</div>").format(block["type"])


def _input(block: Json, names: Names) -> Markup:
    field = labelled_field(block)
    return _unknown(block["element"], names) if field is None else field


_BLOCKS: dict[str, Callable[[Json, Names], Markup]] = {
    "header": _header,
    "context": _context,
    "section": _section,
    "divider": _divider,
    "actions": _actions,
    "input": _input,
    "rich_text": _rich_text,
    "container": _container,
    "table": _table,
}
