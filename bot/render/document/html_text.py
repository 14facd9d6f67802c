"""Slack's text as HTML: text objects, mrkdwn, and the elements of rich text."""

import re
from collections.abc import Callable, Iterable
from html import unescape
from itertools import groupby
from typing import Any

from markupsafe import Markup, escape

from bot.render.document.mrkdwn import unescape as unescape_mrkdwn

Json = dict[str, Any]
Names = Callable[[str], str]
"""Returns the display name of a user or channel id."""

_STYLES = {"bold": "b", "italic": "i", "strike": "s", "code": "code"}


def join(parts: Iterable[Markup]) -> Markup:
    """Markup one after the other."""
    return Markup("").join(parts)


def tagged(tag: str, content: Markup) -> Markup:
    """An element without attributes."""
    return Markup("<{0}>{1}</{0}>").format(tag, content)


def text_object(value: Json, names: Names) -> Markup:
    """A text object: plain text or mrkdwn."""
    return plain(value["text"]) if value["type"] == "plain_text" else mrkdwn(value["text"], names)


def plain(text: str) -> Markup:
    """Text without markup, in which Slack's three entities stand for characters."""
    return _lines(unescape_mrkdwn(text))


def mrkdwn(text: str, names: Names) -> Markup:
    """Mrkdwn: quotations, which are lines that begin with `>`, links, mentions, and styles."""
    runs = groupby(text.split("\n"), key=lambda each: each.startswith(_QUOTED))
    return join(
        tagged("blockquote", _inline("\n".join(map(_unquoted, lines)), names))
        if quoted
        else _inline("\n".join(lines), names)
        for quoted, lines in runs
    )


_QUOTED = (">", "&gt;")


def _unquoted(text: str) -> str:
    return re.sub(r"^(>|&gt;) ?", "", text)


def _inline(text: str, names: Names) -> Markup:
    # With a group `split` returns the separators too, at the odd indices.
    parts = re.split(r"(<[^<>]+>)", text)
    return join(_angled(part[1:-1], names) if index % 2 else _styled(part) for index, part in enumerate(parts))


def _angled(inner: str, names: Names) -> Markup:
    """The text between `<` and `>`: a link, a mention or a date."""
    target, _, label = inner.partition("|")
    if target.startswith(("http://", "https://")):
        return _anchor(unescape_mrkdwn(target), plain(label or target))
    if target.startswith(("@", "#")):
        return _mention(target[0] + names(target[1:]))
    if target.startswith("!date^"):
        return plain(label)
    return _mention(f"@{target.lstrip('!')}")


_MARKS = (("`", "code"), ("*", "b"), ("_", "i"), ("~", "s"))


def _styled(text: str) -> Markup:
    html = str(plain(text))
    for mark, tag in _MARKS:
        pattern = (
            rf"(?<![\w{re.escape(mark)}]){re.escape(mark)}(\S(?:[^\n]*?\S)?){re.escape(mark)}(?![\w{re.escape(mark)}])"
        )
        html = re.sub(pattern, rf"<{tag}>\1</{tag}>", html)
    return Markup(html)  # noqa: S704  # escaped by plain; the substitutions add only these tags


def _lines(text: str) -> Markup:
    return Markup("<br>").join(text.split("\n"))


def _anchor(url: str, label: Markup) -> Markup:
    """A link if the address is http or https, else only its label."""
    # Any other scheme, such as `javascript:`, would run in the page.
    if not re.match(r"https?://", url):
        return label
    return Markup('<a href="{}" rel="noopener noreferrer" target=_blank>{}</a>').format(unescape(url), label)


def _mention(name: str) -> Markup:
    return Markup("<span class=mention>{}</span>").format(name)


# Rich text


def rich_element(element: Json, names: Names) -> Markup:
    """An element of a `rich_text` block: a section, a list, a quote or preformatted text."""
    if element["type"] == "rich_text_list":
        items = join(tagged("li", rich_element(item, names)) for item in element["elements"])
        return tagged("ol" if element["style"] == "ordered" else "ul", items)
    tag = {"rich_text_quote": "blockquote", "rich_text_preformatted": "pre"}.get(element["type"], "p")
    return tagged(tag, join(_span(span, names) for span in element["elements"]))


def _span(span: Json, names: Names) -> Markup:
    match span["type"]:
        case "link":
            html = _anchor(span["url"], _lines(span.get("text") or span["url"]))
        case "user":
            html = _mention(f"@{names(span['user_id'])}")
        case "channel":
            html = _mention(f"#{names(span['channel_id'])}")
        case "broadcast":
            html = _mention(f"@{span['range']}")
        case "date":
            html = _lines(span.get("fallback") or span["format"])
        case "emoji":
            html = escape(f":{span['name']}:")
        case "text":
            html = _lines(span["text"])
        case _:
            html = Markup("")
    for style, tag in _STYLES.items():
        if span.get("style", {}).get(style):
            html = tagged(tag, html)
    return html
