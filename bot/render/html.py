"""Block Kit and Slack text as HTML, as the local workspace's page shows them. Everything is escaped.

Controls keep their `action_id` in `data-action`, so that the page can press them.
"""

import re
from collections.abc import Callable, Iterable
from html import escape, unescape
from typing import Any

from bot.render.mrkdwn import unescape as unescaped

Json = dict[str, Any]
Names = Callable[[str], str]
"""From the id of a person or channel to what is shown for it."""

_STYLES = {"bold": "b", "italic": "i", "strike": "s", "code": "code"}


def blocks(found: Iterable[Json], names: Names) -> str:
    """The blocks of a message or a view."""
    return "".join(_BLOCKS.get(block["type"], _unknown)(block, names) for block in found)


def _header(block: Json, names: Names) -> str:
    return f"<h3 class=header>{plain(block['text']['text'])}</h3>"


def _context(block: Json, names: Names) -> str:
    return f"<div class=context>{''.join(f'<span>{text_object(e, names)}</span>' for e in block['elements'])}</div>"


def _section(block: Json, names: Names) -> str:
    text = text_object(block["text"], names) if "text" in block else ""
    fields = "".join(f"<div>{text_object(field, names)}</div>" for field in block.get("fields", []))
    accessory = _control(block["accessory"]) if "accessory" in block else ""
    return f"<div class=section><div>{text}<div class=fields>{fields}</div></div>{accessory}</div>"


def _divider(block: Json, names: Names) -> str:
    return "<hr>"


def _actions(block: Json, names: Names) -> str:
    return f"<div class=actions>{''.join(_control(element) for element in block['elements'])}</div>"


def _rich_text(block: Json, names: Names) -> str:
    return f"<div class=rich>{''.join(_rich(element, names) for element in block['elements'])}</div>"


def _unknown(block: Json, names: Names) -> str:
    return f"<div class=context>{escape(block['type'])}</div>"


_BLOCKS: dict[str, Callable[[Json, Names], str]] = {
    "header": _header,
    "context": _context,
    "section": _section,
    "divider": _divider,
    "actions": _actions,
    "rich_text": _rich_text,
}


def _rich(element: Json, names: Names) -> str:
    inner = "".join(_span(span, names) for span in element["elements"])
    match element["type"]:
        case "rich_text_quote":
            return f"<blockquote>{inner}</blockquote>"
        case "rich_text_preformatted":
            return f"<pre>{inner}</pre>"
        case "rich_text_list":
            return f"<ul>{''.join(f'<li>{_rich(item, names)}</li>' for item in element['elements'])}</ul>"
        case _:
            return f"<p>{inner}</p>"


def _span(span: Json, names: Names) -> str:
    match span["type"]:
        case "link":
            shown = _anchor(span["url"], _lines(span.get("text") or span["url"]))
        case "user":
            shown = _mention(f"@{names(span['user_id'])}")
        case "text":
            shown = _lines(span["text"])
        case _:
            shown = ""
    for style, tag in _STYLES.items():
        if span.get("style", {}).get(style):
            shown = f"<{tag}>{shown}</{tag}>"
    return shown


def _control(element: Json) -> str:
    action = f'data-action="{escape(element["action_id"])}"'
    if element["type"] == "button":
        primary = " class=primary" if element.get("style") == "primary" else ""
        return f"<button type=button {action}{primary}>{plain(element['text']['text'])}</button>"
    label = plain(element["placeholder"]["text"])
    options = "".join(
        f'<li role=option data-value="{escape(o["value"])}">{plain(o["text"]["text"])}</li>'
        for o in element.get("options", [])
    )
    remote = " data-remote" if element["type"] == "external_select" else ""
    return (
        f"<div class=menu {action}{remote}><button type=button aria-haspopup=listbox aria-expanded=false>{label}"
        f'</button><template><input type=text role=combobox aria-label="{label}" aria-expanded=true autocomplete=off>'
        f'<ul role=listbox aria-label="{label}">{options}</ul></template></div>'
    )


# Text


def text_object(found: Json, names: Names) -> str:
    """A text object: plain, or Slack's markup."""
    return plain(found["text"]) if found["type"] == "plain_text" else mrkdwn(found["text"], names)


def plain(text: str) -> str:
    """Text in which Slack's three entities are characters and nothing else is markup."""
    return _lines(unescaped(text))


def mrkdwn(text: str, names: Names) -> str:
    """Slack's markup: links, mentions, and the styles around words."""
    parts = re.split(r"(<[^<>]+>)", text)
    return "".join(_angled(part[1:-1], names) if index % 2 else _styled(part) for index, part in enumerate(parts))


def _angled(inner: str, names: Names) -> str:
    target, _, label = inner.partition("|")
    if target.startswith(("http://", "https://")):
        return _anchor(unescaped(target), plain(label or target))
    if target.startswith(("@", "#")):
        return _mention(target[0] + names(target[1:]))
    return _mention(f"@{target.lstrip('!')}")


_MARKS = (("`", "code"), ("*", "b"), ("_", "i"), ("~", "s"))


def _styled(text: str) -> str:
    shown = plain(text)
    for mark, tag in _MARKS:
        pattern = (
            rf"(?<![\w{re.escape(mark)}]){re.escape(mark)}(\S(?:[^\n]*?\S)?){re.escape(mark)}(?![\w{re.escape(mark)}])"
        )
        shown = re.sub(pattern, rf"<{tag}>\1</{tag}>", shown)
    return shown


def _lines(text: str) -> str:
    return escape(text).replace("\n", "<br>")


def _anchor(url: str, label: str) -> str:
    """Only http and https ever become a link."""
    if not re.match(r"https?://", url):
        return label
    return f'<a href="{escape(unescape(url))}" rel="noopener noreferrer" target=_blank>{label}</a>'


def _mention(words: str) -> str:
    return f"<span class=mention>{escape(words)}</span>"
