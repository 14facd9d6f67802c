"""Block Kit and Slack text as HTML, as the local workspace's page shows them. Everything is escaped.

Controls keep their `action_id` in `data-action`, so that the page can press them; what is filled in belongs to the
`block_id` in `data-block`.
"""

import re
from collections.abc import Callable, Iterable
from html import escape, unescape
from typing import Any

from bot.render.document.mrkdwn import unescape as unescaped

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


def _input(block: Json, names: Names) -> str:
    """A labelled field, with room for what is wrong with what was filled in."""
    element, block_id = block["element"], block.get("block_id", "")
    key = re.sub(r"[^\w-]", "-", block_id)
    field = _FIELDS.get(element["type"])
    if field is None:
        return _unknown(element, names)
    about = f"hint-{key} error-{key}" if "hint" in block else f"error-{key}"
    optional = " <span class=optional>(optional)</span>" if block.get("optional") else ""
    hint = f'<p class=hint id="hint-{key}">{plain(block["hint"]["text"])}</p>' if "hint" in block else ""
    required = "" if block.get("optional") else " required"
    attributes = f'id="field-{key}" aria-describedby="{about}"'
    return (
        f'<div class=field data-block="{escape(block_id)}"><label for="field-{key}" id="label-{key}">'
        f"{plain(block['label']['text'])}{optional}</label>"
        f"{field(element, key, attributes, required)}"
        f'{hint}<p class=error id="error-{key}" hidden></p></div>'
    )


_BLOCKS: dict[str, Callable[[Json, Names], str]] = {
    "header": _header,
    "context": _context,
    "section": _section,
    "divider": _divider,
    "actions": _actions,
    "input": _input,
    "rich_text": _rich_text,
}


def _rich(element: Json, names: Names) -> str:
    if element["type"] == "rich_text_list":
        return _list(element, names)
    inner = "".join(_span(span, names) for span in element["elements"])
    match element["type"]:
        case "rich_text_quote":
            return f"<blockquote>{inner}</blockquote>"
        case "rich_text_preformatted":
            return f"<pre>{inner}</pre>"
        case _:
            return f"<p>{inner}</p>"


def _list(element: Json, names: Names) -> str:
    tag = "ol" if element["style"] == "ordered" else "ul"
    items = "".join(f"<li>{_rich(item, names)}</li>" for item in element["elements"])
    return f"<{tag}>{items}</{tag}>"


def _span(span: Json, names: Names) -> str:
    match span["type"]:
        case "link":
            shown = _anchor(span["url"], _lines(span.get("text") or span["url"]))
        case "user":
            shown = _mention(f"@{names(span['user_id'])}")
        case "channel":
            shown = _mention(f"#{names(span['channel_id'])}")
        case "broadcast":
            shown = _mention(f"@{span['range']}")
        case "date":
            shown = _lines(span.get("fallback") or span["format"])
        case "emoji":
            shown = f":{escape(span['name'])}:"
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


# What is filled in


def _text_field(element: Json, key: str, attributes: str, required: str) -> str:
    limits = "".join(f' {name}="{element[at]}"' for name, at in _LENGTHS.items() if at in element)
    value, placeholder = escape(element.get("initial_value", "")), _placeholder(element)
    shared = f'{attributes}{required}{limits} placeholder="{placeholder}"'
    if element.get("multiline"):
        return f"<textarea {shared} rows=4>\n{value}</textarea>"
    return f'<input type=text autocomplete=off {shared} value="{value}">'


_LENGTHS = {"minlength": "min_length", "maxlength": "max_length"}


def _select_field(element: Json, key: str, attributes: str, required: str) -> str:
    chosen = element.get("initial_option", {}).get("value")
    groups = "".join(
        f'<optgroup label="{plain(group["label"]["text"])}">{_choices(group["options"], chosen)}</optgroup>'
        for group in element.get("option_groups", [])
    )
    empty = f"<option value=''>{_placeholder(element) or '…'}</option>"
    return f"<select {attributes}{required}>{empty}{_choices(element.get('options', []), chosen)}{groups}</select>"


def _choices(options: Iterable[Json], chosen: str | None) -> str:
    return "".join(
        f'<option value="{escape(o["value"])}"{" selected" if o["value"] == chosen else ""}>'
        f"{plain(o['text']['text'])}</option>"
        for o in options
    )


def _time_field(element: Json, key: str, attributes: str, required: str) -> str:
    zone = f" <span class=zone>{escape(element['timezone'])}</span>" if "timezone" in element else ""
    return f'<div><input type=time {attributes}{required} value="{element.get("initial_time", "")}">{zone}</div>'


def _typeahead_field(element: Json, key: str, attributes: str, required: str) -> str:
    """Its button is named by the field's label and by what was chosen, and says what is wrong, as the others do."""
    chosen = element.get("initial_option", {})
    words = plain(chosen["text"]["text"]) if chosen else _placeholder(element) or "…"
    return (
        f'<div class=menu data-action="{escape(element["action_id"])}" data-remote data-field'
        f' data-value="{escape(chosen.get("value", ""))}"><button type=button {attributes}'
        f' aria-labelledby="label-{key} field-{key}" aria-haspopup=listbox aria-expanded=false>{words}</button>'
        f'<template><input type=text role=combobox aria-labelledby="label-{key}" aria-expanded=true autocomplete=off>'
        f'<ul role=listbox aria-labelledby="label-{key}"></ul></template></div>'
    )


_FIELDS: dict[str, Callable[[Json, str, str, str], str]] = {
    "plain_text_input": _text_field,
    "static_select": _select_field,
    "timepicker": _time_field,
    "external_select": _typeahead_field,
}


def _placeholder(element: Json) -> str:
    return plain(element["placeholder"]["text"]) if "placeholder" in element else ""


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
    if target.startswith("!date^"):
        return plain(label)
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
