"""Block Kit and mrkdwn as HTML for the local workspace's page. `Markup` escapes every value that is not markup itself.

Controls carry their `action_id` in `data-action` and fields their `block_id` in `data-block`: the page sends them back.
"""

import re
from collections.abc import Callable, Iterable
from html import unescape
from typing import Any

from markupsafe import Markup, escape

from bot.render.document.mrkdwn import unescape as unescape_mrkdwn

Json = dict[str, Any]
Names = Callable[[str], str]
"""Returns the display name of a user or channel id."""

_STYLES = {"bold": "b", "italic": "i", "strike": "s", "code": "code"}


def blocks(values: Iterable[Json], names: Names) -> Markup:
    """The blocks of a message or a view."""
    return _join(_BLOCKS.get(block["type"], _unknown)(block, names) for block in values)


def _join(parts: Iterable[Markup]) -> Markup:
    return Markup("").join(parts)


def _element(tag: str, content: Markup) -> Markup:
    return Markup("<{0}>{1}</{0}>").format(tag, content)


def _header(block: Json, names: Names) -> Markup:
    return Markup("<h3 class=header>{}</h3>").format(plain(block["text"]["text"]))


def _context(block: Json, names: Names) -> Markup:
    spans = _join(_element("span", text_object(each, names)) for each in block["elements"])
    return Markup("<div class=context>{}</div>").format(spans)


def _section(block: Json, names: Names) -> Markup:
    return Markup("<div class=section><div>{}<div class=fields>{}</div></div>{}</div>").format(
        text_object(block["text"], names) if "text" in block else "",
        _join(_element("div", text_object(field, names)) for field in block.get("fields", [])),
        _control(block["accessory"]) if "accessory" in block else "",
    )


def _divider(block: Json, names: Names) -> Markup:
    return Markup("<hr>")


def _actions(block: Json, names: Names) -> Markup:
    return Markup("<div class=actions>{}</div>").format(_join(map(_control, block["elements"])))


def _rich_text(block: Json, names: Names) -> Markup:
    return Markup("<div class=rich>{}</div>").format(_join(_rich(each, names) for each in block["elements"]))


def _unknown(block: Json, names: Names) -> Markup:
    return Markup("<div class=context>{}</div>").format(block["type"])


def _input(block: Json, names: Names) -> Markup:
    """A labelled field with its hint, and an empty element for its error message."""
    element, block_id = block["element"], block.get("block_id", "")
    field = _FIELDS.get(element["type"])
    if field is None:
        return _unknown(element, names)
    # Block ids may hold blanks, which separate ids in `aria-describedby`.
    key = re.sub(r"[^\w-]", "-", block_id)
    described_by = f"hint-{key} error-{key}" if "hint" in block else f"error-{key}"
    required = "" if block.get("optional") else " required"
    attributes = Markup('id="field-{}" aria-describedby="{}"').format(key, described_by)
    optional = Markup(" <span class=optional>(optional)</span>") if block.get("optional") else ""
    hint = Markup("")
    if "hint" in block:
        hint = Markup('<p class=hint id="hint-{}">{}</p>').format(key, plain(block["hint"]["text"]))
    return Markup(
        '<div class=field data-block="{block_id}"><label for="field-{key}" id="label-{key}">{label}</label>'
        '{field}<p class=error id="error-{key}" hidden></p></div>'
    ).format(
        block_id=block_id,
        key=key,
        label=plain(block["label"]["text"]) + optional,
        field=field(element, key, attributes, required) + hint,
    )


_BLOCKS: dict[str, Callable[[Json, Names], Markup]] = {
    "header": _header,
    "context": _context,
    "section": _section,
    "divider": _divider,
    "actions": _actions,
    "input": _input,
    "rich_text": _rich_text,
}


def _rich(element: Json, names: Names) -> Markup:
    if element["type"] == "rich_text_list":
        items = _join(_element("li", _rich(item, names)) for item in element["elements"])
        return _element("ol" if element["style"] == "ordered" else "ul", items)
    tag = {"rich_text_quote": "blockquote", "rich_text_preformatted": "pre"}.get(element["type"], "p")
    return _element(tag, _join(_span(span, names) for span in element["elements"]))


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
            html = _element(tag, html)
    return html


def _control(element: Json) -> Markup:
    if element["type"] == "button":
        primary = " class=primary" if element.get("style") == "primary" else ""
        button = Markup('<button type=button data-action="{}"{}>{}</button>')
        return button.format(element["action_id"], primary, plain(element["text"]["text"]))
    option = Markup('<li role=option data-value="{}">{}</li>')
    return Markup(
        '<div class=menu data-action="{action}"{remote}><button type=button aria-haspopup=listbox aria-expanded=false>'
        '{label}</button><template><input type=text role=combobox aria-label="{label}" aria-expanded=true'
        ' autocomplete=off><ul role=listbox aria-label="{label}">{options}</ul></template></div>'
    ).format(
        action=element["action_id"],
        remote=" data-remote" if element["type"] == "external_select" else "",
        label=plain(element["placeholder"]["text"]),
        options=_join(option.format(o["value"], plain(o["text"]["text"])) for o in element.get("options", [])),
    )


# Fields of a form


def _text_field(element: Json, key: str, attributes: Markup, required: str) -> Markup:
    limits = _join(
        Markup(' {}="{}"').format(name.replace("_", ""), element[name])
        for name in ("min_length", "max_length")
        if name in element
    )
    shared = Markup('{}{}{} placeholder="{}"').format(attributes, required, limits, _placeholder(element))
    value = element.get("initial_value", "")
    if element.get("multiline"):
        # HTML drops the first line end in a textarea, so one is put before the value.
        return Markup("<textarea {} rows=4>\n{}</textarea>").format(shared, value)
    return Markup('<input type=text autocomplete=off {} value="{}">').format(shared, value)


def _select_field(element: Json, key: str, attributes: Markup, required: str) -> Markup:
    selected = element.get("initial_option", {}).get("value")
    optgroup, option_groups = Markup('<optgroup label="{}">{}</optgroup>'), element.get("option_groups", [])
    options = _options(element.get("options", []), selected) + _join(
        optgroup.format(plain(each["label"]["text"]), _options(each["options"], selected)) for each in option_groups
    )
    select = Markup("<select {}{}><option value=''>{}</option>{}</select>")
    return select.format(attributes, required, _placeholder(element) or "…", options)


def _options(options: Iterable[Json], selected: str | None) -> Markup:
    return _join(
        Markup('<option value="{}"{}>{}</option>').format(
            option["value"], " selected" if option["value"] == selected else "", plain(option["text"]["text"])
        )
        for option in options
    )


def _time_field(element: Json, key: str, attributes: Markup, required: str) -> Markup:
    zone = Markup(" <span class=zone>{}</span>").format(element["timezone"]) if "timezone" in element else ""
    time = element.get("initial_time", "")
    return Markup('<div><input type=time {}{} value="{}">{}</div>').format(attributes, required, time, zone)


def _typeahead_field(element: Json, key: str, attributes: Markup, required: str) -> Markup:
    """A button that opens the menu. Screen readers name it by the field's label and the chosen option."""
    option = element.get("initial_option", {})
    return Markup(
        '<div class=menu data-action="{action}" data-remote data-field data-value="{value}"><button type=button'
        ' {attributes} aria-labelledby="label-{key} field-{key}" aria-haspopup=listbox aria-expanded=false>{text}'
        '</button><template><input type=text role=combobox aria-labelledby="label-{key}" aria-expanded=true'
        ' autocomplete=off><ul role=listbox aria-labelledby="label-{key}"></ul></template></div>'
    ).format(
        action=element["action_id"],
        value=option.get("value", ""),
        attributes=attributes,
        key=key,
        text=plain(option["text"]["text"]) if option else _placeholder(element) or "…",
    )


_FIELDS: dict[str, Callable[[Json, str, Markup, str], Markup]] = {
    "plain_text_input": _text_field,
    "static_select": _select_field,
    "timepicker": _time_field,
    "external_select": _typeahead_field,
}


def _placeholder(element: Json) -> Markup:
    return plain(element["placeholder"]["text"]) if "placeholder" in element else Markup("")


# Text


def text_object(value: Json, names: Names) -> Markup:
    """A text object: plain text or mrkdwn."""
    return plain(value["text"]) if value["type"] == "plain_text" else mrkdwn(value["text"], names)


def plain(text: str) -> Markup:
    """Text without markup, in which Slack's three entities stand for characters."""
    return _lines(unescape_mrkdwn(text))


def mrkdwn(text: str, names: Names) -> Markup:
    """Mrkdwn: links, mentions, and styles."""
    # With a group `split` returns the separators too, at the odd indices.
    parts = re.split(r"(<[^<>]+>)", text)
    return _join(_angled(part[1:-1], names) if index % 2 else _styled(part) for index, part in enumerate(parts))


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
